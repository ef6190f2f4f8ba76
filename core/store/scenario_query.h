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

/// The parts of a SELECT after its columns, and the values of its parameters in order.
struct ScenarioQuery {
  std::string from;       // " FROM … WHERE …": columns of c (scenario_current)
  std::string order;      // " ORDER BY … LIMIT …"
  std::string countFrom;  // enough for count(*): without c when the full-text index alone can tell
  std::string idsFrom;    // enough for `id` with `order`
  std::string id;         // the column that holds the scenario's id
  std::vector<std::variant<std::string, std::int64_t>> values;
  void bindTo(Query& query) const;
};

Result<ScenarioQuery> scenarioQuery(const ScenarioFilter& filter);

}  // namespace wordsight::store
