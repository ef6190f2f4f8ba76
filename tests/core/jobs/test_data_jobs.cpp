#include "base/file.h"
#include "job_test.h"
#include "jobs/data_jobs.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/reject_repository.h"

namespace wordsight::jobs {
namespace {

using DataJobs = test::JobTest;

std::int64_t scenarioCount(const store::Project& project,
                           const store::ScenarioFilter& filter = {}) {
  const auto connection = project.connect().value();
  return store::ScenarioRepository(*connection).count(filter).value();
}

SynthesisSpec demoSynthesis(int count) {
  SynthesisSpec spec;
  spec.count = count;
  spec.seed = 9;
  return spec;
}

TEST_F(DataJobs, SynthesisStoppedAtAnyEventGoesOnToTheSameScenarios) {
  ASSERT_OK(synthesize(context(), demoSynthesis(400)));
  const auto contents = [](const store::Project& project) {
    std::vector<std::string> all;
    const auto connection = project.connect().value();
    EXPECT_OK(store::ScenarioRepository(*connection).forEach({}, [&](const Scenario& s) -> Status {
      all.push_back(contentHash(s.content));
      return {};
    }));
    return all;
  };
  const auto unbroken = contents(m_project);
  ASSERT_EQ(unbroken.size(), 400u);
  for (const std::size_t stopAt : {1u, 2u}) {
    auto project =
        store::Project::create(m_folder / ("stopped" + std::to_string(stopAt) + ".wordsight"))
            .value();
    std::stop_source stop;
    std::size_t events = 0;
    const JobContext stopping{project,
                              [&](const Event&) {
                                if (++events == stopAt) stop.request_stop();
                              },
                              stop.get_token()};
    const auto first = synthesize(stopping, demoSynthesis(400));
    ASSERT_OK(first);
    if (first->status == RunStatus::Cancelled) {
      EXPECT_LT(scenarioCount(project), 400);
      const JobContext again{project, {}, {}};
      const auto second = synthesize(again, {}, first->run);
      ASSERT_OK(second);
      EXPECT_EQ(second->summary["items"], 400);
    }
    EXPECT_EQ(contents(project), unbroken);
  }
}

TEST_F(DataJobs, ImportDryRunStoresNothingAndDuplicatesAreCounted) {
  ImportSpec spec;
  spec.files = {
      m_folder
          .write("a.jsonl",
                 "{\"situation\":\"One thing.\",\"options\":[\"a\",\"b\"],\"answer\":\"A\"}\n"
                 "{\"situation\":\"Other thing.\",\"options\":[\"a\",\"b\"],\"answer\":\"B\"}\n")
          .string()};
  spec.dryRun = true;
  EXPECT_EQ(importScenarios(context(), spec)->summary["imported"], 2);
  EXPECT_EQ(scenarioCount(m_project), 0);
  EXPECT_EQ(*store::RunRepository(*m_project.connect().value()).count(), 0) << "nor a run";
  spec.dryRun = false;
  EXPECT_EQ(importScenarios(context(), spec)->summary["imported"], 2);
  const auto again = importScenarios(context(), spec);
  ASSERT_OK(again);
  EXPECT_EQ(again->summary["imported"], 0);
  EXPECT_EQ(again->summary["already_there"], 2);
  EXPECT_EQ(scenarioCount(m_project), 2);
}

TEST_F(DataJobs, CheckFindsAndReshuffleBalances) {
  ImportSpec import;
  std::string lines;
  for (int i = 0; i < 50; ++i)
    lines +=
        "{\"situation\":\"Thing number " + std::to_string(i) +
        ".\",\"options\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"answer\":\"A\",\"rationale\":\"r\"}\n";
  lines += "{\"situation\":\"No key.\",\"options\":[\"a\",\"b\"]}\n";
  import.files = {m_folder.write("a.jsonl", lines).string()};
  ASSERT_OK(importScenarios(context(), import));
  CheckSpec check;
  const auto before = checkScenarios(context(), check);
  ASSERT_OK(before);
  EXPECT_EQ(before->summary["letters_balanced"], false) << before->summary;
  store::ScenarioFilter withIssue;
  withIssue.issue = "key-missing";
  EXPECT_EQ(scenarioCount(m_project, withIssue), 1);
  check.reshuffle = true;
  const auto after = checkScenarios(context(), check);
  ASSERT_OK(after);
  EXPECT_EQ(after->summary["letters_balanced"], true) << after->summary;
  for (int key = 0; key < 5; ++key) {
    store::ScenarioFilter filter;
    filter.key = key;
    EXPECT_EQ(scenarioCount(m_project, filter), 10);
  }
  FreezeSpec freeze;
  freeze.name = "d";
  freeze.shares = {{"train", 0.8}, {"eval", 0.2}};
  const auto frozen = freezeDataset(context(), freeze);
  ASSERT_OK(frozen);
  EXPECT_EQ(frozen->summary["items"], 50);
  EXPECT_EQ(frozen->summary["left_out"], 1);
  EXPECT_FALSE(freezeDataset(context(), freeze)) << "the name is taken";
  freeze.name = "none";
  freeze.filter.text = "nothing has this word";
  EXPECT_FALSE(freezeDataset(context(), freeze));
}

TEST_F(DataJobs, FiltersAreReadFromText) {
  const auto filter =
      scenarioFilterFromText("status=accepted text=thin ice category=Child Safety run=4");
  ASSERT_OK(filter);
  EXPECT_EQ(filter->status, ReviewStatus::Accepted);
  EXPECT_EQ(filter->text, "thin ice");
  EXPECT_EQ(filter->category, "Child Safety");
  EXPECT_EQ(filter->run, RunId(4));
  for (const char* bad : {"ice", "status=maybe", "run=x", "colour=red", "issue=typo"})
    EXPECT_FALSE(scenarioFilterFromText(bad)) << bad;
  EXPECT_OK(scenarioFilterFromText(""));
}

TEST_F(DataJobs, BenchmarkReadTwiceJoinsPicturesAnew) {
  BenchmarkSpec spec;
  spec.name = "demo";
  spec.annotations = (test::sourceDir() / "resources/demo/test_items.json").string();
  ASSERT_OK(importBenchmark(context(), spec));
  spec.images = (test::sourceDir() / "resources/demo/pictures").string();
  const auto joined = importBenchmark(context(), spec);
  ASSERT_OK(joined);
  EXPECT_EQ(joined->summary["pictures_found"], 300);
  const auto connection = m_project.connect().value();
  store::BenchmarkRepository benchmarks(*connection);
  EXPECT_EQ(benchmarks.list()->size(), 1u);
  const auto items = benchmarks.items(benchmarks.find("demo")->id).value();
  EXPECT_TRUE(std::filesystem::exists(items.at(0).picture)) << items.at(0).picture;
  EXPECT_TRUE(std::filesystem::exists(joined->summary["report"].get<std::string>()));
  spec.annotations =
      m_folder
          .write(
              "other.json",
              R"([{"index":1,"situation_description":"s","action_list":["A. x","B. y"],"answer":"A"}])")
          .string();
  EXPECT_FALSE(importBenchmark(context(), spec)) << "another file under the same name";
}

TEST_F(DataJobs, PicturesAreJoinedWithoutTheAnnotationFile) {
  BenchmarkSpec spec;
  spec.name = "demo";
  EXPECT_FALSE(importBenchmark(context(), spec)) << "neither a file nor a benchmark";
  spec.annotations = (test::sourceDir() / "resources/demo/test_items.json").string();
  ASSERT_OK(importBenchmark(context(), spec));
  spec.annotations.clear();
  EXPECT_FALSE(importBenchmark(context(), spec)) << "no folder";
  spec.images = (test::sourceDir() / "resources/demo/pictures").string();
  const auto joined = importBenchmark(context(), spec);
  ASSERT_OK(joined);
  EXPECT_EQ(joined->summary["pictures_found"], 300);
  spec.images = m_folder.path().string();
  const auto none = importBenchmark(context(), spec);
  ASSERT_OK(none);
  EXPECT_EQ(none->summary["pictures_missing"], 300);
  EXPECT_EQ(none->summary["issues"], 300);
}

TEST(Resources, PromptsAreThereAndNamed) {
  EXPECT_OK(decisionPrompt("default"));
  EXPECT_OK(decisionPrompt("demo"));
  const auto unknown = decisionPrompt("viva2");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("default"), std::string::npos);
  EXPECT_OK(synthesisPrompts());
  EXPECT_OK(demoGrammar());
}

}  // namespace
}  // namespace wordsight::jobs
