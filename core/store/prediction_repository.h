#pragma once
#include <functional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/prediction.h"
#include "store/connection.h"

namespace wordsight::store {

/// A person's reading of an answer; the answer itself stays. The newest one holds.
struct ChoiceOverride {
  PredictionId prediction;
  int option = -1;         // -1: says no option
  bool withdrawn = false;  // true: the rule's choice holds again
  std::string person, note;
  UnixMillis createdAt = 0;
};

/// Answers and what was read out of them.
class PredictionRepository {
 public:
  explicit PredictionRepository(Connection& connection) : m_connection(connection) {}

  Result<PredictionId> append(const Prediction& prediction);
  /// All or none; ids in the order given. An item and shift that the run answered already is an
  /// error.
  Result<std::vector<PredictionId>> appendMany(std::span<const Prediction> predictions);
  /// What a run has answered: where to go on.
  Result<std::set<std::pair<ItemId, int>>> done(RunId run);
  /// In order of items, then shifts.
  Result<std::vector<Prediction>> list(RunId run);
  Result<std::int64_t> count(RunId run);
  Result<Prediction> get(PredictionId id);

  // Derived: choices by rule may be computed and put again at any time.
  Status putChoices(std::span<const std::pair<PredictionId, Choice>> choices);
  using Choices = std::unordered_map<PredictionId, Choice>;
  /// By rule alone, of a run's predictions that have one.
  Result<Choices> ruleChoices(RunId run);
  /// What counts: a person's override (rule "override") before the rule's choice.
  Result<Choices> choices(RunId run);

  /// `option` is checked against the item's options.
  Status overrideChoice(PredictionId id, int option, const std::string& person,
                        const std::string& note = {});
  Status withdrawOverride(PredictionId id, const std::string& person, const std::string& note = {});
  /// Runs with an answer that a person ever overrode.
  Result<std::set<RunId>> overriddenRuns();
  /// Oldest first.
  Result<std::vector<ChoiceOverride>> overrides(PredictionId id);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
