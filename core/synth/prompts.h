#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/message.h"
#include "domain/scenario.h"
#include "synth/strategy.h"

namespace wordsight::synth {

/// The wording that asks a model for a scenario. Data files under resources/prompts/synth: one text
/// a strategy, topics.txt and settings.txt (one entry a line, '#' begins a comment) and
/// examples.jsonl (worked examples in VIVA's form, shown with their options in a new order each
/// time, so that the example teaches no letter). Placeholders: {seed_topic} {example} {letter} (the
/// letter that the right option shall have, for balanced keys).
struct PromptSet {
  struct Prompt {
    std::string text;
    std::string hash;  // sha256 of text
  };
  std::array<Prompt, kStrategies.size()> prompts;  // by Strategy
  std::vector<std::string> topics, settings;
  std::vector<ScenarioContent> examples;

  const Prompt& of(Strategy strategy) const { return prompts[static_cast<std::size_t>(strategy)]; }
};

/// `read(name)` gives the text of "complexity.txt", …, "topics.txt", "examples.jsonl": from a
/// folder or from the program.
Result<PromptSet> readPromptSet(
    const std::function<Result<std::string>(const std::string& name)>& read);

/// What one attempt asks: topic, setting, example and letter are drawn from the seed alone.
std::vector<Message> renderPrompt(const PromptSet& prompts, Strategy strategy, std::uint64_t seed);

/// The JSON form that the prompts ask for:
/// {"situation","question","options":[5],"answer":"C","rationale"}.
Json answerForm(const ScenarioContent& content);

}  // namespace wordsight::synth
