// The table, its filter, the keyboard and the editor.

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitter>
#include <QUndoStack>

#include "page_fixture.h"
#include "pages/scenarios/findings_list.h"
#include "pages/scenarios/item_panel.h"
#include "widgets/message_bar.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

TEST_F(ScenariosPageTest, FirstRowIsShown) {
  start(120);
  EXPECT_EQ(table()->currentId(), ScenarioId(1));
  auto* situation = find<QPlainTextEdit>("situation");
  EXPECT_EQ(situation->toPlainText().toStdString(), scenario(1).content.situation);
  EXPECT_EQ(find<QLabel>("filterCount")->text(), QStringLiteral("120 scenarios"));
  shoot("table");
}

TEST_F(ScenariosPageTest, TriageByKeyboard) {
  start(30);
  table()->setFocus();
  press(Qt::Key_A);
  EXPECT_EQ(table()->currentId(), ScenarioId(2));
  press(Qt::Key_R);
  press(Qt::Key_Down);
  press(Qt::Key_U);
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Accepted);
  EXPECT_EQ(scenario(2).status, ReviewStatus::Rejected);
  EXPECT_EQ(scenario(3).status, ReviewStatus::Undecided);
  EXPECT_EQ(table()->currentId(), ScenarioId(5));
  press(Qt::Key_Z, Qt::ControlModifier);  // what was undecided already
  press(Qt::Key_Z, Qt::ControlModifier);
  settle();
  EXPECT_EQ(scenario(2).status, ReviewStatus::Undecided);
  EXPECT_EQ(scenario(1).status, ReviewStatus::Accepted);
  press(Qt::Key_Y, Qt::ControlModifier);
  settle();
  EXPECT_EQ(scenario(2).status, ReviewStatus::Rejected);
}

TEST_F(ScenariosPageTest, ManyRowsAreOneDecision) {
  start(30);
  table()->setFocus();
  press(Qt::Key_Down, Qt::ShiftModifier);
  press(Qt::Key_Down, Qt::ShiftModifier);
  press(Qt::Key_A);
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Accepted);
  EXPECT_EQ(scenario(3).status, ReviewStatus::Accepted);
  EXPECT_EQ(scenario(4).status, ReviewStatus::Undecided);
  EXPECT_EQ(table()->currentId(), ScenarioId(4));
  press(Qt::Key_Z, Qt::ControlModifier);
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Undecided);
  EXPECT_EQ(scenario(3).status, ReviewStatus::Undecided);
}

TEST_F(ScenariosPageTest, DecidedRowsLeaveAFilterAndTheNextOneComes) {
  start(30);
  auto* status = find<QComboBox>("filterStatus");
  status->setCurrentIndex(status->findData(QStringLiteral("undecided")));
  Q_EMIT status->activated(status->currentIndex());
  settle();
  table()->setFocus();
  press(Qt::Key_A);
  press(Qt::Key_A);
  settle();
  EXPECT_EQ(model()->rowCount(), 28);
  EXPECT_EQ(table()->currentId(), ScenarioId(3));
  EXPECT_EQ(find<ItemPanel>("itemPanel")->id(), ScenarioId(3));
}

TEST_F(ScenariosPageTest, NumberKeysSetTheKey) {
  start(10);
  table()->setFocus();
  const int other = scenario(1).content.key == 1 ? 2 : 1;
  press(other == 1 ? Qt::Key_2 : Qt::Key_3);
  press(Qt::Key_Down);
  press(Qt::Key_9);  // there is no ninth option
  settle();
  EXPECT_EQ(scenario(1).content.key, other);
  EXPECT_EQ(history(2).revisions.size(), 1U);
  press(Qt::Key_Z, Qt::ControlModifier);
  settle();
  EXPECT_NE(scenario(1).content.key, other);
  EXPECT_EQ(history(1).revisions.size(), 3U);
}

TEST_F(ScenariosPageTest, QuickKeysOnRowsThatAreStillComingAreNotLost) {
  start(10);
  table()->setFocus();
  std::vector<int> wanted;
  for (int id = 1; id <= 5; ++id) {
    wanted.push_back((scenario(id).content.key + 1) % 5);
    press(static_cast<Qt::Key>(Qt::Key_1 + wanted.back()));
    press(Qt::Key_Down);
  }
  settle();
  for (int id = 1; id <= 5; ++id)
    EXPECT_EQ(scenario(id).content.key, wanted[static_cast<std::size_t>(id - 1)]) << id;
}

