#pragma once
#include <QTimer>

#include "pages/common/page.h"
#include "pages/runs/run_facts.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace wordsight::ui {

class EmptyState;
class MessageBar;
class RunDetails;
class RunDiff;
class RunTable;
class RunTableModel;

/// Everything that took time, in one table: filter, group, star, note, tag; one run whole, or
/// several beside each other.
class RunsPage : public Page {
  Q_OBJECT
 public:
  explicit RunsPage(Services services, QWidget* parent = nullptr);
  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override { return m_actions; }
  void flush() override;

 protected:
  void sessionChanged() override;

 private:
  QWidget* makeFilter();
  void makeActions();
  void connectAll();
  void filterChanged();
  void loaded();
  void selectionChanged();
  void showOne(RunId run);
  void showSeveral(const std::vector<RunId>& runs);
  void resume(RunId run);
  void openElsewhere(RunId run);
  void exportList();
  std::vector<RunId> selectedRuns() const;

  RunTableModel* m_model;
  RunTable* m_table;
  QLineEdit* m_text;
  QComboBox *m_kind, *m_status, *m_group;
  QToolButton* m_starred;
  QLabel* m_count;
  MessageBar* m_message;
  QStackedWidget *m_side, *m_body;
  EmptyState* m_empty;
  QSplitter* m_splitter;
  RunDetails* m_details;
  RunDiff* m_diff;
  QTimer m_typing;
  LatestQuery m_facts, m_curves;
  QList<QAction*> m_actions;
  RunId m_wanted;               // to select once the rows are there
  std::vector<RunId> m_chosen;  // selection to restore after a reload
  bool m_any = false;           // the project has runs
};

}  // namespace wordsight::ui
