#include "jobs/comparison.h"

#include <algorithm>
#include <map>
#include <set>

#include "eval/choice.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"
#include "vision/picture.h"

namespace wordsight::jobs {
namespace {

constexpr int kReportPicture = 480;  // longer side, pixels

/// All shifts of one item made into one answer.
eval::CellAnswer merged(const std::vector<const Prediction*>& shifts,
                        const store::PredictionRepository::Choices& choices) {
  eval::CellAnswer answer;
  std::vector<double> sum;
  std::map<int, int> votes;
  bool overridden = false;
  for (const Prediction* p : shifts) {
    if (!answer.rawText.empty()) answer.rawText += "\n---\n";
    answer.rawText += p->rawText;
    answer.milliseconds += p->milliseconds;
    const auto probabilities = eval::optionProbabilities(p->letterLogProbs, p->shift);
    if (sum.empty())
      sum = probabilities;
    else
      for (std::size_t i = 0; i < sum.size() && i < probabilities.size(); ++i)
        sum[i] += probabilities[i];
    if (const auto it = choices.find(p->id); it != choices.end()) {
      ++votes[it->second.option];
      if (shifts.size() == 1 || it->second.rule == "override") answer.choice = it->second;
      overridden |= it->second.rule == "override";
    }
  }
  for (auto& value : sum) value /= static_cast<double>(shifts.size());
  answer.probabilities = sum;
  if (shifts.size() == 1 || overridden) return answer;
  if (!sum.empty()) {
    answer.choice = {static_cast<int>(std::max_element(sum.begin(), sum.end()) - sum.begin()),
                     "mean-of-shifts"};
    return answer;
  }
  int best = 0, ties = 0;
  for (const auto& [option, count] : votes) {
    if (option >= 0 && count > best) {
      best = count;
      ties = 1;
      answer.choice = {option, "majority-of-shifts"};
    } else if (option >= 0 && count == best) {
      ++ties;
    }
  }
  if (ties != 1) answer.choice = {-1, "ambiguous"};
  return answer;
}

Result<eval::CellInput> cellOf(store::Connection& connection, const Run& run,
                               const std::vector<BenchmarkItem>& items) {
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(const auto predictions, repository.list(run.id));
  WORDSIGHT_TRY(const auto choices, repository.choices(run.id));
  std::unordered_map<ItemId, std::vector<const Prediction*>> byItem;
  for (const auto& p : predictions) byItem[p.item].push_back(&p);
  eval::CellInput cell;
  cell.run = run.id.value;
  cell.model = run.spec.value("label", std::string("model"));
  cell.arm = run.spec.value("arm", std::string("caption"));
  cell.answers.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    if (const auto it = byItem.find(items[i].id); it != byItem.end())
      cell.answers[i] = merged(it->second, choices);
  return cell;
}

Result<BenchmarkId> commonBenchmark(store::Connection& connection, const std::vector<RunId>& runs) {
  BenchmarkId common;
  for (const auto id : runs) {
    WORDSIGHT_TRY(const auto benchmarks, store::RunRepository(connection).benchmarks(id));
    if (benchmarks.empty())
      return fail("Run " + std::to_string(id.value) +
                  " is not an evaluation; only evaluations can be compared.");
    if (common && benchmarks[0] != common)
      return fail("Run " + std::to_string(id.value) + " answered another benchmark than run " +
                  std::to_string(runs[0].value) + "; compare runs of one benchmark.");
    common = benchmarks[0];
  }
  return common;
}

}  // namespace

Result<eval::Comparison> compareRuns(store::Connection& connection, const std::vector<RunId>& runs,
                                     std::uint64_t seed) {
  if (runs.empty()) return fail("There is no run to compare: evaluate something first.");
  store::RunRepository repository(connection);
  for (const auto id : runs) {
    WORDSIGHT_TRY(const auto run, repository.get(id));
    if (run.kind != RunKind::Evaluation)
      return fail("Run " + std::to_string(id.value) + " is of kind " + toText(run.kind) +
                  "; only evaluations can be compared.");
  }
  WORDSIGHT_TRY(const auto benchmark, commonBenchmark(connection, runs));
  WORDSIGHT_TRY(const auto items, store::BenchmarkRepository(connection).items(benchmark));
  std::vector<eval::CellInput> cells;
  std::map<std::string, int> names;
  for (const auto id : runs) {
    WORDSIGHT_TRY(const auto run, repository.get(id));
    WORDSIGHT_TRY(auto cell, cellOf(connection, run, items));
    cells.push_back(std::move(cell));
    ++names[cells.back().model + " · " + cells.back().arm];
  }
  for (auto& cell : cells)  // two runs of one kind of cell: told apart by their number
    if (names[cell.model + " · " + cell.arm] > 1)
      cell.name = cell.model + " · " + cell.arm + " (run " + std::to_string(cell.run) + ")";
  return eval::compareCells(items, std::move(cells), seed);
}

Result<std::vector<RunId>> latestEvaluations(store::Connection& connection) {
  store::RunFilter filter;
  filter.kind = RunKind::Evaluation;
  filter.status = RunStatus::Done;
  store::RunRepository repository(connection);
  WORDSIGHT_TRY(const auto runs, repository.list(filter));  // newest first
  std::vector<RunId> latest;
  std::set<std::pair<std::string, std::string>> seen;
  BenchmarkId benchmark;
  for (const auto& row : runs) {
    WORDSIGHT_TRY(const auto benchmarks, repository.benchmarks(row.id));
    if (benchmarks.empty()) continue;
    if (!benchmark) benchmark = benchmarks[0];
    if (benchmarks[0] != benchmark) continue;
    WORDSIGHT_TRY(const auto run, repository.get(row.id));
    if (seen.emplace(run.spec.value("label", ""), run.spec.value("arm", "")).second)
      latest.push_back(row.id);
  }
  std::sort(latest.begin(), latest.end());
  return latest;
}

Result<eval::ReportInfo> reportInfo(store::Connection& connection, const store::Project& project,
                                    const std::vector<RunId>& runs, const std::string& title) {
  eval::ReportInfo info;
  info.title = title;
  info.project = project.path().filename().string();
  info.date = isoTime(nowMillis()).substr(0, 10);
  std::set<std::string> models, adapters, prompts;
  std::string numbers;
  store::RunRepository repository(connection);
  for (const auto id : runs) {
    WORDSIGHT_TRY(const auto run, repository.get(id));
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(id.value);
    const auto note = [&](std::set<std::string>& into, const char* key) {
      if (const auto value = run.spec.value(key, std::string()); !value.empty()) into.insert(value);
    };
    note(models, "model");
    note(adapters, "adapter");
    note(prompts, "prompt");
    note(models, "recorded");
  }
  const auto joined = [](const std::set<std::string>& values) {
    std::string text;
    for (const auto& value : values)
      text += (text.empty() ? "" : ", ") + std::filesystem::path(value).filename().string();
    return text;
  };
  WORDSIGHT_TRY(const auto id, commonBenchmark(connection, runs));
  WORDSIGHT_TRY(const auto benchmark, store::BenchmarkRepository(connection).get(id));
  info.benchmark = benchmark.name;
  // Published figures stand beside the benchmark that they were measured on, and beside no other.
  info.published = benchmark.name.starts_with("viva") && benchmark.report.items == 1240;
  info.facts = {{"Models", joined(models)}, {"Prompt", joined(prompts)}, {"Runs", numbers}};
  if (!adapters.empty()) info.facts.insert(info.facts.begin() + 1, {"Adapters", joined(adapters)});
  return info;
}

Status writeComparisonReport(store::Connection& connection, const store::Project& project,
                             const std::vector<RunId>& runs, const eval::Comparison& comparison,
                             const std::string& title, const std::filesystem::path& file) {
  WORDSIGHT_TRY(const auto info, reportInfo(connection, project, runs, title));
  const eval::PictureSource pictures = [](const BenchmarkItem& item) -> std::string {
    if (item.picture.empty()) return {};
    auto bytes = vision::thumbnail(item.picture, kReportPicture);
    return bytes ? std::move(*bytes) : std::string();
  };
  return eval::writeReport(file, comparison, info, pictures);
}

}  // namespace wordsight::jobs
