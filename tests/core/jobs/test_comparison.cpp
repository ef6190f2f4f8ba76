#include "jobs/comparison.h"

#include <cmath>

#include "base/random.h"
#include "job_test.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"

namespace wordsight::jobs {
namespace {

/// A benchmark and evaluations made by hand: no model is asked.
class Comparing : public test::JobTest {
 protected:
  Comparing() : m_connection(m_project.connect().value()) {}

  void benchmark(int count) {
    std::vector<BenchmarkItem> items(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      auto& item = items[static_cast<std::size_t>(i)];
      item.index = i + 1;
      item.content.situation = std::string(180, 's') + std::to_string(i);
      item.content.question = "What is best?";
      for (int k = 0; k < 5; ++k)
        item.content.options.push_back(std::string(50, 'o') + std::to_string(k));
      item.content.key = i % 5;
      item.content.rationale = std::string(200, 'r');
      item.content.category = "category " + std::to_string(i % 7);
    }
    store::BenchmarkRepository repository(*m_connection);
    m_benchmark = repository.add("viva", "file", "hash", items, {}).value();
    m_items = repository.items(m_benchmark).value();
  }
  /// Each item is answered once a shift with these letter log-probabilities, as shown.
  RunId evaluation(const std::string& label, int shifts, std::uint64_t seed) {
    store::RunRepository runs(*m_connection);
    wordsight::Run run;
    run.kind = RunKind::Evaluation;
    run.name = label;
    run.spec = Json{{"label", label}, {"arm", "image"}, {"model", "m"}};
    const RunId id = runs.create(run).value();
    EXPECT_OK(runs.start(id));
    EXPECT_OK(runs.linkBenchmark(id, m_benchmark));
    Random random(seed);
    std::vector<Prediction> predictions;
    std::vector<Choice> choices;
    for (const auto& item : m_items)
      for (int shift = 0; shift < shifts; ++shift) {
        Prediction p;
        p.run = id;
        p.item = item.id;
        p.shift = shift;
        for (int k = 0; k < 5; ++k) p.letterLogProbs.push_back(std::log(random.uniform() + 1e-3));
        p.rawText = "text " + std::to_string(shift);
        p.milliseconds = 2;
        predictions.push_back(p);
        const auto best = std::max_element(p.letterLogProbs.begin(), p.letterLogProbs.end()) -
                          p.letterLogProbs.begin();
        choices.push_back({static_cast<int>((best + 5 - shift) % 5), "logprob"});
      }
    store::PredictionRepository repository(*m_connection);
    const auto ids = repository.appendMany(predictions).value();
    std::vector<std::pair<PredictionId, Choice>> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) rows.emplace_back(ids[i], choices[i]);
    EXPECT_OK(repository.putChoices(rows));
    EXPECT_OK(runs.finish(id, RunStatus::Done));
    return id;
  }
  std::unique_ptr<store::Connection> m_connection;
  BenchmarkId m_benchmark;
  std::vector<BenchmarkItem> m_items;
};

TEST_F(Comparing, AnswersSayAllThatAPageShows) {
  benchmark(10);
  const RunId run = evaluation("base", 1, 1);
  store::PredictionRepository repository(*m_connection);
  const auto predictions = repository.list(run).value();
  const auto before = compareRuns(*m_connection, {run}).value();
  for (std::size_t i = 0; i < 10; ++i) {
    const auto& answer = before.cells[0].answers[i];
    EXPECT_EQ(answer.predictions, std::vector{predictions[i].id});
    EXPECT_FALSE(answer.overridden);
    EXPECT_EQ(answer.choice.rule, "logprob");
    EXPECT_EQ(answer.byRule.option, answer.choice.option);
    EXPECT_EQ(answer.probabilities.size(), 5u);
    EXPECT_EQ(answer.rawText, "text 0");
    EXPECT_EQ(answer.milliseconds, 2);
  }
  const int ruled = before.cells[0].answers[3].choice.option;
  ASSERT_OK(repository.overrideChoice(before.cells[0].answers[3].predictions[0], (ruled + 1) % 5,
                                      "person", "misread"));
  const auto after = compareRuns(*m_connection, {run}).value();
  const auto& answer = after.cells[0].answers[3];
  EXPECT_TRUE(answer.overridden);
  EXPECT_EQ(answer.choice.option, (ruled + 1) % 5);
  EXPECT_EQ(answer.choice.rule, "override");
  EXPECT_EQ(answer.byRule.option, ruled);
  EXPECT_EQ(answer.byRule.rule, "logprob");
  EXPECT_EQ(answer.rawText, "text 0");
  EXPECT_FALSE(after.cells[0].answers[4].overridden);
  ASSERT_OK(repository.withdrawOverride(answer.predictions[0], "person"));
  const auto back = compareRuns(*m_connection, {run}).value();
  EXPECT_FALSE(back.cells[0].answers[3].overridden);
  EXPECT_EQ(back.cells[0].answers[3].choice.option, ruled);
}

TEST_F(Comparing, ShiftsKeepTheirPredictionsAndAnOverrideOfOneCounts) {
  benchmark(4);
  const RunId run = evaluation("base", 5, 2);
  const auto before = compareRuns(*m_connection, {run}).value();
  const auto& answer = before.cells[0].answers[2];
  ASSERT_EQ(answer.predictions.size(), 5u);
  EXPECT_EQ(answer.choice.rule, "mean-of-shifts");
  double sum = 0;
  for (const double share : answer.probabilities) sum += share;
  EXPECT_NEAR(sum, 1, 1e-9);
  store::PredictionRepository repository(*m_connection);
  for (int shift = 0; shift < 5; ++shift)
    EXPECT_EQ(repository.get(answer.predictions[static_cast<std::size_t>(shift)])->shift, shift);
  ASSERT_OK(repository.overrideChoice(answer.predictions[1], 4, "person"));
  const auto after = compareRuns(*m_connection, {run}).value();
  EXPECT_TRUE(after.cells[0].answers[2].overridden);
  EXPECT_EQ(after.cells[0].answers[2].choice.option, 4);
  EXPECT_EQ(after.cells[0].answers[2].byRule.option, answer.choice.option);
  EXPECT_EQ(after.cells[0].answers[2].byRule.rule, "mean-of-shifts");
}

TEST_F(Comparing, SixRunsOfVivasSizeAreThereAtOnceAndIntervalsFollow) {
  benchmark(1240);
  std::vector<RunId> runs;
  for (int i = 0; i < 6; ++i)
    runs.push_back(evaluation("model " + std::to_string(i), 1, static_cast<std::uint64_t>(i)));
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const Stopwatch watch;
    ASSERT_OK(compareRuns(*m_connection, runs, 1, eval::Bootstrap::Later));
    best = std::min(best, watch.seconds());
  }
  auto later = compareRuns(*m_connection, runs, 1, eval::Bootstrap::Later).value();
  EXPECT_FALSE(later.pairs[0].intervalKnown);
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_FALSE(eval::addIntervals(later, stopped.get_token()));
  const Stopwatch watch;
  EXPECT_TRUE(eval::addIntervals(later));
  std::printf("6 runs x 1240 items: %.0f ms, intervals of 15 pairs: %.0f ms\n", best * 1000,
              watch.seconds() * 1000);
  EXPECT_LT(best, 1.5) << "also beside other work";
  const auto now = compareRuns(*m_connection, runs).value();
  ASSERT_EQ(now.pairs.size(), 15u);
  for (std::size_t i = 0; i < 15; ++i) {
    EXPECT_TRUE(later.pairs[i].intervalKnown);
    EXPECT_EQ(now.pairs[i].interval.low, later.pairs[i].interval.low);
    EXPECT_EQ(now.pairs[i].interval.high, later.pairs[i].interval.high);
  }
}

}  // namespace
}  // namespace wordsight::jobs
