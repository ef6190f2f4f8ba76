#include "neural/models/qwen2_vl/qwen2_vl.h"

#include "neural/decoder_config.h"
#include "neural/models/qwen2_vl/picture_model.h"

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
  WORDSIGHT_CHECK(refuseSlidingWindow(text, decoder.layers, decoder.maxPositions));
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

Result<std::unique_ptr<LanguageModel>> loadQwen2Vl(const std::filesystem::path& folder,
                                                   const ConfigReader& config,
                                                   const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readQwen2VlConfig(config));
  WORDSIGHT_TRY(const auto visionConfig, readVisionConfig(config));
  return loadPictureModel<VisionTower>("qwen2_vl", qwen2VlNames(), folder, config, decoderConfig,
                                       visionConfig, options);
}

}  // namespace

Family qwen2VlFamily() { return {"qwen2_vl", &qwen2VlNames(), &loadQwen2Vl, &readQwen2VlConfig}; }

}  // namespace wordsight::neural
