#include "jobs/comparison.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "jobs/commands.h"
#include "jobs/item_answers.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/run_repository.h"
#include "vision/thumbnail.h"

namespace wordsight::jobs {
namespace {

constexpr int kReportPicture = 480;  // longer side, pixels

std::string fileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

eval::CellSettings settingsOf(const Run& run) {
  eval::CellSettings settings;
  settings.recorded = run.spec.contains("recorded");
  if (settings.recorded) return settings;
  settings.prompt = fileName(run.spec.value("prompt", std::string("default")));
  settings.scoring = run.spec.value("scoring", std::string("logprob"));
  settings.precision = run.spec.value("precision", std::string());
  settings.shifts = run.spec.value("shifts", 1);
  settings.tuned = !run.spec.value("adapter", std::string()).empty();
  return settings;
}

/// Two wordings of one name are told apart by their content.
void nameWordings(const std::vector<Run>& runs, std::vector<eval::CellInput>& cells) {
  std::map<std::string, std::set<std::string>> hashes;
  const auto hashOf = [](const Run& run) {
    return run.summary.is_object() ? run.summary.value("prompt_hash", std::string()) : "";
  };
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (const auto hash = hashOf(runs[i]); !hash.empty())
      hashes[cells[i].settings.prompt].insert(hash);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (const auto hash = hashOf(runs[i]);
        !hash.empty() && hashes[cells[i].settings.prompt].size() > 1)
      cells[i].settings.prompt += " " + hash.substr(0, 6);
}

Result<eval::CellInput> cellOf(store::Connection& connection, const Run& run,
                               const std::unordered_map<ItemId, std::size_t>& places) {
  WORDSIGHT_TRY(auto answers, itemAnswers(connection, run.id));
  eval::CellInput cell;
  cell.run = run.id.value;
  cell.model = run.spec.value("label", std::string("model"));
  cell.arm = run.spec.value("arm", std::string("caption"));
  cell.settings = settingsOf(run);
  cell.answers.resize(places.size());
  for (auto& [item, answer] : answers)
    if (const auto it = places.find(item); it != places.end())
      cell.answers[it->second] = std::move(answer);
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

Status checkComparable(store::Connection& connection, const std::vector<RunId>& runs) {
  if (runs.empty()) return fail("There is no run to compare: evaluate something first.");
  for (const auto id : runs) {
    WORDSIGHT_TRY(const auto run, store::RunRepository(connection).get(id));
    if (run.kind != RunKind::Evaluation)
      return fail("Run " + std::to_string(id.value) + " is of kind " + toText(run.kind) +
                  "; only evaluations can be compared.");
  }
  return commonBenchmark(connection, runs).map([](BenchmarkId) {});
}

std::string lackOf(const ReportPictures& pictures, const store::Project& project,
                   const std::string& benchmark) {
  if (pictures.missing == 0) return {};
  return "The report lacks " + std::to_string(pictures.missing) + " of " +
         std::to_string(pictures.all) + " pictures, which cannot be read; join them again with `" +
         joinCommand(project.path(), benchmark) + "`.";
}

Result<eval::Comparison> compareRuns(store::Connection& connection, const std::vector<RunId>& runs,
                                     std::uint64_t seed, eval::Bootstrap bootstrap,
                                     eval::Pairs pairs) {
  WORDSIGHT_CHECK(checkComparable(connection, runs));
  store::RunRepository repository(connection);
  std::vector<Run> rows;
  for (const auto id : runs) {
    WORDSIGHT_TRY(auto run, repository.get(id));
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
  nameWordings(rows, cells);
  for (auto& cell : cells)  // two runs of one kind of cell: told apart by their number
    if (names[cell.model + " · " + cell.arm] > 1)
      cell.name = cell.model + " · " + cell.arm + " (run " + std::to_string(cell.run) + ")";
  return eval::compareCells(items, std::move(cells), seed, bootstrap, pairs);
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
    for (const auto& value : values) text += (text.empty() ? "" : ", ") + fileName(value);
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

Result<ReportPictures> writeComparisonReport(store::Connection& connection,
                                             const store::Project& project,
                                             const std::vector<RunId>& runs,
                                             const eval::Comparison& comparison,
                                             const std::string& title,
                                             const std::filesystem::path& file) {
  WORDSIGHT_TRY(const auto info, reportInfo(connection, project, runs, title));
  ReportPictures counts;
  const eval::PictureSource pictures = [&](const BenchmarkItem& item) -> std::string {
    auto bytes = vision::thumbnail(item.picture, kReportPicture);
    ++counts.all;
    counts.missing += !bytes;
    return bytes ? std::move(*bytes) : std::string();
  };
  WORDSIGHT_CHECK(eval::writeReport(file, comparison, info, pictures));
  return counts;
}

}  // namespace wordsight::jobs
