#pragma once
// How a ScenarioFilter becomes SQL. For this layer only.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/scenario_repository.h"
#include "store/session.h"

namespace wordsight::store {

/// The part of a SELECT after its columns, and the values of its parameters in order. Columns: c
/// (scenario_current).
struct ScenarioQuery {
  std::string from;   // " FROM … WHERE …"
  std::string order;  // " ORDER BY … LIMIT …"
  std::vector<std::variant<std::string, std::int64_t>> values;
  void bindTo(Query& query) const;
};

Result<ScenarioQuery> scenarioQuery(const ScenarioFilter& filter);

}  // namespace wordsight::store
