// Cells are ticked and run with the real model; what is shown is what is stored.

#include <QDoubleSpinBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <filesystem>

#include "evaluate_fixture.h"
#include "pages/evaluate/evaluation_watch.h"
#include "store/run_repository.h"
#include "widgets/narrowing_plot.h"

namespace wordsight::ui::test {
namespace {

class EvaluateRun : public EvaluateFixture {
 protected:
  void SetUp() override {
    EvaluateFixture::SetUp();
    m_world = m_project->addBenchmark();
    openPage();
    waitForModel();
  }
};

TEST_F(EvaluateRun, TwoCellsWithALimitShowWhatIsStored) {
  find<QSpinBox>("limit")->setValue(40);
  EXPECT_EQ(find<QComboBox>("prompt")->currentText(), QStringLiteral("demo"));
  EXPECT_FALSE(find<QAbstractButton>("runCells")->isEnabled());
  tick("cell_base_caption");
  tick("cell_base_image");
  EXPECT_EQ(find<QAbstractButton>("runCells")->text(), QStringLiteral("Run 2 cells"));
  const QString commands = find<QPlainTextEdit>("commandText")->toPlainText();
  EXPECT_EQ(commands.count(u'\n'), 1);
  EXPECT_TRUE(commands.contains(QLatin1String("--limit 40"))) << commands.toStdString();
  click("runCells");
  EXPECT_EQ(find<CellTile>("cell_base_image")->state().status, CellState::Status::Waiting);
  ASSERT_TRUE(waitIdle());
  const auto entries = stored();
  ASSERT_EQ(entries.size(), 2u);
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.status, RunStatus::Done);
    EXPECT_EQ(entry.tally.n, 40);
    auto* tile =
        find<CellTile>(entry.spec.arm == Arm::Image ? "cell_base_image" : "cell_base_caption");
    ASSERT_TRUE(spinUntil([&] { return tile->state().status == CellState::Status::Done; }));
    EXPECT_EQ(tile->state().run, entry.run);
    EXPECT_EQ(tile->state().tally.right, entry.tally.right);
    EXPECT_EQ(tile->headline(), formatPercent(entry.tally.accuracy));
    EXPECT_TRUE(tile->secondLine().endsWith(QStringLiteral("n = 40")));
    EXPECT_FALSE(tile->isChecked()) << "ticks are taken away once queued";
  }
  EXPECT_EQ(find<QTableView>("evaluationTable")->model()->rowCount(), 2);
}

TEST_F(EvaluateRun, TheCurveNarrowsToTheStoredEnd) {
  find<QSpinBox>("limit")->setValue(100);
  tick("cell_base_caption");
  click("runCells");
  ASSERT_TRUE(waitIdle());
  const auto entry = stored().front();
  auto* plot = find<NarrowingPlot>("narrowingPlot");
  ASSERT_TRUE(spinUntil([&] { return plot->curve().size() == 100; }))
      << plot->curve().size() << " points";
  EXPECT_EQ(plot->curve().back().right, entry.tally.right);
  EXPECT_LT(plot->curve().back().high - plot->curve().back().low,
            plot->curve().front().high - plot->curve().front().low);
}

