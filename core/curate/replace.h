#pragma once
#include <cstddef>
#include <string>

#include "base/result.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// Find and replace in the texts of a scenario.
struct TextReplacement {
  std::string find = {}, with = {};
  bool matchCase = true;    // otherwise ASCII letters match in either case
  bool wholeWords = false;  // no letter, digit or '_' next to the match (what is not ASCII counts
                            // as a letter)
  bool situation = true, question = true, options = true, rationale = true, category = false;
};

/// Something to look for, somewhere to look, all of it UTF-8 without zero characters.
Status checkReplacement(const TextReplacement& rule);

/// The content with every match replaced, from left to right; what was put in is not searched
/// again. `*matches` becomes their number.
ScenarioContent replaced(const ScenarioContent& content, const TextReplacement& rule,
                         std::size_t* matches = nullptr);

}  // namespace wordsight::curate
