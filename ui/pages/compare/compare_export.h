#pragma once
#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>
#include <string>

#include "bridge/session.h"
#include "models/compare/comparison_data.h"

class QMenu;
class QWidget;

namespace wordsight::ui {

class StatisticsPanel;

/// Saves what the page shows: the report as a job, tables and pictures on a thread of their own.
/// Owned by the page; on the window's thread. Files appear whole or not at all.
class CompareExport : public QObject {
  Q_OBJECT
 public:
  /// Gives a file's name to save to, empty when the person thinks better of it.
  using AskFile =
      std::function<QString(const QString& title, const QString& suggested, const QString& filter)>;

  CompareExport(StatisticsPanel& statistics, QWidget* page);
  void setSession(Session* session);
  void setComparison(ComparisonPtr data);
  /// Published figures go into tables while they are shown.
  void setPublished(bool shown) { m_published = shown; }
  QMenu* menu() const { return m_menu; }
  /// In place of the desktop's dialog; for tests.
  void setAskFile(AskFile ask) { m_ask = std::move(ask); }

 Q_SIGNALS:
  void saved(const QString& file);
  void failed(const QString& sentence);

 private:
  using Render = std::function<std::string(const ComparisonData&)>;
  void addTable(const QString& text, const char* name, const QString& file, const QString& filter,
                Render render);
  void saveText(const QString& title, const QString& suggested, const QString& filter,
                const Render& render);
  void savePicture();
  void saveReport();
  void copyCommand();
  void jobEnded(quint64 number, RunStatus status, const QString& error);
  QString suggestion(const QString& ending) const;
  void write(const QString& file, std::function<Status()> job);

  StatisticsPanel& m_statistics;
  QWidget* m_page;
  QMenu* m_menu;
  QPointer<Session> m_session;
  ComparisonPtr m_data;
  AskFile m_ask;
  bool m_published = true;
  quint64 m_reportJob = 0;
  QString m_reportFile;
};

}  // namespace wordsight::ui
