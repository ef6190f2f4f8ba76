#include "pages/compare/compare_page.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>

#include "base/file.h"
#include "bridge/format.h"
#include "compare_fixture.h"
#include "jobs/comparison.h"
#include "jobs/model_jobs.h"
#include "models/compare/comparison_text.h"
#include "pages/compare/cell_row.h"
#include "pages/compare/cells_bar.h"
#include "widgets/letter_badge.h"
#include "widgets/message_bar.h"
#include "widgets/picture_view.h"
#include "widgets/probability_bars.h"
#include "widgets/transition_matrix.h"

namespace wordsight::ui {
namespace {

TEST_F(ComparePageTest, ShowsTheLatestCellsWithEvalsOwnNumbers) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  ASSERT_EQ(shown().cells.size(), 6u);
  // The same comparison made by hand.
  const auto connection = project.project().connect();
  ASSERT_TRUE(connection);
  const auto runs = jobs::latestEvaluations(**connection);
  ASSERT_TRUE(runs);
  const auto expected = jobs::compareRuns(**connection, *runs);
  ASSERT_TRUE(expected);
  const auto chips = page->findChildren<CellChip*>();
  ASSERT_EQ(chips.size(), 6);
  for (qsizetype i = 0; i < chips.size(); ++i) {
    const auto& accuracy = expected->cells[static_cast<std::size_t>(i)].accuracy;
    EXPECT_EQ(chips[i]->score(), formatInterval(accuracy.value, accuracy.low, accuracy.high));
    EXPECT_EQ(chips[i]->name(), toQt(expected->cells[static_cast<std::size_t>(i)].name));
  }
  EXPECT_EQ(part<QLabel>("itemCount")->text(), QStringLiteral("300 items"));
  EXPECT_EQ(part<QListView>("itemList")->model()->rowCount(), 300);
  const auto pair = directedPair(*expected, cell("base · image"), cell("tuned · image"));
  ASSERT_TRUE(pair);
  const auto* matrix = part<TransitionMatrix>("transitionMatrix");
  EXPECT_EQ(matrix->count(TransitionMatrix::Field::WrongToRight), pair->pairs.wr);
  EXPECT_EQ(matrix->count(TransitionMatrix::Field::RightToWrong), pair->pairs.rw);
  EXPECT_EQ(part<QLabel>("pairSentence")->text(), pairSentence(*expected, *pair));
  EXPECT_TRUE(part<QLabel>("pairSentence")->text().contains(formatPoints(pair->interval.low)));
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_list"));
  part<QToolButton>("gridToggle")->click();
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_grid"));
}

TEST_F(ComparePageTest, ClickingTheMatrixFilters) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  auto* matrix = part<TransitionMatrix>("transitionMatrix");
  const auto field = TransitionMatrix::Field::WrongToRight;
  QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->fieldRect(field).center());
  const auto* list = part<QListView>("itemList");
  EXPECT_EQ(list->model()->rowCount(), matrix->count(field));
  EXPECT_EQ(part<QLabel>("itemCount")->text(),
            QStringLiteral("%1 of 300").arg(matrix->count(field)));
  EXPECT_EQ(part<QComboBox>("transitionFilter")->currentText(),
            transitionText(Transition::WrongToRight));
  const std::size_t first = cell("base · image"), second = cell("tuned · image");
  for (int row = 0; row < list->model()->rowCount(); ++row) {
    const auto item = static_cast<std::size_t>(
        list->model()->index(row, 0).data(CompareItemModel::ItemRole).toInt());
    EXPECT_FALSE(shown().cells[first].right[item]);
    EXPECT_TRUE(shown().cells[second].right[item]);
  }
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_filtered"));
  QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->fieldRect(field).center());
  EXPECT_EQ(list->model()->rowCount(), 300);
  // By keyboard, and back by the button.
  matrix->setFocus();
  QTest::keyClick(matrix, Qt::Key_Up);
  QTest::keyClick(matrix, Qt::Key_Space);
  EXPECT_EQ(list->model()->rowCount(), matrix->count(TransitionMatrix::Field::BothRight));
  part<QToolButton>("clearFilter")->click();
  EXPECT_EQ(list->model()->rowCount(), 300);
  EXPECT_FALSE(matrix->selected());
}

