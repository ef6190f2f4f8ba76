#include "demo_project.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPainter>
#include <QPixmap>
#include <QThread>
#include <random>

#include "base/file.h"
#include "base/random.h"
#include "domain/json.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "widgets/theme.h"

namespace wordsight::test {

namespace {

/// What a helper of a test cannot do without: the value, or an exception that ends the test.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

void shoot(QWidget& widget, const QString& file, double ratio) {
  QPixmap pixmap(widget.size() * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(widget.palette().color(QPalette::Window));
  widget.render(&pixmap);
  if (!pixmap.save(file)) throw std::runtime_error("cannot write " + file.toStdString());
}

}  // namespace

DemoProject::DemoProject()
    : m_project(std::make_unique<store::Project>(
          must(store::Project::create(m_folder / "demo.wordsight")))) {}

void DemoProject::addScenarios(int count, std::uint64_t seed) {
  jobs::SynthesisSpec spec;
  spec.count = count;
  spec.seed = seed;
  must(jobs::synthesize(context(), spec));
}

void DemoProject::addDataset(const std::string& name) {
  jobs::FreezeSpec spec;
  spec.name = name;
  must(jobs::freezeDataset(context(), spec));
}

const jobs::DemoWorld& DemoProject::addBenchmark() {
  if (!m_world.model.empty()) return m_world;
  m_world = must(jobs::unpackDemoWorld((m_folder / "world").string()));
  jobs::BenchmarkSpec spec;
  spec.name = "demo";
  spec.annotations = m_world.items;
  spec.images = m_world.pictures;
  must(jobs::importBenchmark(context(), spec));
  return m_world;
}

RunId DemoProject::addRecorded(const std::string& name, const std::string& arm, double share,
                               std::uint64_t seed) {
  const auto connection = must(m_project->connect());
  store::BenchmarkRepository benchmarks(*connection);
  const auto items = must(benchmarks.items(must(benchmarks.find("demo")).id));
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform;
  std::string lines;
  for (const auto& item : items) {
    const int options = static_cast<int>(item.content.options.size());
    int option = item.content.key;
    if (uniform(random) >= share)
      option = (option + 1 + static_cast<int>(random() % std::uint64_t(options - 1))) % options;
    lines += dumpJson(Json{{"index", item.index},
                           {"text", std::string(1, letterOf(option)) + ". " +
                                        item.content.options[std::size_t(option)]}}) +
             "\n";
  }
  jobs::RecordedSpec spec;
  spec.file = m_folder.write(name + "-" + arm + ".jsonl", lines).string();
  spec.name = name;
  spec.benchmark = "demo";
  spec.arm = must(armFromText(arm));
  return must(jobs::importRecorded(context(), spec)).run;
}

bool spinUntil(const std::function<bool()>& done, int milliseconds) {
  QElapsedTimer timer;
  timer.start();
  while (!done()) {
    if (timer.elapsed() > milliseconds) return false;
    QApplication::processEvents(QEventLoop::AllEvents, 10);
    QThread::msleep(1);
  }
  return true;
}

void screenshots(QWidget& widget, const QString& name, const std::function<void()>& prepare) {
  const QString folder = QStringLiteral(WORDSIGHT_SCREENSHOT_DIR);
  QDir().mkpath(folder);
  for (const bool dark : {false, true}) {
    ui::applyTheme(dark ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    if (prepare) prepare();
    QApplication::processEvents();
    const QString stem =
        folder + u'/' + name + (dark ? QStringLiteral("_dark") : QStringLiteral("_light"));
    shoot(widget, stem + QStringLiteral(".png"), 1);
    shoot(widget, stem + QStringLiteral("_2x.png"), 2);
  }
  ui::applyTheme(ui::ThemeChoice::Light);
}

}  // namespace wordsight::test
