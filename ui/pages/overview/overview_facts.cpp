#include "pages/overview/overview_facts.h"

#include <algorithm>
#include <filesystem>

#include "jobs/comparison.h"
#include "jobs/demo_job.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/metric_repository.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"

namespace wordsight::ui {

namespace {

constexpr int kSparklineBuckets = 120;
constexpr std::int64_t kRecent = 5;

Status readScenarios(store::Connection& connection, OverviewFacts& facts) {
  store::ScenarioRepository scenarios(connection);
  WORDSIGHT_TRY(const auto counts, scenarios.valueCounts(store::ScenarioRepository::Field::Status));
  for (const auto& [value, count] : counts) {
    facts.scenarios += count;
    if (value == toText(ReviewStatus::Accepted)) facts.accepted = count;
    if (value == toText(ReviewStatus::Rejected)) facts.rejected = count;
    if (value == toText(ReviewStatus::Undecided)) facts.undecided = count;
  }
  store::ScenarioFilter issues;
  issues.issue = "*";
  WORDSIGHT_TRY(facts.withIssues, scenarios.count(issues));
  WORDSIGHT_TRY(const auto datasets, store::DatasetRepository(connection).list());
  for (const auto& dataset : datasets)
    facts.datasets.push_back({dataset.name, dataset.items, dataset.splits});
  return {};
}

Status readTraining(store::Connection& connection, OverviewFacts& facts) {
  store::RunRepository runs(connection);
  store::RunFilter filter;
  filter.kind = RunKind::Training;
  WORDSIGHT_TRY(const auto trainings, runs.list(filter));
  if (trainings.empty()) return {};
  facts.training = trainings.front();
  WORDSIGHT_TRY(facts.loss, store::MetricRepository(connection)
                                .sparkline(trainings.front().id, "loss", kSparklineBuckets));
  for (const auto& run : trainings)
    if (run.status == RunStatus::Done && facts.adapter.empty() && run.summary.is_object())
      facts.adapter = run.summary.value("adapter", std::string());
  return {};
}

CellFact cellOf(const Run& run) {
  CellFact cell;
  cell.run = run.id;
  cell.label = run.spec.value("label", std::string());
  if (cell.label.empty())
    cell.label = run.spec.value("adapter", std::string()).empty() ? "base" : "tuned";
  cell.arm = run.spec.value("arm", std::string());
  const Json& s = run.summary;
  cell.accuracy = {s.value("right", 0), s.value("n", 0), s.value("accuracy", 0.0),
                   s.value("low", 0.0), s.value("high", 1.0)};
  return cell;
}

Status readCells(store::Connection& connection, OverviewFacts& facts) {
  WORDSIGHT_TRY(facts.comparable, jobs::latestEvaluations(connection));
  store::RunRepository runs(connection);
  for (const RunId id : facts.comparable) {
    WORDSIGHT_TRY(auto run, runs.get(id));
    WORDSIGHT_CHECK(jobs::countOverrides(connection, {&run}));
    if (run.summary.is_object()) facts.cells.push_back(cellOf(run));
  }
  std::stable_sort(facts.cells.begin(), facts.cells.end(), [](const auto& a, const auto& b) {
    return (a.label == "base") > (b.label == "base");
  });
  const auto picture = [&](bool base) {
    return std::find_if(facts.cells.begin(), facts.cells.end(), [base](const CellFact& cell) {
      return cell.arm == "image" && (cell.label == "base") == base;
    });
  };
  const auto base = picture(true), tuned = picture(false);
  if (base == facts.cells.end() || tuned == facts.cells.end()) return {};
  // Of two benchmarks, say: no comparison, and no reason for the page to fail.
  const auto comparison = jobs::compareRuns(connection, {base->run, tuned->run});
  if (!comparison || comparison->pairs.empty()) return {};
  const auto& pair = comparison->pairs.front();
  facts.difference = pair.difference;
  facts.interval = pair.interval;
  facts.p = pair.p;
  facts.items = pair.pairs.n();
  return {};
}

}  // namespace

Result<OverviewFacts> overviewFacts(const store::Project& project, store::Connection& connection) {
  OverviewFacts facts;
  WORDSIGHT_CHECK(readScenarios(connection, facts));
  WORDSIGHT_TRY(const auto benchmarks, store::BenchmarkRepository(connection).list());
  if (!benchmarks.empty()) {
    facts.benchmark = benchmarks.front().name;
    facts.benchmarkItems = benchmarks.front().report.items;
    facts.picturesFound = benchmarks.front().report.picturesFound;
  }
  WORDSIGHT_CHECK(readTraining(connection, facts));
  WORDSIGHT_CHECK(readCells(connection, facts));
  store::RunFilter newest;
  newest.limit = kRecent;
  WORDSIGHT_TRY(facts.recent, store::RunRepository(connection).list(newest));
  std::error_code code;
  facts.demo = std::filesystem::exists(jobs::demoModelFolder(project), code);
  return facts;
}

}  // namespace wordsight::ui
