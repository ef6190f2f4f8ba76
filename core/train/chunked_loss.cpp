#include "train/chunked_loss.h"

#include <torch/torch.h>

#include <algorithm>

namespace wordsight::train {
namespace {

constexpr std::int64_t kChunkBytes = std::int64_t{32} << 20;

}  // namespace

std::int64_t lossChunkRows(std::int64_t vocabulary) {
  const auto rows = kChunkBytes / (4 * std::max<std::int64_t>(vocabulary, 1));
  return std::max<std::int64_t>(16, rows / 16 * 16);
}

ChunkedLoss chunkedLoss(const neural::LanguageModel& model, const torch::Tensor& rows_ND,
                        const torch::Tensor& targets_N, const torch::Tensor& weights_N,
                        double divisor, bool withGradient, std::int64_t chunkRows) {
  const auto N = rows_ND.size(0);
  const auto chunk = chunkRows > 0 ? chunkRows : lossChunkRows(model.info().vocabulary);
  const auto detached_ND = rows_ND.detach();
  ChunkedLoss out;
  if (withGradient) out.gradient_ND = torch::empty_like(detached_ND);
  for (std::int64_t begin = 0; begin < N; begin += chunk) {
    const auto n = std::min(chunk, N - begin);
    auto h_nD = detached_ND.narrow(0, begin, n);
    const auto target_n1 = targets_N.narrow(0, begin, n).unsqueeze(1);
    const auto weight_n1 = weights_N.narrow(0, begin, n).unsqueeze(1);
    torch::Tensor logits_nV;
    {
      torch::AutoGradMode grad(withGradient);
      if (withGradient) h_nD.requires_grad_();
      logits_nV = model.head(h_nD);
    }
    torch::NoGradGuard noGrad;
    // One float32 copy, turned in place into log-probabilities, probabilities and the gradient one
    // after the other.
    auto work_nV = logits_nV.detach().to(torch::kFloat32, /*non_blocking=*/false, /*copy=*/true);
    const auto norm_n1 = work_nV.logsumexp(1, /*keepdim=*/true);
    const auto nll_n1 = norm_n1 - work_nV.gather(1, target_n1);
    out.sum += (nll_n1 * weight_n1).sum(torch::kFloat64).item<double>();
    if (!withGradient) continue;
    // d(sum/divisor)/d logits = weight/divisor * (softmax - onehot)
    const auto scale_n1 = weight_n1 / divisor;
    work_nV.sub_(norm_n1).exp_().mul_(scale_n1);
    work_nV.scatter_add_(1, target_n1, -scale_n1);
    const auto grads =
        torch::autograd::grad({logits_nV}, {h_nD}, {work_nV.to(logits_nV.scalar_type())});
    out.gradient_ND.narrow(0, begin, n).copy_(grads.front());
  }
  return out;
}

}  // namespace wordsight::train
