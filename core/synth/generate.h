#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "domain/message.h"
#include "domain/scenario.h"
#include "synth/demo_grammar.h"
#include "synth/parse.h"
#include "synth/prompts.h"
#include "synth/strategy.h"

namespace wordsight::synth {

/// Whatever writes text: a local model, an endpoint, a recording. `seed` decides its sampling. An
/// error of kind Cancelled ends the run quietly; any other error counts as a failed attempt.
using TextSource = std::function<Result<std::string>(const std::vector<Message>& messages,
                                                     std::uint64_t seed, std::stop_token stop)>;

struct GenerateSpec {
  std::vector<Strategy> strategies;  // in turn; empty: all four (with the demo grammar: its mix)
  int count = 100;                   // valid items wanted
  std::uint64_t seed = 1;
  std::uint64_t firstAttempt =
      0;  // go on after an interrupted run: attempt k depends on (seed, k) only
  std::uint64_t maxAttempts = 0;  // 0: 4 × count + 20
  std::string generator;          // for Provenance: "demo", "local:DIR", …
  RunId run;
  ParseLimits limits;
};

/// A valid item and how it came about.
struct Generated {
  ScenarioContent content;
  Provenance provenance;  // seed: that of the attempt
  std::uint64_t attempt = 0;
  std::string prompt;   // as sent; empty with the demo grammar
  std::string rawText;  // as received; empty with the demo grammar
};

/// A refused one, for the tray.
struct Reject {
  std::string reason;  // one sentence
  std::string rawText;
  Provenance provenance;
  std::uint64_t attempt = 0;
};

struct GenerateSinks {
  /// Called the moment an item is valid, before the next attempt; an error (a full disk) ends the
  /// run with it.
  std::function<Status(const Generated&)> onItem;
  std::function<Status(const Reject&)> onReject;  // may be empty
  std::function<void(std::uint64_t attempts, int items)>
      onProgress;  // after each attempt; may be empty
};

struct GenerateSummary {
  int items = 0;
  std::uint64_t attempts = 0, rejected = 0, duplicates = 0;  // duplicates are among the rejected
  std::uint64_t nextAttempt = 0;                             // firstAttempt for a run that goes on
  bool stopped = false;                                      // by the token
  bool exhausted = false;                                    // maxAttempts reached before count
};
Json toJson(const GenerateSummary& summary);

/// Asks `source` until `count` items are valid. `known` holds content hashes that count as
/// duplicates from the start (of earlier items of a resumed run). Three failures of the source in a
/// row end the run with the source's error.
Result<GenerateSummary> generate(const GenerateSpec& spec, const PromptSet& prompts,
                                 const TextSource& source, const GenerateSinks& sinks,
                                 std::stop_token stop = {},
                                 std::unordered_set<std::string> known = {});

/// The same from the demo grammar; nothing is asked of a model.
Result<GenerateSummary> generateDemo(const GenerateSpec& spec, const DemoGrammar& grammar,
                                     const GenerateSinks& sinks, std::stop_token stop = {},
                                     std::unordered_set<std::string> known = {});

}  // namespace wordsight::synth
