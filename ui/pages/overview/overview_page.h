#pragma once
#include <QPointer>
#include <QTimer>
#include <utility>
#include <vector>

#include "pages/common/page.h"
#include "pages/overview/overview_facts.h"

class QAction;
class QBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;

namespace wordsight::ui {

class CellTable;
class CurveStrip;
class ElidedLabel;
class MessageBar;
class StepCard;

/// Where the experiment stands: its steps in order, each with what there is and its next action,
/// the table of accuracies, and what ran last.
class OverviewPage : public Page {
  Q_OBJECT
 public:
  explicit OverviewPage(Services services, QWidget* parent = nullptr);
  QList<QAction*> pageActions() const override;
  void shown() override;

 protected:
  void sessionChanged() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();
  void makeCards();
  QWidget* makeSide();
  void refreshSoon();
  void refresh();
  void display(const OverviewFacts& facts);
  void displayData(const OverviewFacts& facts);
  void displayTraining(const OverviewFacts& facts);
  void displayResults(const OverviewFacts& facts);
  void goTrain();
  void goEvaluate();
  void runWholeDemo();

  QTimer m_soon;  // many changes, one question
  LatestQuery m_query;
  OverviewFacts m_facts;
  ElidedLabel *m_title, *m_path;
  MessageBar* m_message;
  StepCard *m_scenarios, *m_datasets, *m_training, *m_evaluation, *m_comparison;
  CellTable* m_cells;
  CurveStrip* m_loss;
  QListWidget* m_recent;
  QPushButton *m_train, *m_evaluate, *m_compare, *m_freeze, *m_report;
  std::vector<std::pair<QAction*, QPushButton*>> m_steps;  // the cards' buttons, for the palette
  QBoxLayout* m_parts;
  QWidget* m_side;
  QAction* m_demo;
  quint64 m_demoJob = 0;
};

}  // namespace wordsight::ui
