#pragma once
// The vision tower of Llama 3.2 Vision (arXiv 2407.21783, §7; the layers as transformers 5.17 has
// them): up to four tiles of a picture attend to each other, embeddings say which tile of which
// arrangement each is, gated global layers follow, and hidden states from within are handed on
// beside the last. Shapes in names: M tiles, P patches of a tile and its class token, T rows of all
// tiles with padding, W width, H heads, E head size, D text width.

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "domain/pixels.h"
#include "neural/weights.h"

namespace wordsight::neural {

struct MllamaVisionConfig {
  std::int64_t depth = 0, globalDepth = 0, width = 0, heads = 0, mlpWidth = 0;
  std::int64_t pictureSide = 0, patch = 0, mostTiles = 4;
  std::vector<std::int64_t> states;  // of which blocks the outputs are handed on
  std::vector<std::pair<std::int64_t, std::int64_t>> arrangements;  // rows and columns of tiles
  double normEps = 1e-5;
  bool tanhGelu = false;
  std::int64_t textWidth = 0;

  std::int64_t patches() const {  // of a tile, with the class token
    return (pictureSide / patch) * (pictureSide / patch) + 1;
  }
  std::int64_t rows() const { return mostTiles * patches(); }  // of features a picture
  std::int64_t outWidth() const { return width * (1 + static_cast<std::int64_t>(states.size())); }
};

/// Reads the section `vision_config` (`root` is the whole file); what is not handled is refused by
/// name.
Result<MllamaVisionConfig> readMllamaVisionConfig(const ConfigReader& root);

/// Tower and projector. Immutable after it was made; never trained: no gradients are recorded.
class MllamaTower {
 public:
  /// Takes "vision.…" from `weights`; what is wrong shows in weights.finish(), before which the
  /// tower must not be used.
  MllamaTower(const MllamaVisionConfig& config, WeightSource& weights);

  /// Whether a picture fits the tower.
  Status check(const PixelPack& picture) const;
  /// One picture's features, tile by tile, tiles without picture too → [mostTiles * P, D]. The
  /// picture must pass check(): otherwise std::invalid_argument.
  torch::Tensor forward(const PixelPack& picture) const;

  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  struct Norm {
    torch::Tensor weight, bias;
  };
  struct Block {
    Norm norm1, norm2;
    torch::Tensor q, k, v, out, fc1, fc1Bias, fc2, fc2Bias;
    torch::Tensor attentionGate, mlpGate;  // global layers only
  };
  torch::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape,
                     WeightSource& weights);
  Norm takeNorm(const std::string& name, WeightSource& weights);
  Block takeBlock(const std::string& at, bool gated, WeightSource& weights);
  torch::Tensor embedded(const PixelPack& picture) const;
  torch::Tensor blockForward(const Block& block, const torch::Tensor& x_TW,
                             std::int64_t pictureRows) const;

  MllamaVisionConfig m_config;
  torch::Tensor m_patch, m_class_W, m_positionGate, m_positions_PW, m_tilePositions;
  torch::Tensor m_preTile, m_preTileGate, m_postTile, m_postTileGate;
  Norm m_normPre, m_normPost;
  std::vector<Block> m_blocks, m_globalBlocks;
  torch::Tensor m_projector, m_projectorBias;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
