#include <filesystem>

#include "eval/recorded.h"
#include "jobs/model_jobs.h"
#include "jobs/records.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {

Result<JobOutcome> importRecorded(const JobContext& context, const RecordedSpec& spec) {
  WORDSIGHT_CHECK(checkBenchmark(context.project, spec.benchmark));
  if (std::error_code code; !std::filesystem::is_regular_file(spec.file, code))
    return fail("There is no file of answers " + spec.file + ": is the path right?",
                ErrorKind::NotFound);
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
