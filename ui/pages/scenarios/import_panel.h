#pragma once
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "bridge/session.h"
#include "domain/json.h"
#include "jobs/data_jobs.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace wordsight::ui {

class CommandLine;
class MessageBar;

/// Brings scenarios in from files. What would happen is looked at as soon as a file is chosen or
/// dropped; the import itself is a job and takes all or nothing.
class ImportPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ImportPanel(QWidget* parent = nullptr);
  void setSession(Session* session);
  void addFiles(const QStringList& files);
  /// Instead of the file dialog.
  void setPicker(std::function<QStringList()> picker) { m_picker = std::move(picker); }

 Q_SIGNALS:
  void imported(wordsight::RunId run);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* buildFiles();
  void buildDetails();
  jobs::ImportSpec spec(bool dryRun) const;
  void look();
  void start();
  quint64 submit(const QString& label, const jobs::ImportSpec& spec,
                 std::shared_ptr<jobs::JobOutcome>& outcome);
  void ended(quint64 number, RunStatus status, const QString& error);
  void takeLook(const Json& summary);
  void showFiles();
  void showDetails();
  void describe();

  QPointer<Session> m_session;
  QStringList m_files;
  Json m_summary;  // of the newest look; null: none yet
  quint64 m_lookJob = 0, m_importJob = 0;
  std::shared_ptr<jobs::JobOutcome> m_looked, m_imported;  // filled by the jobs
  QTimer m_timer;
  std::function<QStringList()> m_picker;

  MessageBar* m_messages;
  QTableWidget *m_list, *m_items, *m_bad;
  QTabWidget* m_details;
  QCheckBox *m_skipBad, *m_skipKnown;
  QLabel* m_verdict;
  QPushButton *m_add, *m_remove, *m_start;
  CommandLine* m_command;
};

}  // namespace wordsight::ui