TEST_F(ComparePageTest, NothingMatchesSaysSo) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  part<QLineEdit>("textFilter")->setText(QStringLiteral("no such words"));
  EXPECT_TRUE(part<QLabel>("nothingMatches")->isVisible());
  EXPECT_EQ(part<QLabel>("itemCount")->text(), QStringLiteral("0 of 300"));
  EXPECT_EQ(page->currentItem(), -1);
  QTest::keyClick(page.get(), Qt::Key_Down);
  part<QLineEdit>("textFilter")->clear();
  EXPECT_FALSE(part<QLabel>("nothingMatches")->isVisible());
  EXPECT_GE(page->currentItem(), 0);
}

TEST_F(ComparePageTest, KeysWalk) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  settle();
  auto* list = part<QListView>("itemList");
  list->setFocus();
  EXPECT_EQ(page->currentItem(), 0);
  QTest::keyClick(list, Qt::Key_Down);
  EXPECT_EQ(page->currentItem(), 1);
  QTest::keyClick(list, Qt::Key_J);
  QTest::keyClick(list, Qt::Key_Right);
  EXPECT_EQ(page->currentItem(), 3);
  QTest::keyClick(list, Qt::Key_K);
  QTest::keyClick(list, Qt::Key_Left);
  EXPECT_EQ(page->currentItem(), 1);
  QTest::keyClick(list, Qt::Key_End);
  EXPECT_EQ(page->currentItem(), 299);
  QTest::keyClick(list, Qt::Key_J);
  EXPECT_EQ(page->currentItem(), 299);
  QTest::keyClick(list, Qt::Key_Home);
  EXPECT_EQ(page->currentItem(), 0);
  settle();
  auto* picture = part<PictureView>("picture");
  ASSERT_TRUE(picture->hasPicture());
  EXPECT_TRUE(picture->fitted());
  QTest::keyClick(list, Qt::Key_Space);
  EXPECT_FALSE(picture->fitted());
  EXPECT_DOUBLE_EQ(picture->zoom(), 1);
  QTest::keyClick(list, Qt::Key_Space);
  EXPECT_TRUE(picture->fitted());
  QTest::keyClick(list, Qt::Key_F);
  EXPECT_TRUE(part<QLineEdit>("textFilter")->hasFocus());
  QTest::keyClick(part<QLineEdit>("textFilter"), Qt::Key_Escape);
  EXPECT_TRUE(list->hasFocus());
  // From the picture, too.
  picture->setFocus();
  QTest::keyClick(picture, Qt::Key_Down);
  EXPECT_EQ(page->currentItem(), 1);
}

TEST_F(ComparePageTest, ChipsTakeCellsInAndOut) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const auto chips = page->findChildren<CellChip*>();
  QTest::mouseClick(chips[2], Qt::LeftButton);
  ASSERT_TRUE(test::spinUntil([this] { return shown().cells.size() == 5; }));
  EXPECT_TRUE(chips[2]->score().isEmpty());
  EXPECT_FALSE(chips[3]->score().isEmpty());
  // One cell alone is no pair, and the last one stays.
  for (const int i : {0, 1, 3, 4}) QTest::mouseClick(chips[i], Qt::LeftButton);
  ASSERT_TRUE(test::spinUntil([this] { return shown().cells.size() == 1; }));
  QTest::mouseClick(chips[5], Qt::LeftButton);
  EXPECT_TRUE(chips[5]->isChecked());
  EXPECT_FALSE(part<QLabel>("pairSentence")->text().isEmpty());
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_one_cell"));
}

