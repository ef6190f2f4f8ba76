#include "neural/decoder_layer.h"

#include <torch/torch.h>

#include <algorithm>

#include "neural/simd.h"

namespace wordsight::neural {
namespace {

/// What the backward pass of a layer needs: rows before each product, and the attention's insides.
struct LayerSaved : torch::CustomClassHolder {
  LayerCall call;
  torch::Tensor x_TD;  // the layer's input: all there is with recompute
  bool complete = false;
  torch::Tensor inverse1_T, lowQkv, lowQuery, lowKeyValue;
  SavedAttention attention;
  torch::Tensor o_TD, lowOut, h_TD, inverse2_T, gateUp_T2I, lowGateUp, lowDown;
};

/// Room for rows of which the first `written` will be written whole; the others are zero.
torch::Tensor roomFor(std::int64_t rows, std::int64_t width, std::int64_t written,
                      const torch::Tensor& like) {
  auto room = torch::empty({rows, width}, like.options());
  if (written < rows) room.narrow(0, written, rows - written).zero_();
  return room;
}

/// Rows by number, with zero rows up to `rows`.
torch::Tensor chosenRows(const torch::Tensor& x, const torch::Tensor& wanted, std::int64_t rows) {
  auto picked = x.index_select(0, wanted);
  const std::int64_t padding = rows - picked.size(0);
  return padding ? torch::constant_pad_nd(picked, {0, 0, 0, padding}) : picked;
}

AttentionInput attentionInput(const LayerCall& call, const torch::Tensor& q,
                              const torch::Tensor& kv) {
  const Pass& pass = *call.pass;
  const std::int64_t keyWidth = pass.heads.kvHeads * pass.heads.headSize;
  AttentionInput input;
  input.q_TD = q;
  input.k_TD = kv.narrow(1, 0, keyWidth);
  input.v_TD = kv.narrow(1, keyWidth, keyWidth);
  input.queryRotation = call.chosen ? pass.chosenRotation : pass.rotation;
  input.keyRotation = pass.rotation;
  if (pass.cache) {
    input.cacheKeys = pass.cache->keys(call.index);
    input.cacheValues = pass.cache->values(call.index);
  }
  return input;
}

torch::Tensor attentionOf(const LayerCall& call, const torch::Tensor& normed, LayerSaved* saved) {
  const Pass& pass = *call.pass;
  const std::int64_t queryWidth = pass.heads.heads * pass.heads.headSize;
  torch::Tensor q, kv;
  if (call.chosen) {
    const auto asking = chosenRows(normed, pass.wanted_N, pass.chosenRows);
    q = linear(call.query, asking, saved ? &saved->lowQuery : nullptr);
    kv = linear(call.keyValue, normed, saved ? &saved->lowKeyValue : nullptr);
  } else {
    const auto qkv = linear(call.qkv, normed, saved ? &saved->lowQkv : nullptr);
    q = qkv.narrow(1, 0, queryWidth);
    kv = qkv.narrow(1, queryWidth, qkv.size(1) - queryWidth);
  }
  return attend(call.chosen ? pass.lastPlan : pass.plan, attentionInput(call, q, kv),
                saved ? &saved->attention : nullptr);
}

/// The layer itself. With `saved`, everything that the backward pass needs is kept there.
torch::Tensor compute(const LayerCall& call, const torch::Tensor& x_TD, LayerSaved* saved) {
  const Pass& pass = *call.pass;
  const DecoderLayer& layer = *call.layer;
  torch::Tensor inverse1, inverse2;
  const auto o_TD =
      attentionOf(call, kernels::rmsNorm(x_TD, layer.inputNorm, pass.normEps, &inverse1), saved);
  auto h_TD = linear(call.out, o_TD, saved ? &saved->lowOut : nullptr);
  const auto normed2 = kernels::addRmsNorm(
      h_TD, call.chosen ? chosenRows(x_TD, pass.wanted_N, pass.chosenRows) : x_TD, layer.postNorm,
      pass.normEps, &inverse2);
  const auto gateUp = linear(call.gateUp, normed2, saved ? &saved->lowGateUp : nullptr);
  auto y_TD = linear(call.down, kernels::swiglu(gateUp), saved ? &saved->lowDown : nullptr);
  y_TD.add_(h_TD);
  if (saved) {
    saved->inverse1_T = inverse1;
    saved->o_TD = o_TD;
    saved->h_TD = h_TD;
    saved->inverse2_T = inverse2;
    saved->gateUp_T2I = gateUp;
    saved->complete = true;
  }
  return y_TD;
}

/// Gradient through the attention block: dh (of its output, without the residual) → gradient of the
/// normed input.
torch::Tensor attentionBackward(const LayerSaved& s, const torch::Tensor& dh_TD, bool wantInput,
                                std::vector<LoraGradient>& gradients) {
  const LayerCall& call = s.call;
  const Pass& pass = *call.pass;
  const HeadSizes& heads = pass.heads;
  const std::int64_t queryWidth = heads.heads * heads.headSize,
                     keyWidth = heads.kvHeads * heads.headSize;
  const bool qkvTrained =
      !call.qkv.pieces.empty() || !call.query.pieces.empty() || !call.keyValue.pieces.empty();
  const bool further = wantInput || qkvTrained;
  const auto dO = linearBackward(call.out, s.o_TD, s.lowOut, dh_TD, further, gradients);
  if (!further) return {};
  const auto normed = kernels::rmsNormAgain(s.x_TD, call.layer->inputNorm, s.inverse1_T);
  const auto& rotation = pass.rotation;
  if (!call.chosen) {
    auto dQkv = roomFor(s.x_TD.size(0), queryWidth + 2 * keyWidth, pass.rows, s.x_TD);
    attendBackward(pass.plan, s.attention, dO, rotation, rotation, dQkv.narrow(1, 0, queryWidth),
                   dQkv.narrow(1, queryWidth, keyWidth),
                   dQkv.narrow(1, queryWidth + keyWidth, keyWidth));
    return linearBackward(call.qkv, normed, s.lowQkv, dQkv, wantInput, gradients);
  }
  auto dQuery = roomFor(pass.chosenRows, queryWidth, pass.wanted_N.size(0), s.x_TD);
  // Sequences in which nobody asks get no gradient.
  auto dKeyValue = torch::zeros({s.x_TD.size(0), 2 * keyWidth}, s.x_TD.options());
  attendBackward(pass.lastPlan, s.attention, dO, pass.chosenRotation, rotation, dQuery,
                 dKeyValue.narrow(1, 0, keyWidth), dKeyValue.narrow(1, keyWidth, keyWidth));
  const auto asking = chosenRows(normed, pass.wanted_N, pass.chosenRows);
  const auto dAsking = linearBackward(call.query, asking, s.lowQuery, dQuery, wantInput, gradients);
  auto dNormed =
      linearBackward(call.keyValue, normed, s.lowKeyValue, dKeyValue, wantInput, gradients);
  if (wantInput) dNormed.index_add_(0, pass.wanted_N, dAsking.narrow(0, 0, pass.wanted_N.size(0)));
  return dNormed;
}

torch::Tensor backwardOf(LayerSaved& s, const torch::Tensor& dy, bool wantInput,
                         std::vector<LoraGradient>& gradients) {
  const LayerCall& call = s.call;
  const DecoderLayer& layer = *call.layer;
  if (!s.complete) compute(call, s.x_TD, &s);
  const auto dy_TD = dy.contiguous();
  const bool attentionTrained = wantInput || !call.out.pieces.empty() || !call.qkv.pieces.empty() ||
                                !call.query.pieces.empty() || !call.keyValue.pieces.empty();
  const bool upTrained = attentionTrained || !call.gateUp.pieces.empty();
  const auto dSwiglu = linearBackward(call.down, kernels::swiglu(s.gateUp_T2I), s.lowDown, dy_TD,
                                      upTrained, gradients);
  if (!upTrained) return {};
  const auto dGateUp = kernels::swigluBackward(dSwiglu, s.gateUp_T2I);
  const auto normed2 = call.gateUp.pieces.empty()
                           ? torch::Tensor()
                           : kernels::rmsNormAgain(s.h_TD, layer.postNorm, s.inverse2_T);
  const auto dNormed2 =
      linearBackward(call.gateUp, normed2, s.lowGateUp, dGateUp, attentionTrained, gradients);
  if (!attentionTrained) return {};
  const auto dh_TD =
      kernels::rmsNormBackward(dNormed2, s.h_TD, layer.postNorm, s.inverse2_T, dy_TD);
  const auto dNormed1 = attentionBackward(s, dh_TD, wantInput, gradients);
  if (!wantInput) return {};
  torch::Tensor residual = dh_TD;
  if (call.chosen) {
    residual = torch::zeros_like(s.x_TD);
    residual.index_add_(0, call.pass->wanted_N, dh_TD.narrow(0, 0, call.pass->wanted_N.size(0)));
  }
  return kernels::rmsNormBackward(dNormed1, s.x_TD, layer.inputNorm, s.inverse1_T, residual);
}

std::vector<const LinearCall*> callsOf(const LayerCall& call) {
  if (call.chosen) return {&call.query, &call.keyValue, &call.out, &call.gateUp, &call.down};
  return {&call.qkv, &call.out, &call.gateUp, &call.down};
}

std::vector<const LoraPair*> pairsOf(const LayerCall& call) {
  std::vector<const LoraPair*> pairs;
  for (const LinearCall* linearCall : callsOf(call))
    for (const auto& piece : linearCall->pieces) pairs.push_back(piece.pair.get());
  return pairs;
}

class LayerFunction : public torch::autograd::Function<LayerFunction> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x_TD,
                               torch::TensorList /*adapters*/, const LayerCall* call) {
    auto saved = c10::make_intrusive<LayerSaved>();
    saved->call = *call;
    saved->x_TD = x_TD.detach();
    auto y = compute(*call, saved->x_TD, call->pass->recompute ? nullptr : saved.get());
    context->saved_data["saved"] = torch::IValue::make_capsule(saved);
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list outputs) {
    const torch::NoGradGuard noGrad;
    auto saved = context->saved_data["saved"].toCapsule();
    auto& layer = static_cast<LayerSaved&>(*saved);
    std::vector<LoraGradient> gradients;
    torch::autograd::variable_list result;
    result.push_back(backwardOf(layer, outputs[0], context->needs_input_grad(0), gradients));
    for (const LoraPair* pair : pairsOf(layer.call)) {
      const auto found = std::find_if(gradients.begin(), gradients.end(),
                                      [&](const LoraGradient& g) { return g.pair == pair; });
      result.push_back(found == gradients.end() ? torch::Tensor() : found->a);
      result.push_back(found == gradients.end() ? torch::Tensor() : found->b);
    }
    result.emplace_back();  // the call
    context->saved_data.clear();
    return result;
  }
};

