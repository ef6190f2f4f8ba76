#include "neural/models/mllama/cross_layer.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>

#include "neural/kernels.h"

namespace wordsight::neural {
namespace {

/// What a cache keeps of a sequence with pictures, a slot a layer. Shared by the sequences that
/// continue one: written while the prompt is computed, only read afterwards.
struct KeptPictures final : KvCache::Extra {
  std::vector<torch::Tensor> keys_KSE, values_KSE;
  std::vector<Sight::Range> seen;  // by the last token, and by all that follow
};

/// All parts of a group as a call without dropout: training never comes here.
torch::Tensor through(const LinearGroup& group, const torch::Tensor& x) {
  return linear(callOf(group, 0, group.parts.size(), 0, 0), x, nullptr);
}

}  // namespace

LinearGroup CrossLayer::group(const std::vector<std::string>& names,
                              const std::vector<std::int64_t>& sizes, std::int64_t inputs,
                              bool load, WeightSource& weights) {
  LinearGroup out;
  std::vector<std::string> weightNames;
  for (const auto& name : names) weightNames.push_back("language." + m_prefix + name + ".weight");
  if (load) out.weight_NK = weights.takeStacked(weightNames, sizes, inputs);
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out.parts.push_back({m_prefix + names[i], begin, sizes[i], nullptr, true});
    if (out.weight_NK.defined())
      m_tensors.emplace_back(weightNames[i], out.weight_NK.narrow(0, begin, sizes[i]));
    begin += sizes[i];
  }
  return out;
}

CrossLayer::CrossLayer(const DecoderConfig& config, std::int64_t place, std::size_t slot,
                       std::size_t slots, bool load, WeightSource& weights)
    : m_config(config),
      m_prefix("layers." + std::to_string(place) + "."),
      m_slot(slot),
      m_slots(slots),
      m_loaded(load) {
  const torch::NoGradGuard noGrad;
  const std::int64_t D = config.width, E = config.heads.headSize, I = config.mlpWidth;
  const std::int64_t queries = config.heads.heads * E, keys = config.heads.kvHeads * E;
  if (!load) weights.skip("language." + m_prefix);
  const auto take = [&](const char* name, std::int64_t size) -> torch::Tensor {
    if (!load) return {};
    const std::string whole = "language." + m_prefix + name;
    auto tensor = weights.take(whole, {size});
    if (tensor.defined()) m_tensors.emplace_back(whole, tensor);
    return tensor;
  };
  m_inputNorm = take("input_layernorm.weight", D);
  m_postNorm = take("post_attention_layernorm.weight", D);
  m_queryNorm_E = take("cross_attn.q_norm.weight", E);
  m_keyNorm_E = take("cross_attn.k_norm.weight", E);
  m_attentionGate = take("cross_attn_attn_gate", 1);
  m_mlpGate = take("cross_attn_mlp_gate", 1);
  m_query = group({"cross_attn.q_proj"}, {queries}, D, load, weights);
  m_key = group({"cross_attn.k_proj"}, {keys}, D, load, weights);
  m_value = group({"cross_attn.v_proj"}, {keys}, D, load, weights);
  m_out = group({"cross_attn.o_proj"}, {D}, queries, load, weights);
  m_gateUp = group({"mlp.gate_proj", "mlp.up_proj"}, {I, I}, D, load, weights);
  m_down = group({"mlp.down_proj"}, {D}, I, load, weights);
}

std::vector<LinearGroup::Part*> CrossLayer::parts() {
  std::vector<LinearGroup::Part*> parts;
  for (auto* group : {&m_query, &m_key, &m_value, &m_out, &m_gateUp, &m_down})
    for (auto& part : group->parts) parts.push_back(&part);
  return parts;
}

void CrossLayer::project(const Sight& sight, Looking& looking) const {
  const std::int64_t S = sight.states_SD.size(0), K = m_config.heads.kvHeads,
                     E = m_config.heads.headSize;
  const auto keys = kernels::rmsNorm(through(m_key, sight.states_SD).view({S * K, E}), m_keyNorm_E,
                                     m_config.normEps, nullptr);
  looking.keys_KSE = keys.view({S, K, E}).transpose(0, 1).contiguous();
  looking.values_KSE =
      through(m_value, sight.states_SD).view({S, K, E}).transpose(0, 1).contiguous();
}

