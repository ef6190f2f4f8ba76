#include "neural/linear.h"

#include <torch/torch.h>

#include "neural/kernels.h"

namespace wordsight::neural {
namespace {

/// x as piece i sees it: with its own dropout mask.
torch::Tensor dropped(const LinearCall& call, const torch::Tensor& x, std::size_t piece) {
  return kernels::dropout(x, call.dropout, call.key + (static_cast<std::uint64_t>(piece) << 56));
}

}  // namespace

LinearCall callOf(const LinearGroup& group, std::size_t partsFrom, std::size_t partsTo,
                  double dropout, std::uint64_t key) {
  LinearCall call;
  const std::int64_t begin = group.parts[partsFrom].begin;
  const std::int64_t end = group.parts[partsTo - 1].begin + group.parts[partsTo - 1].size;
  const bool whole = begin == 0 && end == group.weight_NK.size(0);
  call.weight_NK = whole ? group.weight_NK : group.weight_NK.narrow(0, begin, end - begin);
  if (group.bias_N.defined())
    call.bias_N = whole ? group.bias_N : group.bias_N.narrow(0, begin, end - begin);
  call.dropout = dropout;
  call.key = key;
  std::int64_t ranks = 0;
  for (std::size_t i = partsFrom; i < partsTo; ++i) {
    const auto& part = group.parts[i];
    if (!part.lora) continue;
    const std::int64_t rank = part.lora->a.size(0);
    call.pieces.push_back({part.lora, part.begin - begin, part.size, ranks, rank});
    ranks += rank;
  }
  if (call.pieces.empty()) return call;
  const auto options = group.weight_NK.options();
  call.a_RK = torch::empty({ranks, group.weight_NK.size(1)}, options);
  call.b_RN = call.pieces.size() == 1 && call.pieces[0].size == end - begin
                  ? torch::empty({ranks, end - begin}, options)
                  : torch::zeros({ranks, end - begin}, options);
  for (const auto& piece : call.pieces) {
    call.a_RK.narrow(0, piece.rankBegin, piece.rank).copy_(piece.pair->a);
    call.b_RN.narrow(0, piece.rankBegin, piece.rank)
        .narrow(1, piece.begin, piece.size)
        .copy_(piece.pair->b.t() * piece.pair->scale);
  }
  return call;
}

torch::Tensor linear(const LinearCall& call, const torch::Tensor& x_TK, torch::Tensor* low_TR) {
  const bool few = x_TK.size(0) <= kernels::kFewRows;
  auto y_TN = few ? kernels::fewRowsTimes(x_TK, call.weight_NK, call.bias_N)
                  : torch::linear(x_TK, call.weight_NK, call.bias_N);
  if (call.pieces.empty()) return y_TN;
  torch::Tensor low;
  if (call.dropout > 0) {
    low = torch::empty({x_TK.size(0), call.a_RK.size(0)}, x_TK.options());
    for (std::size_t i = 0; i < call.pieces.size(); ++i) {
      const auto& piece = call.pieces[i];
      low.narrow(1, piece.rankBegin, piece.rank)
          .copy_(torch::mm(dropped(call, x_TK, i),
                           call.a_RK.narrow(0, piece.rankBegin, piece.rank).t()));
    }
  } else {
    low = torch::mm(x_TK, call.a_RK.t());
  }
  y_TN.addmm_(low, call.b_RN);
  if (low_TR) *low_TR = low;
  return y_TN;
}

torch::Tensor linearBackward(const LinearCall& call, const torch::Tensor& x_TK,
                             const torch::Tensor& low_TR, const torch::Tensor& dy_TN,
                             bool wantInput, std::vector<LoraGradient>& gradients) {
  torch::Tensor dx_TK;
  if (wantInput) dx_TK = torch::mm(dy_TN, call.weight_NK);
  if (call.pieces.empty()) return dx_TK;
  const auto dLow_TR = torch::mm(dy_TN, call.b_RN.t());
  const auto dB_RN = torch::mm(low_TR.t(), dy_TN);
  torch::Tensor dA_RK;
  if (call.dropout <= 0) {
    dA_RK = torch::mm(dLow_TR.t(), x_TK);
    if (wantInput) dx_TK.addmm_(dLow_TR, call.a_RK);
  }
  for (std::size_t i = 0; i < call.pieces.size(); ++i) {
    const auto& piece = call.pieces[i];
    LoraGradient gradient{piece.pair.get(), {}, {}};
    gradient.b = dB_RN.narrow(0, piece.rankBegin, piece.rank)
                     .narrow(1, piece.begin, piece.size)
                     .t()
                     .to(torch::kFloat32)
                     .mul_(piece.pair->scale)
                     .contiguous();
    if (call.dropout > 0) {
      const auto dLow = dLow_TR.narrow(1, piece.rankBegin, piece.rank);
      gradient.a = torch::mm(dLow.t(), dropped(call, x_TK, i)).to(torch::kFloat32);
      if (wantInput) {
        auto dx = torch::mm(dLow, call.a_RK.narrow(0, piece.rankBegin, piece.rank));
        dx_TK.add_(dropped(call, dx, i));
      }
    } else {
      gradient.a = dA_RK.narrow(0, piece.rankBegin, piece.rank).to(torch::kFloat32);
    }
    gradients.push_back(std::move(gradient));
  }
  return dx_TK;
}

}  // namespace wordsight::neural
