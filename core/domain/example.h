#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/decision_prompt.h"
#include "domain/message.h"
#include "domain/scenario.h"

namespace wordsight {

/// One thing to learn: a chat whose last turn is the assistant's. When it was made from a scenario,
/// that scenario and its prompt travel along, so that options can be put in another order at each
/// use.
struct TrainingExample {
  std::string id;  // "rev 17", "train.jsonl:3": for messages and records
  std::vector<Message> messages;
  std::optional<ScenarioContent> scenario;
};

/// A list of examples and the wording that scenarios among them are rendered with.
struct TrainingData {
  std::vector<TrainingExample> train;
  std::vector<TrainingExample> eval;  // held-out loss; may be empty
  std::vector<TrainingExample>
      probe;  // caption items scored while training; scenarios with keys; may be empty
  std::optional<DecisionPrompt> prompt;  // needed when examples carry scenarios
};

}  // namespace wordsight