TEST_F(EvaluateRun, StoppedEvaluationsAreOfferedAndGoOn) {
  find<QSpinBox>("limit")->setValue(80);
  find<QSpinBox>("batch")->setValue(1);
  tick("cell_base_image");
  click("runCells");
  auto* plot = find<NarrowingPlot>("narrowingPlot");
  ASSERT_TRUE(spinUntil([&] { return plot->curve().size() >= 2; }, 30'000));
  click("watchStop");
  ASSERT_TRUE(waitIdle());
  const auto before = stored().front();
  ASSERT_EQ(before.status, RunStatus::Cancelled);
  ASSERT_GT(before.tally.n, 0);
  ASSERT_LT(before.tally.n, 80);
  ASSERT_TRUE(spinUntil([&] { return !message("resumeOffer").isEmpty(); }));
  EXPECT_TRUE(message("resumeOffer").contains(QStringLiteral("80")))
      << message("resumeOffer").toStdString();
  EXPECT_EQ(find<CellTile>("cell_base_image")->state().status, CellState::Status::Stopped);
  auto* resume = find<QWidget>("resumeOffer")->findChild<QPushButton*>();
  ASSERT_NE(resume, nullptr);
  QTest::mouseClick(resume, Qt::LeftButton);
  ASSERT_TRUE(spinUntil([&] { return session().busy(); }));
  EXPECT_TRUE(message("resumeOffer").isEmpty() ||
              spinUntil([&] { return message("resumeOffer").isEmpty(); }));
  ASSERT_TRUE(waitIdle(120'000));
  const auto after = stored();
  ASSERT_EQ(after.size(), 1u) << "it goes on in its own row";
  EXPECT_EQ(after.front().status, RunStatus::Done);
  EXPECT_EQ(after.front().tally.n, 80);
  auto* tile = find<CellTile>("cell_base_image");
  ASSERT_TRUE(spinUntil([&] { return tile->state().status == CellState::Status::Done; }));
  EXPECT_EQ(tile->state().tally.right, after.front().tally.right);
}

TEST_F(EvaluateRun, WaitingOnesCanBeTakenOut) {
  find<QSpinBox>("batch")->setValue(1);
  tick("cell_base_image");
  tick("cell_base_caption");
  tick("cell_base_blind");
  click("runCells");
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("clearQueue")->isVisible(); }));
  click("clearQueue");
  ASSERT_TRUE(spinUntil([&] { return !find<QAbstractButton>("clearQueue")->isVisible(); }));
  EXPECT_EQ(find<CellTile>("cell_base_blind")->state().status, CellState::Status::NotRun);
  session().stopAll();
  ASSERT_TRUE(waitIdle());
  EXPECT_LE(stored().size(), 1u);
}

TEST_F(EvaluateRun, PauseHoldsAndGoesOn) {
  find<QSpinBox>("batch")->setValue(1);
  tick("cell_base_image");
  click("runCells");
  auto* plot = find<NarrowingPlot>("narrowingPlot");
  ASSERT_TRUE(spinUntil([&] { return plot->curve().size() >= 2; }, 30'000));
  click("watchPause");
  auto* tile = find<CellTile>("cell_base_image");
  ASSERT_TRUE(spinUntil([&] { return tile->state().status == CellState::Status::Paused; }));
  click("watchPause");
  ASSERT_TRUE(spinUntil([&] { return tile->state().status == CellState::Status::Running; }));
  click("watchStop");
  ASSERT_TRUE(waitIdle());
}

TEST_F(EvaluateRun, AModelThatVanishedFailsWithItsSentence) {
  tick("cell_base_caption");
  std::filesystem::remove(std::filesystem::path(m_world.model) / "model.safetensors");
  click("runCells");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return !message("cellFailure").isEmpty(); }));
  EXPECT_TRUE(message("cellFailure").contains(QStringLiteral("safetensors")))
      << message("cellFailure").toStdString();
  EXPECT_EQ(stored().front().status, RunStatus::Failed);
  EXPECT_EQ(find<CellTile>("cell_base_caption")->state().status, CellState::Status::Failed);
}

TEST_F(EvaluateRun, ResultsGoToCompare) {
  find<QSpinBox>("limit")->setValue(20);
  tick("cell_base_caption");
  tick("cell_base_blind");
  click("runCells");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("compareCells")->isEnabled(); }));
  QSignalSpy spy(&page(), &Page::navigate);
  click("compareCells");
  ASSERT_EQ(spy.count(), 1);
  EXPECT_EQ(spy[0][0].value<PageId>(), PageId::Compare);
  const auto runs = spy[0][1].toMap().value(QStringLiteral("runs")).toList();
  ASSERT_EQ(runs.size(), 2);
  EXPECT_EQ(runs[0].toLongLong() + runs[1].toLongLong(),
            stored()[0].run.value + stored()[1].run.value);
}

TEST_F(EvaluateRun, GeneratedTextIsAskedForWithItsOptions) {
  auto* scoring = find<QComboBox>("scoring");
  EXPECT_FALSE(find<QWidget>("maxTokens")->isVisible());
  scoring->setCurrentIndex(1);
  EXPECT_TRUE(find<QWidget>("maxTokens")->isVisible());
  find<QSpinBox>("maxTokens")->setValue(6);
  find<QDoubleSpinBox>("temperature")->setValue(0.7);
  find<QSpinBox>("limit")->setValue(4);
  tick("cell_base_caption");
  EXPECT_TRUE(find<QPlainTextEdit>("commandText")
                  ->toPlainText()
                  .contains(QStringLiteral("--max-tokens 6 --temperature 0.7")));
  click("runCells");
  ASSERT_TRUE(waitIdle());
  const auto entry = stored().front();
  EXPECT_EQ(entry.status, RunStatus::Done) << entry.error;
  EXPECT_EQ(entry.spec.scoring, infer::Scoring::Generate);
  EXPECT_EQ(entry.spec.generate.maxTokens, 6);
  EXPECT_EQ(entry.tally.n, 4);
}

TEST_F(EvaluateRun, ATextModelCannotBeShownPictures) {
  page().form().model().setFolder(toQt(wordsight::test::data("models/qwen2").string()));
  auto* image = find<CellTile>("cell_base_image");
  ASSERT_TRUE(spinUntil([&] {
    return !image->isEnabled() && find<CellTile>("cell_base_caption")->isEnabled();
  })) << image->toolTip().toStdString();
  EXPECT_TRUE(image->toolTip().contains(QStringLiteral("text only")));
  EXPECT_TRUE(find<CellTile>("cell_tuned_caption")->toolTip().contains(QStringLiteral("adapter")));
}

