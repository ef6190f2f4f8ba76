#pragma once
#include <string>
#include <vector>

#include "jobs/job.h"

namespace wordsight::jobs {

struct ReportSpec {
  std::vector<RunId> runs;
  std::string title;
  std::string file;  // HTML
};

/// Compares the runs and writes the report with pictures inside, as a job: Progress ("report",
/// pictures) and last Finished, whose summary names the file ("report"). Some seconds for a
/// thousand photographs. Stopped, nothing is written. It leaves no run behind: events carry the run
/// 0, and Started is not among them.
Result<JobOutcome> writeReport(const JobContext& context, const ReportSpec& spec);

}  // namespace wordsight::jobs
