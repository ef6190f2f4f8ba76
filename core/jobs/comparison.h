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
                                     eval::Bootstrap bootstrap = eval::Bootstrap::Now);

/// The latest finished evaluation of each (label, arm), which are what `compare` takes when no runs
/// are named.
Result<std::vector<RunId>> latestEvaluations(store::Connection& connection);

/// Header lines of the report: models, runs, seeds, prompts.
Result<eval::ReportInfo> reportInfo(store::Connection& connection, const store::Project& project,
                                    const std::vector<RunId>& runs, const std::string& title);

/// Writes the HTML report with pictures inside.
Status writeComparisonReport(store::Connection& connection, const store::Project& project,
                             const std::vector<RunId>& runs, const eval::Comparison& comparison,
                             const std::string& title, const std::filesystem::path& file);

}  // namespace wordsight::jobs