TEST_F(ScenariosPageTest, EditingIsKeptOnLeavingAndUndone) {
  start(10);
  table()->setFocus();
  press(Qt::Key_E);
  auto* situation = find<QPlainTextEdit>("situation");
  EXPECT_TRUE(situation->hasFocus());
  const auto before = scenario(1).content;
  QTest::keyClicks(situation, QStringLiteral(" It rains."));
  type("editNote", "weather");
  situation->setFocus();
  QTest::keyClick(situation, Qt::Key_Escape);
  EXPECT_TRUE(table()->hasFocus());
  settle();
  EXPECT_EQ(scenario(1).content.situation, before.situation + " It rains.");
  EXPECT_EQ(history(1).revisions.back().author, "person");
  EXPECT_EQ(history(1).revisions.back().note, "weather");
  m_session->undoStack().undo();
  settle();
  EXPECT_EQ(scenario(1).content, before);
  EXPECT_EQ(situation->toPlainText().toStdString(), before.situation);
}

TEST_F(ScenariosPageTest, UntouchedFieldsStayByteForByte) {
  auto content = broken();
  content.situation = "Line one\r\nLine two\r\n";
  content.rationale = std::string("zero\0inside", 11);
  add(content);
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 1; }));
  settle();
  type("question", "!");
  m_page->flush();
  settle();
  EXPECT_EQ(history(1).revisions.size(), 2U);
  EXPECT_EQ(scenario(1).content.situation, content.situation);
  EXPECT_EQ(scenario(1).content.rationale, content.rationale);
}

TEST_F(ScenariosPageTest, CheckedAsYouTypeAndMendedByButton) {
  add(broken());
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 1; }));
  settle();
  auto* findings = find<FindingsList>("findings");
  EXPECT_GE(findings->lines().size(), 4U);
  shoot("findings");
  for (const char* fix :
       {"fix-rationale-letter", "fix-option-letter", "fix-option-empty", "fix-option-equal"}) {
    ASSERT_TRUE(spinUntil([&] {
      return m_page->findChild<QPushButton*>(QString::fromLatin1(fix)) != nullptr;
    })) << fix;
    click(fix);
    QTest::qWait(150);
    settle();
  }
  EXPECT_TRUE(spinUntil([&] {
    return std::none_of(findings->lines().begin(), findings->lines().end(),
                        [](const auto& line) { return line.error; });
  }));
  m_page->flush();
  settle();
  const auto mended = scenario(1).content;
  ASSERT_EQ(mended.options.size(), 3U);
  EXPECT_EQ(mended.options[static_cast<std::size_t>(mended.key)],
            "Help her up and ask whether she is hurt");
}

TEST_F(ScenariosPageTest, OptionsAreAddedAndRemoved) {
  start(3);
  click("addOption");
  type("optionF", "Sing a song");
  m_page->flush();
  settle();
  ASSERT_EQ(scenario(1).content.options.size(), 6U);
  EXPECT_EQ(scenario(1).content.options[5], "Sing a song");
  m_session->undoStack().undo();
  settle();
  EXPECT_EQ(scenario(1).content.options.size(), 5U);
}

TEST_F(ScenariosPageTest, BothVersionsAreKeptWhenSomebodyElseEdits) {
  start(5);
  type("situation", "Mine. ");
  editElsewhere(1, "Theirs.");
  m_page->flush();
  settle();
  EXPECT_EQ(scenario(1).content.situation, "Theirs.");
  auto* bar = find<MessageBar>("itemMessages");
  EXPECT_FALSE(bar->sentence().isEmpty());
  shoot("conflict");
  click("useMineButton");
  settle();
  EXPECT_TRUE(scenario(1).content.situation.find("Mine. ") != std::string::npos);
  EXPECT_EQ(history(1).revisions[1].content.situation, "Theirs.");
  EXPECT_TRUE(bar->sentence().isEmpty());
}

