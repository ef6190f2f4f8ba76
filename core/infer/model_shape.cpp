#include "infer/model_shape.h"

#include "domain/config_reader.h"
#include "neural/language_model.h"

namespace wordsight::infer {

std::int64_t ModelShape::languageParameters() const {
  const auto queries = heads * headSize, keys = kvHeads * headSize;
  const auto attention = width * queries * 2 + width * keys * 2 + (biases ? queries + 2 * keys : 0);
  const auto layer = attention + 3 * width * inner + 2 * width;
  return (vocabulary * (tied ? 1 : 2) + extraEmbeddings) * width +
         (layers - pictureLayers) * layer + width;
}

std::int64_t ModelShape::adapterParameters(int rank,
                                           const std::vector<std::string>& targets) const {
  std::int64_t sides = 0;  // inputs and outputs of a layer's targets
  for (const auto& target : targets) {
    if (target == "q_proj" || target == "o_proj")
      sides += width + heads * headSize;
    else if (target == "k_proj" || target == "v_proj")
      sides += width + kvHeads * headSize;
    else if (target == "gate_proj" || target == "up_proj" || target == "down_proj")
      sides += width + inner;
  }
  return sides * rank * (layers - pictureLayers);
}

Result<ModelShape> readModelShape(const std::filesystem::path& folder) {
  WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(folder / "config.json"));
  WORDSIGHT_TRY(const auto modelType, config.text("model_type"));
  WORDSIGHT_TRY(const auto family, neural::familyOf(modelType, config.what()));
  WORDSIGHT_TRY(const auto decoder, family.readConfig(config));
  ModelShape shape;
  shape.family = family.modelType;
  shape.vocabulary = decoder.vocabulary;
  shape.width = decoder.width;
  shape.inner = decoder.mlpWidth;
  shape.layers = decoder.layers;
  shape.heads = decoder.heads.heads;
  shape.kvHeads = decoder.heads.kvHeads;
  shape.headSize = decoder.heads.headSize;
  shape.maxPositions = decoder.rope.reach(decoder.maxPositions);
  shape.pictureLayers = static_cast<std::int64_t>(decoder.otherLayers.size());
  shape.extraEmbeddings = decoder.extraEmbeddings;
  shape.tied = decoder.tied;
  shape.biases = decoder.qkvBias;
  shape.hasVision = config.isObject("vision_config");
  return shape;
}

}  // namespace wordsight::infer
