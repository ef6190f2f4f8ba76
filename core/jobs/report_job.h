#pragma once
#include <string>
#include <vector>

#include "jobs/job.h"

namespace wordsight::jobs {

struct ReportSpec {
  std::vector<RunId> runs;
  std::string title;
  std::string file;        // HTML; empty: the comparison alone
  std::uint64_t seed = 1;  // of the bootstrap
  std::string command;
};

/// Compares the runs and writes the report with pictures inside, as a run (where the project can be
/// written): Progress ("report", pictures); the summary has "cells" and names the file ("report").
/// Pictures that cannot be read are counted ("pictures_missing" of "pictures") and said, with the
/// command that joins them again. Some seconds for a thousand photographs. Stopped, nothing is
/// written.
Result<JobOutcome> writeReport(const JobContext& context, const ReportSpec& spec);

}  // namespace wordsight::jobs
