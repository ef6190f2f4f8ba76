#pragma once
#include <functional>
#include <stop_token>
#include <vector>

#include "base/random.h"
#include "neural/model.h"

namespace wordsight::neural {

/// One prompt: token ids with picture placeholders already expanded, and the pictures in order.
struct Prompt {
  std::vector<std::int64_t> ids;
  std::vector<PixelPack> pictures;
};

struct Sampling {
  double temperature = 0;  // 0: greedy
  int topK = 0;            // 0: off
  double topP = 1, minP = 0, repetitionPenalty = 1;
  std::uint64_t seed = 0;
  int maxTokens = 256;
  std::vector<std::int64_t> stopIds;  // generation ends before these are given out
};

/// Called for each new token of each prompt; return false to end that prompt.
using OnToken = std::function<bool(std::size_t prompt, std::int64_t token)>;

/// New tokens of each prompt (without the stop token). Prompts run together, ragged, with one
/// key/value cache; many or long ones in groups, so that memory stays bounded. What a prompt gives
/// does not depend on its company: each draws from a random stream of its own. An answer also ends
/// where the model's positions do. Errors name the prompt (from 1) or setting; a request to stop is
/// looked at before each token and gives ErrorKind::Cancelled.
Result<std::vector<std::vector<std::int64_t>>> generate(const LanguageModel& model,
                                                        const std::vector<Prompt>& prompts,
                                                        const Sampling& sampling,
                                                        const OnToken& onToken = {},
                                                        std::stop_token stop = {});

/// log-probabilities of `candidates` as the next token after each prompt, normalised over the whole
/// vocabulary: [prompt][candidate]. One forward pass over all prompts; the head runs on last
/// positions only, and a prefix that all prompts share (and that holds no picture) is computed
/// once.
Result<std::vector<std::vector<double>>> nextTokenLogProbs(
    const LanguageModel& model, const std::vector<Prompt>& prompts,
    const std::vector<std::int64_t>& candidates);

/// float32 logits of every position of one prompt: [T, V].
Result<torch::Tensor> allLogits(const LanguageModel& model, const Prompt& prompt);

}  // namespace wordsight::neural
