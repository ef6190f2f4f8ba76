#pragma once
#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <QVariant>

namespace wordsight::ui {

enum class ThemeChoice { System, Light, Dark };

/// What a person prefers, kept for the user and not with a project. Values are written a moment
/// after they changed, on a thread of their own and through a temporary file (QSettings does that),
/// so that a crash costs a moment at most and the window never waits for a disk. A file that cannot
/// be read is set aside as NAME.broken-N and told about, never overwritten. Lives on the window's
/// thread.
class Settings : public QObject {
  Q_OBJECT
 public:
  /// `file`: an INI file; empty: the desktop's place for settings.
  explicit Settings(const QString& file = {}, QObject* parent = nullptr);
  ~Settings() override;

  QString file() const;
  /// A sentence about a settings file that was broken; empty: all is well.
  QString problem() const { return m_problem; }

  ThemeChoice theme() const;
  void setTheme(ThemeChoice theme);
  /// "" for the system's, else "en", "de".
  QString language() const;
  void setLanguage(const QString& language);
  /// "" for the language's own way of writing numbers, else a locale such as "en" or "de".
  QString numberLocale() const;
  void setNumberLocale(const QString& locale);
  /// Processor threads that jobs leave to the window.
  int threadsForWindow() const;
  void setThreadsForWindow(int threads);
  /// Threads that jobs may use: all but those left to the window, at least one.
  int jobThreads() const;
  QStringList modelFolders() const;
  void setModelFolders(const QStringList& folders);
  void addModelFolder(const QString& folder);
  /// Newest first; at most ten.
  QStringList recentProjects() const;
  void addRecentProject(const QString& path);
  void removeRecentProject(const QString& path);

  /// Free values by key ("geometry", "train/splitter"); pages keep their layout here.
  QVariant value(const QString& key, const QVariant& fallback = {}) const;
  void setValue(const QString& key, const QVariant& value);

 Q_SIGNALS:
  void themeChanged();
  void languageChanged();
  void numbersChanged();
  void modelFoldersChanged();
  void recentProjectsChanged();

 private:
  void writeSoon();
  void write();
  QString m_file, m_problem;
  QVariantHash m_values;
  QVariantHash m_changed;  // not handed to the writer yet
  QTimer m_soon;
  QThreadPool m_writer;  // one thread: writes stay in order
};

}  // namespace wordsight::ui
