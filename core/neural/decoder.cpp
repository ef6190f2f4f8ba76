#include "neural/decoder.h"

#include <torch/torch.h>

#include <numeric>
#include <stdexcept>

#include "base/log.h"
#include "neural/decoder_layer.h"

namespace wordsight::neural {
namespace {

/// Rows go up in steps, so that few shapes occur (oneDNN compiles a kernel per shape); a few rows
/// stay few.
std::int64_t paddedRows(std::int64_t rows) {
  if (rows <= kernels::kFewRows) return rows;
  const std::int64_t step = rows <= 256 ? 16 : 32;
  return (rows + step - 1) / step * step;
}

void checkLayout(const torch::Tensor& hidden, const Layout& layout, const KvCache* cache) {
  std::int64_t rows = 0;
  for (const std::int64_t length : layout.lengths) {
    if (length < 0)
      throw std::invalid_argument("LanguageModel::forward: a sequence of negative length");
    rows += length;
  }
  if (!layout.sights.empty() && layout.sights.size() != layout.lengths.size())
    throw std::invalid_argument("LanguageModel::forward: not one sight a sequence");
  if (rows != hidden.size(0) || layout.positions.size(-1) != rows)
    throw std::invalid_argument("LanguageModel::forward: lengths, positions and rows do not agree");
  if (cache && cache->sequences() != layout.lengths.size())
    throw std::invalid_argument(
        "LanguageModel::forward: the cache has another number of sequences");
}

std::vector<std::int64_t> valuesOf(const torch::Tensor& wanted, std::int64_t rows) {
  const auto index = wanted.to(torch::kInt64).contiguous();
  std::vector<std::int64_t> values(index.const_data_ptr<std::int64_t>(),
                                   index.const_data_ptr<std::int64_t>() + index.numel());
  for (const std::int64_t row : values)
    if (row < 0 || row >= rows)
      throw std::invalid_argument("LanguageModel::forward: a wanted row is out of range");
  return values;
}

}  // namespace

Decoder::Decoder(const DecoderConfig& config, WeightSource& weights,
                 std::vector<std::shared_ptr<OtherLayer>> others)
    : m_config(config) {
  const torch::NoGradGuard noGrad;
  for (std::size_t i = 0; i < config.otherLayers.size(); ++i)
    m_others[config.otherLayers[i]] = others.at(i);
  for (std::int64_t i = 0; i < config.layers; ++i) {
    if (const auto other = m_others.find(i); other == m_others.end())
      takeLayer(i, weights);
    else
      m_tensors.insert(m_tensors.end(), other->second->tensors().begin(),
                       other->second->tensors().end());
  }
  takeEnds(weights);
  m_inverseFrequencies = inverseFrequencies(config.rope, config.heads.headSize);
}

torch::Tensor Decoder::take(const std::string& name, const std::vector<std::int64_t>& shape,
                            WeightSource& weights) {
  auto tensor = weights.take(name, shape);
  if (tensor.defined()) m_tensors.emplace_back(name, tensor);
  return tensor;
}

LinearGroup Decoder::takeGroup(const std::string& prefix, const std::vector<std::string>& names,
                               const std::vector<std::int64_t>& sizes, std::int64_t inputs,
                               bool bias, WeightSource& weights) {
  std::vector<std::string> weightNames, biasNames;
  for (const auto& name : names) {
    weightNames.push_back("language." + prefix + name + ".weight");
    biasNames.push_back("language." + prefix + name + ".bias");
  }
  LinearGroup group;
  group.weight_NK = weights.takeStacked(weightNames, sizes, inputs);
  if (bias) group.bias_N = weights.takeStacked(biasNames, sizes);
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    group.parts.push_back({prefix + names[i], begin, sizes[i], nullptr});
    if (group.weight_NK.defined())
      m_tensors.emplace_back(weightNames[i], group.weight_NK.narrow(0, begin, sizes[i]));
    if (group.bias_N.defined())
      m_tensors.emplace_back(biasNames[i], group.bias_N.narrow(0, begin, sizes[i]));
    begin += sizes[i];
  }
  return group;
}

void Decoder::takeLayer(std::int64_t index, WeightSource& weights) {
  const DecoderConfig& c = m_config;
  const std::string prefix = "layers." + std::to_string(index) + ".";
  const std::int64_t queryWidth = c.heads.heads * c.heads.headSize,
                     keyWidth = c.heads.kvHeads * c.heads.headSize;
  DecoderLayer layer;
  layer.inputNorm = take("language." + prefix + "input_layernorm.weight", {c.width}, weights);
  layer.postNorm =
      take("language." + prefix + "post_attention_layernorm.weight", {c.width}, weights);
  layer.qkv = takeGroup(prefix + "self_attn.", {"q_proj", "k_proj", "v_proj"},
                        {queryWidth, keyWidth, keyWidth}, c.width, c.qkvBias, weights);
  layer.out =
      takeGroup(prefix + "self_attn.", {"o_proj"}, {c.width}, queryWidth, c.outBias, weights);
  layer.gateUp = takeGroup(prefix + "mlp.", {"gate_proj", "up_proj"}, {c.mlpWidth, c.mlpWidth},
                           c.width, c.mlpBias, weights);
  layer.down = takeGroup(prefix + "mlp.", {"down_proj"}, {c.width}, c.mlpWidth, c.mlpBias, weights);
  m_layers.push_back(std::move(layer));
}

