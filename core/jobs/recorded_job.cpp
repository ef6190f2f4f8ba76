#include <filesystem>

#include "eval/recorded.h"
#include "eval/stats.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {

Result<Json> evaluationSummary(store::Connection& connection, RunId run) {
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(const auto predictions, repository.list(run));
  WORDSIGHT_TRY(const auto choices, repository.choices(run));
  WORDSIGHT_TRY(const auto benchmarks, store::RunRepository(connection).benchmarks(run));
  if (benchmarks.empty())
    return fail("Run " + std::to_string(run.value) + " is not an evaluation.");
  WORDSIGHT_TRY(const auto items, store::BenchmarkRepository(connection).items(benchmarks[0]));
  std::unordered_map<ItemId, int> keys;
  for (const auto& item : items) keys[item.id] = item.content.key;
  int right = 0, unread = 0;
  for (const auto& p : predictions) {
    const auto it = choices.find(p.id);
    const int option = it == choices.end() ? -1 : it->second.option;
    right += option >= 0 && option == keys[p.item];
    unread += option < 0;
  }
  const auto share = eval::wilson(right, static_cast<int>(predictions.size()));
  return Json{{"accuracy", share.value}, {"low", share.low}, {"high", share.high},
              {"right", right},          {"n", share.n},     {"unread", unread}};
}

Result<JobOutcome> importRecorded(const JobContext& context, const RecordedSpec& spec) {
  Run run;
  run.kind = RunKind::Evaluation;
  run.name = spec.name + " · " + toText(spec.arm) + " (recorded)";
  run.command = spec.command;
  run.spec = Json{{"recorded", spec.file},
                  {"label", spec.name},
                  {"benchmark", spec.benchmark},
                  {"arm", toText(spec.arm)},
                  {"scoring", "recorded"}};
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    store::BenchmarkRepository benchmarks(scope.connection());
    WORDSIGHT_TRY(const auto benchmark, benchmarks.find(spec.benchmark));
    WORDSIGHT_TRY(const auto items, benchmarks.items(benchmark.id));
    WORDSIGHT_CHECK(
        store::RunRepository(scope.connection()).linkBenchmark(scope.id(), benchmark.id));
    WORDSIGHT_TRY(const auto recorded, eval::readRecorded(spec.file, items));
    std::vector<Prediction> predictions;
    std::vector<Choice> choices;
    int unusable = 0;
    for (const auto& answer : recorded.answers) {
      const auto& item = items[answer.item];
      if (!item.unusable.empty()) {
        ++unusable;
        continue;
      }
      Prediction p;
      p.run = scope.id();
      p.item = item.id;
      p.shift = answer.shift;
      p.rawText = answer.rawText;
      p.createdAt = nowMillis();
      predictions.push_back(std::move(p));
      choices.push_back(answer.choice);
    }
    store::PredictionRepository repository(scope.connection());
    WORDSIGHT_CHECK(scope.connection().transaction([&]() -> Status {
      WORDSIGHT_TRY(const auto ids, repository.appendMany(predictions));
      std::vector<std::pair<PredictionId, Choice>> rows;
      for (std::size_t i = 0; i < ids.size(); ++i) rows.emplace_back(ids[i], choices[i]);
      return repository.putChoices(rows);
    }));
    for (const auto& issue : recorded.issues)
      scope.log(LogLine::Level::Warning, "Entry " + std::to_string(issue.index) + ": " +
                                             issue.problem + ": " + issue.action);
    WORDSIGHT_TRY(const auto scores, evaluationSummary(scope.connection(), scope.id()));
    for (const auto& [key, value] : scores.items()) scope.summary[key] = value;
    scope.summary["records"] = recorded.records;
    scope.summary["not_joined"] = recorded.issues.size();
    scope.summary["unusable_items"] = unusable;
    return {};
  });
}

}  // namespace wordsight::jobs
