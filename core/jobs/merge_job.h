#pragma once
#include "infer/merge.h"
#include "jobs/job.h"

namespace wordsight::jobs {

using infer::MergeSpec;

/// infer::mergeAdapter as a run: Progress ("merge", tensors), and a summary that names the new
/// folder ("out"). Base, adapter and result are linked to it. What is wrong with the folders' names
/// is said before there is a run. Without `command` it is the one that does the same. Waits while
/// paused, between tensors.
Result<JobOutcome> mergeAdapter(const JobContext& context, const MergeSpec& spec,
                                const std::string& command = {});

}  // namespace wordsight::jobs
