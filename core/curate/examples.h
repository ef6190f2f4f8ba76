#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/decision_prompt.h"
#include "domain/example.h"

namespace wordsight::curate {

/// The chat that teaches a scenario: the prompt's caption arm and its answer. The scenario must
/// have a key in range; `id` names it in messages.
Result<TrainingExample> toExample(const ScenarioContent& content, const DecisionPrompt& prompt,
                                  std::string id);

/// Training data from a JSONL file: lines {"messages":[…, {"role":"assistant",…}]}, or scenarios
/// (rendered with `prompt`, which must not be null then). A bad line is an error that names file
/// and line; up to three are named at once.
Result<std::vector<TrainingExample>> readExamples(const std::filesystem::path& file,
                                                  const DecisionPrompt* prompt = nullptr);

}  // namespace wordsight::curate
