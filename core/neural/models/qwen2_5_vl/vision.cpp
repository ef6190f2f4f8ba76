#include "neural/models/qwen2_5_vl/vision.h"

#include <torch/torch.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "neural/decoder_config.h"

namespace wordsight::neural {
namespace {

constexpr double kNormEpsilon = 1e-6;  // fixed in the architecture, not in config.json

torch::Tensor rmsNorm(const torch::Tensor& x, const torch::Tensor& weight) {
  const auto wide = x.to(torch::kFloat32);
  const auto scale = torch::rsqrt(wide.pow(2).mean(-1, true) + kNormEpsilon);
  return weight * (wide * scale).to(x.scalar_type());
}

Status readWindows(const ConfigReader& config, WindowedVisionConfig& out) {
  std::int64_t pixels = 112;
  if (config.has("window_size")) {
    WORDSIGHT_TRY(pixels, config.integer("window_size", 1, 1 << 16));
  }
  out.window = pixels / out.merge / out.patch;
  if (out.window < 1)
    return fail(config.what() + ": \"vision_config.window_size\" (" + std::to_string(pixels) +
                ") is smaller than one merged patch; restore the model's own config.json.");
  out.wholeBlocks = {7, 15, 23, 31};
  if (config.has("fullatt_block_indexes")) {
    WORDSIGHT_TRY(out.wholeBlocks, config.integers("fullatt_block_indexes"));
  }
  return {};
}

}  // namespace

Result<WindowedVisionConfig> readWindowedVisionConfig(const ConfigReader& root) {
  if (!root.isObject("vision_config"))
    return fail(root.what() +
                ": \"vision_config\" is missing; a Qwen2.5-VL checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader config, root.section("vision_config"));
  WindowedVisionConfig out;
  WORDSIGHT_TRY(out.depth, config.integer("depth", 1, 512));
  WORDSIGHT_TRY(out.width, config.integer("hidden_size", 8, 1 << 15));
  WORDSIGHT_TRY(out.heads, config.integer("num_heads", 1, 1 << 10));
  WORDSIGHT_TRY(out.mlpWidth, config.integer("intermediate_size", 1, 1 << 17));
  WORDSIGHT_TRY(out.outWidth, config.integer("out_hidden_size", 1, 1 << 17));
  WORDSIGHT_TRY(static_cast<PatchSizes&>(out), readPatchSizes(config));
  if (out.width % out.heads != 0 || out.width / out.heads % 4 != 0)
    return fail(config.what() + ": \"vision_config.hidden_size\" (" + std::to_string(out.width) +
                ") divided by \"num_heads\" (" + std::to_string(out.heads) +
                ") must be a multiple of 4 for 2-D rotary positions.");
  WORDSIGHT_CHECK(onlyText(config, "hidden_act", "silu"));
  WORDSIGHT_CHECK(readWindows(config, out));
  WORDSIGHT_TRY(out.ropeTheta, readVisionTheta(config));
  return out;
}

WindowOrder windowOrder(std::int64_t rows, std::int64_t columns, std::int64_t window) {
  // Where windows lie in the order changes nothing: like sizes together make one batched product.
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::int64_t>> bySize;
  for (std::int64_t top = 0; top < rows; top += window)
    for (std::int64_t left = 0; left < columns; left += window) {
      const std::int64_t bottom = std::min(rows, top + window),
                         right = std::min(columns, left + window);
      auto& tokens = bySize[{bottom - top, right - left}];
      for (std::int64_t row = top; row < bottom; ++row)
        for (std::int64_t column = left; column < right; ++column)
          tokens.push_back(row * columns + column);
    }
  WindowOrder order;
  for (const auto& [size, tokens] : bySize) {
    const std::int64_t each = size.first * size.second;
    order.runs.push_back({static_cast<std::int64_t>(tokens.size()) / each, each});
    order.tokens.insert(order.tokens.end(), tokens.begin(), tokens.end());
  }
  return order;
}

Result<WindowedVisionTower> WindowedVisionTower::load(const WindowedVisionConfig& config,
                                                      const TensorSource& tensors) {
  WindowedVisionTower tower;
  tower.m_config = config;
  const std::int64_t W = config.width, M = config.mlpWidth, G = W * config.merge * config.merge;
  TensorTaker taker(tensors);
  WORDSIGHT_CHECK(
      taker.take(tower.m_patch, "patch_embed.proj.weight",
                 {W, config.channels, config.temporalPatch, config.patch, config.patch}));
  if (tower.m_patch.defined()) tower.m_patch = tower.m_patch.reshape({W, config.patchValues()});
  for (std::int64_t i = 0; i < config.depth; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    Block& block = tower.m_blocks.emplace_back();
    const auto& whole = config.wholeBlocks;
    block.whole = std::find(whole.begin(), whole.end(), i) != whole.end();
    WORDSIGHT_CHECK(taker.take(block.norm1, at + "norm1.weight", {W}));
    WORDSIGHT_CHECK(taker.take(block.norm2, at + "norm2.weight", {W}));
    WORDSIGHT_CHECK(taker.takeLinear(block.qkvWeight, block.qkvBias, at + "attn.qkv", 3 * W, W));
    WORDSIGHT_CHECK(taker.takeLinear(block.projWeight, block.projBias, at + "attn.proj", W, W));
    WORDSIGHT_CHECK(taker.takeLinear(block.gateWeight, block.gateBias, at + "mlp.gate_proj", M, W));
    WORDSIGHT_CHECK(taker.takeLinear(block.upWeight, block.upBias, at + "mlp.up_proj", M, W));
    WORDSIGHT_CHECK(taker.takeLinear(block.downWeight, block.downBias, at + "mlp.down_proj", W, M));
  }
  WORDSIGHT_CHECK(taker.take(tower.m_mergerNorm, "merger.ln_q.weight", {W}));
  WORDSIGHT_CHECK(
      taker.takeLinear(tower.m_merger0Weight, tower.m_merger0Bias, "merger.mlp.0", G, G));
  WORDSIGHT_CHECK(taker.takeLinear(tower.m_merger2Weight, tower.m_merger2Bias, "merger.mlp.2",
                                   config.outWidth, G));
  tower.m_tensors = std::move(taker.taken);
  return tower;
}

torch::Tensor WindowedVisionTower::blockForward(const Block& block, const torch::Tensor& x_PW,
                                                const PatchRotation& rotation,
                                                const std::vector<WindowOrder::Run>& runs) const {
  const std::int64_t P = x_PW.size(0), H = m_config.heads, E = m_config.width / H;
  const std::int64_t unit = m_config.merge * m_config.merge;
  const auto qkv = torch::linear(rmsNorm(x_PW, block.norm1), block.qkvWeight, block.qkvBias)
                       .reshape({P, 3, H, E});
  const auto q_PHE = rotatePatches(qkv.select(1, 0), rotation);
  const auto k_PHE = rotatePatches(qkv.select(1, 1), rotation);
  const auto v_PHE = qkv.select(1, 2);
  std::vector<torch::Tensor> mixed;
  std::int64_t from = 0;
  const std::vector<WindowOrder::Run> one = {{1, P / unit}};
  for (const auto& run : block.whole ? one : runs) {
    const std::int64_t each = run.tokens * unit, rows = run.windows * each;
    const auto windows = [&](const torch::Tensor& x) {
      return x.narrow(0, from, rows).reshape({run.windows, each, H, E}).transpose(1, 2);
    };
    mixed.push_back(at::scaled_dot_product_attention(windows(q_PHE), windows(k_PHE), windows(v_PHE))
                        .transpose(1, 2)
                        .reshape({rows, H * E}));
    from += rows;
  }
  const auto mixed_PW = mixed.size() == 1 ? mixed.front() : torch::cat(mixed);
  const auto after_PW = x_PW + torch::linear(mixed_PW, block.projWeight, block.projBias);
  const auto inner_PW = rmsNorm(after_PW, block.norm2);
  const auto gated = torch::silu(torch::linear(inner_PW, block.gateWeight, block.gateBias)) *
                     torch::linear(inner_PW, block.upWeight, block.upBias);
  return after_PW + torch::linear(gated, block.downWeight, block.downBias);
}

torch::Tensor WindowedVisionTower::frame(const torch::Tensor& patches_PV, std::int64_t rows,
                                         std::int64_t columns) const {
  const std::int64_t merge = m_config.merge, unit = merge * merge;
  const auto place = m_patch.options();
  const WindowOrder order = windowOrder(rows / merge, columns / merge, m_config.window);
  const auto order_N = torch::tensor(order.tokens, torch::kInt64).to(place.device());
  const auto ordered = [&](const torch::Tensor& x) {
    return x.reshape({-1, unit * x.size(1)}).index_select(0, order_N).reshape({-1, x.size(1)});
  };
  const auto angles_PF =
      visionAngles(rows, columns, merge, m_config.width / m_config.heads, m_config.ropeTheta);
  const auto rotation = patchRotation(ordered(angles_PF.to(place.device())));
  auto x_PW = ordered(torch::linear(patches_PV.to(place), m_patch));
  for (const Block& block : m_blocks) x_PW = blockForward(block, x_PW, rotation, order.runs);
  // merge² neighbouring rows are one block of the picture: side by side they make one token.
  const auto blocks_NG = rmsNorm(x_PW, m_mergerNorm).reshape({-1, m_config.width * unit});
  const auto inner = torch::gelu(torch::linear(blocks_NG, m_merger0Weight, m_merger0Bias));
  const auto features_ND = torch::linear(inner, m_merger2Weight, m_merger2Bias);
  return features_ND.index_select(0, torch::argsort(order_N));
}

torch::Tensor WindowedVisionTower::forward(const PixelPack& picture) const {
  if (auto fits = checkPatches(picture, m_config); !fits)
    throw std::invalid_argument(fits.error().message);
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

}  // namespace wordsight::neural
