#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <stop_token>
#include <vector>

#include "bridge/session.h"
#include "models/scenarios/freeze_preview.h"
#include "models/scenarios/scenario_table_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace wordsight::ui {

class CommandLine;
class MessageBar;
class ScenarioTable;
class SplitShares;

/// Freezes what was chosen as a named dataset with splits, and lists the datasets there are. What
/// would be left out, and why, is said before.
class DatasetsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit DatasetsPanel(ScenarioTable* table, QWidget* parent = nullptr);
  void setSession(Session* session);
  /// What the table shows now.
  void setView(const ScenarioView& view, bool filtering);
  /// Other rows are selected.
  void updateSelection();
  /// What is selected in the table is to be frozen.
  void freezeSelection();
  void focusName();
  /// Scenarios, datasets or runs changed.
  void contentChanged(Content content);

 Q_SIGNALS:
  void datasetsChanged(const std::vector<wordsight::store::Dataset>& datasets);
  void exportAsked(const QString& dataset);
  void trainAsked(const QString& dataset);
  void showAsked(const std::vector<wordsight::ScenarioId>& ids, const QString& label);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildForm();
  QWidget* buildList();
  void load();
  void takeRows(std::vector<DatasetRow> rows);
  bool ofChosen() const;
  Result<jobs::FreezeSpec> spec() const;
  void changed();
  void preview();
  void takePreview(const FreezePreview& preview);
  void start();
  void jobEvent(quint64 number, const Event& event);
  void ended(quint64 number, RunStatus status, const QString& error);
  void askDelete();
  void remove(DatasetId id, const QString& name);
  void showItems();
  const DatasetRow* chosen() const;
  void describe();
  void describeChosen();

  ScenarioTable* m_table;
  QPointer<Session> m_session;
  ScenarioView m_view;
  bool m_filtering = false, m_stale = true;
  std::vector<DatasetRow> m_rows;
  LatestQuery m_query, m_itemsQuery;
  std::stop_source m_stop;
  QTimer m_timer;
  bool m_previewed = false;
  quint64 m_job = 0;
  Json m_finished;
  QString m_toSelect;  // frozen just now

  QLineEdit* m_name;
  SplitShares* m_shares;
  QComboBox* m_from;
  QSpinBox* m_seed;
  QLabel* m_verdict;
  QPushButton *m_start, *m_export, *m_train, *m_show, *m_delete;
  CommandLine* m_command;
  MessageBar* m_messages;
  QTableWidget* m_list;
};

}  // namespace wordsight::ui
