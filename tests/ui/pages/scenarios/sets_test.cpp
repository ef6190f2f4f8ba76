// What concerns many scenarios: history, bulk changes, checks.

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QUndoStack>

#include "models/scenarios/scenario_edits.h"
#include "page_fixture.h"
#include "pages/scenarios/text_field.h"
#include "widgets/message_bar.h"
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
  find<QComboBox>("compareBefore")->setCurrentIndex(1);  // the first is "Nothing"
  find<QComboBox>("compareAfter")->setCurrentIndex(1);
  EXPECT_TRUE(diff->toPlainText().contains(QStringLiteral("Suddenly: ")));
  shoot("history");
  // The first one has nothing before it: it is shown as it is, not held against itself.
  list->selectRow(list->model()->rowCount() - 1);
  EXPECT_EQ(find<QComboBox>("compareBefore")->currentText(), QStringLiteral("Nothing"));
  EXPECT_FALSE(diff->toPlainText().contains(QStringLiteral("unchanged")));
  EXPECT_TRUE(diff->toPlainText().contains(
      QString::fromStdString(history(1).revisions[0].content.situation)));
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
  // What was taken back can be done again, and the panel says so.
  EXPECT_FALSE(find<QPushButton>("bulkApply")->isEnabled());
  EXPECT_TRUE(find<QLabel>("bulkSummary")->text().contains(QStringLiteral("Ctrl+Z")));
  m_session->undoStack().undo();
  settle();
  EXPECT_EQ(scenario(1).content, before);
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  EXPECT_TRUE(find<QLabel>("bulkSummary")->text().contains(QStringLiteral("matches in")));
  // An edit elsewhere is in the preview a moment later.
  const QString was = find<QLabel>("bulkSummary")->text();
  auto other = before;
  other.question = "What now?";
  ScenarioEdits::of(m_session.get())
      ->edit({ScenarioId(1), scenario(1).revision, before, other, {}, {}});
  ASSERT_TRUE(spinUntil([&] {
    const QString now = find<QLabel>("bulkSummary")->text();
    return now.contains(QStringLiteral("matches in")) && now != was;
  }));
  click("bulkClose");
}

TEST_F(ScenariosPageTest, ABulkDecisionThatIsFineShowsNoDifferences) {
  start(40);
  click("bulkAccept");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  EXPECT_TRUE(find<QLabel>("bulkSummary")->text().contains(QStringLiteral("40 of 40")));
  EXPECT_FALSE(find<WordDiff>("bulkChanges")->isVisible());
  EXPECT_TRUE(find<WordDiff>("bulkChanges")->toPlainText().isEmpty());
  shoot("bulk_accept");
}

TEST_F(ScenariosPageTest, LongBulkChangesTellHowFarTheyAre) {
  start(3000);
  int least = 2000, most = 0;
  QObject::connect(ScenarioEdits::of(m_session.get()), &ScenarioEdits::bulkProgress, m_page.get(),
                   [&](qint64 done, qint64 total) {
                     if (done < total) least = std::min(least, static_cast<int>(done));
                     most = std::max(most, static_cast<int>(done));
                   });
  click("bulkReshuffle");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }, 20000));
  click("bulkApply");
  ASSERT_TRUE(spinUntil([&] { return !find<QPushButton>("bulkApply")->isEnabled(); }));
  settle();
  EXPECT_LT(least, 2000) << "told before it was done";
  EXPECT_GT(most, 2000);
  EXPECT_FALSE(find<QWidget>("bulkWork")->isVisible());
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

TEST_F(ScenariosPageTest, BulkChangesGoOnWithoutThePage) {
  start(2000);
  const auto before = scenario(2000).content;
  click("bulkReplace");
  type("replaceFind", "the");
  type("replaceWith", "THE");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("bulkApply")->isEnabled(); }));
  click("bulkApply");
  m_page.reset();
  m_session->database().waitIdle();
  EXPECT_NE(scenario(2000).content, before);
  m_session->undoStack().undo();
  m_session->database().waitIdle();
  EXPECT_EQ(scenario(2000).content, before);
}

