#include "synth/strategy.h"

#include <string>
#include <vector>

#include "domain/json.h"

namespace wordsight::synth {

const char* toText(Strategy strategy) {
  switch (strategy) {
    case Strategy::Complexity:
      return "complexity";
    case Strategy::Context:
      return "context";
    case Strategy::Challenge:
      return "challenge";
    case Strategy::Reverse:
      return "reverse";
  }
  return "complexity";
}

Result<Strategy> strategyFromText(std::string_view text) {
  std::vector<std::string> names;
  for (const Strategy strategy : kStrategies) {
    if (text == toText(strategy)) return strategy;
    names.emplace_back(toText(strategy));
  }
  const auto near = nearestWord(text, names);
  return fail("Unknown strategy \"" + std::string(text) + "\"" +
              (near.empty() ? "" : " (did you mean " + near + "?)") +
              ": use complexity, context, challenge or reverse.");
}

}  // namespace wordsight::synth
