#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/scenario.h"

namespace wordsight::synth {

/// Limits of a generated item; texts are counted in bytes.
struct ParseLimits {
  int options = 5;
  std::size_t leastSituation = 20, mostSituation = 4000;
  std::size_t mostQuestion = 1000, mostOption = 1000, mostRationale = 4000;
};

/// Reads a scenario out of what a model wrote. Tolerated, because it cannot be misread: prose and
/// code fences around the object, trailing commas, letters in front of options ("B) …"), an answer
/// such as "C", "c.", "(C)", "Option C", "C. <text of option C>" or the option's text itself,
/// "reason"/"reasoning"/"explanation" for "rationale". Refused with a reason in one sentence: no
/// object or several different ones, cut-off text, wrong number of options, equal options, letters
/// out of order, an answer that names no option or two, empty or overlong fields, placeholders left
/// standing ("..."), a rationale that calls another letter the right one. Nothing is guessed.
Result<ScenarioContent> parseScenario(std::string_view modelText, const ParseLimits& limits = {});

}  // namespace wordsight::synth
