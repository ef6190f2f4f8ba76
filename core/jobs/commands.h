#pragma once
// The command line that does what a spec says: shown beside every form, kept with every run, ready
// to be pasted into a shell. Options that have their default are left out.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/run.h"
#include "jobs/data_jobs.h"
#include "jobs/merge_job.h"
#include "jobs/model_jobs.h"

namespace wordsight::jobs {

std::string commandOf(const std::filesystem::path& project, const TrainingSpec& spec);
std::string commandOf(const std::filesystem::path& project, const EvaluationSpec& spec);
std::string commandOf(const std::filesystem::path& project, const RecordedSpec& spec);
std::string commandOf(const std::filesystem::path& project, const SynthesisSpec& spec);
std::string commandOf(const std::filesystem::path& project, const ImportSpec& spec);
std::string commandOf(const std::filesystem::path& project, const CheckSpec& spec);
std::string commandOf(const std::filesystem::path& project, const FreezeSpec& spec);
std::string commandOf(const std::filesystem::path& project, const BenchmarkSpec& spec);
std::string commandOf(const MergeSpec& spec);

/// `html` may be empty.
std::string compareCommand(const std::filesystem::path& project, const std::vector<RunId>& runs,
                           const std::filesystem::path& html = {});
/// Goes on with an interrupted run; nothing for kinds that cannot be resumed.
std::optional<std::string> resumeCommand(const std::filesystem::path& project, RunKind kind,
                                         RunId run);

/// A filter as `--filter` reads it; what cannot be said there (order, limits) is left out.
std::string filterText(const store::ScenarioFilter& filter);

}  // namespace wordsight::jobs