class NormFunction : public torch::autograd::Function<NormFunction> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x_TD,
                               const torch::Tensor& weight_D, double eps) {
    torch::Tensor inverse;
    auto y = kernels::rmsNorm(x_TD.contiguous(), weight_D, eps, &inverse);
    context->save_for_backward({x_TD, weight_D, inverse});
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list outputs) {
    const torch::NoGradGuard noGrad;
    const auto saved = context->get_saved_variables();
    return {kernels::rmsNormBackward(outputs[0].contiguous(), saved[0].contiguous(), saved[1],
                                     saved[2], {}),
            torch::Tensor(), torch::Tensor()};
  }
};

std::uint64_t keyOf(const Pass& pass, std::size_t layer, std::uint64_t group) {
  return simd::mixed(pass.dropout.key ^ simd::mixed(layer * 8 + group));
}

}  // namespace

LayerCall layerCall(std::shared_ptr<const Pass> pass, const DecoderLayer& layer, std::size_t index,
                    bool chosen) {
  LayerCall call;
  const double rate = pass->dropout.rate;
  const auto key = [&](std::uint64_t group) { return keyOf(*pass, index, group); };
  if (chosen) {
    call.query = callOf(layer.qkv, 0, 1, rate, key(0));
    call.keyValue = callOf(layer.qkv, 1, 3, rate, key(1));
  } else {
    call.qkv = callOf(layer.qkv, 0, 3, rate, key(0));
  }
  call.out = callOf(layer.out, 0, 1, rate, key(2));
  call.gateUp = callOf(layer.gateUp, 0, 2, rate, key(3));
  call.down = callOf(layer.down, 0, 1, rate, key(4));
  call.pass = std::move(pass);
  call.layer = &layer;
  call.index = index;
  call.chosen = chosen;
  return call;
}

torch::Tensor runLayer(const LayerCall& call, const torch::Tensor& hidden_TD) {
  std::vector<torch::Tensor> adapters;
  bool trained = hidden_TD.requires_grad();
  for (const LoraPair* pair : pairsOf(call)) {
    adapters.push_back(pair->a);
    adapters.push_back(pair->b);
    trained = trained || pair->a.requires_grad() || pair->b.requires_grad();
  }
  if (!trained || !torch::GradMode::is_enabled()) return compute(call, hidden_TD, nullptr);
  return LayerFunction::apply(hidden_TD, torch::TensorList(adapters), &call);
}

torch::Tensor runNorm(const torch::Tensor& hidden_TD, const torch::Tensor& weight_D, double eps) {
  if (hidden_TD.requires_grad() && torch::GradMode::is_enabled())
    return NormFunction::apply(hidden_TD, weight_D, eps);
  return kernels::rmsNorm(hidden_TD.contiguous(), weight_D, eps, nullptr);
}

}  // namespace wordsight::neural