TEST_F(ComparePageTest, OpensNamedRuns) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const auto runs = page->comparison()->runs();
  page->open(
      {{QStringLiteral("runs"), QVariantList{qlonglong(runs[1].value), qlonglong(runs[4].value)}}});
  ASSERT_TRUE(test::spinUntil([this] { return shown().cells.size() == 2; }));
  EXPECT_EQ(shown().cells[0].name, "base · image");
  EXPECT_EQ(shown().cells[1].name, "tuned · image");
  // What a person opened is not replaced by newer evaluations.
  project.addRecorded("other", "image", 0.9, 4);
  session->noteChange(Content::Predictions);
  session->database().waitIdle();
  EXPECT_EQ(shown().cells.size(), 2u);
  // A run that is none: said in place, the page stays usable.
  page->open({{QStringLiteral("runs"), QVariantList{qlonglong(9999)}}});
  auto* message = part<MessageBar>("messageBar");
  ASSERT_TRUE(test::spinUntil([&] { return !message->sentence().isEmpty(); }));
  EXPECT_EQ(shown().cells.size(), 2u);
}

TEST_F(ComparePageTest, TheChooserTicksEvaluationsOfOneBenchmark) {
  addCells();
  addItems("other", 20);
  addAnswers("other", "base", Arm::Image, 50);
  openPage();
  ASSERT_TRUE(waitForComparison());
  EXPECT_EQ(shown().cells.size(), 1u);  // the newest evaluation's benchmark
  part<QToolButton>("chooseCells")->click();
  auto* chooser = part<QFrame>("evaluationChooser");
  auto* list = chooser->findChild<QTreeWidget*>(QStringLiteral("evaluationList"));
  ASSERT_EQ(list->topLevelItemCount(), 7);
  test::screenshots(*chooser, QStringLiteral("page_compare_chooser"));
  // Ticking one of another benchmark lets go of the first.
  list->topLevelItem(1)->setCheckState(0, Qt::Checked);
  list->topLevelItem(2)->setCheckState(0, Qt::Checked);
  EXPECT_EQ(list->topLevelItem(0)->checkState(0), Qt::Unchecked);
  ASSERT_TRUE(test::spinUntil([this] { return shown().cells.size() == 2; }));
  EXPECT_EQ(page->comparison()->benchmark, "demo");
  // The last tick stays.
  list->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
  list->topLevelItem(2)->setCheckState(0, Qt::Unchecked);
  EXPECT_EQ(list->topLevelItem(2)->checkState(0), Qt::Checked);
  chooser->findChild<QPushButton*>(QStringLiteral("latestCells"))->click();
  ASSERT_TRUE(test::spinUntil([this] { return page->comparison()->benchmark == "other"; }));
}

TEST_F(ComparePageTest, FitsANarrowWindow) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  // The window's least size, 900 × 600, less the switcher and the strip of jobs.
  EXPECT_LE(page->minimumSizeHint().width(), 816);
  EXPECT_LE(page->minimumSizeHint().height(), 544);
  page->resize(816, 544);
  settle();
  auto* tabs = part<QTabWidget>("statisticsTabs");
  for (int tab = 0; tab < tabs->count(); ++tab) {
    tabs->setCurrentIndex(tab);
    QApplication::processEvents();
    if (const auto* table = qobject_cast<QTableView*>(tabs->currentWidget())) {
      EXPECT_EQ(table->horizontalScrollBar()->maximum(), 0) << table->objectName().toStdString();
    }
  }
  tabs->setCurrentIndex(0);
  const auto* matrix = part<TransitionMatrix>("transitionMatrix");
  EXPECT_GE(matrix->width(), matrix->minimumSizeHint().width());
  EXPECT_GE(matrix->height(), matrix->minimumSizeHint().height());
  test::screenshots(*page, QStringLiteral("page_compare_narrow"));
}

