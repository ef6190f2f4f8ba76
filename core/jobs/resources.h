#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/decision_prompt.h"
#include "synth/demo_grammar.h"
#include "synth/prompts.h"

namespace wordsight::jobs {

/// A decision prompt that comes with the program ("default", "demo"), or a JSON file of that form
/// when the name ends in
/// ".json". The error lists the names there are.
Result<DecisionPrompt> decisionPrompt(const std::string& nameOrFile);
/// The text behind it, for records.
Result<std::string> decisionPromptText(const std::string& nameOrFile);
/// The strategies' prompts, from the program or from a folder of the same files.
Result<synth::PromptSet> synthesisPrompts(const std::string& folder = {});
Result<synth::DemoGrammar> demoGrammar();

/// Writes the embedded demo world (model, pictures, items) into `folder`, skipping files that are
/// there with the same size. Gives the folder of the model, the pictures and the items' file.
struct DemoWorld {
  std::string model, pictures, items;
};
Result<DemoWorld> unpackDemoWorld(const std::string& folder);

}  // namespace wordsight::jobs
