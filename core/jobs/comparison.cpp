#include "jobs/comparison.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <unordered_map>

#include "eval/choice.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"
#include "vision/thumbnail.h"

namespace wordsight::jobs {
namespace {

constexpr int kReportPicture = 480;  // longer side, pixels

using Choices = store::PredictionRepository::Choices;
using Shifts = std::span<const Prediction>;

/// The choice that the rules make of all shifts of one item: of the mean probabilities (`shares`),
/// or of the majority.
Choice ruleChoice(Shifts shifts, const std::vector<double>& shares, const Choices& choices) {
  const auto of = [&](const Prediction& p) {
    const auto it = choices.find(p.id);
    return it == choices.end() ? Choice() : it->second;
  };
  if (shifts.size() == 1) return of(shifts[0]);
  if (!shares.empty())
    return {static_cast<int>(std::max_element(shares.begin(), shares.end()) - shares.begin()),
            "mean-of-shifts"};
  std::map<int, int> votes;
  for (const auto& p : shifts)
    if (const int option = of(p).option; option >= 0) ++votes[option];
  int best = 0, ties = 0;
  Choice choice;
  for (const auto& [option, count] : votes) {
    if (count > best) {
      best = count;
      ties = 1;
      choice = {option, "majority-of-shifts"};
    } else if (count == best) {
      ++ties;
    }
  }
  return ties == 1 ? choice : Choice{-1, "ambiguous"};
}

/// All shifts of one item made into one answer. `choices` has overrides, `byRule` has none.
eval::CellAnswer merged(Shifts shifts, const Choices& choices, const Choices& byRule) {
  eval::CellAnswer answer;
  auto& shares = answer.probabilities;
  const Choice* override = nullptr;
  for (const auto& p : shifts) {
    if (!answer.rawText.empty()) answer.rawText += "\n---\n";
    answer.rawText += p.rawText;
    answer.milliseconds += p.milliseconds;
    answer.predictions.push_back(p.id);
    auto probabilities = eval::optionProbabilities(p.letterLogProbs, p.shift);
    if (shares.empty())
      shares = std::move(probabilities);
    else
      for (std::size_t i = 0; i < shares.size() && i < probabilities.size(); ++i)
        shares[i] += probabilities[i];
    if (const auto it = choices.find(p.id); it != choices.end() && it->second.rule == "override")
      override = &it->second;
  }
  for (auto& value : shares) value /= static_cast<double>(shifts.size());
  answer.byRule = ruleChoice(shifts, shares, byRule);
  answer.overridden = override != nullptr;
  answer.choice = override ? *override : answer.byRule;
  return answer;
}

Result<eval::CellInput> cellOf(store::Connection& connection, const Run& run,
                               const std::unordered_map<ItemId, std::size_t>& places) {
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(const auto predictions, repository.list(run.id));  // by item, then by shift
  WORDSIGHT_TRY(const auto choices, repository.choices(run.id));
  const bool overridden = std::any_of(choices.begin(), choices.end(), [](const auto& entry) {
    return entry.second.rule == "override";
  });
  WORDSIGHT_TRY(const auto byRule,
                overridden ? repository.ruleChoices(run.id) : Result<Choices>(choices));
  eval::CellInput cell;
  cell.run = run.id.value;
  cell.model = run.spec.value("label", std::string("model"));
  cell.arm = run.spec.value("arm", std::string("caption"));
  cell.answers.resize(places.size());
  const auto all = std::span(predictions);
  for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
    while (to < all.size() && all[to].item == all[from].item) ++to;
    if (const auto it = places.find(all[from].item); it != places.end())
      cell.answers[it->second] = merged(all.subspan(from, to - from), choices, byRule);
  }
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
                                     std::uint64_t seed, eval::Bootstrap bootstrap) {
  if (runs.empty()) return fail("There is no run to compare: evaluate something first.");
  store::RunRepository repository(connection);
  std::vector<Run> rows;
  for (const auto id : runs) {
    WORDSIGHT_TRY(auto run, repository.get(id));
    if (run.kind != RunKind::Evaluation)
      return fail("Run " + std::to_string(id.value) + " is of kind " + toText(run.kind) +
                  "; only evaluations can be compared.");
    rows.push_back(std::move(run));
  }
  WORDSIGHT_TRY(const auto benchmark, commonBenchmark(connection, runs));
  WORDSIGHT_TRY(const auto items, store::BenchmarkRepository(connection).items(benchmark));
  std::vector<eval::CellInput> cells;
  std::map<std::string, int> names;
  std::unordered_map<ItemId, std::size_t> places;
  for (std::size_t i = 0; i < items.size(); ++i) places[items[i].id] = i;
  for (const auto& run : rows) {
    WORDSIGHT_TRY(auto cell, cellOf(connection, run, places));
    cells.push_back(std::move(cell));
    ++names[cells.back().model + " · " + cells.back().arm];
  }
  for (auto& cell : cells)  // two runs of one kind of cell: told apart by their number
    if (names[cell.model + " · " + cell.arm] > 1)
      cell.name = cell.model + " · " + cell.arm + " (run " + std::to_string(cell.run) + ")";
  return eval::compareCells(items, std::move(cells), seed, bootstrap);
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
