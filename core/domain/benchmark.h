#pragma once
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/scenario.h"

namespace wordsight {

/// A picture with a decision to make about it. `content.key` is -1 when the item is unusable for
/// scoring.
struct BenchmarkItem {
  ItemId id;
  std::int64_t index = 0;  // the file's own number
  ScenarioContent content;
  std::vector<int>
      nonIntervention;  // VIVA marks one or two options; content.nonIntervention is the first
  std::string imageFile, imageUrl;
  std::string picture;  // path found by the join; empty: not there
  std::vector<std::string> positiveValues, negativeValues;
  std::string unusable;  // why it cannot be scored; empty: it can
};

/// Something about an item that was not as it should be, and what was done about it.
struct ItemIssue {
  std::int64_t index = 0;
  std::string field, problem,
      action;  // action: "key D taken from action_answer", "left out of scoring", …
};

struct BenchmarkReport {
  int items = 0, keysMissing = 0, keysRepaired = 0, unusable = 0, nanTokens = 0, picturesFound = 0,
      picturesMissing = 0;
  std::vector<ItemIssue> issues;
};
Json toJson(const BenchmarkReport& report);

}  // namespace wordsight
