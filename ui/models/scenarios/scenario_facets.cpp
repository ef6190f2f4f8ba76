#include "models/scenarios/scenario_facets.h"

namespace wordsight::ui {

Result<ScenarioFacets> scenarioFacets(store::Connection& connection, store::ScenarioFilter filter) {
  using Field = store::ScenarioRepository::Field;
  store::ScenarioRepository scenarios(connection);
  ScenarioFacets facets;
  WORDSIGHT_TRY(facets.total, scenarios.count({}));
  const auto count = [&](Field field, auto condition) {
    store::ScenarioFilter others = filter;
    (others.*condition).reset();
    return scenarios.valueCounts(field, others);
  };
  WORDSIGHT_TRY(facets.statuses, count(Field::Status, &store::ScenarioFilter::status));
  WORDSIGHT_TRY(facets.strategies, count(Field::Strategy, &store::ScenarioFilter::strategy));
  WORDSIGHT_TRY(facets.generators, count(Field::Generator, &store::ScenarioFilter::generator));
  WORDSIGHT_TRY(facets.categories, count(Field::Category, &store::ScenarioFilter::category));
  WORDSIGHT_TRY(facets.issues, count(Field::Issue, &store::ScenarioFilter::issue));
  WORDSIGHT_TRY(facets.keys, count(Field::Key, &store::ScenarioFilter::key));
  return facets;
}

}  // namespace wordsight::ui
