#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// New orders of options (for domain's reordered()) that make the keys' letters uniform to within
/// one among the items that have equally many options. orders[i] belongs to contents[i]; an item
/// without a usable key gets its own order, and so does one that is `fixed` (empty: none is), whose
/// letter counts. Seeded.
std::vector<std::vector<std::size_t>> reshuffleForBalance(std::span<const ScenarioContent> contents,
                                                          std::uint64_t seed,
                                                          const std::vector<bool>& fixed = {});

/// The control of an experiment: each scenario gets a random letter as its key and the rationale of
/// another one, so that a model can learn the form from it but no decision. Seeded.
std::vector<ScenarioContent> shuffledControl(std::vector<ScenarioContent> contents,
                                             std::uint64_t seed);

/// A named share of a dataset.
struct SplitShare {
  std::string name;
  double fraction = 0;
  bool operator==(const SplitShare&) const = default;
};
/// "train=0.9,eval=0.1": names of letters, digits, '-' and '_', each once; fractions above 0 that
/// sum to 1.
Result<std::vector<SplitShare>> splitSharesFromText(std::string_view text);

/// Which share (an index into `shares`) each scenario belongs to. Scenarios with the same situation
/// (normalised) are never on two sides; sizes are as near to the fractions as that allows. The
/// result depends on the seed and on the set of situations, not on their order. An error when a
/// share would be empty.
Result<std::vector<std::size_t>> splitBySituation(std::span<const ScenarioContent> contents,
                                                  const std::vector<SplitShare>& shares,
                                                  std::uint64_t seed);

}  // namespace wordsight::curate
