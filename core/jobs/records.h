#pragma once
// What several jobs write down about the models and prompts that they used.

#include <string>

#include "domain/decision_prompt.h"
#include "jobs/job.h"

namespace wordsight::jobs {

/// The folder is there and looks like a model (an adapter): said before there is a run.
Status checkModelFolder(const std::string& folder);
Status checkAdapterFolder(const std::string& folder);
/// The benchmark (the dataset) is there; the error lists those that are.
Status checkBenchmark(const store::Project& project, const std::string& name);
Status checkDataset(const store::Project& project, const std::string& name);

/// Notes a model folder (by the hash of its config and the header of its weights) and links it to
/// the run.
Status rememberModel(RunScope& scope, const std::string& folder, const std::string& kind,
                     const std::string& role);
/// Reads the prompt, keeps its text by hash.
Result<DecisionPrompt> rememberPrompt(RunScope& scope, const std::string& nameOrFile);

}  // namespace wordsight::jobs
