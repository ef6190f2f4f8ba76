#pragma once
// Jobs that bring text in, look at it and freeze it: import, synthesis, check, freeze, benchmark.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "curate/balance.h"
#include "domain/train_spec.h"
#include "jobs/job.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {

struct ImportSpec {
  std::vector<std::string> files;  // JSONL, or a JSON array in VIVA's form
  bool skipBad = false;            // otherwise one bad line refuses everything
  bool skipDuplicates = true;      // also of what the project has already
  bool dryRun = false;
  std::string command;
};
/// All or nothing: stopped or failed, the project is as it was.
Result<JobOutcome> importScenarios(const JobContext& context, const ImportSpec& spec);

struct SynthesisSpec {
  std::vector<std::string> strategies;  // names; empty: all four, or the demo's mix
  std::string generator = "demo";       // demo | local:DIR
  int count = 100;
  std::uint64_t seed = 1;
  std::string prompts;  // folder with prompt files of one's own; empty: those of the program
  Precision precision = Precision::BF16;
  double temperature = 0.8, topP = 0.95;
  int maxTokens = 700;
  std::string command;
};
Json toJson(const SynthesisSpec& spec);
Result<SynthesisSpec> synthesisSpecFromJson(const Json& json);
/// Every valid item is stored as it comes, every other one lies in the tray with its reason.
/// `resume` goes on with an interrupted run; its stored spec counts then.
Result<JobOutcome> synthesize(const JobContext& context, const SynthesisSpec& spec,
                              std::optional<RunId> resume = {});

struct CheckSpec {
  std::string dataset;     // empty: all current scenarios that are not rejected
  bool reshuffle = false;  // make the letters even: new revisions
  std::uint64_t seed = 1;
  std::string command;
};
Result<JobOutcome> checkScenarios(const JobContext& context, const CheckSpec& spec);

struct FreezeSpec {
  std::string name;
  store::ScenarioFilter filter;  // no status given: all that are not rejected
  std::vector<curate::SplitShare> shares = {{"train", 0.9}, {"eval", 0.1}};
  std::uint64_t seed = 1;
  std::string command;
};
/// Items with errors are left out and counted; their codes are in the summary.
Result<JobOutcome> freezeDataset(const JobContext& context, const FreezeSpec& spec);

struct BenchmarkSpec {
  std::string name = "viva";
  std::string annotations, images;  // a file in VIVA's form; a folder, or empty
  std::string command;
};
/// Reads, repairs and reports (summary: "items", "keys_missing", …, "report": path of the full
/// report). A benchmark of that name that is there already gets its pictures joined anew when the
/// annotation file is the same.
Result<JobOutcome> importBenchmark(const JobContext& context, const BenchmarkSpec& spec);

/// "status=accepted text=ice strategy=context": the command line's form of a filter.
Result<store::ScenarioFilter> scenarioFilterFromText(const std::string& text);

}  // namespace wordsight::jobs
