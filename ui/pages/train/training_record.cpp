#include "pages/train/training_record.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "store/checkpoint_repository.h"
#include "store/metric_repository.h"
#include "store/run_repository.h"

namespace wordsight::ui {

namespace {

constexpr std::int64_t kEvaluationsLooked = 300;
constexpr std::size_t kMostModules = 32, kMostLayers = 1024;  // more is no model's

struct Ends {
  std::optional<MetricPoint> first, least, greatest, last;
};

Result<Ends> endsOf(store::MetricRepository& metrics, RunId run, const char* name) {
  WORDSIGHT_TRY(const auto points, metrics.series(run, name));
  Ends ends;
  for (const auto& point : points) {
    if (!(point.value == point.value)) continue;  // not a number
    if (!ends.first) ends.first = point;
    if (!ends.least || point.value < ends.least->value) ends.least = point;
    if (!ends.greatest || point.value > ends.greatest->value) ends.greatest = point;
    ends.last = point;
  }
  return ends;
}

/// The number behind the last point of a module's name, or -1.
int moduleNumber(const std::string& name) {
  const auto dot = name.rfind('.');
  int number = -1;
  if (dot != std::string::npos)
    std::from_chars(name.data() + dot + 1, name.data() + name.size(), number);
  return number;
}

}  // namespace

Result<TrainingRecord> trainingRecord(store::Connection& connection, RunId id) {
  TrainingRecord record;
  store::RunRepository runs(connection);
  WORDSIGHT_TRY(record.run, runs.get(id));
  WORDSIGHT_TRY(record.samples, runs.samples(id));
  WORDSIGHT_TRY(record.checkpoints, store::CheckpointRepository(connection).list(id));
  store::MetricRepository metrics(connection);
  WORDSIGHT_TRY(const auto loss, endsOf(metrics, id, "loss"));
  record.firstLoss = loss.first;
  record.lastLoss = loss.last;
  WORDSIGHT_TRY(const auto eval, endsOf(metrics, id, "eval_loss"));
  record.firstEval = eval.first;
  record.bestEval = eval.least;
  record.lastEval = eval.last;
  WORDSIGHT_TRY(const auto probe, endsOf(metrics, id, "probe_accuracy"));
  record.firstProbe = probe.first;
  record.bestProbe = probe.greatest;
  record.lastProbe = probe.last;
  WORDSIGHT_TRY(const auto memory, endsOf(metrics, id, "memory_mib"));
  if (memory.greatest) record.peakMemoryMiB = memory.greatest->value;
  const std::filesystem::path adapter = jsonText(record.run.summary, "adapter");
  std::error_code none;
  if (!adapter.empty()) {
    const auto weights = adapter / "adapter_model.safetensors";
    record.adapterThere = std::filesystem::is_regular_file(weights, none);
    if (record.adapterThere)
      record.adapterBytes = static_cast<double>(std::filesystem::file_size(weights, none));
  }
  return record;
}

Result<std::vector<RunId>> evaluationsOf(store::Connection& connection, const std::string& model,
                                         const std::string& adapter) {
  store::RunRepository runs(connection);
  store::RunFilter filter;
  filter.kind = RunKind::Evaluation;
  filter.status = RunStatus::Done;
  filter.limit = kEvaluationsLooked;
  WORDSIGHT_TRY(const auto rows, runs.list(filter));
  // Cells of one benchmark only can stand side by side: the adapter's newest decides.
  std::string benchmark;
  std::map<std::string, RunId> newest;
  std::vector<Run> bases;
  for (const auto& row : rows) {
    WORDSIGHT_TRY(auto run, runs.get(row.id));
    const std::string used = jsonText(run.spec, "adapter");
    if (jsonText(run.spec, "model") != model || (!used.empty() && used != adapter)) continue;
    if (used.empty()) {
      bases.push_back(std::move(run));
      continue;
    }
    if (newest.empty()) benchmark = jsonText(run.spec, "benchmark");
    if (jsonText(run.spec, "benchmark") == benchmark)
      newest.emplace("tuned " + jsonText(run.spec, "arm"), run.id);
  }
  if (newest.empty()) return std::vector<RunId>();
  for (const auto& run : bases)
    if (jsonText(run.spec, "benchmark") == benchmark)
      newest.emplace("base " + jsonText(run.spec, "arm"), run.id);
  std::vector<RunId> chosen;
  for (const auto& [what, run] : newest) chosen.push_back(run);
  return chosen;
}

std::optional<double> summaryNumber(const Run& run, const char* key) {
  if (!run.summary.is_object()) return std::nullopt;
  const auto found = run.summary.find(key);
  if (found == run.summary.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string jsonText(const Json& json, const char* key) {
  if (!json.is_object()) return {};
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::pair<std::string, double>> updateNorms(const Run& run) {
  std::vector<std::pair<std::string, double>> norms;
  if (!run.summary.is_object()) return norms;
  const auto found = run.summary.find("update_norms");
  if (found == run.summary.end() || !found->is_object()) return norms;
  for (const auto& [name, value] : found->items())
    if (value.is_number()) norms.emplace_back(name, value.get<double>());
  std::sort(norms.begin(), norms.end(), [](const auto& a, const auto& b) {
    const int x = moduleNumber(a.first), y = moduleNumber(b.first);
    return x != y ? x < y : a.first < b.first;
  });
  return norms;
}

ModuleNorms moduleNorms(const Run& run) {
  if (!run.summary.is_object()) return {};
  const auto found = run.summary.find("module_norms");
  if (found == run.summary.end() || !found->is_object()) return {};
  const auto names = found->find("modules"), values = found->find("values");
  if (names == found->end() || !names->is_array() || values == found->end() ||
      !values->is_array() || names->empty() || names->size() > kMostModules ||
      values->size() > kMostLayers)
    return {};
  ModuleNorms norms;
  for (const auto& name : *names) {
    if (!name.is_string()) return {};
    norms.modules.push_back(name.get<std::string>());
  }
  for (const auto& row : *values) {
    if (!row.is_array() || row.size() != norms.modules.size()) return {};
    auto& layer = norms.layers.emplace_back();
    for (const auto& value : row) {
      const double norm = value.is_number() ? value.get<double>() : -1;
      layer.push_back(std::isfinite(norm) && norm >= 0 ? norm
                                                       : std::numeric_limits<double>::quiet_NaN());
    }
  }
  if (norms.layers.empty()) return {};
  return norms;
}

}  // namespace wordsight::ui
