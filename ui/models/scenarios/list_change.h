#pragma once
#include <vector>

#include "domain/ids.h"

namespace wordsight::ui {

/// How one list of scenarios becomes another, as a view wants to hear it.
struct ListChange {
  struct Run {
    int first = 0, count = 0;
    bool operator==(const Run&) const = default;
  };
  bool reset = false;         // too different, or in another order: all anew
  std::vector<Run> removed;   // places in the old list, last ones first
  std::vector<Run> inserted;  // places in the new list, first ones first; after the removals
  bool empty() const { return !reset && removed.empty() && inserted.empty(); }
};

/// Pure and linear in the lists' lengths; asks for a reset when more than 64 runs or 2,000 rows
/// would have to go and come.
ListChange listChange(const std::vector<ScenarioId>& before, const std::vector<ScenarioId>& after);

}  // namespace wordsight::ui
