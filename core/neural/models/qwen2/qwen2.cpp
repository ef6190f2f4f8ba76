#include "neural/models/qwen2/qwen2.h"

#include "neural/decoder_config.h"

namespace wordsight::neural {

Result<DecoderConfig> readQwen2Config(const ConfigReader& config) {
  WORDSIGHT_CHECK(refuseQuantized(config));
  WORDSIGHT_TRY(auto decoder, readSizes(config, true));
  WORDSIGHT_TRY(decoder.rope, readRope(config, 10000, false, decoder.heads.headSize));
  decoder.qkvBias = true;
  WORDSIGHT_CHECK(refuseSlidingWindow(config, decoder.layers, decoder.maxPositions));
  return decoder;
}

const NameTable& qwen2Names() {
  static const NameTable table{{{"language.", "model."}, {"lm_head.", "lm_head."}},
                               {{"language.", "model."}}};
  return table;
}

namespace {

Result<std::unique_ptr<LanguageModel>> loadQwen2(const std::filesystem::path& folder,
                                                 const ConfigReader& config,
                                                 const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readQwen2Config(config));
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, qwen2Names(), options.dtype));
  Decoder decoder(decoderConfig, weights);
  WORDSIGHT_CHECK(weights.finish());
  ModelInfo info;
  info.family = "qwen2";
  info.folder = folder;
  return std::make_unique<DecoderModel>(std::move(info), qwen2Names(), std::move(decoder));
}

}  // namespace

Family qwen2Family() { return {"qwen2", &qwen2Names(), &loadQwen2, &readQwen2Config}; }

}  // namespace wordsight::neural