std::vector<CrossLayer::Looking> CrossLayer::lookings(const Layout& layout, KvCache* cache) const {
  std::vector<Looking> out;
  std::int64_t row = 0;
  for (std::size_t i = 0; i < layout.lengths.size(); row += layout.lengths[i], ++i) {
    const auto sight = layout.sights.empty() ? nullptr : layout.sights[i];
    auto kept = cache ? std::dynamic_pointer_cast<KeptPictures>(cache->extra(i)) : nullptr;
    if ((!sight && !kept) || layout.lengths[i] == 0) continue;
    if (!m_loaded)
      throw std::invalid_argument(
          "A mllama model without its vision part cannot look at pictures.");
    Looking looking{row, layout.lengths[i], {}, {}, {}};
    if (sight) {
      project(*sight, looking);
      looking.runs = sight->runs;
    } else {
      looking.keys_KSE = kept->keys_KSE[m_slot];
      looking.values_KSE = kept->values_KSE[m_slot];
      looking.runs = {{looking.rows, kept->seen}};
    }
    if (sight && cache) {
      if (!kept) {
        kept = std::make_shared<KeptPictures>();
        kept->keys_KSE.resize(m_slots);
        kept->values_KSE.resize(m_slots);
        kept->seen = sight->runs.back().seen;
        cache->setExtra(i, kept);
      }
      kept->keys_KSE[m_slot] = looking.keys_KSE;
      kept->values_KSE[m_slot] = looking.values_KSE;
    }
    out.push_back(std::move(looking));
  }
  return out;
}

/// Rows that see nothing attend to all pictures and all tiles: so the reference's mask works out.
torch::Tensor CrossLayer::attend(const torch::Tensor& q_RD,
                                 const std::vector<Looking>& lookings) const {
  const HeadSizes& sizes = m_config.heads;
  const std::int64_t K = sizes.kvHeads, G = sizes.repeats(), E = sizes.headSize;
  std::vector<torch::Tensor> parts;
  std::int64_t row = 0;
  for (const Looking& looking : lookings)
    for (const Sight::Run& run : looking.runs) {
      const auto seenOf = [&](const torch::Tensor& x_KSE) {
        if (run.seen.empty()) return x_KSE;
        std::vector<torch::Tensor> ranges;
        for (const auto& range : run.seen)
          ranges.push_back(x_KSE.narrow(1, range.from, range.to - range.from));
        return ranges.size() == 1 ? ranges.front() : torch::cat(ranges, 1);
      };
      const std::int64_t L = run.tokens;
      const auto q_KLE =
          q_RD.narrow(0, row, L).view({L, K, G, E}).permute({1, 2, 0, 3}).reshape({1, K, G * L, E});
      const auto o = at::scaled_dot_product_attention(q_KLE, seenOf(looking.keys_KSE).unsqueeze(0),
                                                      seenOf(looking.values_KSE).unsqueeze(0));
      parts.push_back(o.view({K, G, L, E}).permute({2, 0, 1, 3}).reshape({L, K * G * E}));
      row += L;
    }
  return torch::cat(parts);
}

torch::Tensor CrossLayer::forward(const torch::Tensor& hidden_TD, const Layout& layout,
                                  KvCache* cache) const {
  const bool hasPicture =
      std::any_of(layout.sights.begin(), layout.sights.end(), [](const auto& s) { return s; });
  if (!hasPicture && !cache) return hidden_TD;
  if (torch::GradMode::is_enabled() && hidden_TD.requires_grad())
    throw std::invalid_argument(
        "A mllama model is trained on text alone: no gradient is computed through its pictures.");
  const auto looking = lookings(layout, cache);
  if (looking.empty()) return hidden_TD;
  const torch::NoGradGuard noGrad;
  std::vector<torch::Tensor> index;
  std::vector<float> sees;  // 0: the row stands before every picture
  bool anyBlind = false;
  for (const Looking& each : looking) {
    index.push_back(torch::arange(each.firstRow, each.firstRow + each.rows, torch::kInt64));
    for (const auto& run : each.runs) {
      anyBlind = anyBlind || run.seen.empty();
      sees.insert(sees.end(), static_cast<std::size_t>(run.tokens), run.seen.empty() ? 0.F : 1.F);
    }
  }
  const auto rows = torch::cat(index).to(hidden_TD.device());
  const std::int64_t R = rows.size(0);
  if (static_cast<std::int64_t>(sees.size()) != R)
    throw std::invalid_argument("CrossLayer: a sight belongs to another number of tokens");
  auto x_RD = hidden_TD.index_select(0, rows);
  const auto normed = kernels::rmsNorm(x_RD, m_inputNorm, m_config.normEps, nullptr);
  const std::int64_t H = m_config.heads.heads, E = m_config.heads.headSize;
  const auto q_RD = kernels::rmsNorm(through(m_query, normed).view({R * H, E}), m_queryNorm_E,
                                     m_config.normEps, nullptr)
                        .view({R, H * E});
  x_RD = x_RD + m_attentionGate.tanh() * through(m_out, attend(q_RD, looking));
  const auto normed2 = kernels::rmsNorm(x_RD, m_postNorm, m_config.normEps, nullptr);
  auto mlp_RD = through(m_down, kernels::swiglu(through(m_gateUp, normed2)));
  if (anyBlind) mlp_RD = mlp_RD * torch::tensor(sees).to(mlp_RD.options()).unsqueeze(1);
  return hidden_TD.index_copy(0, rows, x_RD + m_mlpGate.tanh() * mlp_RD);
}

}  // namespace wordsight::neural
