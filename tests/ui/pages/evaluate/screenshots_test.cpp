// Pictures of the page's states, to be looked at.

#include <QTabWidget>

#include "base/file.h"
#include "evaluate_fixture.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "widgets/narrowing_plot.h"

namespace wordsight::ui::test {
namespace {

class EvaluateScreenshots : public EvaluateFixture {
 protected:
  void shoot(const char* state) {
    screenshots(*m_page, QStringLiteral("page_evaluate_") + QLatin1String(state));
  }
  void showTab(int index) {
    find<QTabWidget>("evaluateTabs")->setCurrentIndex(index);
    m_session->database().waitIdle();
    QApplication::processEvents();
  }
  /// One step of training: an adapter like any other.
  QString adapter() {
    m_project->addScenarios(40);
    m_project->addDataset("demo");
    jobs::TrainingSpec spec;
    spec.model = m_world.model;
    spec.dataset = spec.prompt = "demo";
    spec.threads = 1;
    spec.train.maxSteps = 1;
    spec.train.batch.samples = 4;
    spec.train.lora.rank = 4;
    spec.train.evalEvery = spec.train.probeEvery = spec.train.saveEvery = 0;
    const auto outcome = jobs::trainAdapter(m_project->context(), spec);
    if (!outcome) throw std::runtime_error(outcome.error().message);
    return toQt(outcome->summary["adapter"].get<std::string>());
  }
};

TEST_F(EvaluateScreenshots, Empty) {
  openPage();
  ASSERT_TRUE(spinUntil([&] { return find<QWidget>("noBenchmark")->isVisible(); }));
  shoot("empty");
  click("actionImportBenchmarkButton");
  shoot("import");
}

TEST_F(EvaluateScreenshots, WithResultsAndWhileRunning) {
  m_world = m_project->addBenchmark();
  const QString tuned = adapter();
  m_project->addRecorded("Qwen2.5-VL-7B", "image", 0.72);
  m_project->addRecorded("GPT-4o", "image", 0.83, 7);
  openPage();
  page().open({{QStringLiteral("adapter"), tuned}, {QStringLiteral("model"), worldModel()}});
  ASSERT_TRUE(spinUntil([&] { return find<CellTile>("cell_tuned_image")->ticked(); }))
      << "what was not asked is ticked";
  shoot("ready");
  tick("cell_tuned_image");
  find<QSpinBox>("limit")->setValue(120);
  click("runCells");
  ASSERT_TRUE(waitIdle(120'000));
  tick("cell_tuned_image");
  tick("cell_base_blind");
  find<QSpinBox>("batch")->setValue(1);
  find<QSpinBox>("limit")->setValue(0);
  click("runCells");
  auto* plot = find<NarrowingPlot>("narrowingPlot");
  ASSERT_TRUE(spinUntil([&] { return plot->curve().size() >= 30 && plot->curve().back().n < 110; },
                        60'000));
  shoot("running");
  session().stopAll();
  ASSERT_TRUE(waitIdle(120'000));
  ASSERT_TRUE(spinUntil([&] { return !message("resumeOffer").isEmpty(); }));
  find<QTableView>("evaluationTable")->selectRow(0);
  shoot("results");
  find<CellTile>("cell_base_caption")->setFocus();
  tick("cell_tuned_blind");
  showTab(3);
  shoot("commands");
  showTab(2);
  shoot("prompt");
  showTab(4);
  shoot("recorded");
}

TEST_F(EvaluateScreenshots, ReportOfVivaAndABrokenModel) {
  const auto viva = wordsight::test::shared("viva/VIVA_annotation.json");
  if (viva.empty()) GTEST_SKIP() << "VIVA's annotations are not there";
  jobs::BenchmarkSpec spec;
  spec.annotations = viva.string();
  ASSERT_OK(jobs::importBenchmark(m_project->context(), spec));
  openPage();
  page().form().model().setFolder(toQt(m_project->folder().string()));
  ASSERT_TRUE(spinUntil([&] { return !page().form().model().problem().isEmpty(); }));
  showTab(1);
  shoot("report");
}

}  // namespace
}  // namespace wordsight::ui::test
