#pragma once
// The vision tower of Qwen2-VL (arXiv 2409.12191, §2.1): patches of any grid, 2-D rotary positions,
// full attention inside a picture, and a merger that makes one token of the language model from
// merge × merge patches. Shapes in names: P patches of one picture, W tower width, H heads, E head
// size, N = P / merge² tokens, D text width.

#include <torch/types.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "domain/pixels.h"

namespace wordsight::neural {

/// `vision_config` of config.json.
struct VisionConfig {
  std::int64_t depth = 0, width = 0, heads = 0, mlpWidth = 0;
  std::int64_t channels = 3, patch = 14, temporalPatch = 2, merge = 2;
  std::int64_t outWidth = 0;  // width of the language part
  double ropeTheta = 10000;
  bool quickGelu = true;  // x·σ(1.702x); otherwise the exact GELU

  std::int64_t patchValues() const { return channels * temporalPatch * patch * patch; }
};

/// Reads the section `vision_config` of a Qwen2-VL config.json (`root` is the whole file). Sizes
/// out of bounds and settings that are not handled are errors that name the key.
Result<VisionConfig> readVisionConfig(const ConfigReader& root);

/// Where a module gets its tensors: by name below the module's own root ("blocks.0.norm1.weight")
/// and expected shape, in the dtype of computation. An absent or wrongly shaped tensor is an error,
/// or an undefined tensor when the source collects what is wrong and the caller asks it afterwards.
using TensorSource = std::function<Result<torch::Tensor>(const std::string& name,
                                                         const std::vector<std::int64_t>& shape)>;

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
  torch::Tensor blockForward(const Block& block, const torch::Tensor& x_PW,
                             const torch::Tensor& cos_P1E, const torch::Tensor& sin_P1E) const;

  VisionConfig m_config;
  torch::Tensor m_patch;  // [W, patchValues]: the 3-D convolution of stride = kernel is a product
  std::vector<Block> m_blocks;
  torch::Tensor m_mergerNormWeight, m_mergerNormBias, m_merger0Weight, m_merger0Bias,
      m_merger2Weight, m_merger2Bias;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

/// Angles of the tower's 2-D rotary positions, float32 [P, E/2]: the first quarter of the head
/// turns with the patch's row, the second with its column. Patches come merge × merge block by
/// block, as the processor lays them out.
torch::Tensor visionAngles(const PixelPack& picture, const VisionConfig& config);

}  // namespace wordsight::neural
