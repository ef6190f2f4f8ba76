#pragma once
// The vision tower of Qwen2.5-VL (arXiv 2502.13923, §2.1.1): as Qwen2-VL's, but with RMS norms and
// SwiGLU, and attention inside square windows except in a few blocks. Shapes in names: P patches of
// one frame, W tower width, H heads, E head size, N = P / merge² tokens, D text width.

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
struct WindowedVisionConfig : PatchSizes {
  std::int64_t depth = 0, width = 0, heads = 0, mlpWidth = 0;
  std::int64_t outWidth = 0;              // width of the language part
  std::int64_t window = 4;                // tokens a side: window_size / merge / patch
  std::vector<std::int64_t> wholeBlocks;  // fullatt_block_indexes
  double ropeTheta = 10000;
};
/// Reads the section `vision_config` of a Qwen2.5-VL config.json (`root` is the whole file). Sizes
/// out of bounds and settings that are not handled are errors that name the key.
Result<WindowedVisionConfig> readWindowedVisionConfig(const ConfigReader& root);

/// Tokens of a frame in the order in which windows take them, windows of like size together.
struct WindowOrder {
  std::vector<std::int64_t> tokens;  // by their place in the picture
  struct Run {
    std::int64_t windows = 0, tokens = 0;  // in each
  };
  std::vector<Run> runs;
};
/// rows × columns tokens; windows at the right and lower edge may be smaller.
WindowOrder windowOrder(std::int64_t rows, std::int64_t columns, std::int64_t window);

/// Immutable after load; forward may be called from one thread at a time. Never trained: no
/// gradients are recorded.
class WindowedVisionTower {
 public:
  static Result<WindowedVisionTower> load(const WindowedVisionConfig& config,
                                          const TensorSource& tensors);

  /// One picture's features, row by row of merged patches → features_ND. A picture that does not
  /// fit the tower: std::invalid_argument with the sentence of checkPatches().
  torch::Tensor forward(const PixelPack& picture) const;
  /// Every tensor by its name below the tower's root, as loaded: for hashes and counts.
  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  struct Block {
    torch::Tensor norm1, norm2;
    torch::Tensor qkvWeight, qkvBias, projWeight, projBias;
    torch::Tensor gateWeight, gateBias, upWeight, upBias, downWeight, downBias;
    bool whole = false;  // every patch sees every other
  };
  torch::Tensor frame(const torch::Tensor& patches_PV, std::int64_t rows,
                      std::int64_t columns) const;
  torch::Tensor blockForward(const Block& block, const torch::Tensor& x_PW,
                             const PatchRotation& rotation,
                             const std::vector<WindowOrder::Run>& runs) const;

  WindowedVisionConfig m_config;
  torch::Tensor m_patch;  // [W, patchValues]: the 3-D convolution of stride = kernel is a product
  std::vector<Block> m_blocks;
  torch::Tensor m_mergerNorm, m_merger0Weight, m_merger0Bias, m_merger2Weight, m_merger2Bias;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