TEST_F(ComparePageTest, WhatIsNotAlikeIsSaidAboveTheFigures) {
  ASSERT_NO_FATAL_FAILURE(addItems("two", 20, {}));
  ASSERT_NO_FATAL_FAILURE(addAnswers("two", "base", Arm::Caption, 50));
  openPage();
  ASSERT_TRUE(waitForComparison());
  auto* remarks = part<MessageBar>("comparabilityRemarks");
  EXPECT_TRUE(remarks->isHidden()) << remarks->sentence().toStdString();
  // A cell that answered half of the items.
  ASSERT_OK(
      writeFileAtomically(project.folder() / "half.jsonl", "{\"index\": 1, \"text\": \"B\"}\n"));
  jobs::RecordedSpec spec;
  spec.file = (project.folder() / "half.jsonl").string();
  spec.name = "half";
  spec.benchmark = "two";
  spec.arm = Arm::Caption;
  ASSERT_OK(jobs::importRecorded(project.context(), spec));
  session->noteChange(Content::Predictions);
  ASSERT_TRUE(test::spinUntil([&] { return !remarks->isHidden(); }));
  EXPECT_TRUE(remarks->sentence().contains(QStringLiteral("over the 1 items that every cell")))
      << remarks->sentence().toStdString();
  EXPECT_TRUE(remarks->sentence().contains(QStringLiteral("base · caption 20")));
}

