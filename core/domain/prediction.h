#pragma once
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/ids.h"

namespace wordsight {

/// What a model answered to one item: stored once, never rewritten.
struct Prediction {
  PredictionId id;
  RunId run;
  ItemId item;
  int shift = 0;        // options moved on cyclically by this many places before they were shown
  std::string rawText;  // what it wrote; empty for letter scoring
  std::vector<double>
      letterLogProbs;  // log-probability of each option's letter as shown; empty for generation
  double milliseconds = 0;
  int promptTokens = 0, newTokens = 0;
  UnixMillis createdAt = 0;
};

/// The letter read out of an answer. `option` is an index into the item's options in their original
/// order.
struct Choice {
  int option = -1;  // -1: none could be read; never a guess
  std::string
      rule;  // "logprob", "letter-first", "answer-phrase", "option-text", "none", "override", …
};

}  // namespace wordsight
