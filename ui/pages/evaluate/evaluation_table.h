#pragma once
#include <QWidget>
#include <vector>

#include "models/evaluations/evaluation_feed.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace wordsight::ui {

class EvaluationListModel;
class MessageBar;
class Settings;

/// All evaluations of the project: filter, sort, go on with what was stopped, take some to Compare.
class EvaluationTable : public QWidget {
  Q_OBJECT
 public:
  EvaluationTable(EvaluationFeed& feed, Settings& settings, QWidget* parent = nullptr);
  /// Selected runs in the table's order.
  std::vector<RunId> selectedRuns() const;
  void select(RunId run);
  void setReadOnly(bool readOnly);

 Q_SIGNALS:
  void chosen(wordsight::RunId run);
  void compareAsked(const std::vector<wordsight::RunId>& runs);
  void resumeAsked(wordsight::RunId run);
  void runAsked(wordsight::RunId run);
  /// The form is to be filled with what this run was made with.
  void settingsAsked(wordsight::RunId run);

 private:
  void build();
  void connectButtons();
  void selectionMoved();
  void refreshActions();
  const EvaluationEntry* current() const;

  EvaluationFeed& m_feed;
  Settings& m_settings;
  EvaluationListModel* m_model;
  QSortFilterProxyModel* m_proxy;
  QLineEdit* m_filter;
  QTableView* m_view;
  MessageBar* m_message;
  QPushButton *m_compare, *m_resume;
  QToolButton *m_again, *m_copy, *m_open;
  bool m_readOnly = false;
};

}  // namespace wordsight::ui
