#include "train/chunked_loss.h"

#include <torch/torch.h>

#include <algorithm>

#include "train/loss_rows.h"

namespace wordsight::train {
namespace {

constexpr std::int64_t kChunkValues = std::int64_t{16} << 20;  // 64 MiB in float32
constexpr std::int64_t kLeastRows = 128;                       // fewer make a slow matrix product

}  // namespace

std::int64_t lossChunkRows(std::int64_t vocabulary) {
  const auto rows = kChunkValues / std::max<std::int64_t>(vocabulary, 1);
  return std::max(kLeastRows, rows / 16 * 16);
}

ChunkedLoss chunkedLoss(const neural::LanguageModel& model, const torch::Tensor& rows_ND,
                        const torch::Tensor& targets_N, const torch::Tensor& weights_N,
                        double divisor, bool withGradient, std::int64_t chunkRows) {
  const auto N = rows_ND.size(0);
  const auto chunk = chunkRows > 0 ? chunkRows : lossChunkRows(model.info().vocabulary);
  const auto detached_ND = rows_ND.detach();
  // d(sum / divisor) / d logits = weight / divisor * (softmax - onehot)
  const auto scale_N = withGradient ? weights_N / divisor : torch::Tensor();
  ChunkedLoss out;
  if (withGradient) out.gradient_ND = torch::empty_like(detached_ND);
  for (std::int64_t begin = 0; begin < N; begin += chunk) {
    const auto n = std::min(chunk, N - begin);
    const auto part = [&](const torch::Tensor& tensor) {
      return tensor.defined() ? tensor.narrow(0, begin, n) : tensor;
    };
    auto h_nD = part(detached_ND);
    torch::Tensor logits_nV;
    {
      const torch::AutoGradMode grad(withGradient);
      if (withGradient) h_nD.requires_grad_();
      logits_nV = model.head(h_nD);
    }
    const torch::NoGradGuard noGrad;
    // The logits' memory becomes that of their gradient: the head's backward pass does not read
    // them.
    auto work_nV = logits_nV.detach();
    const bool kernel = work_nV.is_cpu() && work_nV.is_contiguous();
    const auto nll_n = (kernel ? crossEntropyRows : crossEntropyRowsPlain)(work_nV, part(targets_N),
                                                                           part(scale_N));
    out.sum += (nll_n * part(weights_N)).sum(torch::kFloat64).item<double>();
    if (withGradient)
      out.gradient_ND.narrow(0, begin, n)
          .copy_(torch::autograd::grad({logits_nV}, {h_nD}, {work_nV}).front());
  }
  return out;
}

}  // namespace wordsight::train
