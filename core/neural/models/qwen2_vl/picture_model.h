#pragma once
// Qwen2-VL and Qwen2.5-VL are one decoder with M-RoPE before which stands one tower or the other.

#include <torch/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "neural/language_model.h"
#include "neural/models/qwen2_vl/patches.h"
#include "neural/models/qwen2_vl/positions.h"

namespace wordsight::neural {

template <class Tower>
class PictureModel final : public DecoderModel {
 public:
  PictureModel(ModelInfo info, const NameTable& names, Decoder decoder, std::int64_t merge,
               std::optional<Tower> tower)
      : DecoderModel(std::move(info), names, std::move(decoder)),
        m_merge(merge),
        m_tower(std::move(tower)) {
    countParameters();
  }

  torch::Tensor see(const PixelPack& picture) const override {
    return m_tower ? m_tower->forward(picture) : DecoderModel::see(picture);
  }

  Positions positionsOf(const std::vector<std::int64_t>& ids,
                        const std::vector<PixelPack>& pictures) const override {
    return ropePositions(ids, pictures, m_info.imageToken, m_merge);
  }

 protected:
  std::vector<std::pair<std::string, torch::Tensor>> otherTensors() const override {
    std::vector<std::pair<std::string, torch::Tensor>> tensors;
    if (!m_tower) return tensors;
    for (const auto& [name, tensor] : m_tower->tensors())
      tensors.emplace_back("vision." + name, tensor);
    return tensors;
  }

 private:
  std::int64_t m_merge;
  std::optional<Tower> m_tower;
};

/// Loads a family of this kind. The tower's tensors are not read unless they are asked for.
template <class Tower, class TowerConfig>
Result<std::unique_ptr<LanguageModel>> loadPictureModel(const char* family, const NameTable& names,
                                                        const std::filesystem::path& folder,
                                                        const ConfigReader& config,
                                                        const DecoderConfig& decoderConfig,
                                                        const TowerConfig& towerConfig,
                                                        const LoadOptions& options) {
  if (towerConfig.outWidth != decoderConfig.width)
    return fail(config.what() + ": the vision part gives features of width " +
                std::to_string(towerConfig.outWidth) + ", but the language part is " +
                std::to_string(decoderConfig.width) +
                " wide; restore the model's own config.json.");
  ModelInfo info;
  info.family = family;
  info.folder = folder;
  info.hasVision = true;
  info.imageToken = 151655;
  if (config.has("image_token_id")) {
    WORDSIGHT_TRY(info.imageToken,
                  config.integer("image_token_id", 0, decoderConfig.vocabulary - 1));
  }
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, names, options.dtype));
  Decoder decoder(decoderConfig, weights);
  std::optional<Tower> tower;
  if (options.vision) {
    const TensorSource source = [&](const std::string& name,
                                    const std::vector<std::int64_t>& shape) {
      return weights.require("vision." + name, shape);
    };
    WORDSIGHT_TRY(tower, Tower::load(towerConfig, source));
  } else {
    weights.skip("vision.");
  }
  WORDSIGHT_CHECK(weights.finish());
  return std::make_unique<PictureModel<Tower>>(std::move(info), names, std::move(decoder),
                                               towerConfig.merge, std::move(tower));
}

}  // namespace wordsight::neural
