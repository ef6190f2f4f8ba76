#pragma once
// Jobs that bring text in, look at it and freeze it: import, synthesis, check, freeze, benchmark.

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "curate/balance.h"
#include "curate/export.h"
#include "domain/train_spec.h"
#include "jobs/job.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {

struct ImportSpec {
  std::vector<std::string> files;  // JSONL, JSON arrays, CSV: each by what is in it
  bool skipBad = false;            // otherwise one bad line refuses everything
  bool skipDuplicates = true;      // also of what the project has already
  bool dryRun = false;  // read everything, store nothing (no run either), say what would happen
  std::string command;
};
/// All or nothing: stopped or failed, the project is as it was. Summary: "imported",
/// "already_there", and "files", for each: "file", "form", "layouts" (scenario, csv, sharegpt,
/// alpaca, benchmark: how many), "lines", "imported", "duplicates" (within it), "already_there",
/// "without_key", "bad", "bad_lines" (the first hundred: "line", "reason").
/// A dry run also gives "items" of each file (the first 20 as they would look), "error" of one that
/// cannot be read, and "refused" (a sentence) of one whose bad lines would refuse it; then
/// "would_fail" is true in the summary.
Result<JobOutcome> importScenarios(const JobContext& context, const ImportSpec& spec);

/// What to write where.
struct ExportSpec {
  std::string dataset, split;    // a frozen one, and one of its splits (empty: all); otherwise:
  std::vector<ScenarioId> ids;   // these, in this order; otherwise:
  store::ScenarioFilter filter;  // all that match
  curate::ExportFormat format = curate::ExportFormat::Jsonl;
  std::string file;
  std::string prompt = "default";  // of chats
  std::string command;
};
struct ExportOutcome {
  RunId run;  // none: the project cannot be written
  std::size_t written = 0;
  std::size_t leftOut = 0;  // of chats: scenarios without a key
};
/// The file appears whole or not at all. Stopped: an error of kind Cancelled. Leaves a run, where
/// the project can be written.
Result<ExportOutcome> exportScenarios(const JobContext& context, const ExportSpec& spec);

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
/// Every valid item is stored as it comes, every other one lies in the tray with its reason. A run
/// that ends without any valid item has failed. A wrong generator is refused before there is a run.
/// `resume` goes on with an interrupted run; its stored spec counts then.
Result<JobOutcome> synthesize(const JobContext& context, const SynthesisSpec& spec,
                              std::optional<RunId> resume = {});

struct CheckSpec {
  std::string dataset;     // empty: all current scenarios that are not rejected
  bool reshuffle = false;  // make the letters even: new revisions
  std::uint64_t seed = 1;
  std::string command;
};
/// What was found is stored with the revisions (issues; a later one of several that say the same
/// has the issue "duplicate", which names the first). Stopped: nothing is. Summary, all of a page's
/// charts: "items", "with_key", "with_errors", "with_warnings", "letters" (of keys),
/// "letters_expected" (were they even), "chi_square", "p_value", "letters_balanced", "key_longest",
/// "key_shortest", "characters" (least, median, mean, most of each text), "option_lengths" ("width"
/// of a bar, counts for "key" and "others"), "findings" (code: items), "duplicate_groups",
/// "conflicting_groups"; "duplicates" and "conflicts": the first 200 of these groups, up to 20
/// scenarios of each.
Result<JobOutcome> checkScenarios(const JobContext& context, const CheckSpec& spec);

struct FreezeSpec {
  std::string name;
  store::ScenarioFilter filter;                // no status given: all that are not rejected
  std::optional<std::vector<ScenarioId>> ids;  // instead of the filter: these, but no rejected ones
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
/// annotation file is the same, or when none is given.
Result<JobOutcome> importBenchmark(const JobContext& context, const BenchmarkSpec& spec);

/// "status=accepted text=ice strategy=context": the command line's form of a filter.
Result<store::ScenarioFilter> scenarioFilterFromText(const std::string& text);

}  // namespace wordsight::jobs
