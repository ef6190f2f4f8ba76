#include "neural/models/mllama/vision.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>

#include "neural/decoder_config.h"
#include "neural/tower_config.h"

namespace wordsight::neural {
namespace {

constexpr double kOuterNormEps = 1e-5;  // of the norms around the blocks: not in config.json
constexpr std::int64_t kRowStep = 8;    // a tile's rows are padded to a multiple of this
constexpr std::int64_t kMostTiles = 64;

Status readSizes(const ConfigReader& config, MllamaVisionConfig& out) {
  const auto read = [&](const char* key, std::int64_t fallback, std::int64_t most,
                        std::int64_t& into) -> Status {
    into = fallback;
    if (!config.has(key)) return {};
    WORDSIGHT_TRY(into, config.integer(key, 1, most));
    return {};
  };
  // Absent keys have the reference's defaults.
  WORDSIGHT_CHECK(read("num_hidden_layers", 32, 512, out.depth));
  WORDSIGHT_CHECK(read("num_global_layers", 8, 512, out.globalDepth));
  WORDSIGHT_CHECK(read("hidden_size", 1280, 1 << 15, out.width));
  WORDSIGHT_CHECK(read("attention_heads", 16, 1 << 10, out.heads));
  if (!config.has("attention_heads"))
    WORDSIGHT_CHECK(read("num_attention_heads", 16, 1 << 10, out.heads));
  WORDSIGHT_CHECK(read("intermediate_size", 5120, 1 << 17, out.mlpWidth));
  WORDSIGHT_CHECK(read("image_size", 448, 1 << 13, out.pictureSide));
  WORDSIGHT_CHECK(read("patch_size", 14, 1 << 10, out.patch));
  WORDSIGHT_CHECK(read("max_num_tiles", 4, kMostTiles, out.mostTiles));
  WORDSIGHT_CHECK(onlyInteger(config, "num_channels", 3));
  if (out.width % out.heads != 0)
    return fail(config.what() +
                ": hidden_size must be a multiple of attention_heads; restore the model's own "
                "config.json.");
  if (out.patch > out.pictureSide)
    return fail(config.what() +
                ": patch_size is larger than image_size; restore the model's own config.json.");
  return {};
}

Status readStates(const ConfigReader& config, MllamaVisionConfig& out) {
  out.states = {3, 7, 15, 23, 30};
  if (config.has("intermediate_layers_indices")) {
    WORDSIGHT_TRY(out.states, config.integers("intermediate_layers_indices"));
  }
  for (const std::int64_t state : out.states)
    if (state < 0 || state >= out.depth)
      return fail(config.what() + ": intermediate_layers_indices names layer " +
                  std::to_string(state) + ", but there are " + std::to_string(out.depth) +
                  "; restore the model's own config.json.");
  if (out.states.size() > 64)
    return fail(config.what() + ": intermediate_layers_indices must name at most 64 layers.");
  std::int64_t width = 7680;
  if (config.has("vision_output_dim")) {
    WORDSIGHT_TRY(width, config.integer("vision_output_dim", 1, 1 << 22));
  }
  if (width != out.outWidth())
    return fail(config.what() + ": vision_output_dim is " + std::to_string(width) +
                ", but the layers give " + std::to_string(out.outWidth()) +
                "; restore the model's own config.json.");
  return {};
}

Status readArrangements(const ConfigReader& config, MllamaVisionConfig& out) {
  for (std::int64_t rows = 1; rows <= 4; ++rows)
    for (std::int64_t columns = 1; rows * columns <= 4; ++columns)
      out.arrangements.emplace_back(rows, columns);
  if (config.has("supported_aspect_ratios")) {
    WORDSIGHT_TRY(out.arrangements, config.integerPairs("supported_aspect_ratios"));
  }
  for (const auto& [rows, columns] : out.arrangements)
    if (rows < 1 || columns < 1 || rows > out.mostTiles || columns > out.mostTiles ||
        rows * columns > out.mostTiles)
      return fail(config.what() + ": supported_aspect_ratios has " + std::to_string(rows) + " × " +
                  std::to_string(columns) + " tiles, more than max_num_tiles (" +
                  std::to_string(out.mostTiles) + "); restore the model's own config.json.");
  if (out.arrangements.empty() || out.arrangements.size() > 4096)
    return fail(config.what() + ": supported_aspect_ratios must hold at least one pair.");
  return {};
}

}  // namespace

Result<MllamaVisionConfig> readMllamaVisionConfig(const ConfigReader& root) {
  if (!root.isObject("vision_config"))
    return fail(root.what() + ": \"vision_config\" is missing; a Mllama checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader config, root.section("vision_config"));
  MllamaVisionConfig out;
  WORDSIGHT_CHECK(readSizes(config, out));
  WORDSIGHT_CHECK(readStates(config, out));
  WORDSIGHT_CHECK(readArrangements(config, out));
  WORDSIGHT_TRY(out.normEps, readNormEpsilon(config, "norm_eps", out.normEps));
  WORDSIGHT_TRY(out.tanhGelu, readTanhGelu(config, "gelu"));
  return out;
}

torch::Tensor MllamaTower::take(const std::string& name, const std::vector<std::int64_t>& shape,
                                WeightSource& weights) {
  auto tensor = weights.take("vision." + name, shape);
  if (tensor.defined()) m_tensors.emplace_back("vision." + name, tensor);
  return tensor;
}

MllamaTower::Norm MllamaTower::takeNorm(const std::string& name, WeightSource& weights) {
  return {take(name + ".weight", {m_config.width}, weights),
          take(name + ".bias", {m_config.width}, weights)};
}

MllamaTower::Block MllamaTower::takeBlock(const std::string& at, bool gated,
                                          WeightSource& weights) {
  const std::int64_t W = m_config.width, I = m_config.mlpWidth;
  Block block;
  block.norm1 = takeNorm(at + "input_layernorm", weights);
  block.norm2 = takeNorm(at + "post_attention_layernorm", weights);
  block.q = take(at + "self_attn.q_proj.weight", {W, W}, weights);
  block.k = take(at + "self_attn.k_proj.weight", {W, W}, weights);
  block.v = take(at + "self_attn.v_proj.weight", {W, W}, weights);
  block.out = take(at + "self_attn.o_proj.weight", {W, W}, weights);
  block.fc1 = take(at + "mlp.fc1.weight", {I, W}, weights);
  block.fc1Bias = take(at + "mlp.fc1.bias", {I}, weights);
  block.fc2 = take(at + "mlp.fc2.weight", {W, I}, weights);
  block.fc2Bias = take(at + "mlp.fc2.bias", {W}, weights);
  if (gated) {
    block.attentionGate = take(at + "gate_attn", {1}, weights);
    block.mlpGate = take(at + "gate_ffn", {1}, weights);
  }
  return block;
}

MllamaTower::MllamaTower(const MllamaVisionConfig& config, WeightSource& weights)
    : m_config(config) {
  const torch::NoGradGuard noGrad;
  const std::int64_t W = config.width, M = config.mostTiles, P = config.patches();
  const auto kinds = static_cast<std::int64_t>(config.arrangements.size()) + 1;
  m_patch = take("patch_embedding.weight", {W, 3, config.patch, config.patch}, weights);
  m_class_W = take("class_embedding", {W}, weights);
  m_positionGate = take("gated_positional_embedding.gate", {1}, weights);
  m_positions_PW = take("gated_positional_embedding.embedding", {P, W}, weights);
  m_tilePositions =
      take("gated_positional_embedding.tile_embedding.weight", {kinds, M * P * W}, weights);
  m_preTile = take("pre_tile_positional_embedding.embedding.weight", {kinds, M * W}, weights);
  m_preTileGate = take("pre_tile_positional_embedding.gate", {1}, weights);
  m_postTile = take("post_tile_positional_embedding.embedding.weight", {kinds, M * W}, weights);
  m_postTileGate = take("post_tile_positional_embedding.gate", {1}, weights);
  m_normPre = takeNorm("layernorm_pre", weights);
  m_normPost = takeNorm("layernorm_post", weights);
  for (std::int64_t i = 0; i < config.depth; ++i)
    m_blocks.push_back(takeBlock("blocks." + std::to_string(i) + ".", false, weights));
  for (std::int64_t i = 0; i < config.globalDepth; ++i)
    m_globalBlocks.push_back(takeBlock("global." + std::to_string(i) + ".", true, weights));
  m_projector = take("projector.weight", {config.textWidth, config.outWidth()}, weights);
  m_projectorBias = take("projector.bias", {config.textWidth}, weights);
}

Status MllamaTower::check(const PixelPack& picture) const {
  const std::int64_t side = m_config.pictureSide, M = m_config.mostTiles;
  const auto kinds = static_cast<std::int64_t>(m_config.arrangements.size());
  const std::vector<std::int64_t> shape = {1, 1, M, 3, side, side};
  const bool known = picture.arrangement >= 1 && picture.arrangement <= kinds;
  std::int64_t tiles = 0;
  if (known) {
    const auto& [rows, columns] =
        m_config.arrangements[static_cast<std::size_t>(picture.arrangement - 1)];
    tiles = rows * columns;
  }
  if (known && picture.shape == shape && picture.tiles == tiles && picture.placeholders == 1 &&
      picture.pixels.size() == static_cast<std::size_t>(M * 3 * side * side))
    return {};
  return fail("A picture's tiles do not fit this model, which takes up to " + std::to_string(M) +
              " of " + std::to_string(side) + " × " + std::to_string(side) +
              " pixels; prepare it with the model's own preprocessor_config.json.");
}

/// Patches, class token, positions, norm: → [M, P, W].
torch::Tensor MllamaTower::embedded(const PixelPack& picture) const {
  const std::int64_t W = m_config.width, M = m_config.mostTiles, P = m_config.patches();
  const std::int64_t side = m_config.pictureSide, kind = picture.arrangement;
  const auto pixels = torch::from_blob(const_cast<float*>(picture.pixels.data()),
                                       {M, 3, side, side}, torch::kFloat32);
  auto x_MPW = torch::conv2d(pixels.to(m_patch.options()), m_patch, {}, m_config.patch)
                   .flatten(2)
                   .transpose(1, 2);
  x_MPW = x_MPW + m_preTile[kind].view({M, 1, W}) * m_preTileGate.tanh();
  x_MPW = torch::cat({m_class_W.view({1, 1, W}).expand({M, 1, W}), x_MPW}, 1);
  const auto gate = m_positionGate.tanh();
  x_MPW = x_MPW + ((1 - gate) * m_positions_PW).unsqueeze(0);
  x_MPW = x_MPW + gate * m_tilePositions[kind].view({M, P, W});
  return torch::layer_norm(x_MPW, {W}, m_normPre.weight, m_normPre.bias, kOuterNormEps);
}

/// Rows of picture first, `pictureRows` of them. They attend to everything, padding too; padding
/// attends to them alone (so does the reference).
torch::Tensor MllamaTower::blockForward(const Block& block, const torch::Tensor& x_TW,
                                        std::int64_t pictureRows) const {
  const std::int64_t T = x_TW.size(0), W = m_config.width, H = m_config.heads;
  const auto normed =
      torch::layer_norm(x_TW, {W}, block.norm1.weight, block.norm1.bias, m_config.normEps);
  const auto heads = [&](const torch::Tensor& weight) {
    return torch::linear(normed, weight).view({1, T, H, W / H}).transpose(1, 2);
  };
  const auto q = heads(block.q), k = heads(block.k), v = heads(block.v);
  const auto seen = at::scaled_dot_product_attention(q.narrow(2, 0, pictureRows), k, v);
  const auto padding =
      at::scaled_dot_product_attention(q.narrow(2, pictureRows, T - pictureRows),
                                       k.narrow(2, 0, pictureRows), v.narrow(2, 0, pictureRows));
  auto attended = torch::linear(
      torch::cat({seen, padding}, 2).squeeze(0).transpose(0, 1).reshape({T, W}), block.out);
  if (block.attentionGate.defined()) attended = block.attentionGate.tanh() * attended;
  const auto after = x_TW + attended;
  const auto normed2 =
      torch::layer_norm(after, {W}, block.norm2.weight, block.norm2.bias, m_config.normEps);
  const auto inner = torch::gelu(torch::linear(normed2, block.fc1, block.fc1Bias),
                                 m_config.tanhGelu ? "tanh" : "none");
  auto mlp = torch::linear(inner, block.fc2, block.fc2Bias);
  if (block.mlpGate.defined()) mlp = block.mlpGate.tanh() * mlp;
  return after + mlp;
}

torch::Tensor MllamaTower::forward(const PixelPack& picture) const {
  if (auto fits = check(picture); !fits) throw std::invalid_argument(fits.error().message);
  const torch::NoGradGuard noGrad;
  const std::int64_t W = m_config.width, M = m_config.mostTiles, P = m_config.patches();
  const std::int64_t padded = (P + kRowStep - 1) / kRowStep * kRowStep;
  // Rows of picture to the front, so that no mask is needed; back again at the end.
  const auto place_MP = torch::arange(M * padded, torch::kInt64).view({M, padded});
  const auto front = place_MP.narrow(0, 0, picture.tiles).narrow(1, 0, P).reshape({-1});
  auto isPadding = torch::ones({M * padded}, torch::kBool);
  isPadding.index_fill_(0, front, false);
  const auto order = torch::cat({front, isPadding.nonzero().squeeze(1)});
  const auto device = m_patch.device();
  const auto back = torch::argsort(order).to(device);
  const auto unordered = [&](const torch::Tensor& x_TW) {
    return x_TW.index_select(0, back).view({M, padded, W}).narrow(1, 0, P);
  };
  auto x_TW = torch::constant_pad_nd(embedded(picture), {0, 0, 0, padded - P})
                  .reshape({M * padded, W})
                  .index_select(0, order.to(device));
  std::vector<torch::Tensor> states(m_config.states.size());
  for (std::size_t i = 0; i < m_blocks.size(); ++i) {
    x_TW = blockForward(m_blocks[i], x_TW, front.size(0));
    for (std::size_t n = 0; n < states.size(); ++n)
      if (m_config.states[n] == static_cast<std::int64_t>(i)) states[n] = unordered(x_TW);
  }
  x_TW = torch::layer_norm(x_TW, {W}, m_normPost.weight, m_normPost.bias, kOuterNormEps);
  const auto tiles = order.div(padded, "floor").to(device);
  x_TW =
      x_TW +
      (m_postTile[picture.arrangement].view({M, W}) * m_postTileGate.tanh()).index_select(0, tiles);
  for (const Block& block : m_globalBlocks) x_TW = blockForward(block, x_TW, front.size(0));
  auto features = unordered(x_TW);
  // The states are interleaved value by value, as the reference stacks them.
  if (!states.empty()) features = torch::cat({features, torch::stack(states, -1).flatten(2)}, -1);
  return torch::linear(features.reshape({M * P, m_config.outWidth()}), m_projector,
                       m_projectorBias);
}

}  // namespace wordsight::neural