TEST_F(ScenariosPageTest, AConflictThatIsLeftKeepsBothToo) {
  start(5);
  type("situation", "Mine. ");
  editElsewhere(1, "Theirs.");
  table()->setCurrentId(ScenarioId(2));
  settle();
  EXPECT_EQ(scenario(1).content.situation, "Theirs.");
  ASSERT_EQ(history(1).revisions.size(), 4U);
  EXPECT_TRUE(history(1).revisions[2].content.situation.find("Mine. ") != std::string::npos);
}

TEST_F(ScenariosPageTest, HugePasteIsRefusedWithASentence) {
  start(3);
  auto* situation = find<QPlainTextEdit>("situation");
  situation->setFocus();
  const QString before = situation->toPlainText();
  QApplication::clipboard()->setText(QString(10'000'000, u'x'));
  QElapsedTimer timer;
  timer.start();
  situation->paste();
  RecordProperty("milliseconds", static_cast<int>(timer.elapsed()));
  EXPECT_EQ(situation->toPlainText(), before);
  EXPECT_TRUE(find<MessageBar>("itemMessages")->sentence().contains(QStringLiteral("10,000,000")));
}

TEST_F(ScenariosPageTest, HugeImportedTextIsShownInPartAndStays) {
  auto content = broken();
  content.situation = std::string(3'000'000, 'y');
  add(content);
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 1; }));
  settle();
  EXPECT_TRUE(find<QPlainTextEdit>("situation")->isReadOnly());
  type("question", "?");
  m_page->flush();
  settle();
  EXPECT_EQ(scenario(1).content.situation.size(), 3'000'000U);
}

TEST_F(ScenariosPageTest, FilterByWordsMenusAndClear) {
  start(400);
  type("filterText", "child");
  settle();
  const int some = model()->rowCount();
  EXPECT_GT(some, 0);
  EXPECT_LT(some, 400);
  auto* strategy = find<QComboBox>("filterStrategy");
  strategy->setCurrentIndex(strategy->findData(QStringLiteral("context")));
  Q_EMIT strategy->activated(strategy->currentIndex());
  settle();
  EXPECT_LT(model()->rowCount(), some);
  shoot("filtered");
  click("clearFilter");
  settle();
  EXPECT_EQ(model()->rowCount(), 400);
  type("filterText", "xyzzy \"'%_*");
  settle();
  EXPECT_EQ(model()->rowCount(), 0);
  shoot("nothing_matches");
}

TEST_F(ScenariosPageTest, AMessageAboutTheListGoesWhenTheListIsReadAgain) {
  start(10);
  auto* bar = find<MessageBar>("pageMessages");
  Q_EMIT model()->failed(QStringLiteral("The words cannot be searched for."));
  EXPECT_FALSE(bar->sentence().isEmpty());
  type("filterText", "the");
  ASSERT_TRUE(spinUntil([&] { return bar->sentence().isEmpty(); }));
}

/// 10 MB into the fields that take text: each keeps what it can and the window goes on.
TEST_F(ScenariosPageTest, HugePasteIntoTheFilterIsCut) {
  start(10);
  QApplication::clipboard()->setText(QString(10'000'000, QLatin1Char('x')));
  for (const char* name : {"filterText", "replaceFind"}) {
    if (QLatin1String(name) == QLatin1String("replaceFind")) click("bulkReplace");
    auto* field = find<QLineEdit>(name);
    field->setFocus();
    field->paste();
    EXPECT_LE(field->text().size(), 1000) << name;
  }
  settle();
  EXPECT_EQ(model()->rowCount(), 0);
  QApplication::clipboard()->clear();
}

TEST_F(ScenariosPageTest, SortingKeepsTheCurrentScenario) {
  start(300);
  table()->setCurrentId(ScenarioId(150));
  settle();
  table()->sortByColumn(ScenarioTableModel::SituationColumn, Qt::DescendingOrder);
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(150));
  EXPECT_NE(table()->currentIndex().row(), 149);
  EXPECT_TRUE(table()->viewport()->rect().intersects(table()->visualRect(table()->currentIndex())));
}

TEST_F(ScenariosPageTest, NewRowsDoNotMoveThePlace) {
  start(300);
  table()->sortByColumn(ScenarioTableModel::ChangedColumn, Qt::DescendingOrder);
  settle();
  table()->setCurrentId(ScenarioId(150));
  settle();
  const QRect before = table()->visualRect(table()->currentIndex());
  m_demo.addScenarios(100, 77);
  m_session->noteChange(Content::Scenarios);
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 400; }));
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(150));
  EXPECT_EQ(table()->visualRect(table()->currentIndex()).top(), before.top());
}

