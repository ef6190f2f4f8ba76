#pragma once
#include <QPointer>
#include <QWidget>
#include <functional>
#include <memory>

#include "bridge/session.h"
#include "jobs/data_jobs.h"
#include "store/dataset_repository.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace wordsight::ui {

class MessageBar;
class ScenarioTable;

/// Writes what the table shows, or a frozen dataset, into a file: scenarios, or chats as other
/// tools read them.
class ExportPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ExportPanel(ScenarioTable* table, QWidget* parent = nullptr);
  void setSession(Session* session);
  void showDatasets(const std::vector<store::Dataset>& datasets);
  void chooseDataset(const QString& name);
  /// Other rows are shown or selected.
  void updateScope();
  /// Instead of the file dialog: gets a name to offer, gives a path or nothing.
  void setPicker(std::function<QString(const QString& name)> picker) {
    m_picker = std::move(picker);
  }

 private:
  void fillSplits();
  void start();
  void ended(quint64 number, RunStatus status, const QString& error);
  void describe();
  QString suffix() const;

  QPointer<Session> m_session;
  ScenarioTable* m_table;
  std::vector<store::Dataset> m_datasets;
  quint64 m_job = 0;
  QString m_file;
  std::shared_ptr<jobs::ExportOutcome> m_outcome;
  std::function<QString(const QString&)> m_picker;
  QComboBox *m_what, *m_split, *m_format;
  QLabel* m_note;
  QPushButton* m_start;
  MessageBar* m_messages;
};

}  // namespace wordsight::ui
