#pragma once
#include <cstdint>
#include <vector>

#include "store/scenario_repository.h"

namespace wordsight::ui {

/// What a filter leaves, counted for its menus: each field is counted with all the other
/// conditions, but not its own, so that a menu says what choosing would show.
struct ScenarioFacets {
  std::int64_t total = 0;  // of the project
  std::vector<store::ValueCount> statuses, strategies, generators, categories, issues, keys;
};

/// Some 100 ms over 100,000 scenarios; for a reader's thread.
Result<ScenarioFacets> scenarioFacets(store::Connection& connection, store::ScenarioFilter filter);

}  // namespace wordsight::ui
