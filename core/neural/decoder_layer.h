#pragma once
// One decoder layer, forward and backward by hand. Written out, because the base is frozen: only
// what the adapters need is kept, no gradient of a base weight is ever computed, and keeping only
// the layer's input (recompute) is one line.

#include <torch/types.h>

#include <memory>
#include <vector>

#include "neural/decoder.h"

namespace wordsight::neural {

/// What all layers of one forward pass share. Kept alive by the backward pass.
struct Pass {
  AttentionPlan plan;
  kernels::Rotation rotation;        // of every row
  kernels::Rotation chosenRotation;  // of the rows that ask in the last layer
  AttentionPlan lastPlan;            // used when `wanted` is defined
  torch::Tensor wanted_N;            // rows that the last layer computes; undefined: all
  std::int64_t chosenRows = 0;       // their number with padding
  std::int64_t rows = 0;             // without padding
  KvCache* cache = nullptr;
  HeadSizes heads;
  double normEps = 1e-6;
  DropoutState dropout;
  bool recompute = false;
};

/// One layer within a pass.
struct LayerCall {
  std::shared_ptr<const Pass> pass;
  const DecoderLayer* layer = nullptr;
  std::size_t index = 0;
  bool chosen =
      false;  // the last layer with wanted rows: queries and everything after them for those only
  LinearCall query, keyValue;  // when chosen; otherwise `qkv`
  LinearCall qkv, out, gateUp, down;
};
LayerCall layerCall(std::shared_ptr<const Pass> pass, const DecoderLayer& layer, std::size_t index,
                    bool chosen);

/// hidden_TD → hidden_TD (or the chosen rows). Differentiable with respect to hidden_TD and the
/// adapters.
torch::Tensor runLayer(const LayerCall& call, const torch::Tensor& hidden_TD);

/// The last norm, differentiable with respect to its input.
torch::Tensor runNorm(const torch::Tensor& hidden_TD, const torch::Tensor& weight_D, double eps);

}  // namespace wordsight::neural
