#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/benchmark.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// What a file of scenarios or training data looks like inside.
enum class FileForm {
  ScenarioLines,   // JSONL; each line an object of one of the layouts below
  ScenarioArray,   // one JSON array of such objects
  Csv,             // RFC 4180; the first line names columns (import_csv.h)
  MessageLines,    // JSONL; each line {"messages":[…]}: training data, not scenarios
  BenchmarkArray,  // one JSON array, as VIVA_annotation.json: read it with eval's reader, then
                   // scenariosFromItems()
};
const char* toText(FileForm form);
/// Looks at the first 64 KiB, not at the file's name. Anything else is an error.
Result<FileForm> detectForm(const std::filesystem::path& file);

/// One scenario as it comes in.
struct ImportedScenario {
  ScenarioContent content;
  Provenance provenance;  // strategy and generator as exported; else "imported" and "file:NAME";
                          // source: "FILE:LINE"
  ReviewStatus status = ReviewStatus::Undecided;  // as exported
  std::string hash;                               // contentHash
  std::string layout = "scenario";  // or "sharegpt", "alpaca" (dialogue.h), "csv", "benchmark"
};

struct ImportOptions {
  bool skipBad = false;  // take the good lines and count the bad ones; otherwise a bad line refuses
                         // the whole file
  bool skipDuplicates = true;  // the same content again in the same file is counted, not delivered
  bool dryRun = false;         // read and count everything, deliver nothing
};

/// A line of JSONL, an element of an array (both counted from 1), a CSV record by its first line.
struct BadLine {
  std::size_t line = 0;
  std::string reason;
};

struct ImportReport {
  std::string form;                            // toText(FileForm)
  std::map<std::string, std::size_t> layouts;  // of imported
  std::vector<std::string> unknownColumns;     // of a CSV file, left out
  std::size_t lines = 0;                       // (or elements, records) that are not blank
  std::size_t imported = 0;                    // delivered (in a dry run: that would have been)
  std::size_t duplicates = 0;                  // within the file
  std::size_t withoutKey = 0;                  // among imported
  std::size_t bad = 0;
  std::vector<BadLine> badLines;  // the first hundred
};
Json toJson(const ImportReport& report);

/// Streams scenarios out of a file of lines, an array or CSV; memory grows only with a hash a line.
/// Without skipBad the file is read twice: first to see that every line is good (otherwise the
/// error names the first three bad lines and nothing was delivered), then to deliver. An error of
/// the sink ends the import with it. Stopped: an error of kind Cancelled.
Result<ImportReport> importScenarios(const std::filesystem::path& file,
                                     const ImportOptions& options,
                                     const std::function<Status(ImportedScenario&&)>& sink,
                                     std::stop_token stop = {});

/// Benchmark items (read and repaired by the eval layer) as scenarios. Items that cannot be scored
/// are left out and returned in the report's badLines, where `line` is the item's index.
std::vector<ImportedScenario> scenariosFromItems(const std::vector<BenchmarkItem>& items,
                                                 const std::string& fileName,
                                                 ImportReport* report = nullptr);

/// One line's scenario, in any of the layouts of objects; `where` is "FILE:LINE". Exposed for drag
/// and drop of single items and for tests.
Result<ImportedScenario> scenarioFromLine(std::string_view line, const std::string& where);

}  // namespace wordsight::curate
