#include "neural/models/llama/llama.h"

#include "neural/decoder_config.h"

namespace wordsight::neural {

Result<DecoderConfig> readLlamaConfig(const ConfigReader& config) {
  WORDSIGHT_CHECK(refuseQuantized(config));
  WORDSIGHT_TRY(auto decoder, readSizes(config, true));
  WORDSIGHT_TRY(decoder.rope, readRope(config, 10000, false, decoder.heads.headSize));
  WORDSIGHT_TRY(decoder.qkvBias, booleanOr(config, "attention_bias", false));
  decoder.outBias = decoder.qkvBias;
  WORDSIGHT_TRY(decoder.mlpBias, booleanOr(config, "mlp_bias", false));
  WORDSIGHT_CHECK(onlyInteger(config, "pretraining_tp", 1));
  return decoder;
}

const NameTable& llamaNames() {
  static const NameTable table{{{"language.", "model."}, {"lm_head.", "lm_head."}},
                               {{"language.", "model."}}};
  return table;
}

namespace {

Result<std::unique_ptr<LanguageModel>> loadLlama(const std::filesystem::path& folder,
                                                 const ConfigReader& config,
                                                 const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readLlamaConfig(config));
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, llamaNames(), options.dtype));
  Decoder decoder(decoderConfig, weights);
  WORDSIGHT_CHECK(weights.finish());
  ModelInfo info;
  info.family = "llama";
  info.folder = folder;
  return std::make_unique<DecoderModel>(std::move(info), llamaNames(), std::move(decoder));
}

}  // namespace

Family llamaFamily() { return {"llama", &llamaNames(), &loadLlama, &readLlamaConfig}; }

}  // namespace wordsight::neural