TEST_F(ScenariosPageTest, WhoWritesIsNotDisturbedByTheFilter) {
  start(50);
  auto* status = find<QComboBox>("filterStatus");
  status->setCurrentIndex(status->findData(QStringLiteral("undecided")));
  Q_EMIT status->activated(status->currentIndex());
  settle();
  type("situation", "Half a sentence ");
  {
    const auto connection = m_demo.project().connect();
    EXPECT_OK(store::ScenarioRepository(**connection)
                  .setStatus(ScenarioId(1), ReviewStatus::Accepted, "other"));
  }
  m_session->noteChange(Content::Scenarios);
  settle();
  EXPECT_EQ(model()->rowCount(), 49);
  EXPECT_EQ(find<ItemPanel>("itemPanel")->id(), ScenarioId(1));
  EXPECT_TRUE(
      find<QPlainTextEdit>("situation")->toPlainText().contains(QStringLiteral("Half a sentence")));
  QTest::keyClick(find<QPlainTextEdit>("situation"), Qt::Key_Escape);
  settle();
  EXPECT_EQ(find<ItemPanel>("itemPanel")->id(), table()->currentId());
  EXPECT_TRUE(scenario(1).content.situation.find("Half a sentence") != std::string::npos);
}

TEST_F(ScenariosPageTest, OpenGoesToAScenarioThroughAFilter) {
  start(300);
  type("filterText", "xyzzy");
  settle();
  m_page->open({{QStringLiteral("scenario"), 222}});
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(222));
  m_page->open({{QStringLiteral("run"), 1}});
  settle();
  EXPECT_EQ(model()->rowCount(), 300);
  m_page->open({{QStringLiteral("scenario"), 99999}});
  settle();
  EXPECT_FALSE(find<MessageBar>("pageMessages")->sentence().isEmpty());
}

TEST_F(ScenariosPageTest, NewScenarioIsWrittenByHand) {
  start(10);
  type("filterText", "xyzzy");
  settle();
  m_page->findChild<QAction*>(QStringLiteral("newScenario"))->trigger();
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(11));
  EXPECT_EQ(scenario(11).provenance.generator, "person");
  type("situation", "A dog is locked in a hot car.");
  m_page->flush();
  settle();
  EXPECT_EQ(scenario(11).content.situation, "A dog is locked in a hot car.");
}

TEST_F(ScenariosPageTest, NextIssueGoesRound) {
  start(5);
  add(broken());
  {
    const auto connection = m_demo.project().connect();
    store::ScenarioRepository scenarios(**connection);
    const store::ScenarioIssue issue{scenarios.get(ScenarioId(3))->revision, "duplicate", "x"};
    EXPECT_OK(scenarios.setIssues({}, std::span(&issue, 1)));
  }
  m_session->noteChange(Content::Scenarios);
  settle();
  table()->setFocus();
  press(Qt::Key_N);
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(3));
  EXPECT_TRUE(find<QLabel>("finding-duplicate")->text().contains(QStringLiteral("Duplicate")));
  press(Qt::Key_N);
  settle();
  EXPECT_EQ(table()->currentId(), ScenarioId(3));
}

TEST_F(ScenariosPageTest, EmptyProjectSaysWhatToDo) {
  start(0);
  QTest::qWait(300);
  settle();
  shoot("empty");
}

TEST_F(ScenariosPageTest, PageAndProjectGoInTheMiddleOfQuestions) {
  start(500);
  table()->sortByColumn(ScenarioTableModel::KeyColumn, Qt::AscendingOrder);
  type("situation", "x");
  m_page->open({{QStringLiteral("text"), QStringLiteral("child")}});
  m_page->setSession(nullptr);
  EXPECT_EQ(model()->rowCount(), 0);
  m_page->setSession(m_session.get());
  table()->sortByColumn(ScenarioTableModel::StatusColumn, Qt::AscendingOrder);
  m_page.reset();
  settle();
  startSession();
  m_page->setSession(nullptr);
  m_session.reset();
  QCoreApplication::processEvents();
}

}  // namespace
}  // namespace wordsight::ui
