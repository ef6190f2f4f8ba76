#pragma once
// The vision tower of Qwen2-VL (arXiv 2409.12191, §2.1): patches of any grid, 2-D rotary positions,
// full attention inside a picture, and a merger that makes one token of the language model from
// merge × merge patches. Shapes in names: P patches of one picture, W tower width, H heads, E head
// size, N = P / merge² tokens, D text width.

#include <torch/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "domain/pixels.h"
#include "neural/models/qwen2_vl/patches.h"

namespace wordsight::neural {

/// `vision_config` of config.json.
struct VisionConfig : PatchSizes {
  std::int64_t depth = 0, width = 0, heads = 0, mlpWidth = 0;
  std::int64_t outWidth = 0;  // width of the language part
  double ropeTheta = 10000;
  bool quickGelu = true;  // x·σ(1.702x); otherwise the exact GELU
};

/// Reads the section `vision_config` of a Qwen2-VL config.json (`root` is the whole file). Sizes
/// out of bounds and settings that are not handled are errors that name the key.
Result<VisionConfig> readVisionConfig(const ConfigReader& root);

/// Immutable after load; forward may be called from one thread at a time. Never trained: no
/// gradients are recorded.
class VisionTower {
 public:
  static Result<VisionTower> load(const VisionConfig& config, const TensorSource& tensors);

  const VisionConfig& config() const { return m_config; }
  /// Whether a picture fits the tower: grid, shape and number of values agree with each other and
  /// with the config.
  Status check(const PixelPack& picture) const;
  /// One picture's features, row by row of merged patches → features_ND. The picture must pass
  /// check(): otherwise std::invalid_argument.
  torch::Tensor forward(const PixelPack& picture) const;

  /// Every tensor by its name below the tower's root, as loaded: for hashes and counts.
  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  struct Block {
    torch::Tensor norm1Weight, norm1Bias, norm2Weight, norm2Bias;
    torch::Tensor qkvWeight, qkvBias, projWeight, projBias;
    torch::Tensor fc1Weight, fc1Bias, fc2Weight, fc2Bias;
  };
  torch::Tensor frame(const torch::Tensor& patches_PV, std::int64_t rows,
                      std::int64_t columns) const;
  torch::Tensor blockForward(const Block& block, const torch::Tensor& x_PW,
                             const PatchRotation& rotation) const;

  VisionConfig m_config;
  torch::Tensor m_patch;  // [W, patchValues]: the 3-D convolution of stride = kernel is a product
  std::vector<Block> m_blocks;
  torch::Tensor m_mergerNormWeight, m_mergerNormBias, m_merger0Weight, m_merger0Bias,
      m_merger2Weight, m_merger2Bias;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
