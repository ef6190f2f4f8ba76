#include "job_test.h"
#include "jobs/comparison.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "store/prediction_repository.h"

namespace wordsight::jobs {
namespace {

class Evaluation : public test::JobTest {
 protected:
  Evaluation() {
    BenchmarkSpec spec;
    spec.name = "demo";
    spec.annotations = (test::sourceDir() / "resources/demo/test_items.json").string();
    spec.images = (test::sourceDir() / "resources/demo/pictures").string();
    EXPECT_OK(importBenchmark(context(), spec));
    m_events.clear();
  }
  static EvaluationSpec spec(Arm arm, int limit) {
    EvaluationSpec spec;
    spec.model = (test::sourceDir() / "resources/demo/model").string();
    spec.benchmark = "demo";
    spec.prompt = "demo";
    spec.arm = arm;
    spec.limit = limit;
    spec.precision = Precision::F32;
    spec.batch = 5;
    spec.threads = 1;
    return spec;
  }
};

TEST_F(Evaluation, StoppedAtEveryEventItLosesNothingAndGoesOn) {
  const auto unbroken = evaluate(context(), spec(Arm::Image, 20));
  ASSERT_OK(unbroken);
  const std::size_t events = m_events.size();
  for (std::size_t stopAt = 1; stopAt <= events; ++stopAt) {
    m_events.clear();
    m_stop = std::stop_source();
    m_onEvent = [&](const Event&) {
      if (m_events.size() == stopAt) m_stop.request_stop();
    };
    const auto stopped = evaluate(context(), spec(Arm::Image, 20));
    m_onEvent = {};
    ASSERT_OK(stopped);
    m_stop = std::stop_source();
    if (stopped->status == RunStatus::Done) continue;
    const auto resumed = evaluate(context(), {}, stopped->run);
    ASSERT_OK(resumed);
    EXPECT_EQ(resumed->summary["right"], unbroken->summary["right"])
        << "stopped at event " << stopAt;
    EXPECT_EQ(resumed->summary["n"], 20);
  }
}

TEST_F(Evaluation, ShiftsAreAskedAndMergedPerItem) {
  auto shifted = spec(Arm::Caption, 6);
  shifted.shifts = 5;
  const auto outcome = evaluate(context(), shifted);
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->summary["n"], 6) << "items, not answers: the interval is of six";
  EXPECT_EQ(outcome->summary["answers"], 30);
  const auto connection = m_project.connect().value();
  const auto predictions = store::PredictionRepository(*connection).list(outcome->run).value();
  ASSERT_EQ(predictions.size(), 30u);
  for (const auto& p : predictions) EXPECT_EQ(p.letterLogProbs.size(), 5u);
  const auto comparison = compareRuns(*connection, {outcome->run});
  ASSERT_OK(comparison);
  EXPECT_EQ(comparison->cells.at(0).accuracy.n, 6);
  EXPECT_EQ(comparison->cells[0].accuracy.right, outcome->summary["right"].get<int>());
  std::int64_t counted = 0;
  for (const auto& event : m_events)
    if (const auto* tally = std::get_if<Tally>(&event.what)) counted = tally->n;
  EXPECT_EQ(counted, 6) << "while it runs, too";
  EXPECT_EQ(comparison->cells[0].answers[0].choice.rule, "mean-of-shifts");
}

TEST_F(Evaluation, GenerationReadsChoicesAndOverridesCount) {
  auto generated = spec(Arm::Caption, 4);
  generated.scoring = infer::Scoring::Generate;
  generated.generate.maxTokens = 12;
  const auto outcome = evaluate(context(), generated);
  ASSERT_OK(outcome);
  const auto connection = m_project.connect().value();
  store::PredictionRepository repository(*connection);
  const auto predictions = repository.list(outcome->run).value();
  ASSERT_EQ(predictions.size(), 4u);
  EXPECT_FALSE(predictions[0].rawText.empty());
  const auto before = evaluationSummary(*connection, outcome->run).value();
  const auto comparison = compareRuns(*connection, {outcome->run}).value();
  const int key = comparison.items[0].content.key;
  const bool wasRight = comparison.cells[0].right[0] != 0;
  ASSERT_OK(repository.overrideChoice(predictions[0].id, wasRight ? (key + 1) % 5 : key, "person",
                                      "misread"));
  const auto after = evaluationSummary(*connection, outcome->run).value();
  EXPECT_EQ(after["right"].get<int>(), before["right"].get<int>() + (wasRight ? -1 : 1));
  EXPECT_EQ(repository.get(predictions[0].id)->rawText, predictions[0].rawText)
      << "the answer itself stays";
  EXPECT_EQ(after["overridden"], 1);
  EXPECT_EQ(after["by_rule"]["right"], before["right"]);
  // What is stored stays; what is read counts the override.
  store::RunRepository runs(*connection);
  auto rows = runs.rows().value();
  const auto mine = std::find_if(rows.begin(), rows.end(),
                                 [&](const auto& row) { return row.run.id == outcome->run; });
  EXPECT_EQ(mine->run.summary["right"], before["right"]);
  ASSERT_OK(countOverrides(*connection, rows));
  EXPECT_EQ(mine->run.summary["right"], after["right"]);
  EXPECT_EQ(mine->run.summary["by_rule"]["right"], before["right"]);
  EXPECT_TRUE(mine->run.summary.contains("items_per_s")) << "the rest is as it was";
  ASSERT_OK(repository.withdrawOverride(predictions[0].id, "person"));
  auto run = runs.get(outcome->run).value();
  ASSERT_OK(countOverrides(*connection, {&run}));
  EXPECT_EQ(run.summary["right"], before["right"]);
  EXPECT_FALSE(run.summary.contains("by_rule"));
}

TEST_F(Evaluation, RecordedAnswersAreACellOfTheirOwn) {
  const auto file = m_folder.write(
      "answers.jsonl", "{\"index\":1,\"text\":\"B. Nothing\"}\n{\"index\":2,\"letter\":\"C\"}\n");
  const auto recorded =
      importRecorded(context(), {file.string(), "theirs", "demo", Arm::Image, ""});
  ASSERT_OK(recorded);
  EXPECT_EQ(recorded->summary["n"], 2);
  const auto own = evaluate(context(), spec(Arm::Image, 3));
  ASSERT_OK(own);
  const auto connection = m_project.connect().value();
  const auto comparison = compareRuns(*connection, {recorded->run, own->run});
  ASSERT_OK(comparison);
  EXPECT_EQ(comparison->items.size(), 2u) << "only common items are compared";
  const auto file2 = m_folder / "report.html";
  ASSERT_OK(writeComparisonReport(*connection, m_project, {recorded->run, own->run}, *comparison,
                                  "t", file2));
  EXPECT_GT(std::filesystem::file_size(file2), 10'000u);
  EXPECT_FALSE(compareRuns(*connection, {}));
  EXPECT_FALSE(compareRuns(*connection, {RunId(1)})) << "a benchmark run is no evaluation";
}

TEST_F(Evaluation, WhatCannotBeAskedIsASentence) {
  auto wrong = spec(Arm::Caption, 3);
  wrong.benchmark = "viva";
  EXPECT_NE(evaluate(context(), wrong).error().message.find("demo"), std::string::npos)
      << "names what there is";
  wrong = spec(Arm::Caption, 3);
  wrong.adapter = (m_folder / "nowhere").string();
  EXPECT_NE(evaluate(context(), wrong).error().message.find("nowhere"), std::string::npos);
  wrong = spec(Arm::Caption, 3);
  wrong.model = (m_folder / "no-model").string();
  EXPECT_NE(evaluate(context(), wrong).error().message.find("no-model"), std::string::npos);
}

}  // namespace
}  // namespace wordsight::jobs
