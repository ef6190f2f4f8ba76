#pragma once
#include <string>
#include <vector>

#include "domain/scenario.h"

namespace wordsight::curate::test {

/// A scenario with nothing wrong; `n` makes its texts its own.
inline ScenarioContent scenario(int n, int key = 1) {
  const std::string number = std::to_string(n);
  ScenarioContent content;
  content.situation = "A dog runs across road " + number + ".";
  content.question = "What should one do?";
  content.options = {"Shout at it " + number, "Stop the cars " + number, "Walk on " + number,
                     "Take a picture " + number, "Call a friend " + number};
  content.key = key;
  content.rationale = "The dog is in danger " + number + ".";
  content.category = "Animals";
  content.nonIntervention = 2;
  return content;
}

inline std::vector<ScenarioContent> scenarios(int count) {
  std::vector<ScenarioContent> out;
  for (int i = 0; i < count; ++i) out.push_back(scenario(i, i % 3));
  return out;
}

}  // namespace wordsight::curate::test
