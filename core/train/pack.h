#pragma once
#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "neural/model.h"
#include "train/samples.h"

namespace wordsight::train {

/// Which samples of a step go together into one forward pass: indices into the step's list.
/// First fit by falling length (ties by index): few packs, the same every time. A sample longer
/// than `microTokens` goes alone. Within a pack samples stand by falling length, so that attention
/// meets equal lengths side by side.
std::vector<std::vector<std::size_t>> planPacks(const std::vector<std::int64_t>& lengths,
                                                std::int64_t microTokens);

/// Samples laid end to end, as the model takes them. T tokens of all, N rows that predict a counted
/// token.
struct Pack {
  torch::Tensor ids_T;                   // int64
  neural::Layout layout;                 // positions restart with each sample
  torch::Tensor wanted_N;                // int64: the row before each counted token
  torch::Tensor targets_N;               // int64: the counted token
  torch::Tensor weights_N;               // float32
  std::int64_t tokens = 0, counted = 0;  // T and N without the filling
};

/// Positions of a text of up to `length` tokens as the model wants them: [length], or [3, length]
/// for M-RoPE.
torch::Tensor textPositions(const neural::LanguageModel& model, std::int64_t length);

/// `positions` from textPositions, at least as long as the longest sample.
Pack makePack(const std::vector<TokenSample>& samples, const std::vector<std::size_t>& chosen,
              const torch::Tensor& positions, double choiceWeight);

}  // namespace wordsight::train
