#include "neural/models/qwen2_vl/vision.h"

#include <torch/torch.h>

#include <stdexcept>

namespace wordsight::neural {
namespace {

constexpr double kNormEpsilon = 1e-6;  // fixed in the architecture, not in config.json
torch::Tensor layerNorm(const torch::Tensor& x, const torch::Tensor& weight,
                        const torch::Tensor& bias) {
  return torch::layer_norm(x, {weight.size(0)}, weight, bias, kNormEpsilon);
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
  WORDSIGHT_TRY(static_cast<PatchSizes&>(out), readPatchSizes(config));
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
  WORDSIGHT_TRY(out.ropeTheta, readVisionTheta(config));
  return out;
}

Result<VisionTower> VisionTower::load(const VisionConfig& config, const TensorSource& tensors) {
  VisionTower tower;
  tower.m_config = config;
  const std::int64_t W = config.width, M = config.mlpWidth, G = W * config.merge * config.merge;
  TensorTaker taker(tensors);
  const auto takePair = [&](torch::Tensor& weight, torch::Tensor& bias, const std::string& name,
                            std::int64_t out, std::int64_t in) -> Status {
    if (in > 0) return taker.takeLinear(weight, bias, name, out, in);
    WORDSIGHT_CHECK(taker.take(weight, name + ".weight", {out}));
    return taker.take(bias, name + ".bias", {out});
  };
  WORDSIGHT_CHECK(
      taker.take(tower.m_patch, "patch_embed.proj.weight",
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
  tower.m_tensors = std::move(taker.taken);
  return tower;
}

Status VisionTower::check(const PixelPack& picture) const {
  return checkPatches(picture, m_config);
}

torch::Tensor VisionTower::blockForward(const Block& block, const torch::Tensor& x_PW,
                                        const PatchRotation& rotation) const {
  const std::int64_t P = x_PW.size(0), H = m_config.heads, E = m_config.width / H;
  const auto qkv = torch::linear(layerNorm(x_PW, block.norm1Weight, block.norm1Bias),
                                 block.qkvWeight, block.qkvBias)
                       .reshape({P, 3, H, E});
  const auto forAttention = [](const torch::Tensor& x_PHE) {
    return x_PHE.transpose(0, 1).unsqueeze(0);
  };
  const auto q_1HPE = forAttention(rotatePatches(qkv.select(1, 0), rotation));
  const auto k_1HPE = forAttention(rotatePatches(qkv.select(1, 1), rotation));
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
  const auto patches_PV =
      torch::from_blob(const_cast<float*>(picture.pixels.data()), picture.shape, torch::kFloat32);
  // Patches attend inside their frame alone.
  const std::int64_t each = picture.gridH * picture.gridW;
  std::vector<torch::Tensor> frames;
  for (std::int64_t t = 0; t < picture.gridT; ++t)
    frames.push_back(frame(patches_PV.narrow(0, t * each, each), picture.gridH, picture.gridW));
  return frames.size() == 1 ? frames.front() : torch::cat(frames);
}

torch::Tensor VisionTower::frame(const torch::Tensor& patches_PV, std::int64_t rows,
                                 std::int64_t columns) const {
  const auto place = m_patch.options();
  auto x_PW = torch::linear(patches_PV.to(place), m_patch);
  const auto rotation =
      patchRotation(visionAngles(rows, columns, m_config.merge, m_config.width / m_config.heads,
                                 m_config.ropeTheta)
                        .to(place.device()));
  for (const Block& block : m_blocks) x_PW = blockForward(block, x_PW, rotation);
  // merge² neighbouring rows are one block of the picture: side by side they make one token.
  const auto blocks_NG = layerNorm(x_PW, m_mergerNormWeight, m_mergerNormBias)
                             .reshape({-1, m_config.width * m_config.merge * m_config.merge});
  const auto inner = torch::gelu(torch::linear(blocks_NG, m_merger0Weight, m_merger0Bias));
  return torch::linear(inner, m_merger2Weight, m_merger2Bias);
}

}  // namespace wordsight::neural
