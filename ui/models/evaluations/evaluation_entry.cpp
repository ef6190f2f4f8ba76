#include "models/evaluations/evaluation_entry.h"

#include <algorithm>
#include <unordered_map>

#include "eval/stats.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"

namespace wordsight::ui {

namespace {

Tally tallyOf(std::int64_t right, std::int64_t n) {
  const auto share = eval::wilson(static_cast<int>(right), static_cast<int>(n));
  return {right, n, share.value, share.low, share.high};
}

/// Specs of recorded answers have keys of their own.
void readSpec(const Json& json, EvaluationEntry& entry) {
  if (const auto recorded = json.find("recorded");
      recorded != json.end() && recorded->is_string()) {
    entry.recorded = recorded->get<std::string>();
    entry.spec.label = json.value("label", std::string());
    entry.spec.benchmark = json.value("benchmark", std::string());
    if (const auto arm = armFromText(json.value("arm", std::string()))) entry.spec.arm = *arm;
    return;
  }
  if (auto spec = jobs::evaluationSpecFromJson(json)) entry.spec = std::move(*spec);
}

void readSummary(const Json& summary, EvaluationEntry& entry) {
  const auto number = [&](const char* key) -> std::int64_t {
    const auto it = summary.find(key);
    return it != summary.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
  };
  entry.asked = number("asked");
  entry.unread = number("unread");
  entry.tally = tallyOf(number("right"), number("n"));
  if (const auto rate = summary.find("items_per_s"); rate != summary.end() && rate->is_number())
    entry.itemsPerSecond = rate->get<double>();
}

}  // namespace

CellKey EvaluationEntry::key() const {
  return {spec.benchmark, recorded.empty() ? spec.model : recorded, spec.adapter, spec.arm};
}

bool EvaluationEntry::resumable() const {
  return recorded.empty() && (status == RunStatus::Interrupted || status == RunStatus::Cancelled ||
                              status == RunStatus::Failed);
}

bool EvaluationEntry::sameSettings(const jobs::EvaluationSpec& other) const {
  auto mine = spec, theirs = other;
  for (auto* one : {&mine, &theirs}) {
    one->label.clear();
    one->batch = one->threads = 1;  // decide only how fast it goes
  }
  return jobs::toJson(mine) == jobs::toJson(theirs);
}

Result<std::vector<EvaluationEntry>> loadEvaluations(store::Connection& connection) {
  store::RunRepository runs(connection);
  store::RunFilter filter;
  filter.kind = RunKind::Evaluation;
  WORDSIGHT_TRY(const auto rows, runs.list(filter));
  std::vector<EvaluationEntry> entries;
  entries.reserve(rows.size());
  for (const auto& row : rows) {
    WORDSIGHT_TRY(auto run, runs.get(row.id));
    WORDSIGHT_CHECK(jobs::countOverrides(connection, {&run}));
    EvaluationEntry entry;
    entry.run = run.id;
    entry.status = run.status;
    entry.command = run.command;
    entry.error = run.error;
    entry.createdAt = run.createdAt;
    entry.finishedAt = run.finishedAt;
    readSpec(run.spec, entry);
    Json summary = run.summary;
    // An evaluation that was stopped says how many it asked, not how they were answered.
    if (run.status != RunStatus::Done && run.status != RunStatus::Queued)
      if (const auto scores = jobs::evaluationSummary(connection, run.id)) {
        if (!summary.is_object()) summary = Json::object();
        summary.update(*scores);
      }
    if (summary.is_object()) readSummary(summary, entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::vector<Tally>> loadNarrowing(store::Connection& connection, RunId run,
                                         std::size_t most) {
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(auto predictions, repository.list(run));
  WORDSIGHT_TRY(const auto choices, repository.choices(run));
  WORDSIGHT_TRY(const auto benchmarks, store::RunRepository(connection).benchmarks(run));
  std::unordered_map<ItemId, int> keys;
  for (const auto benchmark : benchmarks) {
    WORDSIGHT_TRY(const auto items, store::BenchmarkRepository(connection).items(benchmark));
    for (const auto& item : items) keys[item.id] = item.content.key;
  }
  std::sort(predictions.begin(), predictions.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<Tally> curve;
  const std::size_t stride =
      std::max<std::size_t>(1, predictions.size() / std::max<std::size_t>(1, most));
  std::int64_t right = 0;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const auto choice = choices.find(predictions[i].id);
    const auto key = keys.find(predictions[i].item);
    right += choice != choices.end() && key != keys.end() && choice->second.option >= 0 &&
             choice->second.option == key->second;
    if (i % stride == 0 || i + 1 == predictions.size())
      curve.push_back(tallyOf(right, static_cast<std::int64_t>(i) + 1));
  }
  return curve;
}

}  // namespace wordsight::ui
