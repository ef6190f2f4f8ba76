#pragma once
// What several jobs write down about the models and prompts that they used.

#include <string>

#include "domain/decision_prompt.h"
#include "jobs/job.h"

namespace wordsight::jobs {

/// Notes a model folder (by the hash of its config and the header of its weights) and links it to
/// the run.
Status rememberModel(RunScope& scope, const std::string& folder, const std::string& kind,
                     const std::string& role);
/// Reads the prompt, keeps its text by hash.
Result<DecisionPrompt> rememberPrompt(RunScope& scope, const std::string& nameOrFile);

}  // namespace wordsight::jobs
