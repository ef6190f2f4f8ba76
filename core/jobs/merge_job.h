#pragma once
#include "infer/merge.h"
#include "jobs/job.h"

namespace wordsight::jobs {

using infer::MergeSpec;

/// infer::mergeAdapter as a job: Progress ("merge", tensors) and last Finished, whose summary names
/// the new folder ("out"). It belongs to no project, so it leaves no run behind: events carry the
/// run 0 and Started is not among them. Waits while paused, between tensors.
Result<JobOutcome> mergeAdapter(const JobContext& context, const MergeSpec& spec);

}  // namespace wordsight::jobs
