#include "neural/decoder_config.h"

#include <algorithm>
#include <cmath>

namespace wordsight::neural {
namespace {

constexpr std::int64_t kMostVocabulary = 1 << 22, kMostWidth = 1 << 16, kMostMlpWidth = 1 << 18;
constexpr std::int64_t kMostLayers = 512, kMostHeads = 1024, kMostHeadSize = 1024,
                       kMostPositions = 1 << 24;

tl::unexpected<Error> refused(const ConfigReader& config, const std::string& key,
                              const std::string& value) {
  return fail(
      config.what() + ": " + key + " = " + value + " is not supported; choose another checkpoint.",
      ErrorKind::Unsupported);
}

}  // namespace

Status onlyText(const ConfigReader& config, const std::string& key, const std::string& value) {
  if (!config.has(key)) return {};
  WORDSIGHT_TRY(const auto found, config.text(key));
  if (found != value) return refused(config, key, '"' + found + '"');
  return {};
}

Status onlyFalse(const ConfigReader& config, const std::string& key) {
  WORDSIGHT_TRY(const bool found, booleanOr(config, key, false));
  if (found) return refused(config, key, "true");
  return {};
}

Status onlyInteger(const ConfigReader& config, const std::string& key, std::int64_t value) {
  if (!config.has(key)) return {};
  WORDSIGHT_TRY(const auto found, config.integer(key, INT64_MIN, INT64_MAX));
  if (found != value) return refused(config, key, std::to_string(found));
  return {};
}

Result<bool> booleanOr(const ConfigReader& config, const std::string& key, bool otherwise) {
  if (!config.has(key)) return otherwise;
  return config.boolean(key);
}

Status refuseSlidingWindow(const ConfigReader& config, std::int64_t layers,
                           std::int64_t positions) {
  WORDSIGHT_TRY(const bool used, booleanOr(config, "use_sliding_window", false));
  const auto keys = config.keys();
  const bool given = std::find(keys.begin(), keys.end(), "sliding_window") != keys.end();
  const bool windowed = used && (config.has("sliding_window") || !given);  // null: no window
  if (windowed) {
    std::int64_t window = 4096;  // the families' default
    if (given) {
      WORDSIGHT_TRY(window, config.integer("sliding_window", 1, INT64_MAX));
    }
    if (window >= positions) return {};
  }
  if (config.has("layer_types")) {
    WORDSIGHT_TRY(const auto types, config.texts("layer_types"));
    if (types.size() != static_cast<std::size_t>(layers))
      return fail(config.what() + ": layer_types must name " + std::to_string(layers) +
                  " layers; restore the model's own config.json.");
    for (const auto& type : types)
      if (type != "full_attention") return refused(config, "layer_types", '"' + type + '"');
    return {};
  }
  if (!windowed) return {};
  std::int64_t first = 28;  // what the families take when the key is missing
  if (config.has("max_window_layers")) {
    WORDSIGHT_TRY(first, config.integer("max_window_layers", 0, INT64_MAX));
  }
  if (first < layers) return refused(config, "use_sliding_window", "true");
  return {};
}

Status refuseQuantized(const ConfigReader& config) {
  if (!config.has("quantization_config")) return {};
  return fail(
      config.what() +
          ": quantization_config is set, but quantized weights are not supported; take the " +
          "checkpoint in bfloat16 or float32.",
      ErrorKind::Unsupported);
}

Result<DecoderConfig> readSizes(const ConfigReader& config, bool headDim) {
  DecoderConfig sizes;
  WORDSIGHT_TRY(sizes.vocabulary, config.integer("vocab_size", 1, kMostVocabulary));
  WORDSIGHT_TRY(sizes.width, config.integer("hidden_size", 1, kMostWidth));
  WORDSIGHT_TRY(sizes.mlpWidth, config.integer("intermediate_size", 1, kMostMlpWidth));
  WORDSIGHT_TRY(sizes.layers, config.integer("num_hidden_layers", 1, kMostLayers));
  WORDSIGHT_TRY(sizes.heads.heads, config.integer("num_attention_heads", 1, kMostHeads));
  sizes.heads.kvHeads = sizes.heads.heads;
  if (config.has("num_key_value_heads")) {
    WORDSIGHT_TRY(sizes.heads.kvHeads, config.integer("num_key_value_heads", 1, kMostHeads));
  }
  if (sizes.heads.heads % sizes.heads.kvHeads != 0)
    return fail(
        config.what() +
        ": num_attention_heads must be a multiple of num_key_value_heads; restore the model's "
        "own config.json.");
  if (headDim && config.has("head_dim")) {
    WORDSIGHT_TRY(sizes.heads.headSize, config.integer("head_dim", 2, kMostHeadSize));
  } else if (sizes.width % sizes.heads.heads == 0) {
    sizes.heads.headSize = sizes.width / sizes.heads.heads;
  } else {
    return fail(config.what() +
                ": hidden_size must be a multiple of num_attention_heads; restore the model's own "
                "config.json.");
  }
  if (!headDim) WORDSIGHT_CHECK(onlyInteger(config, "head_dim", sizes.heads.headSize));
  if (sizes.heads.headSize < 2 || sizes.heads.headSize % 2 != 0 ||
      sizes.heads.headSize > kMostHeadSize)
    return fail(config.what() + ": a head size of " + std::to_string(sizes.heads.headSize) +
                    " is not supported; it must be even, and at most " +
                    std::to_string(kMostHeadSize) + ".",
                ErrorKind::Unsupported);
  sizes.maxPositions = 32768;
  if (config.has("max_position_embeddings")) {
    WORDSIGHT_TRY(sizes.maxPositions, config.integer("max_position_embeddings", 1, kMostPositions));
  }
  if (config.has("rms_norm_eps")) {
    WORDSIGHT_TRY(sizes.normEps, config.number("rms_norm_eps"));
    if (!(sizes.normEps >= 0) || !(sizes.normEps < 1))
      return fail(config.what() +
                  ": rms_norm_eps must lie between 0 and 1; restore the model's own config.json.");
  }
  WORDSIGHT_CHECK(onlyText(config, "hidden_act", "silu"));
  WORDSIGHT_TRY(sizes.tied, booleanOr(config, "tie_word_embeddings", false));
  return sizes;
}

}  // namespace wordsight::neural