TEST_F(ScenariosPageTest, AFullDiskLosesNoText) {
  start(3);
  m_page->setSession(nullptr);
  m_session.reset();
  store::ProjectOptions options;
  options.maxPages = 1;  // SQLite takes it as: no more than there are
  auto full = store::Project::open(m_demo.project().path(), store::OpenMode::ReadWrite, options);
  ASSERT_OK(full);
  m_session = std::make_unique<Session>(*full);
  m_page->setSession(m_session.get());
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 3; }));
  settle();
  auto* situation = find<QPlainTextEdit>("situation");
  situation->setFocus();
  const QString text = QString(TextField::kMostCharacters - 100, u'w');
  situation->setPlainText(text);
  m_page->flush();
  settle();
  auto* bar = find<MessageBar>("pageMessages");
  EXPECT_FALSE(bar->sentence().isEmpty());
  EXPECT_EQ(bar->kind(), MessageBar::Kind::Error);
  EXPECT_EQ(situation->toPlainText(), text) << "what was typed is still there";
  EXPECT_EQ(history(1).revisions.size(), 1U);
  click("tryAgainButton");
  settle();
  EXPECT_FALSE(bar->sentence().isEmpty()) << "the disk is still full";
}

TEST_F(ScenariosPageTest, SmallWindow) {
  start(60);
  m_page->resize(816, 560);
  settle();
  const auto* bar = table()->horizontalScrollBar();
  EXPECT_EQ(bar->maximum(), bar->minimum()) << "columns make room instead";
  EXPECT_GE(table()->columnWidth(ScenarioTableModel::SituationColumn), 180);
  EXPECT_GE(find<QLineEdit>("filterText")->width(), 200);
  shoot("small");
  m_page->resize(1208, 760);
  settle();
  EXPECT_FALSE(table()->isColumnHidden(ScenarioTableModel::ChangedColumn));
}

TEST_F(ScenariosPageTest, LinksOpenTheirPanels) {
  start(5);
  auto* tabs = find<QTabWidget>("scenarioTabs");
  const auto opened = [&](const char* panel) {
    m_page->open({{QStringLiteral("panel"), QString::fromLatin1(panel)}});
    return tabs->currentWidget();
  };
  EXPECT_EQ(opened("generate"), find<QWidget>("generatePanel"));
  EXPECT_TRUE(opened("import")->isAncestorOf(find<QWidget>("importPanel")));
  EXPECT_EQ(opened("datasets"), find<QWidget>("datasetsPanel"));
  EXPECT_EQ(opened("checks"), find<QWidget>("checksPanel"));
  EXPECT_EQ(opened("history"), find<QWidget>("historyPanel"));
  EXPECT_EQ(opened("no such panel"), find<QWidget>("historyPanel")) << "nothing happens";
  EXPECT_EQ(opened("item"), find<QWidget>("itemPanel"));
}

TEST_F(ScenariosPageTest, EveryActionIsInThePaletteAndWorks) {
  start(5);
  QStringList names;
  for (QAction* action : m_page->pageActions()) {
    names.append(action->objectName());
    EXPECT_FALSE(action->text().isEmpty() || action->icon().isNull()) << names.last().toStdString();
  }
  for (const char* name : {"acceptSelected", "rejectSelected", "undecideSelected", "editScenario",
                           "reshuffleShown", "replaceShown", "freezeSelected", "showHistory"})
    EXPECT_TRUE(names.contains(QLatin1String(name))) << name;
  m_page->findChild<QAction*>(QStringLiteral("acceptSelected"))->trigger();
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Accepted);
  m_page->findChild<QAction*>(QStringLiteral("replaceShown"))->trigger();
  EXPECT_TRUE(find<QLineEdit>("replaceFind")->isVisible());
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
  click("stopCheck");
  ASSERT_TRUE(spinUntil([&] { return !m_session->busy(); }));
  settle();
  if (find<QTableWidget>("findingList")->rowCount() == 0) click("startCheck");
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
