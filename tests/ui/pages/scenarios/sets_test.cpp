// What concerns many scenarios: history, bulk changes, checks.

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QUndoStack>

#include "page_fixture.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

TEST_F(ScenariosPageTest, HistoryComparesAndRestores) {
  start(5);
  type("situation", "Suddenly: ");
  press(Qt::Key_A);
  table()->setCurrentId(ScenarioId(1));
  settle();
  editElsewhere(1, "Something else altogether.");
  click("openHistory");
  settle();
  auto* list = find<QTableView>("historyList");
  ASSERT_EQ(list->model()->rowCount(), 4);
  auto* diff = find<WordDiff>("wordDiff");
  find<QComboBox>("compareBefore")->setCurrentIndex(0);
  find<QComboBox>("compareAfter")->setCurrentIndex(1);
  EXPECT_TRUE(diff->toPlainText().contains(QStringLiteral("Suddenly: ")));
  shoot("history");
  find<QComboBox>("compareAfter")->setCurrentIndex(0);
  click("restoreRevision");
  settle();
  EXPECT_EQ(history(1).revisions.size(), 4U);
  EXPECT_EQ(scenario(1).content, history(1).revisions[0].content);
  EXPECT_EQ(history(1).revisions.back().note, "restored revision 1");
  m_session->undoStack().undo();
  settle();
  EXPECT_EQ(scenario(1).content.situation, "Something else altogether.");
}

TEST_F(ScenariosPageTest, BulkReplaceShowsFirstAndIsOneUndo) {
  start(300);
  const auto before = scenario(1).content;
  click("bulkReplace");
  type("replaceFind", "the");
  type("replaceWith", "THE");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  EXPECT_TRUE(find<QLabel>("bulkSummary")->text().contains(QStringLiteral("matches in")));
  EXPECT_FALSE(find<WordDiff>("bulkChanges")->toPlainText().isEmpty());
  shoot("replace");
  click("bulkApply");
  settle();
  int changed = 0;
  for (int id = 1; id <= 300; ++id) changed += history(id).revisions.size() == 2U;
  EXPECT_GT(changed, 100);
  EXPECT_EQ(m_session->undoStack().count(), 1);
  m_session->undoStack().undo();
  settle();
  EXPECT_EQ(scenario(1).content, before);
  click("bulkClose");
}

TEST_F(ScenariosPageTest, BulkDecisionTellsOfFaultyOnes) {
  add(broken());
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 1; }));
  settle();
  click("bulkAccept");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  EXPECT_TRUE(find<QLabel>("bulkSummary")->text().contains(QStringLiteral("have errors")));
  EXPECT_TRUE(
      find<WordDiff>("bulkChanges")->toPlainText().contains(QStringLiteral("say the same")));
  click("bulkClose");
  EXPECT_EQ(scenario(1).status, ReviewStatus::Undecided);
}

TEST_F(ScenariosPageTest, BulkActsOnTheSelection) {
  start(20);
  table()->setFocus();
  press(Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_EQ(find<QComboBox>("bulkScope")->currentIndex(), 1);
  click("bulkReject");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  click("bulkApply");
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Rejected);
  EXPECT_EQ(scenario(2).status, ReviewStatus::Rejected);
  EXPECT_EQ(scenario(3).status, ReviewStatus::Undecided);
}

TEST_F(ScenariosPageTest, ChecksRunInTheBackgroundAndFilter) {
  for (int i = 0; i < 3; ++i) add(broken());
  auto twin = broken();
  twin.key = 2;
  add(twin);
  m_demo.addScenarios(200);
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 204; }));
  settle();
  auto* tabs = find<QTabWidget>("scenarioTabs");
  tabs->setCurrentWidget(find<QWidget>("checksPanel"));
  shoot("checks_none");
  click("startCheck");
  auto* findings = find<QTableWidget>("findingList");
  ASSERT_TRUE(spinUntil([&] { return findings->rowCount() > 0; }));
  settle();
  shoot("checks");
  auto* groups = find<QTableWidget>("duplicateGroups");
  ASSERT_EQ(groups->rowCount(), 1);
  EXPECT_EQ(groups->item(0, 0)->text(), QStringLiteral("4"));
  Q_EMIT groups->cellClicked(0, 0);
  settle();
  EXPECT_EQ(model()->rowCount(), 4);
  EXPECT_TRUE(find<WordDiff>("duplicateDiff")->isVisible());
  shoot("duplicates");
  click("filterExtra");
  settle();
  EXPECT_EQ(model()->rowCount(), 204);
  Q_EMIT findings->cellClicked(0, 0);
  settle();
  EXPECT_EQ(model()->rowCount(), findings->item(0, 1)->text().toInt());
  click("clearFilter");
  click("letterB");
  settle();
  EXPECT_LT(model()->rowCount(), 100);
  EXPECT_FALSE(find<QLabel>("checkState")->text().contains(QStringLiteral("changed since")));
  table()->setFocus();
  press(Qt::Key_R);
  ASSERT_TRUE(spinUntil([&] {
    return find<QLabel>("checkState")->text().contains(QStringLiteral("changed since"));
  }));
}

TEST_F(ScenariosPageTest, UnevenLettersAreReshuffledByOneClick) {
  auto content = broken();
  content.options = {"Help her", "Walk on", "Sing", "Shout", "Run"};
  content.rationale.clear();
  content.key = 0;
  for (int i = 0; i < 60; ++i) {
    content.situation = "Situation number " + std::to_string(i);
    add(content);
  }
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 60; }));
  find<QTabWidget>("scenarioTabs")->setCurrentWidget(find<QWidget>("checksPanel"));
  click("startCheck");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("reshuffleLetters")->isVisible(); }));
  click("reshuffleLetters");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  shoot("reshuffle");
  click("bulkApply");
  settle();
  int moved = 0;
  for (int id = 1; id <= 60; ++id) moved += scenario(id).content.key != 0;
  EXPECT_EQ(moved, 48);
}

}  // namespace
}  // namespace wordsight::ui
