#include "neural/models/llava_onevision/siglip.h"

#include <torch/torch.h>

#include <algorithm>

#include "neural/decoder_config.h"
#include "neural/tower_config.h"

namespace wordsight::neural {

Result<SiglipConfig> readSiglipConfig(const ConfigReader& root) {
  if (!root.isObject("vision_config"))
    return fail(root.what() +
                ": \"vision_config\" is missing; a LLaVA-OneVision checkpoint must have it.");
  WORDSIGHT_TRY(const ConfigReader config, root.section("vision_config"));
  WORDSIGHT_CHECK(onlyText(config, "model_type", "siglip_vision_model"));
  SiglipConfig out;
  const auto read = [&](const char* key, std::int64_t fallback, std::int64_t most,
                        std::int64_t& into) -> Status {
    into = fallback;
    if (!config.has(key)) return {};
    WORDSIGHT_TRY(into, config.integer(key, 1, most));
    return {};
  };
  // Absent keys have SigLIP's own defaults, as in the reference.
  WORDSIGHT_CHECK(read("num_hidden_layers", 12, 512, out.depth));
  WORDSIGHT_CHECK(read("hidden_size", 768, 1 << 15, out.width));
  WORDSIGHT_CHECK(read("num_attention_heads", 12, 1 << 10, out.heads));
  WORDSIGHT_CHECK(read("intermediate_size", 3072, 1 << 17, out.mlpWidth));
  WORDSIGHT_CHECK(read("num_channels", 3, 3, out.channels));
  WORDSIGHT_CHECK(read("image_size", 224, 1 << 13, out.pictureSide));
  WORDSIGHT_CHECK(read("patch_size", 16, 1 << 10, out.patch));
  if (out.width % out.heads != 0)
    return fail(config.what() +
                ": hidden_size must be a multiple of num_attention_heads; restore the model's own "
                "config.json.");
  if (out.channels != 3 || out.patch > out.pictureSide)
    return fail(config.what() +
                ": num_channels must be 3 and patch_size at most image_size; restore the model's "
                "own config.json.");
  WORDSIGHT_TRY(out.normEps, readNormEpsilon(config, "layer_norm_eps", out.normEps));
  WORDSIGHT_TRY(out.tanhGelu, readTanhGelu(config, "gelu_pytorch_tanh"));
  return out;
}

torch::Tensor SiglipTower::take(const std::string& name, const std::vector<std::int64_t>& shape,
                                WeightSource& weights) {
  auto tensor = weights.take("vision." + name, shape);
  if (tensor.defined()) m_tensors.emplace_back("vision." + name, tensor);
  return tensor;
}

SiglipTower::Linear SiglipTower::takeLinear(const std::string& name, std::int64_t outputs,
                                            std::int64_t inputs, WeightSource& weights) {
  return {take(name + ".weight", {outputs, inputs}, weights),
          take(name + ".bias", {outputs}, weights)};
}

SiglipTower::SiglipTower(const SiglipConfig& config, std::int64_t blocks, WeightSource& weights)
    : m_config(config) {
  const torch::NoGradGuard noGrad;
  const std::int64_t W = config.width;
  m_patchWeight = take("embeddings.patch_embedding.weight",
                       {W, config.channels, config.patch, config.patch}, weights);
  m_patchBias = take("embeddings.patch_embedding.bias", {W}, weights);
  m_positions_PW = take("embeddings.position_embedding.weight", {config.patches(), W}, weights);
  const auto norm = [&](const std::string& name) {
    return Linear{take(name + ".weight", {W}, weights), take(name + ".bias", {W}, weights)};
  };
  for (std::int64_t i = 0; i < blocks; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    Block& block = m_blocks.emplace_back();
    block.norm1 = norm(at + "layer_norm1");
    block.norm2 = norm(at + "layer_norm2");
    block.q = takeLinear(at + "self_attn.q_proj", W, W, weights);
    block.k = takeLinear(at + "self_attn.k_proj", W, W, weights);
    block.v = takeLinear(at + "self_attn.v_proj", W, W, weights);
    block.out = takeLinear(at + "self_attn.out_proj", W, W, weights);
    block.fc1 = takeLinear(at + "mlp.fc1", config.mlpWidth, W, weights);
    block.fc2 = takeLinear(at + "mlp.fc2", W, config.mlpWidth, weights);
  }
  for (std::int64_t i = blocks; i < config.depth; ++i)
    weights.skip("vision.blocks." + std::to_string(i) + ".");
  // What only SigLIP's own tasks use.
  for (const char* unused : {"vision.post_layernorm.", "vision.head."}) weights.skip(unused);
}

torch::Tensor SiglipTower::blockForward(const Block& block, const torch::Tensor& x_BPW) const {
  const std::int64_t B = x_BPW.size(0), P = x_BPW.size(1), W = m_config.width;
  const std::int64_t H = m_config.heads, E = W / H;
  const auto normed =
      torch::layer_norm(x_BPW, {W}, block.norm1.weight, block.norm1.bias, m_config.normEps);
  const auto heads = [&](const Linear& linear) {
    return torch::linear(normed, linear.weight, linear.bias).view({B, P, H, E}).transpose(1, 2);
  };
  const auto mixed_BPW =
      at::scaled_dot_product_attention(heads(block.q), heads(block.k), heads(block.v))
          .transpose(1, 2)
          .reshape({B, P, W});
  const auto after = x_BPW + torch::linear(mixed_BPW, block.out.weight, block.out.bias);
  const auto normed2 =
      torch::layer_norm(after, {W}, block.norm2.weight, block.norm2.bias, m_config.normEps);
  const auto inner = torch::gelu(torch::linear(normed2, block.fc1.weight, block.fc1.bias),
                                 m_config.tanhGelu ? "tanh" : "none");
  return after + torch::linear(inner, block.fc2.weight, block.fc2.bias);
}

torch::Tensor SiglipTower::forward(const torch::Tensor& pictures,
                                   const std::vector<std::int64_t>& wanted) const {
  const torch::NoGradGuard noGrad;
  auto x_BPW = torch::conv2d(pictures.to(m_patchWeight.options()), m_patchWeight, m_patchBias,
                             m_config.patch)
                   .flatten(2)
                   .transpose(1, 2) +
               m_positions_PW;
  std::vector<torch::Tensor> found(wanted.size());
  const auto keep = [&](std::int64_t state) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i] == state) found[i] = x_BPW;
  };
  keep(0);
  for (std::size_t i = 0; i < m_blocks.size(); ++i) {
    x_BPW = blockForward(m_blocks[i], x_BPW);
    keep(static_cast<std::int64_t>(i) + 1);
  }
  return found.size() == 1 ? found.front() : torch::cat(found, -1);
}

}  // namespace wordsight::neural
