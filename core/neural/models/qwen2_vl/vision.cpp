#include "neural/models/qwen2_vl/vision.h"

#include <torch/torch.h>

#include <stdexcept>

namespace wordsight::neural {
namespace {

constexpr double kNormEpsilon = 1e-6;  // fixed in the architecture, not in config.json
constexpr std::int64_t kMaxSide = 1
                                  << 12;  // patches a side that are accepted: 57,344 px at patch 14
constexpr std::int64_t kMaxPatches = 1 << 20;

torch::Tensor layerNorm(const torch::Tensor& x, const torch::Tensor& weight,
                        const torch::Tensor& bias) {
  return torch::layer_norm(x, {weight.size(0)}, weight, bias, kNormEpsilon);
}

/// (-second half, first half) of the last dimension.
torch::Tensor rotateHalf(const torch::Tensor& x) {
  const auto halves = x.chunk(2, -1);
  return torch::cat({-halves[1], halves[0]}, -1);
}

/// Turned in float32 whatever the dtype, as the reference does.
torch::Tensor rotate(const torch::Tensor& x_PHE, const torch::Tensor& cos_P1E,
                     const torch::Tensor& sin_P1E) {
  const auto x = x_PHE.to(torch::kFloat32);
  return (x * cos_P1E + rotateHalf(x) * sin_P1E).to(x_PHE.scalar_type());
}

/// Square patches may be written as a number or as a list of equal numbers.
Result<std::int64_t> patchSide(const ConfigReader& config, const std::string& key,
                               std::int64_t fallback, std::int64_t most) {
  if (!config.has(key)) return fallback;
  return config.integer(key, 1, most);
}

}  // namespace

Result<VisionConfig> readVisionConfig(const ConfigReader& root) {
  if (!root.isObject("vision_config"))
    return fail(root.what() +
                ": \"vision_config\" is missing; a Qwen2-VL checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader config, root.section("vision_config"));
  VisionConfig out;
  WORDSIGHT_TRY(out.depth, config.integer("depth", 1, 512));
  WORDSIGHT_TRY(out.width, config.integer("embed_dim", 8, 1 << 15));
  WORDSIGHT_TRY(out.heads, config.integer("num_heads", 1, 1 << 10));
  WORDSIGHT_TRY(out.outWidth, config.integer("hidden_size", 1, 1 << 17));
  WORDSIGHT_TRY(out.patch, patchSide(config, "patch_size", 14, 256));
  WORDSIGHT_TRY(out.temporalPatch, patchSide(config, "temporal_patch_size", 2, 16));
  WORDSIGHT_TRY(out.merge, patchSide(config, "spatial_merge_size", 2, 16));
  // The hub's files say "in_chans", the library's "in_channels"; where both stand they agree.
  const std::string channels = config.has("in_channels") ? "in_channels" : "in_chans";
  WORDSIGHT_TRY(out.channels, patchSide(config, channels, 3, 16));
  double ratio = 4;
  if (config.has("mlp_ratio")) {
    WORDSIGHT_TRY(ratio, config.number("mlp_ratio"));
  }
  if (!(ratio > 0 && ratio <= 64))
    return fail(config.what() + ": \"vision_config.mlp_ratio\" must be above 0 and at most 64.");
  out.mlpWidth = static_cast<std::int64_t>(static_cast<double>(out.width) * ratio);
  if (out.width % out.heads != 0 || out.width / out.heads % 4 != 0)
    return fail(config.what() + ": \"vision_config.embed_dim\" (" + std::to_string(out.width) +
                ") divided by \"num_heads\" (" + std::to_string(out.heads) +
                ") must be a multiple of 4 for 2-D rotary positions.");
  std::string activation = "quick_gelu";
  if (config.has("hidden_act")) {
    WORDSIGHT_TRY(activation, config.text("hidden_act"));
  }
  if (activation != "quick_gelu" && activation != "gelu")
    return fail(config.what() + ": \"vision_config.hidden_act\" is \"" + activation +
                    "\"; only \"quick_gelu\" and \"gelu\" are handled.",
                ErrorKind::Unsupported);
  out.quickGelu = activation == "quick_gelu";
  const std::string theta = "rope_parameters.rope_theta";
  if (config.has(theta)) {
    WORDSIGHT_TRY(out.ropeTheta, config.number(theta));
    if (!(out.ropeTheta > 0))
      return fail(config.what() + ": \"vision_config." + theta + "\" must be positive.");
  }
  return out;
}

Result<VisionTower> VisionTower::load(const VisionConfig& config, const TensorSource& tensors) {
  VisionTower tower;
  tower.m_config = config;
  const std::int64_t W = config.width, M = config.mlpWidth, G = W * config.merge * config.merge;
  const auto take = [&](torch::Tensor& into, const std::string& name,
                        const std::vector<std::int64_t>& shape) -> Status {
    WORDSIGHT_TRY(into, tensors(name, shape));
    tower.m_tensors.emplace_back(name, into);
    return {};
  };
  const auto takePair = [&](torch::Tensor& weight, torch::Tensor& bias, const std::string& name,
                            std::int64_t out, std::int64_t in) -> Status {
    WORDSIGHT_CHECK(
        take(weight, name + ".weight",
             in == 0 ? std::vector<std::int64_t>{out} : std::vector<std::int64_t>{out, in}));
    return take(bias, name + ".bias", {out});
  };
  WORDSIGHT_CHECK(take(tower.m_patch, "patch_embed.proj.weight",
                       {W, config.channels, config.temporalPatch, config.patch, config.patch}));
  if (tower.m_patch.defined()) tower.m_patch = tower.m_patch.reshape({W, config.patchValues()});
  for (std::int64_t i = 0; i < config.depth; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    Block& block = tower.m_blocks.emplace_back();
    WORDSIGHT_CHECK(takePair(block.norm1Weight, block.norm1Bias, at + "norm1", W, 0));
    WORDSIGHT_CHECK(takePair(block.norm2Weight, block.norm2Bias, at + "norm2", W, 0));
    WORDSIGHT_CHECK(takePair(block.qkvWeight, block.qkvBias, at + "attn.qkv", 3 * W, W));
    WORDSIGHT_CHECK(takePair(block.projWeight, block.projBias, at + "attn.proj", W, W));
    WORDSIGHT_CHECK(takePair(block.fc1Weight, block.fc1Bias, at + "mlp.fc1", M, W));
    WORDSIGHT_CHECK(takePair(block.fc2Weight, block.fc2Bias, at + "mlp.fc2", W, M));
  }
  WORDSIGHT_CHECK(takePair(tower.m_mergerNormWeight, tower.m_mergerNormBias, "merger.ln_q", W, 0));
  WORDSIGHT_CHECK(takePair(tower.m_merger0Weight, tower.m_merger0Bias, "merger.mlp.0", G, G));
  WORDSIGHT_CHECK(
      takePair(tower.m_merger2Weight, tower.m_merger2Bias, "merger.mlp.2", config.outWidth, G));
  return tower;
}

Status VisionTower::check(const PixelPack& picture) const {
  const std::string grid = std::to_string(picture.gridT) + "×" + std::to_string(picture.gridH) +
                           "×" + std::to_string(picture.gridW);
  const auto inside = [](std::int64_t n) { return n > 0 && n <= kMaxSide; };
  if (!inside(picture.gridT) || !inside(picture.gridH) || !inside(picture.gridW) ||
      picture.gridH % m_config.merge != 0 || picture.gridW % m_config.merge != 0 ||
      picture.gridT * picture.gridH * picture.gridW > kMaxPatches)
    return fail("A picture's grid of " + grid +
                " patches does not fit this model (sides must be multiples of " +
                std::to_string(m_config.merge) +
                "); prepare it with the model's own preprocessor_config.json.");
  const std::int64_t patches = picture.gridT * picture.gridH * picture.gridW;
  const std::int64_t tokens = patches / (m_config.merge * m_config.merge);
  const std::vector<std::int64_t> shape = {patches, m_config.patchValues()};
  if (picture.shape != shape ||
      picture.pixels.size() != static_cast<std::size_t>(patches * m_config.patchValues()) ||
      picture.placeholders != tokens)
    return fail("A picture of " + grid + " patches must come as " + std::to_string(patches) + "×" +
                std::to_string(m_config.patchValues()) + " values and " + std::to_string(tokens) +
                " placeholders; prepare it with the model's own preprocessor_config.json.");
  return {};
}

torch::Tensor visionAngles(const PixelPack& picture, const VisionConfig& config) {
  const std::int64_t m = config.merge, quarter = config.width / config.heads / 4;
  const std::int64_t h = picture.gridH, w = picture.gridW;
  // [h/m, m, w/m, m] → [h/m, w/m, m, m]: the order in which the patches come.
  const auto blocks = [&](const torch::Tensor& index_hw) {
    return index_hw.reshape({h / m, m, w / m, m})
        .transpose(1, 2)
        .reshape({-1})
        .repeat({picture.gridT});
  };
  const auto rows_P = blocks(torch::arange(h).unsqueeze(1).expand({h, w}).contiguous());
  const auto columns_P = blocks(torch::arange(w).unsqueeze(0).expand({h, w}).contiguous());
  const auto exponents = torch::arange(quarter, torch::kFloat32) / static_cast<double>(quarter);
  const auto inverse =
      1.0 / torch::pow(torch::scalar_tensor(config.ropeTheta, torch::kFloat32), exponents);
  return torch::cat({torch::outer(rows_P.to(torch::kFloat32), inverse),
                     torch::outer(columns_P.to(torch::kFloat32), inverse)},
                    -1);
}

torch::Tensor VisionTower::blockForward(const Block& block, const torch::Tensor& x_PW,
                                        const torch::Tensor& cos_P1E,
                                        const torch::Tensor& sin_P1E) const {
  const std::int64_t P = x_PW.size(0), H = m_config.heads, E = m_config.width / H;
  const auto qkv = torch::linear(layerNorm(x_PW, block.norm1Weight, block.norm1Bias),
                                 block.qkvWeight, block.qkvBias)
                       .reshape({P, 3, H, E});
  const auto forAttention = [](const torch::Tensor& x_PHE) {
    return x_PHE.transpose(0, 1).unsqueeze(0);
  };
  const auto q_1HPE = forAttention(rotate(qkv.select(1, 0), cos_P1E, sin_P1E));
  const auto k_1HPE = forAttention(rotate(qkv.select(1, 1), cos_P1E, sin_P1E));
  const auto v_1HPE = forAttention(qkv.select(1, 2));
  const auto mixed_PW = at::scaled_dot_product_attention(q_1HPE, k_1HPE, v_1HPE)
                            .squeeze(0)
                            .transpose(0, 1)
                            .reshape({P, H * E});
  const auto afterAttention = x_PW + torch::linear(mixed_PW, block.projWeight, block.projBias);
  const auto inner = torch::linear(layerNorm(afterAttention, block.norm2Weight, block.norm2Bias),
                                   block.fc1Weight, block.fc1Bias);
  const auto active =
      m_config.quickGelu ? inner * torch::sigmoid(1.702 * inner) : torch::gelu(inner);
  return afterAttention + torch::linear(active, block.fc2Weight, block.fc2Bias);
}

torch::Tensor VisionTower::forward(const PixelPack& picture) const {
  if (auto fits = check(picture); !fits) throw std::invalid_argument(fits.error().message);
  const torch::NoGradGuard noGrad;
  const auto place = m_patch.options();
  const auto patches =
      torch::from_blob(const_cast<float*>(picture.pixels.data()), picture.shape, torch::kFloat32);
  auto x_PW = torch::linear(patches.to(place), m_patch);
  const auto angles = visionAngles(picture, m_config);
  const auto whole_PE = torch::cat({angles, angles}, -1).to(place.device());
  const auto cos_P1E = whole_PE.cos().unsqueeze(1), sin_P1E = whole_PE.sin().unsqueeze(1);
  for (const Block& block : m_blocks) x_PW = blockForward(block, x_PW, cos_P1E, sin_P1E);
  // merge² neighbouring rows are one block of the picture: side by side they make one token.
  const auto blocks_NG = layerNorm(x_PW, m_mergerNormWeight, m_mergerNormBias)
                             .reshape({-1, m_config.width * m_config.merge * m_config.merge});
  const auto inner = torch::gelu(torch::linear(blocks_NG, m_merger0Weight, m_merger0Bias));
  return torch::linear(inner, m_merger2Weight, m_merger2Bias);
}

}  // namespace wordsight::neural
