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
/// Of scenarios chosen by hand there is none: the filter's is given.
std::string commandOf(const std::filesystem::path& project, const ExportSpec& spec);
/// `project` may be empty: then the merge leaves no run.
std::string commandOf(const std::filesystem::path& project, const MergeSpec& spec);

/// Joins a folder of pictures to a benchmark that is there: what a message about missing pictures
/// names.
std::string joinCommand(const std::filesystem::path& project, const std::string& benchmark);

/// `html` may be empty.
std::string compareCommand(const std::filesystem::path& project, const std::vector<RunId>& runs,
                           const std::filesystem::path& html = {});
/// Goes on with an interrupted run; nothing for kinds that cannot be resumed.
std::optional<std::string> resumeCommand(const std::filesystem::path& project, RunKind kind,
                                         RunId run);

/// A filter as `--filter` reads it; what cannot be said there (order, limits) is left out.
std::string filterText(const store::ScenarioFilter& filter);

}  // namespace wordsight::jobs
