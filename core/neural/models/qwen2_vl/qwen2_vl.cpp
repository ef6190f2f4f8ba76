#include "neural/models/qwen2_vl/qwen2_vl.h"

#include <torch/torch.h>

#include <stdexcept>

#include "neural/decoder_config.h"
#include "neural/models/qwen2_vl/positions.h"

namespace wordsight::neural {

Result<DecoderConfig> readQwen2VlConfig(const ConfigReader& config) {
  WORDSIGHT_CHECK(refuseQuantized(config));
  // Newer files nest the text part, older ones (and the hub's) keep it at the root.
  const bool nested = config.isObject("text_config");
  ConfigReader text = config;
  if (nested) {
    WORDSIGHT_TRY(text, config.section("text_config"));
  }
  WORDSIGHT_TRY(auto decoder, readSizes(text, false));
  if (!text.has("rms_norm_eps")) decoder.normEps = 1e-5;
  WORDSIGHT_TRY(decoder.rope, readRope(text, 1e6, true, decoder.heads.headSize));
  decoder.qkvBias = true;
  WORDSIGHT_CHECK(refuseSlidingWindow(text, decoder.layers));
  WORDSIGHT_TRY(const bool rootTied, booleanOr(config, "tie_word_embeddings", false));
  decoder.tied = decoder.tied || rootTied;
  return decoder;
}

const NameTable& qwen2VlNames() {
  static const NameTable table{{{"language.", "model.language_model."},
                                {"vision.", "model.visual."},
                                {"language.", "model."},
                                {"vision.", "visual."},
                                {"lm_head.", "lm_head."}},
                               {{"language.", "model.language_model."}}};
  return table;
}

namespace {

class Qwen2VlModel final : public DecoderModel {
 public:
  Qwen2VlModel(ModelInfo info, Decoder decoder, std::int64_t merge,
               std::optional<VisionTower> tower)
      : DecoderModel(std::move(info), qwen2VlNames(), std::move(decoder)),
        m_merge(merge),
        m_tower(std::move(tower)) {
    countParameters();
  }

  torch::Tensor see(const PixelPack& picture) const override {
    if (!m_tower) return DecoderModel::see(picture);
    const torch::NoGradGuard noGrad;
    return m_tower->forward(picture);
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
  std::optional<VisionTower> m_tower;
};

Result<std::unique_ptr<LanguageModel>> loadQwen2Vl(const std::filesystem::path& folder,
                                                   const ConfigReader& config,
                                                   const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readQwen2VlConfig(config));
  WORDSIGHT_TRY(const auto visionConfig, readVisionConfig(config));
  if (visionConfig.outWidth != decoderConfig.width)
    return fail(config.what() + ": the vision part gives features of width " +
                std::to_string(visionConfig.outWidth) + ", but the language part is " +
                std::to_string(decoderConfig.width) +
                " wide; restore the model's own config.json.");
  ModelInfo info;
  info.family = "qwen2_vl";
  info.folder = folder;
  info.hasVision = true;
  info.imageToken = 151655;
  if (config.has("image_token_id")) {
    WORDSIGHT_TRY(info.imageToken,
                  config.integer("image_token_id", 0, decoderConfig.vocabulary - 1));
  }
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, qwen2VlNames(), options.dtype));
  Decoder decoder(decoderConfig, weights);
  std::optional<VisionTower> tower;
  if (options.vision) {
    const TensorSource source = [&](const std::string& name,
                                    const std::vector<std::int64_t>& shape) {
      return weights.require("vision." + name, shape);
    };
    WORDSIGHT_TRY(tower, VisionTower::load(visionConfig, source));
  } else {
    weights.skip("vision.");
  }
  WORDSIGHT_CHECK(weights.finish());
  return std::make_unique<Qwen2VlModel>(std::move(info), std::move(decoder), visionConfig.merge,
                                        std::move(tower));
}

}  // namespace

Family qwen2VlFamily() { return {"qwen2_vl", &qwen2VlNames(), &loadQwen2Vl, &readQwen2VlConfig}; }

}  // namespace wordsight::neural
