#pragma once
// Evaluation runs of a project side by side, and the report made of them.

#include <filesystem>
#include <string>
#include <vector>

#include "eval/comparison.h"
#include "eval/report.h"
#include "store/project.h"

namespace wordsight::jobs {

/// Cells of the runs, over the items that all of them answered. All runs must be evaluations of one
/// benchmark. With several shifts of options an item's choice is that of the mean probabilities
/// (letter scoring) or of the majority.
Result<eval::Comparison> compareRuns(store::Connection& connection, const std::vector<RunId>& runs,
                                     std::uint64_t seed = 1,
                                     eval::Bootstrap bootstrap = eval::Bootstrap::Now,
                                     eval::Pairs pairs = eval::Pairs::All);

/// The latest finished evaluation of each (label, arm), which are what `compare` takes when no runs
/// are named.
Result<std::vector<RunId>> latestEvaluations(store::Connection& connection);

/// Header lines of the report: models, runs, seeds, prompts.
Result<eval::ReportInfo> reportInfo(store::Connection& connection, const store::Project& project,
                                    const std::vector<RunId>& runs, const std::string& title);

/// Error: why these runs cannot be compared; the sentence names the run.
Status checkComparable(store::Connection& connection, const std::vector<RunId>& runs);

/// How many pictures a report should show, and how many could not be read.
struct ReportPictures {
  std::int64_t all = 0, missing = 0;
};
/// One sentence about the missing ones, with the command that joins them again; empty: none is.
std::string lackOf(const ReportPictures& pictures, const store::Project& project,
                   const std::string& benchmark);

/// Writes the HTML report with pictures inside.
Result<ReportPictures> writeComparisonReport(store::Connection& connection,
                                             const store::Project& project,
                                             const std::vector<RunId>& runs,
                                             const eval::Comparison& comparison,
                                             const std::string& title,
                                             const std::filesystem::path& file);

}  // namespace wordsight::jobs
