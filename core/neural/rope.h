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
  enum class Kind { Plain, Linear, Llama3, Dynamic, Yarn };
  Kind kind = Kind::Plain;
  double theta = 10000;
  double factor = 1, originalPositions = 8192;
  double lowFrequencyFactor = 1, highFrequencyFactor = 4;  // Llama3
  double betaFast = 32, betaSlow = 1;                      // Yarn: turns over originalPositions
  bool truncate = true;                                    // Yarn: whole numbers of frequencies
  double amplitude = 1;                                    // Yarn: of cos and sin
  std::vector<std::int64_t>
      sections;  // M-RoPE: frequencies that turn with time, height, width; empty: one position

  /// Frequencies depend on the length of a sequence, so that even its first keys are not known
  /// before it is.
  bool byLength() const { return kind == Kind::Dynamic; }
  /// How many positions a model with `max_position_embeddings` = positions takes.
  std::int64_t reach(std::int64_t positions) const {
    return byLength() ? static_cast<std::int64_t>(factor * static_cast<double>(positions))
                      : positions;
  }
};

/// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling`. Unknown kinds are
/// refused by name. `mrope`: whether the family has sections; their sum must be headSize / 2.
Result<RopeConfig> readRope(const ConfigReader& config, double defaultTheta, bool mrope,
                            std::int64_t headSize);

/// Angle per position of each pair of a head, in a sequence of `length` tokens: float32
/// [headSize / 2].
torch::Tensor inverseFrequencies(const RopeConfig& config, std::int64_t headSize,
                                 std::int64_t length = 0);

/// cos and sin for positions int64 [T] or (M-RoPE) [3, T] of sequences laid end to end. `inverse`:
/// inverseFrequencies() of short sequences.
kernels::Rotation rotationAt(const torch::Tensor& positions,
                             const std::vector<std::int64_t>& lengths, const torch::Tensor& inverse,
                             const RopeConfig& config);

}  // namespace wordsight::neural
