#include "neural/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace wordsight::neural {
namespace {

struct Scored {
  float score;
  std::int64_t id;
};

bool likelier(const Scored& a, const Scored& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}

/// Sorts only as many of the likeliest as hold the share `topP` of `total` (weights are exp(score -
/// best)), and returns their number: with 150,000 tokens to choose from, a few hundred usually do.
std::size_t sortNucleus(std::vector<Scored>& tokens, double topP, double total, float best) {
  std::size_t sorted = 0, kept = 0;
  double before = 0;
  for (std::size_t want = 256; sorted < tokens.size(); want *= 4) {
    const std::size_t end = std::min(tokens.size(), sorted + want);
    std::partial_sort(tokens.begin() + static_cast<std::ptrdiff_t>(sorted),
                      tokens.begin() + static_cast<std::ptrdiff_t>(end), tokens.end(), likelier);
    for (; kept < end; ++kept) {
      if (kept > 0 && before >= topP * total) return kept;
      before += std::exp(static_cast<double>(tokens[kept].score - best));
    }
    sorted = end;
  }
  return kept;
}

void keepTopK(std::vector<Scored>& tokens, std::size_t k) {
  if (k == 0 || k >= tokens.size()) return;
  std::nth_element(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(k - 1),
                   tokens.end(), likelier);
  // Tokens that tie with the k-th stay, as in the reference.
  const float least = tokens[k - 1].score;
  std::erase_if(tokens, [least](const Scored& token) { return token.score < least; });
}

}  // namespace

Status checkSampling(const Sampling& s) {
  const auto wrong = [](const std::string& name, const std::string& range) {
    return fail("Sampling setting \"" + name + "\" must be " + range + ".");
  };
  if (!(s.temperature >= 0 && s.temperature <= 1000))
    return wrong("temperature", "between 0 (greedy) and 1000");
  if (s.topK < 0) return wrong("top_k", "0 (off) or a positive number");
  if (!(s.topP > 0 && s.topP <= 1)) return wrong("top_p", "above 0 and at most 1 (off)");
  if (!(s.minP >= 0 && s.minP <= 1)) return wrong("min_p", "between 0 (off) and 1");
  if (!(s.repetitionPenalty > 0 && s.repetitionPenalty <= 1000))
    return wrong("repetition_penalty", "above 0 (1 is off) and at most 1000");
  if (s.maxTokens < 0) return wrong("max_tokens", "0 or a positive number");
  return {};
}

std::vector<float> penalised(std::span<const float> logits,
                             const std::vector<std::int64_t>& history, double penalty) {
  std::vector<float> out(logits.begin(), logits.end());
  if (penalty == 1) return out;
  const auto factor = static_cast<float>(penalty);
  for (const std::int64_t id : history) {
    if (id < 0 || id >= static_cast<std::int64_t>(out.size())) continue;
    const auto at = static_cast<std::size_t>(id);
    // From the untouched logits: a token that occurred often is penalised once.
    out[at] = logits[at] < 0 ? logits[at] * factor : logits[at] / factor;
  }
  return out;
}

std::vector<TokenChance> distribution(std::span<const float> logits,
                                      const std::vector<std::int64_t>& history,
                                      const Sampling& sampling) {
  const std::vector<float> scores = penalised(logits, history, sampling.repetitionPenalty);
  const auto temperature = static_cast<float>(sampling.temperature);
  std::vector<Scored> tokens(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i)
    tokens[i] = {scores[i] / temperature, static_cast<std::int64_t>(i)};
  if (tokens.empty()) return {};

  keepTopK(tokens, static_cast<std::size_t>(sampling.topK));
  const float best = std::min_element(tokens.begin(), tokens.end(), likelier)->score;
  const auto weight = [best](const Scored& token) {
    return std::exp(static_cast<double>(token.score - best));
  };
  if (sampling.topP < 1) {
    const double total =
        std::accumulate(tokens.begin(), tokens.end(), 0.0,
                        [&](double sum, const Scored& token) { return sum + weight(token); });
    tokens.resize(sortNucleus(tokens, sampling.topP, total, best));
  }
  // The likeliest has weight 1, so weights are what min-p compares.
  if (sampling.minP > 0)
    std::erase_if(tokens, [&](const Scored& token) { return weight(token) < sampling.minP; });
  std::sort(tokens.begin(), tokens.end(), likelier);

  std::vector<TokenChance> out;
  out.reserve(tokens.size());
  double total = 0;
  for (const Scored& token : tokens) {
    out.push_back({token.id, weight(token)});
    total += out.back().probability;
  }
  for (TokenChance& chance : out) chance.probability /= total;
  return out;
}

std::int64_t chooseToken(std::span<const float> logits, const std::vector<std::int64_t>& history,
                         const Sampling& sampling, Random& random) {
  if (sampling.temperature == 0) {
    const std::vector<float> scores = penalised(logits, history, sampling.repetitionPenalty);
    return std::max_element(scores.begin(), scores.end()) - scores.begin();
  }
  const std::vector<TokenChance> chances = distribution(logits, history, sampling);
  double left = random.uniform();
  for (const TokenChance& chance : chances) {
    left -= chance.probability;
    if (left < 0) return chance.id;
  }
  return chances.back().id;  // rounding left a sliver
}

}  // namespace wordsight::neural
