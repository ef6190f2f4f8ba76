#include "neural/models/llava_onevision/llava_onevision.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>

#include "neural/decoder_config.h"
#include "neural/models/qwen2/qwen2.h"

// Shapes in names: N tiles (the whole picture first), P patches of a tile, W tower width, D text
// width, Y and X rows and columns of features.

namespace wordsight::neural {
namespace {

constexpr std::int64_t kTilesAtOnce = 4;  // a tile of the published size takes 10 MB a layer
constexpr std::int64_t kMostSide = 1 << 20;
constexpr std::size_t kMostResolutions = 4096;

/// The 36 pinpoints of the published models: multiples of 384 up to 2,304.
std::vector<GridSize> publishedResolutions() {
  std::vector<GridSize> out;
  for (std::int64_t height = 384; height <= 2304; height += 384)
    for (std::int64_t width = 384; width <= 2304; width += 384) out.push_back({height, width});
  return out;
}

Status readStates(const ConfigReader& config, LlavaOnevisionConfig& out) {
  std::vector<std::int64_t> layers = {-1};
  if (const std::string key = "vision_feature_layer"; config.has(key)) {
    if (const auto one = config.integer(key, -1024, 1024))
      layers = {*one};
    else {
      WORDSIGHT_TRY(layers, config.integers(key));
    }
  }
  const std::int64_t states = out.tower.depth + 1;
  for (const std::int64_t layer : layers) {
    if (layer < -states || layer >= states)
      return fail(config.what() + ": vision_feature_layer = " + std::to_string(layer) +
                  ", but the tower has " + std::to_string(out.tower.depth) +
                  " layers; restore the model's own config.json.");
    out.states.push_back(layer < 0 ? states + layer : layer);
  }
  if (out.states.empty() || out.states.size() > 64)
    return fail(config.what() + ": vision_feature_layer must name 1 to 64 layers.");
  return {};
}

Status readResolutions(const ConfigReader& config, LlavaOnevisionConfig& out) {
  out.resolutions = publishedResolutions();
  if (config.has("image_grid_pinpoints")) {
    WORDSIGHT_TRY(const auto pairs, config.integerPairs("image_grid_pinpoints"));
    out.resolutions.clear();
    for (const auto& [height, width] : pairs) out.resolutions.push_back({height, width});
  }
  const std::int64_t side = out.tower.pictureSide;
  const auto fits = [&](std::int64_t n) { return n > 0 && n <= kMostSide && n % side == 0; };
  const bool good =
      std::all_of(out.resolutions.begin(), out.resolutions.end(),
                  [&](const GridSize& size) { return fits(size.height) && fits(size.width); });
  if (!good || out.resolutions.empty() || out.resolutions.size() > kMostResolutions)
    return fail(
        config.what() +
        ": image_grid_pinpoints must hold pairs of multiples of vision_config.image_size (" +
        std::to_string(side) + "); restore the model's own config.json.");
  return {};
}

Status readAspect(const ConfigReader& config, LlavaOnevisionConfig& out) {
  if (!config.has("vision_aspect_ratio")) return {};
  WORDSIGHT_TRY(const auto aspect, config.text("vision_aspect_ratio"));
  out.mostTiles = mostTilesOf(aspect);
  if (out.mostTiles < 1)
    return fail(config.what() + ": vision_aspect_ratio = \"" + aspect +
                    "\" is not supported; anyres_max_N is (the published models have "
                    "anyres_max_9).",
                ErrorKind::Unsupported);
  return {};
}

}  // namespace

Result<DecoderConfig> readLlavaOnevisionDecoder(const ConfigReader& config) {
  WORDSIGHT_CHECK(refuseQuantized(config));
  if (!config.isObject("text_config"))
    return fail(config.what() +
                ": \"text_config\" is missing; a LLaVA-OneVision checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader text, config.section("text_config"));
  WORDSIGHT_CHECK(onlyText(text, "model_type", "qwen2"));
  WORDSIGHT_TRY(auto decoder, readQwen2Config(text));
  WORDSIGHT_TRY(const bool rootTied, booleanOr(config, "tie_word_embeddings", false));
  decoder.tied = decoder.tied || rootTied;
  return decoder;
}

Result<LlavaOnevisionConfig> readLlavaOnevisionConfig(const ConfigReader& config,
                                                      const DecoderConfig& decoder) {
  LlavaOnevisionConfig out;
  out.textWidth = decoder.width;
  WORDSIGHT_TRY(out.tower, readSiglipConfig(config));
  WORDSIGHT_CHECK(readStates(config, out));
  WORDSIGHT_CHECK(readResolutions(config, out));
  WORDSIGHT_CHECK(readAspect(config, out));
  // "default" would drop a class token, which SigLIP does not have: the reference fails on it.
  WORDSIGHT_CHECK(onlyText(config, "vision_feature_select_strategy", "full"));
  WORDSIGHT_TRY(out.bias, booleanOr(config, "multimodal_projector_bias", true));
  std::string activation = "gelu";
  if (config.has("projector_hidden_act")) {
    WORDSIGHT_TRY(activation, config.text("projector_hidden_act"));
  }
  if (activation != "gelu" && activation != "gelu_pytorch_tanh")
    return fail(config.what() + ": projector_hidden_act = \"" + activation +
                    "\" is not supported; gelu and gelu_pytorch_tanh are.",
                ErrorKind::Unsupported);
  out.tanhGelu = activation != "gelu";
  return out;
}

const NameTable& llavaOnevisionNames() {
  static const NameTable table{
      {{"language.", "model.language_model."},
       {"language.", "language_model.model."},
       {"lm_head.", "lm_head."},
       {"lm_head.", "language_model.lm_head."},
       // transformers 5 drops the tower's inner name.
       {"vision.", "vision_tower."},
       {"vision.", "vision_tower.vision_model."},
       {"vision.", "model.vision_tower."},
       {"vision.", "model.vision_tower.vision_model."},
       {"vision.blocks.", "vision_tower.encoder.layers."},
       {"vision.blocks.", "vision_tower.vision_model.encoder.layers."},
       {"vision.blocks.", "model.vision_tower.encoder.layers."},
       {"vision.blocks.", "model.vision_tower.vision_model.encoder.layers."},
       {"vision.projector.", "multi_modal_projector."},
       {"vision.projector.", "model.multi_modal_projector."},
       {"vision.image_newline", "image_newline"},
       {"vision.image_newline", "model.image_newline"}},
      {{"language.", "model.language_model."}}};
  return table;
}

namespace {

/// Tower, projector and the row that ends a line of features.
class Eyes {
 public:
  Eyes(const LlavaOnevisionConfig& config, WeightSource& weights)
      : m_config(config),
        m_tower(config.tower, *std::max_element(config.states.begin(), config.states.end()),
                weights),
        m_tensors(m_tower.tensors()) {
    const auto take = [&](const std::string& name, const std::vector<std::int64_t>& shape) {
      auto tensor = weights.take("vision." + name, shape);
      if (tensor.defined()) m_tensors.emplace_back("vision." + name, tensor);
      return tensor;
    };
    const std::int64_t D = config.textWidth;
    const auto inputs = config.tower.width * static_cast<std::int64_t>(config.states.size());
    m_weight1 = take("projector.linear_1.weight", {D, inputs});
    m_weight2 = take("projector.linear_2.weight", {D, D});
    if (config.bias) {
      m_bias1 = take("projector.linear_1.bias", {D});
      m_bias2 = take("projector.linear_2.bias", {D});
    }
    m_newline_D = take("image_newline", {D});
  }

  /// → [N, D], a row a placeholder.
  torch::Tensor features(const PixelPack& picture) const {
    check(picture);
    const torch::NoGradGuard noGrad;
    const std::int64_t side = m_config.tower.pictureSide, tiles = picture.shape[1];
    const auto pixels = torch::from_blob(const_cast<float*>(picture.pixels.data()),
                                         {tiles, 3, side, side}, torch::kFloat32);
    std::vector<torch::Tensor> parts;
    for (std::int64_t from = 0; from < tiles; from += kTilesAtOnce)
      parts.push_back(project(m_tower.forward(
          pixels.narrow(0, from, std::min(kTilesAtOnce, tiles - from)), m_config.states)));
    const auto features_NPD = torch::cat(parts);
    const auto whole_PD = features_NPD[0];
    if (tiles == 1) return torch::cat({whole_PD, m_newline_D.unsqueeze(0)});
    return torch::cat({whole_PD, packed(features_NPD.narrow(0, 1, tiles - 1), picture)});
  }

  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  torch::Tensor project(const torch::Tensor& x) const {
    return torch::linear(
        torch::gelu(torch::linear(x, m_weight1, m_bias1), m_config.tanhGelu ? "tanh" : "none"),
        m_weight2, m_bias2);
  }

  GridSize tilesOf(const PixelPack& picture) const {
    const auto best = bestResolution({picture.height, picture.width}, m_config.resolutions);
    return {best.height / m_config.tower.pictureSide, best.width / m_config.tower.pictureSide};
  }

  UnpaddedFeatures kept(const PixelPack& picture) const {
    return unpaddedFeatures({picture.height, picture.width}, tilesOf(picture),
                            m_config.tower.side(), m_config.mostTiles);
  }

  void check(const PixelPack& picture) const {
    const std::int64_t side = m_config.tower.pictureSide;
    const auto inside = [](std::int64_t n) { return n > 0 && n <= kMostSide; };
    const bool shaped =
        picture.shape.size() == 5 && picture.shape[0] == 1 && inside(picture.shape[1]) &&
        picture.shape[2] == 3 && picture.shape[3] == side && picture.shape[4] == side &&
        picture.pixels.size() == static_cast<std::size_t>(picture.shape[1] * 3 * side * side) &&
        inside(picture.height) && inside(picture.width);
    std::int64_t tokens = m_config.tower.patches() + 1;
    bool counted = shaped;
    if (shaped && picture.shape[1] > 1) {
      const GridSize tiles = tilesOf(picture);
      counted = picture.shape[1] == tiles.height * tiles.width + 1;
      tokens = m_config.tower.patches() + kept(picture).count();
    }
    if (!counted || picture.placeholders != tokens)
      throw std::invalid_argument(
          "A picture's tiles, size or placeholders (" + std::to_string(picture.placeholders) +
          ") do not fit this model; prepare it with the model's own preprocessor_config.json and "
          "processor_config.json.");
  }

  /// Tiles side by side, without what only padding made, shrunk when they are many, each row with
  /// the newline at its end.
  torch::Tensor packed(const torch::Tensor& tiles_NPD, const PixelPack& picture) const {
    const GridSize tiles = tilesOf(picture);
    const UnpaddedFeatures keep = kept(picture);
    const std::int64_t side = m_config.tower.side(), D = m_config.textWidth;
    auto grid_DYX = tiles_NPD.view({tiles.height, tiles.width, side, side, D})
                        .permute({4, 0, 2, 1, 3})
                        .reshape({D, keep.whole.height, keep.whole.width})
                        .narrow(1, keep.margin.height, keep.cut.height)
                        .narrow(2, keep.margin.width, keep.cut.width);
    if (keep.shrunk)
      grid_DYX = at::upsample_bilinear2d(grid_DYX.contiguous().unsqueeze(0),
                                         {keep.kept.height, keep.kept.width}, false)
                     .squeeze(0);
    const auto ends_DY1 = m_newline_D.view({D, 1, 1}).expand({D, keep.kept.height, 1});
    return torch::cat({grid_DYX, ends_DY1}, 2).flatten(1).t().contiguous();
  }

  LlavaOnevisionConfig m_config;
  SiglipTower m_tower;
  torch::Tensor m_weight1, m_weight2, m_bias1, m_bias2, m_newline_D;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

class LlavaOnevisionModel final : public DecoderModel {
 public:
  LlavaOnevisionModel(ModelInfo info, Decoder decoder, std::optional<Eyes> eyes)
      : DecoderModel(std::move(info), llavaOnevisionNames(), std::move(decoder)),
        m_eyes(std::move(eyes)) {
    countParameters();
  }

  torch::Tensor see(const PixelPack& picture) const override {
    return m_eyes ? m_eyes->features(picture) : DecoderModel::see(picture);
  }

  Positions positionsOf(const std::vector<std::int64_t>& ids,
                        const std::vector<PixelPack>&) const override {
    return DecoderModel::positionsOf(ids, {});
  }

 protected:
  std::vector<std::pair<std::string, torch::Tensor>> otherTensors() const override {
    return m_eyes ? m_eyes->tensors() : std::vector<std::pair<std::string, torch::Tensor>>();
  }

 private:
  std::optional<Eyes> m_eyes;
};

Result<std::unique_ptr<LanguageModel>> loadLlavaOnevision(const std::filesystem::path& folder,
                                                          const ConfigReader& config,
                                                          const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readLlavaOnevisionDecoder(config));
  WORDSIGHT_TRY(const auto visionConfig, readLlavaOnevisionConfig(config, decoderConfig));
  ModelInfo info;
  info.family = "llava_onevision";
  info.folder = folder;
  info.hasVision = true;
  info.imageToken = 151646;
  for (const char* key : {"image_token_id", "image_token_index"})
    if (config.has(key)) {
      WORDSIGHT_TRY(info.imageToken, config.integer(key, 0, decoderConfig.vocabulary - 1));
    }
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, llavaOnevisionNames(), options.dtype));
  Decoder decoder(decoderConfig, weights);
  std::optional<Eyes> eyes;
  if (options.vision)
    eyes.emplace(visionConfig, weights);
  else
    weights.skip("vision.");
  WORDSIGHT_CHECK(weights.finish());
  return std::make_unique<LlavaOnevisionModel>(std::move(info), std::move(decoder),
                                               std::move(eyes));
}

}  // namespace

Family llavaOnevisionFamily() {
  return {"llava_onevision", &llavaOnevisionNames(), &loadLlavaOnevision,
          &readLlavaOnevisionDecoder};
}

}  // namespace wordsight::neural
