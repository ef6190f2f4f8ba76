#include "pages/runs/run_facts.h"

#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/model_repository.h"

namespace wordsight::ui {

namespace {

constexpr std::size_t kMostRows = 2000, kMostText = 2000;

void flatten(const std::string& path, const Json& json,
             std::vector<std::pair<std::string, std::string>>& rows) {
  if (rows.size() >= kMostRows) return;
  if (json.is_object() && !json.empty()) {
    for (const auto& [key, value] : json.items())
      flatten(path.empty() ? key : path + "." + key, value, rows);
    return;
  }
  std::string text = json.is_string() ? json.get<std::string>() : dumpJson(json);
  if (text.size() > kMostText) text = text.substr(0, kMostText) + " …";
  rows.emplace_back(path, std::move(text));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> flattened(const Json& json) {
  std::vector<std::pair<std::string, std::string>> rows;
  if (!json.empty()) flatten({}, json, rows);
  return rows;
}

Result<RunFacts> runFacts(store::Connection& connection, RunId run) {
  store::RunRepository runs(connection);
  RunFacts facts;
  WORDSIGHT_TRY(facts.run, runs.get(run));
  WORDSIGHT_CHECK(jobs::countOverrides(connection, {&facts.run}));
  WORDSIGHT_TRY(facts.mark, runs.markOf(run));
  WORDSIGHT_TRY(facts.log, runs.log(run));
  WORDSIGHT_TRY(const auto parents, runs.parents(run));
  for (const auto& parent : parents) {
    WORDSIGHT_TRY(const auto other, runs.get(parent.parent));
    facts.links.push_back({parent.parent, parent.role, other.name});
  }
  WORDSIGHT_TRY(const auto children, runs.children(run));
  for (const RunId child : children) {
    WORDSIGHT_TRY(const auto other, runs.get(child));
    facts.links.push_back({child, "child", other.name});
  }
  WORDSIGHT_TRY(const auto datasets, runs.datasets(run));
  for (const auto id : datasets) {
    WORDSIGHT_TRY(const auto dataset, store::DatasetRepository(connection).get(id));
    facts.datasets.push_back(dataset.name);
  }
  WORDSIGHT_TRY(const auto benchmarks, runs.benchmarks(run));
  for (const auto id : benchmarks) {
    WORDSIGHT_TRY(const auto benchmark, store::BenchmarkRepository(connection).get(id));
    facts.benchmarks.push_back(benchmark.name);
  }
  WORDSIGHT_TRY(const auto models, runs.models(run));
  for (const auto& [id, role] : models) {
    WORDSIGHT_TRY(const auto model, store::ModelRepository(connection).get(id));
    facts.models.emplace_back(role, model.location);
  }
  return facts;
}

}  // namespace wordsight::ui
