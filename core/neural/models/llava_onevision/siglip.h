#pragma once
// SigLIP's vision tower (arXiv 2303.15343) as LLaVA-OneVision uses it: pictures of one size,
// learned positions, full attention, no class token. Shapes in names: B pictures, P patches, W
// width, H heads, E head size.

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "neural/weights.h"

namespace wordsight::neural {

struct SiglipConfig {
  std::int64_t depth = 0, width = 0, heads = 0, mlpWidth = 0;
  std::int64_t channels = 3, pictureSide = 0, patch = 0;
  double normEps = 1e-6;
  bool tanhGelu = true;  // the exact GELU otherwise

  std::int64_t side() const { return pictureSide / patch; }  // patches along an edge
  std::int64_t patches() const { return side() * side(); }
};

/// Reads the section `vision_config` (`root` is the whole file); what is not handled is refused by
/// name.
Result<SiglipConfig> readSiglipConfig(const ConfigReader& root);

/// Immutable after it was made. Never trained: no gradients are recorded.
class SiglipTower {
 public:
  /// Takes "vision.…" from `weights`, of the blocks only the first `blocks`; what is wrong shows in
  /// weights.finish(), before which the tower must not be used.
  SiglipTower(const SiglipConfig& config, std::int64_t blocks, WeightSource& weights);

  /// Hidden states before the first block and after each, as far as `wanted` names them (0 is the
  /// embedding), side by side: pictures [B, channels, side, side] → [B, P, W * wanted].
  torch::Tensor forward(const torch::Tensor& pictures,
                        const std::vector<std::int64_t>& wanted) const;

  const SiglipConfig& config() const { return m_config; }
  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  struct Linear {
    torch::Tensor weight, bias;
  };
  struct Block {
    Linear norm1, norm2, q, k, v, out, fc1, fc2;
  };
  torch::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape,
                     WeightSource& weights);
  Linear takeLinear(const std::string& name, std::int64_t outputs, std::int64_t inputs,
                    WeightSource& weights);
  torch::Tensor blockForward(const Block& block, const torch::Tensor& x_BPW) const;

  SiglipConfig m_config;
  torch::Tensor m_patchWeight, m_patchBias, m_positions_PW;
  std::vector<Block> m_blocks;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
