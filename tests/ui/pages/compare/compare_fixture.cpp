#include "compare_fixture.h"

#include "base/file.h"
#include "base/random.h"
#include "domain/json.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "widgets/theme.h"

namespace wordsight::ui {

ComparePageTest::ComparePageTest()
    : settings(QString::fromStdString((project.folder() / "settings.ini").string())),
      catalog(settings) {
  applyTheme(ThemeChoice::Light);
}

ComparePageTest::~ComparePageTest() {
  if (page) page->setSession(nullptr);
  page.reset();
  session.reset();
}

void ComparePageTest::addCells() {
  project.addBenchmark();
  int percent = 45;
  for (const char* name : {"base", "tuned"})
    for (const char* arm : {"caption", "image", "blind"}) {
      percent += 6;
      project.addRecorded(name, arm, percent / 100.0, static_cast<std::uint64_t>(percent));
    }
}

void ComparePageTest::addItems(const std::string& name, int count,
                               const std::filesystem::path& images) {
  Json items = Json::array();
  for (int i = 1; i <= count; ++i)
    items.push_back(Json{{"index", i},
                         {"situation_description", "Situation number " + std::to_string(i)},
                         {"action_list", {"A. Help", "B. Wait", "C. Shout", "D. Film", "E. Go"}},
                         {"answer", std::string(1, letterOf(i % 5))},
                         {"reason", "It helps."},
                         {"category", i % 2 ? "[Odd]" : "[Even]"},
                         {"non_interven_action", "B"},
                         {"values", {{"positive", {"care", "safety"}}, {"negative", {"haste"}}}},
                         {"image_file", std::to_string(i) + ".jpg"}});
  jobs::BenchmarkSpec spec;
  spec.name = name;
  spec.annotations = (project.folder() / (name + ".json")).string();
  spec.images = images.string();
  ASSERT_OK(writeFileAtomically(spec.annotations, dumpJson(items)));
  ASSERT_OK(jobs::importBenchmark(project.context(), spec));
}

void ComparePageTest::addAnswers(const std::string& benchmark, const std::string& label, Arm arm,
                                 int percent) {
  const auto connection = project.project().connect();
  ASSERT_OK(connection);
  store::BenchmarkRepository benchmarks(**connection);
  const auto items = benchmarks.items(benchmarks.find(benchmark)->id);
  ASSERT_OK(items);
  Random random(static_cast<std::uint64_t>(percent));
  std::string lines;
  for (const auto& item : *items) {
    const int wrong = static_cast<int>(1 + random.below(4));
    const bool right = random.below(100) < static_cast<std::uint64_t>(percent);
    const int option = right ? item.content.key : (item.content.key + wrong) % 5;
    lines +=
        dumpJson(Json{{"index", item.index}, {"text", std::string(1, letterOf(option))}}) + "\n";
  }
  jobs::RecordedSpec spec;
  spec.file = (project.folder() / (label + "-" + toText(arm) + ".jsonl")).string();
  spec.name = label;
  spec.benchmark = benchmark;
  spec.arm = arm;
  ASSERT_OK(writeFileAtomically(spec.file, lines));
  ASSERT_OK(jobs::importRecorded(project.context(), spec));
}

void ComparePageTest::openPage(store::OpenMode mode) {
  auto opened = store::Project::open(project.project().path(), mode);
  ASSERT_TRUE(opened) << opened.error().message;
  session = std::make_unique<Session>(std::move(*opened));
  page = std::make_unique<ComparePage>(Services{settings, catalog});
  page->resize(1180, 760);
  page->setSession(session.get());
  page->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(page.get()));
}

bool ComparePageTest::waitForComparison() {
  return test::spinUntil([this] {
    return page->comparison() && (shown().pairs.empty() || shown().pairs.back().intervalKnown);
  });
}

void ComparePageTest::settle() {
  EXPECT_TRUE(test::spinUntil([this] { return page->loader()->idle(); }));
  QTest::qWait(1);
}

std::size_t ComparePageTest::cell(const std::string& name) const {
  for (std::size_t c = 0; c < shown().cells.size(); ++c)
    if (shown().cells[c].name == name) return c;
  ADD_FAILURE() << "no cell " << name;
  return 0;
}

}  // namespace wordsight::ui