TEST_F(EvaluateRun, WhatACrashLeftIsOffered) {
  jobs::EvaluationSpec spec = page().form().spec(false, Arm::Caption);
  spec.benchmark = "demo";
  {
    auto other = store::Project::open(m_project->project().path(), store::OpenMode::ReadWrite);
    ASSERT_OK(other);
    auto connection = other->connect();
    ASSERT_OK(connection);
    store::RunRepository runs(**connection);
    wordsight::Run run;
    run.kind = RunKind::Evaluation;
    run.name = "base · caption";
    run.spec = jobs::toJson(spec);
    const auto id = runs.create(run);
    ASSERT_OK(id);
    ASSERT_OK(runs.start(*id));
  }  // its owner is gone
  auto connection = m_project->project().connect();
  ASSERT_OK(connection);
  ASSERT_OK(store::RunRepository(**connection).markInterrupted());
  session().noteChange(Content::Runs);
  ASSERT_TRUE(spinUntil([&] { return !message("resumeOffer").isEmpty(); }));
  auto* table = find<QTableView>("evaluationTable");
  table->selectRow(0);
  click("resumeRun");
  ASSERT_TRUE(waitIdle());
  EXPECT_EQ(stored().front().status, RunStatus::Done);
  EXPECT_EQ(stored().front().tally.n, 300);
}

TEST_F(EvaluateRun, SettingsOfAnEarlierRunAreTakenOver) {
  find<QSpinBox>("limit")->setValue(10);
  find<QComboBox>("shifts")->setCurrentIndex(1);
  tick("cell_base_blind");
  click("runCells");
  ASSERT_TRUE(waitIdle());
  auto* tile = find<CellTile>("cell_base_blind");
  ASSERT_TRUE(spinUntil([&] { return tile->state().status == CellState::Status::Done; }));
  EXPECT_EQ(tile->state().tally.n, 10) << "items, however often each was asked";
  find<QSpinBox>("limit")->setValue(20);
  find<QComboBox>("shifts")->setCurrentIndex(0);
  ASSERT_TRUE(
      spinUntil([&] { return tile->statusLine().contains(QStringLiteral("other settings")); }));
  find<QTableView>("evaluationTable")->selectRow(0);
  click("useSettings");
  EXPECT_EQ(find<QSpinBox>("limit")->value(), 10);
  EXPECT_EQ(find<QComboBox>("shifts")->currentIndex(), 1);
}

TEST_F(EvaluateRun, TheLeastWindowShowsAllOfIt) {
  // 900 × 600 less the switcher and the strip of jobs.
  EXPECT_LE(page().minimumSizeHint().width(), 816);
  EXPECT_LE(page().minimumSizeHint().height(), 544);
  page().resize(816, 544);
  QApplication::processEvents();
  auto* scroll = find<QScrollArea>("evaluateFormScroll");
  EXPECT_LE(scroll->widget()->minimumSizeHint().width(), scroll->viewport()->width());
  EXPECT_EQ(find<QTableView>("evaluationTable")->horizontalScrollBar()->maximum(), 0);
  auto* tabs = find<QTabWidget>("evaluateTabs");
  auto* watch = find<QWidget>("evaluationWatch");
  EXPECT_EQ(tabs->indexOf(watch), 1);
  screenshots(page(), QStringLiteral("page_evaluate_narrow"));
  page().resize(1280, 800);
  QApplication::processEvents();
  EXPECT_EQ(tabs->indexOf(watch), -1);
  EXPECT_TRUE(watch->isVisible());
}

TEST_F(EvaluateRun, GoneInMidRun) {
  tick("cell_base_image");
  tick("cell_base_caption");
  click("runCells");
  ASSERT_TRUE(spinUntil([&] { return !session().jobs().empty() && session().jobs().front().run; }));
  m_page->setSession(nullptr);
  m_page.reset();
  QApplication::processEvents();
  m_catalog->setSession(nullptr);
  m_session.reset();  // stops both
  const auto entries = stored();
  ASSERT_FALSE(entries.empty());
  EXPECT_NE(entries.front().status, RunStatus::Running);
}

TEST_F(EvaluateRun, ClosedWhileItAsksTheFile) {
  for (int i = 0; i < 20; ++i) {
    m_page->setSession(nullptr);
    m_page->setSession(m_session.get());
    m_page->shown();
  }
  m_page->setSession(nullptr);
  m_page.reset();
  QApplication::processEvents();
}

}  // namespace
}  // namespace wordsight::ui::test
