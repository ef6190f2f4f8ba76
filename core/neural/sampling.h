#pragma once
// From the logits of one position to a token. The order of the steps is that of transformers'
// generate(): repetition penalty, temperature, top-k, top-p, min-p; each step sees what the earlier
// ones left.

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "neural/generate.h"

namespace wordsight::neural {

struct TokenChance {
  std::int64_t id = 0;
  double probability = 0;
};

/// Settings out of range are errors that name the setting.
Status checkSampling(const Sampling& sampling);

/// The logits after the repetition penalty (Keskar et al. 2019, arXiv 1909.05858, §4.1, in the
/// sign-aware form that is in use: positive logits of tokens that have occurred are divided by it,
/// negative ones multiplied).
std::vector<float> penalised(std::span<const float> logits,
                             const std::vector<std::int64_t>& history, double penalty);

/// What may be drawn, likeliest first (equal ones by id), probabilities adding up to 1. Never empty
/// for finite logits. temperature must be above 0. `history`: the prompt and what was generated so
/// far.
std::vector<TokenChance> distribution(std::span<const float> logits,
                                      const std::vector<std::int64_t>& history,
                                      const Sampling& sampling);

/// The next token: the likeliest one at temperature 0, otherwise one drawn with `random`.
std::int64_t chooseToken(std::span<const float> logits, const std::vector<std::int64_t>& history,
                         const Sampling& sampling, Random& random);

}  // namespace wordsight::neural