void Decoder::takeEnds(WeightSource& weights) {
  const DecoderConfig& c = m_config;
  const std::string embedding = "language.embed_tokens.weight", head = "lm_head.weight";
  m_norm = take("language.norm.weight", {c.width}, weights);
  // Tied: one matrix, stored under either name. Stored under both with different values, the two
  // are meant (so does transformers 5).
  const bool both =
      c.tied && weights.has(embedding) && weights.has(head) && !weights.sameBytes(embedding, head);
  if (both)
    log::warn(weights.folder().string() +
              ": config.json ties the head to the embedding, but the file holds two "
              "different matrices; both are used.");
  if (c.tied && !both) {
    m_embedding_VD = take(weights.has(embedding) || !weights.has(head) ? embedding : head,
                          {c.vocabulary + c.extraEmbeddings, c.width}, weights);
    m_head_VD = m_embedding_VD;
    weights.skip(head);
    return;
  }
  m_embedding_VD = take(embedding, {c.vocabulary + c.extraEmbeddings, c.width}, weights);
  m_head_VD = take(head, {c.vocabulary, c.width}, weights);
}

torch::Tensor Decoder::embed(const torch::Tensor& ids_T) const {
  const torch::NoGradGuard noGrad;
  return m_embedding_VD.index_select(0, ids_T.to(torch::kInt64));
}

torch::Tensor Decoder::forward(const torch::Tensor& hidden_TD, const Layout& layout, KvCache* cache,
                               bool recompute, const torch::Tensor& wanted_N,
                               const DropoutState& dropout) const {
  checkLayout(hidden_TD, layout, cache);
  const std::int64_t rows = hidden_TD.size(0);
  const bool choose = wanted_N.defined();
  auto pass = std::make_shared<Pass>();
  pass->heads = m_config.heads;
  pass->normEps = m_config.normEps;
  pass->recompute = recompute;
  pass->rows = rows;
  pass->dropout = dropout;
  pass->cache = cache;
  std::vector<std::int64_t> past;
  if (cache) {
    cache->reserve(layout.lengths);
    for (std::size_t i = 0; i < layout.lengths.size(); ++i) past.push_back(cache->length(i));
  }
  const auto* pastOrNull = cache ? &past : nullptr;
  const std::int64_t capacity = cache ? cache->capacity() : 0;
  pass->plan = planAttention(m_config.heads, layout.lengths, nullptr, pastOrNull, capacity);
  {
    const torch::NoGradGuard noGrad;
    pass->rotation =
        rotationAt(layout.positions, layout.lengths, m_inverseFrequencies, m_config.rope);
    if (choose) {
      const auto chosen = valuesOf(wanted_N, rows);
      pass->wanted_N = wanted_N.to(torch::kInt64);
      pass->chosenRows = paddedRows(wanted_N.size(0));
      pass->chosenRotation = {pass->rotation.cos.index_select(0, pass->wanted_N),
                              pass->rotation.sin.index_select(0, pass->wanted_N)};
      pass->lastPlan = planAttention(m_config.heads, layout.lengths, &chosen, pastOrNull, capacity);
    }
  }
  const std::int64_t padding = paddedRows(rows) - rows;
  auto hidden =
      padding ? torch::constant_pad_nd(hidden_TD, {0, 0, 0, padding}) : hidden_TD.contiguous();
  std::size_t own = 0;  // layers of the decoder's own kind so far
  bool picked = false;  // the wanted rows are already all there are
  for (std::int64_t i = 0; i < m_config.layers; ++i) {
    if (const auto other = m_others.find(i); other != m_others.end()) {
      hidden = other->second->forward(hidden, layout, cache);
      continue;
    }
    picked = choose && i + 1 == m_config.layers;
    hidden = runLayer(layerCall(pass, m_layers[own], own, picked), hidden);
    ++own;
  }
  if (cache) cache->advance(layout.lengths);
  if (choose && !picked) hidden = hidden.index_select(0, wanted_N.to(torch::kInt64));
  const std::int64_t given = choose ? wanted_N.size(0) : rows;
  if (hidden.size(0) != given) hidden = hidden.narrow(0, 0, given);
  return runNorm(hidden, m_norm, m_config.normEps);
}

torch::Tensor Decoder::head(const torch::Tensor& hidden_ND) const {
  const bool differentiable = torch::GradMode::is_enabled() && hidden_ND.requires_grad();
  if (hidden_ND.size(0) <= kernels::kFewRows && !differentiable)
    return kernels::fewRowsTimes(hidden_ND, m_head_VD, {});
  return torch::linear(hidden_ND, m_head_VD);
}

torch::Tensor Decoder::headAt(const torch::Tensor& hidden_ND, const torch::Tensor& ids_K) const {
  const auto rows_KD = m_head_VD.index_select(0, ids_K.to(m_head_VD.device())).to(torch::kFloat32);
  return torch::linear(hidden_ND.to(torch::kFloat32), rows_KD);
}

std::vector<LinearGroup::Part*> Decoder::parts() {
  std::vector<LinearGroup::Part*> parts;
  auto own = m_layers.begin();
  for (std::int64_t i = 0; i < m_config.layers; ++i) {
    if (const auto other = m_others.find(i); other != m_others.end()) {
      for (auto* part : other->second->parts()) parts.push_back(part);
      continue;
    }
    for (auto* group : {&own->qkv, &own->out, &own->gateUp, &own->down})
      for (auto& part : group->parts) parts.push_back(&part);
    ++own;
  }
  return parts;
}

std::vector<const LinearGroup::Part*> Decoder::parts() const {
  std::vector<const LinearGroup::Part*> parts;
  for (auto* part : const_cast<Decoder*>(this)->parts()) parts.push_back(part);
  return parts;
}

std::int64_t Decoder::inputsOf(const LinearGroup::Part& part) const {
  if (part.name.ends_with("o_proj")) return m_config.heads.heads * m_config.heads.headSize;
  return part.name.ends_with("down_proj") ? m_config.mlpWidth : m_config.width;
}

}  // namespace wordsight::neural
