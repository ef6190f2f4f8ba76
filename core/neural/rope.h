#pragma once
// Rotary positions (Su et al. 2021) with the scalings that published checkpoints use, and M-RoPE
// (arXiv 2409.12191, §2.1).

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "neural/kernels.h"

namespace wordsight::neural {

struct RopeConfig {
  enum class Kind { Plain, Linear, Llama3 };
  Kind kind = Kind::Plain;
  double theta = 10000;
  double factor = 1, lowFrequencyFactor = 1, highFrequencyFactor = 4, originalPositions = 8192;
  std::vector<std::int64_t>
      sections;  // M-RoPE: frequencies that turn with time, height, width; empty: one position
};

/// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling`. Unknown kinds are
/// refused by name. `mrope`: whether the family has sections; their sum must be headSize / 2.
Result<RopeConfig> readRope(const ConfigReader& config, double defaultTheta, bool mrope,
                            std::int64_t headSize);

/// Angle per position of each pair of a head: float32 [headSize / 2].
torch::Tensor inverseFrequencies(const RopeConfig& config, std::int64_t headSize);

/// cos and sin for positions int64 [T] or (M-RoPE) [3, T].
kernels::Rotation rotationAt(const torch::Tensor& positions, const torch::Tensor& inverse,
                             const RopeConfig& config);

}  // namespace wordsight::neural
