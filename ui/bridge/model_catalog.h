#pragma once
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "jobs/model_scan.h"

namespace wordsight::ui {

class Session;
class Settings;

/// The models that lie in a person's folders and in the open project, found in the background from
/// headers alone. Lives on the window's thread, where all its signals and answers come; owned by
/// whoever makes the Services. Destroying it stops the scan and waits for the folder that is being
/// read. Scans again when the settings' folders change, when a job of the session made a model, and
/// when asked; what was found before stays listed until the new scan has ended.
class ModelCatalog : public QObject {
  Q_OBJECT
 public:
  explicit ModelCatalog(Settings& settings, QObject* parent = nullptr);
  ~ModelCatalog() override;

  /// By name, then by path.
  const std::vector<jobs::ModelFolder>& models() const { return m_models; }
  /// Null when nothing was found there (yet). Valid until changed().
  const jobs::ModelFolder* find(const QString& path) const;
  /// Folders that are not there or cannot be read: sentences of the last scan.
  const QStringList& problems() const { return m_problems; }
  /// What is scanned: the settings' folders, the open project's, and the transient ones.
  QStringList folders() const;
  bool isScanning() const { return m_scanning; }

  /// Folders that count until the program ends and are not kept in the settings.
  void addTransientFolder(const QString& folder);
  void removeTransientFolder(const QString& folder);
  /// Looks into the open project's folder too; null: no more.
  void setSession(Session* session);
  void rescan();

  /// One folder, read now in the background whether or not it is in the list; a file stands for the
  /// folder that it lies in. `then` comes only while `receiver` lives.
  void describe(QObject* receiver, const QString& folder,
                std::function<void(Result<jobs::ModelFolder>)> then);
  void details(QObject* receiver, const QString& folder,
               std::function<void(Result<jobs::ModelDetails>)> then);

 Q_SIGNALS:
  void changed();
  void scanning(bool running);

 private:
  class Worker;
  struct Batch;
  void take(quint64 scan, Batch batch);
  template <class Answer>
  void ask(QObject* receiver, std::function<Answer()> work, std::function<void(Answer)> then);
  bool put(jobs::ModelFolder folder);
  bool dropUnseen();

  Settings& m_settings;
  QPointer<Session> m_session;
  QStringList m_transient, m_problems;
  QString m_projectFolder;
  std::vector<jobs::ModelFolder> m_models;
  std::vector<std::string> m_seen;  // paths that the running scan has met
  bool m_scanning = false;
  quint64 m_scan = 0;  // number of the newest scan
  std::stop_source m_stop;
  std::unique_ptr<Worker> m_scanner, m_reader;  // last: their threads end before the rest goes
};

}  // namespace wordsight::ui