TEST_F(ComparePageTest, TenMegabytesPastedIntoItsFieldsDoNoHarm) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  QApplication::clipboard()->setText(QString(10'000'000, u'x'));
  auto* text = part<QLineEdit>("textFilter");
  text->setFocus();
  text->paste();
  EXPECT_LE(text->text().size(), 32'767);
  EXPECT_EQ(part<QLabel>("itemCount")->text(), QStringLiteral("0 of 300"));
  text->clear();
  part<QAction>("overrideItem")->trigger();
  auto* note = page->findChild<QLineEdit*>(QStringLiteral("overrideNote"));
  ASSERT_TRUE(note);
  note->paste();
  EXPECT_LE(note->text().size(), 2'000);
  QApplication::clipboard()->clear();
}

TEST_F(ComparePageTest, NewEvaluationsAppearByThemselves) {
  project.addBenchmark();
  project.addRecorded("base", "image", 0.5);
  openPage();
  ASSERT_TRUE(waitForComparison());
  EXPECT_EQ(shown().cells.size(), 1u);
  project.addRecorded("tuned", "image", 0.8, 2);
  session->noteChange(Content::Predictions);
  ASSERT_TRUE(test::spinUntil([this] { return shown().cells.size() == 2; }));
}

TEST_F(ComparePageTest, PublishedFiguresStandBesideVivaOnly) {
  addItems("viva", 1240);
  for (const Arm arm : {Arm::Caption, Arm::Image}) {
    addAnswers("viva", "base", arm, arm == Arm::Image ? 71 : 76);
    addAnswers("viva", "tuned", arm, arm == Arm::Image ? 79 : 81);
  }
  openPage();
  ASSERT_TRUE(waitForComparison());
  auto* toggle = part<QCheckBox>("showPublished");
  ASSERT_TRUE(toggle->isVisible());
  ASSERT_TRUE(toggle->isChecked());
  auto* caption = part<QLabel>("publishedCaption");
  EXPECT_TRUE(caption->isVisible());
  for (const auto& figure : eval::publishedViva())
    EXPECT_TRUE(caption->text().contains(QString::fromUtf8(figure.model)));
  auto* tabs = part<QTabWidget>("statisticsTabs");
  for (int i = 0; i < tabs->count(); ++i) {
    tabs->setCurrentIndex(i);
    test::screenshots(*page, QStringLiteral("page_compare_tab%1").arg(i));
  }
  toggle->click();
  EXPECT_FALSE(caption->isVisible());
  // Another benchmark has none.
  project.addBenchmark();
  project.addRecorded("base", "image", 0.5);
  session->noteChange(Content::Predictions);
  ASSERT_TRUE(test::spinUntil([this] { return page->comparison()->benchmark == "demo"; }));
  EXPECT_FALSE(toggle->isVisible());
}

TEST_F(ComparePageTest, WithoutEvaluationsItSaysWhatToDo) {
  project.addBenchmark();
  openPage();
  session->database().waitIdle();
  auto* go = part<QAction>("goEvaluate");
  ASSERT_TRUE(go->isVisible());
  QSignalSpy navigated(page.get(), &Page::navigate);
  go->trigger();
  ASSERT_EQ(navigated.count(), 1);
  EXPECT_EQ(navigated[0][0].value<PageId>(), PageId::Evaluate);
  test::screenshots(*page, QStringLiteral("page_compare_empty"));
  page->setSession(nullptr);
}

TEST_F(ComparePageTest, GoesAwayInMidWork) {
  addCells();
  openPage();  // the first question runs
  page.reset();
  session->database().waitIdle();
  openPage();
  ASSERT_TRUE(test::spinUntil([this] { return page->comparison() != nullptr; }));
  page.reset();  // intervals are being resampled, pictures decoded
  session->database().waitIdle();
  openPage();
  ASSERT_TRUE(test::spinUntil([this] { return page->comparison() != nullptr; }));
  page->setSession(nullptr);  // the project closes first
  session.reset();
  EXPECT_EQ(page->comparison(), nullptr);
}

TEST_F(ComparePageTest, PicturesThatVanishedAreSaid) {
  addCells();
  std::filesystem::rename(project.addBenchmark().pictures, project.folder() / "elsewhere");
  openPage();
  ASSERT_TRUE(waitForComparison());
  auto* picture = part<PictureView>("picture");
  ASSERT_TRUE(test::spinUntil([&] { return !picture->message().isEmpty(); }));
  EXPECT_TRUE(picture->message().contains(QStringLiteral("1.png"))) << fromQt(picture->message());
  EXPECT_FALSE(picture->hasPicture());
  QTest::keyClick(part<QListView>("itemList"), Qt::Key_Down);
  EXPECT_EQ(page->currentItem(), 1);
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_vanished"));
}

TEST_F(ComparePageTest, ShowsRealProbabilities) {
  const auto& world = project.addBenchmark();
  for (const Arm arm : {Arm::Caption, Arm::Image}) {
    jobs::EvaluationSpec spec;
    spec.model = world.model;
    spec.benchmark = "demo";
    spec.prompt = "demo";
    spec.arm = arm;
    spec.limit = 40;
    spec.shifts = arm == Arm::Image ? 2 : 1;
    const auto outcome = jobs::evaluate(project.context(), spec);
    ASSERT_TRUE(outcome) << outcome.error().message;
  }
  openPage();
  ASSERT_TRUE(waitForComparison());
  ASSERT_EQ(shown().items.size(), 40u);
  const auto bars = page->findChildren<ProbabilityBars*>(QStringLiteral("probabilities"));
  ASSERT_EQ(bars.size(), 2);
  for (std::size_t c = 0; c < 2; ++c)
    EXPECT_EQ(bars[static_cast<qsizetype>(c)]->probabilities(),
              shown().cells[c].answers[0].probabilities);
  ASSERT_TRUE(page->comparison()->calibration[0].has_value());
  auto* row = part<CellRow>("cellRow0");
  row->findChild<QToolButton*>(QStringLiteral("expandAnswer"))->click();
  const QString details = row->findChild<QLabel*>(QStringLiteral("answerDetails"))->text();
  EXPECT_TRUE(details.contains(toQt(shown().items[0].content.situation))) << fromQt(details);
  // With several orders of the options an override holds for all of them.
  ASSERT_EQ(shown().cells[1].answers[0].predictions.size(), 2u);
  const int other = (shown().cells[1].answers[0].choice.option + 1) % 5;
  auto* second = part<CellRow>("cellRow1");
  second->findChild<QToolButton*>(QStringLiteral("overrideButton"))->click();
  second->findChild<QToolButton*>(QStringLiteral("override%1").arg(letterText(other)))->click();
  second->findChild<QPushButton*>(QStringLiteral("overrideApply"))->click();
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[1].answers[0].choice.option == other; }));
  EXPECT_EQ(second->findChild<LetterBadge*>(QStringLiteral("cellLetter"))->letter(), other);
  auto* order = part<QComboBox>("itemOrder");
  order->setCurrentIndex(order->findData(static_cast<int>(ItemOrder::ConfidenceDifference)));
  auto* tabs = part<QTabWidget>("statisticsTabs");
  tabs->setCurrentIndex(tabs->count() - 1);
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_probabilities"));
}

}  // namespace
}  // namespace wordsight::ui
