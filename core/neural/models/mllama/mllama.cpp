#include "neural/models/mllama/mllama.h"

#include <torch/torch.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "neural/decoder_config.h"
#include "neural/models/mllama/cross_layer.h"

namespace wordsight::neural {
namespace {

constexpr std::int64_t kExtraEmbeddings = 8;  // fixed in the architecture, not in config.json

Status readCrossLayers(const ConfigReader& text, DecoderConfig& decoder) {
  decoder.otherLayers = {3, 8, 13, 18, 23, 28, 33, 38};
  if (text.has("cross_attention_layers")) {
    WORDSIGHT_TRY(decoder.otherLayers, text.integers("cross_attention_layers"));
  }
  std::sort(decoder.otherLayers.begin(), decoder.otherLayers.end());
  const auto& layers = decoder.otherLayers;
  const bool good = std::adjacent_find(layers.begin(), layers.end()) == layers.end() &&
                    (layers.empty() || (layers.front() >= 0 && layers.back() < decoder.layers)) &&
                    static_cast<std::int64_t>(layers.size()) < decoder.layers;
  if (!good)
    return fail(text.what() +
                ": cross_attention_layers must name some, not all, of the layers 0 to " +
                std::to_string(decoder.layers - 1) + "; restore the model's own config.json.");
  return {};
}

}  // namespace

Result<DecoderConfig> readMllamaConfig(const ConfigReader& config) {
  WORDSIGHT_CHECK(refuseQuantized(config));
  if (!config.isObject("text_config"))
    return fail(config.what() + ": \"text_config\" is missing; a Mllama checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader text, config.section("text_config"));
  WORDSIGHT_CHECK(onlyText(text, "model_type", "mllama_text_model"));
  WORDSIGHT_TRY(auto decoder, readSizes(text, false));
  if (!text.has("rms_norm_eps")) decoder.normEps = 1e-5;
  if (!text.has("max_position_embeddings")) decoder.maxPositions = 131072;
  WORDSIGHT_TRY(decoder.rope, readRope(text, 500000, false, decoder.heads.headSize));
  decoder.tied = false;  // the embedding has more rows than the head: the reference never ties them
  decoder.extraEmbeddings = kExtraEmbeddings;
  WORDSIGHT_CHECK(readCrossLayers(text, decoder));
  return decoder;
}

const NameTable& mllamaNames() {
  static const NameTable table{{{"language.", "model.language_model."},
                                {"language.", "language_model.model."},
                                {"lm_head.", "lm_head."},
                                {"lm_head.", "language_model.lm_head."},
                                {"vision.", "vision_model."},
                                {"vision.", "model.vision_model."},
                                {"vision.blocks.", "vision_model.transformer.layers."},
                                {"vision.blocks.", "model.vision_model.transformer.layers."},
                                {"vision.global.", "vision_model.global_transformer.layers."},
                                {"vision.global.", "model.vision_model.global_transformer.layers."},
                                {"vision.projector.", "multi_modal_projector."},
                                {"vision.projector.", "model.multi_modal_projector."}},
                               {{"language.", "model.language_model."}}};
  return table;
}

std::vector<Sight::Run> pictureRuns(const std::vector<std::int64_t>& ids, std::int64_t imageToken,
                                    const std::vector<std::int64_t>& tiles, std::int64_t mostTiles,
                                    std::int64_t rows) {
  const auto length = static_cast<std::int64_t>(ids.size());
  std::vector<std::int64_t> begins, ends;
  for (std::int64_t i = 0; i < length; ++i)
    if (ids[static_cast<std::size_t>(i)] == imageToken) begins.push_back(i);
  if (begins.size() != tiles.size())
    throw std::invalid_argument("The prompt has " + std::to_string(begins.size()) +
                                " picture tokens, but comes with " + std::to_string(tiles.size()) +
                                " pictures.");
  ends.assign(begins.begin() + (begins.empty() ? 0 : 1), begins.end());
  ends.push_back(length);
  for (std::size_t i = begins.size(); i-- > 0;)
    if (i + 1 < begins.size() && ends[i] == begins[i] + 1) ends[i] = ends[i + 1];
  std::set<std::int64_t> cuts(begins.begin(), begins.end());
  cuts.insert(ends.begin(), ends.end());
  cuts.insert(length);
  std::vector<Sight::Run> runs;
  std::int64_t from = 0;
  for (const std::int64_t to : cuts) {
    if (to == from) continue;
    Sight::Run run{to - from, {}};
    for (std::size_t i = 0; i < begins.size(); ++i)
      if (begins[i] <= from && from < ends[i]) {
        const std::int64_t first = static_cast<std::int64_t>(i) * mostTiles * rows;
        run.seen.push_back({first, first + tiles[i] * rows});
      }
    runs.push_back(std::move(run));
    from = to;
  }
  return runs;
}

namespace {

class MllamaModel final : public DecoderModel {
 public:
  MllamaModel(ModelInfo info, Decoder decoder, const MllamaVisionConfig& vision,
              std::optional<MllamaTower> tower)
      : DecoderModel(std::move(info), mllamaNames(), std::move(decoder)),
        m_vision(vision),
        m_tower(std::move(tower)) {
    m_info.pictureRows = vision.rows();
    countParameters();
  }

  /// A picture's features beside the text.
  torch::Tensor see(const PixelPack& picture) const override {
    return m_tower ? m_tower->forward(picture) : DecoderModel::see(picture);
  }

  std::shared_ptr<const Sight> look(const std::vector<std::int64_t>& ids,
                                    const std::vector<PixelPack>& pictures) const override {
    if (pictures.empty()) return nullptr;
    auto sight = std::make_shared<Sight>();
    std::vector<torch::Tensor> states;
    std::vector<std::int64_t> tiles;
    for (const PixelPack& picture : pictures) {
      states.push_back(see(picture));
      tiles.push_back(picture.tiles);
    }
    sight->states_SD = torch::cat(states);
    sight->runs =
        pictureRuns(ids, m_info.imageToken, tiles, m_vision.mostTiles, m_vision.patches());
    return sight;
  }

  Positions positionsOf(const std::vector<std::int64_t>& ids,
                        const std::vector<PixelPack>&) const override {
    return DecoderModel::positionsOf(ids, {});
  }

 protected:
  std::vector<std::pair<std::string, torch::Tensor>> otherTensors() const override {
    return m_tower ? m_tower->tensors() : std::vector<std::pair<std::string, torch::Tensor>>();
  }

 private:
  MllamaVisionConfig m_vision;
  std::optional<MllamaTower> m_tower;
};

Result<std::unique_ptr<LanguageModel>> loadMllama(const std::filesystem::path& folder,
                                                  const ConfigReader& config,
                                                  const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readMllamaConfig(config));
  WORDSIGHT_TRY(auto visionConfig, readMllamaVisionConfig(config));
  visionConfig.textWidth = decoderConfig.width;
  ModelInfo info;
  info.family = "mllama";
  info.folder = folder;
  info.hasVision = true;
  info.imageToken = 128256;
  for (const char* key : {"image_token_id", "image_token_index"})
    if (config.has(key)) {
      WORDSIGHT_TRY(info.imageToken,
                    config.integer(key, 0, decoderConfig.vocabulary + kExtraEmbeddings - 1));
    }
  WORDSIGHT_TRY(auto weights, WeightSource::open(folder, mllamaNames(), options.dtype));
  std::vector<std::shared_ptr<OtherLayer>> crossLayers;
  const auto& places = decoderConfig.otherLayers;
  for (std::size_t i = 0; i < places.size(); ++i)
    crossLayers.push_back(std::make_shared<CrossLayer>(decoderConfig, places[i], i, places.size(),
                                                       options.vision, weights));
  Decoder decoder(decoderConfig, weights, std::move(crossLayers));
  std::optional<MllamaTower> tower;
  if (options.vision)
    tower.emplace(visionConfig, weights);
  else
    weights.skip("vision.");
  WORDSIGHT_CHECK(weights.finish());
  return std::make_unique<MllamaModel>(std::move(info), std::move(decoder), visionConfig,
                                       std::move(tower));
}

}  // namespace

Family mllamaFamily() { return {"mllama", &mllamaNames(), &loadMllama, &readMllamaConfig}; }

}  // namespace wordsight::neural
