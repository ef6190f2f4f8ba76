#include "train_fixture.h"

#include <QComboBox>
#include <QToolButton>

#include "bridge/format.h"
#include "pages/train/run_panel.h"
#include "plots/curve_group.h"
#include "store/metric_repository.h"
#include "widgets/model_chooser.h"

namespace wordsight::ui::test {

void TrainFixture::SetUp() {
  m_project = std::make_unique<DemoProject>();
  const auto world = jobs::unpackDemoWorld((m_project->folder() / "world").string());
  ASSERT_TRUE(world) << world.error().message;
  m_model = toQt(world->model);
  if (m_scenarios > 0) {
    m_project->addScenarios(m_scenarios);
    m_project->addDataset("demo");
  }
  m_settings = std::make_unique<Settings>(
      QString::fromStdString((m_project->folder() / "settings.ini").string()));
  m_settings->setThreadsForWindow(1);
  m_catalog = std::make_unique<ModelCatalog>(*m_settings);
  m_session = std::make_unique<Session>(m_project->project());
  makePage();
}

void TrainFixture::makePage() {
  m_page = std::make_unique<TrainPage>(Services{*m_settings, *m_catalog});
  m_page->resize(1280, 800);
  m_page->show();
  m_page->setSession(m_session.get());
  m_page->shown();
}

void TrainFixture::TearDown() {
  if (m_page) m_page->setSession(nullptr);
  m_page.reset();
  m_session.reset();
  m_catalog.reset();
}

void TrainFixture::type(const char* name, const QString& text) {
  auto* line = find<QLineEdit>(name);
  line->setFocus();
  line->selectAll();
  if (text.isEmpty())
    QTest::keyClick(line, Qt::Key_Delete);
  else
    QTest::keyClicks(line, text);
}

void TrainFixture::openMore() {
  auto* more = find<QToolButton>("more");
  if (!more->isChecked()) more->click();
}

void TrainFixture::chooseModel() {
  page().open({{QStringLiteral("model"), m_model}});
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("startTraining")->isEnabled(); }))
      << "the form cannot start";
}

void TrainFixture::fillShort(int steps) {
  chooseModel();
  openMore();
  find<QComboBox>("precision")->setCurrentIndex(1);
  type("steps", QString::number(steps));
  type("batch", QStringLiteral("2"));
  type("rank", QStringLiteral("4"));
  type("learningRate", QStringLiteral("0.003"));
  type("probeItems", QStringLiteral("10"));
  type("evalEvery", QStringLiteral("20"));
  type("probeEvery", QStringLiteral("20"));
  type("saveEvery", QString());
}

RunId TrainFixture::startAndWait() {
  click("startTraining");
  auto* panel = find<RunPanel>("runPanel");
  RunId run;
  const bool started = spinUntil(
      [&] {
        run = panel->run();
        return run && shownPoints(run, "loss") > 0;
      },
      30'000);
  EXPECT_TRUE(started) << "no point of the loss is shown";
  return run;
}

std::size_t TrainFixture::shownPoints(RunId run, const char* curve) {
  const auto* plot = find<CurveGroup>("curves")->plot(curve);  // made a moment after the page
  const auto* points = plot ? plot->points(run.value) : nullptr;
  return points ? points->size() : 0;
}

wordsight::Run TrainFixture::stored(RunId run) {
  auto connection = m_project->project().connect();
  if (!connection) throw std::runtime_error(connection.error().message);
  auto row = store::RunRepository(**connection).get(run);
  if (!row) throw std::runtime_error(row.error().message);
  return *row;
}

std::int64_t TrainFixture::storedPoints(RunId run, const std::string& curve) {
  auto connection = m_project->project().connect();
  if (!connection) throw std::runtime_error(connection.error().message);
  auto points = store::MetricRepository(**connection).series(run, curve);
  return points ? std::ssize(*points) : -1;
}

bool TrainFixture::waitForEnd(int milliseconds) {
  return spinUntil([&] { return !session().busy(); }, milliseconds);
}

jobs::TrainingSpec shortSpec(const QString& model, int steps) {
  jobs::TrainingSpec spec;
  spec.model = fromQt(model);
  spec.dataset = "demo";
  spec.prompt = "demo";
  spec.threads = 1;
  spec.probeItems = 10;
  spec.train.precision = Precision::F32;
  spec.train.maxSteps = steps;
  spec.train.batch.samples = 2;
  spec.train.lora.rank = 4;
  spec.train.optimizer.lr = 3e-3;
  spec.train.evalEvery = 20;
  spec.train.probeEvery = 20;
  spec.train.saveEvery = 0;
  return spec;
}

}  // namespace wordsight::ui::test
