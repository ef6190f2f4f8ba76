#include "train/loss_rows.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "neural/simd.h"

namespace wordsight::train {
namespace {

using neural::simd::Brain;
using neural::simd::expOf;
using neural::simd::load;
using neural::simd::store;

template <class T>
[[gnu::always_inline]] inline void lossRows(T* logits, const std::int64_t* targets,
                                            const float* scale, float* nll, std::int64_t width,
                                            std::int64_t begin, std::int64_t end) {
  for (std::int64_t row = begin; row < end; ++row) {
    T* x = logits + row * width;
    float most = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : most)
    for (std::int64_t i = 0; i < width; ++i) most = std::max(most, load(x[i]));
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < width; ++i) sum += expOf(load(x[i]) - most);
    const std::int64_t target = targets[row];
    nll[row] = std::log(sum) + most - load(x[target]);
    if (!scale) continue;
    const float factor = scale[row] / sum;
    const float hit = factor * expOf(load(x[target]) - most) - scale[row];
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) store(factor * expOf(load(x[i]) - most), x[i]);
    store(hit, x[target]);
  }
}

WORDSIGHT_CLONES void lossRowsFloat(float* logits, const std::int64_t* targets, const float* scale,
                                    float* nll, std::int64_t width, std::int64_t begin,
                                    std::int64_t end) {
  lossRows(logits, targets, scale, nll, width, begin, end);
}
WORDSIGHT_CLONES void lossRowsBrain(Brain* logits, const std::int64_t* targets, const float* scale,
                                    float* nll, std::int64_t width, std::int64_t begin,
                                    std::int64_t end) {
  lossRows(logits, targets, scale, nll, width, begin, end);
}

}  // namespace

torch::Tensor crossEntropyRows(torch::Tensor& logits_NV, const torch::Tensor& targets_N,
                               const torch::Tensor& scale_N) {
  const auto N = logits_NV.size(0), V = logits_NV.size(1);
  TORCH_CHECK(logits_NV.is_cpu() && logits_NV.is_contiguous(),
              "logits must be contiguous and on the CPU");
  TORCH_CHECK(targets_N.numel() == N && targets_N.scalar_type() == at::kLong, "one target a row");
  if (N == 0) return at::empty({0}, logits_NV.options().dtype(at::kFloat));
  TORCH_CHECK(targets_N.min().item<std::int64_t>() >= 0 && targets_N.max().item<std::int64_t>() < V,
              "a target is no token of the vocabulary");
  const auto nll_N = at::empty({N}, logits_NV.options().dtype(at::kFloat).requires_grad(false));
  const auto targets = targets_N.contiguous();
  const auto scales = scale_N.defined() ? scale_N.to(at::kFloat).contiguous() : at::Tensor();
  const auto* target = targets.const_data_ptr<std::int64_t>();
  const float* scale = scales.defined() ? scales.const_data_ptr<float>() : nullptr;
  float* nll = nll_N.data_ptr<float>();
  void* data = logits_NV.data_ptr();
  const bool brain = logits_NV.scalar_type() == at::kBFloat16;
  TORCH_CHECK(brain || logits_NV.scalar_type() == at::kFloat, "logits must be float32 or bfloat16");
  at::parallel_for(0, N, 1, [&](std::int64_t begin, std::int64_t end) {
    if (brain)
      lossRowsBrain(static_cast<Brain*>(data), target, scale, nll, V, begin, end);
    else
      lossRowsFloat(static_cast<float*>(data), target, scale, nll, V, begin, end);
  });
  return nll_N;
}

torch::Tensor crossEntropyRowsPlain(torch::Tensor& logits_NV, const torch::Tensor& targets_N,
                                    const torch::Tensor& scale_N) {
  auto work_NV = logits_NV.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true);
  const auto target_N1 = targets_N.unsqueeze(1);
  const auto norm_N1 = work_NV.logsumexp(1, /*keepdim=*/true);
  const auto nll_N = (norm_N1 - work_NV.gather(1, target_N1)).squeeze(1);
  if (!scale_N.defined()) return nll_N;
  const auto scale_N1 = scale_N.unsqueeze(1);
  work_NV.sub_(norm_N1).exp_().mul_(scale_N1);
  work_NV.scatter_add_(1, target_N1, -scale_N1);
  logits_NV.copy_(work_NV);
  return nll_N;
}

}  // namespace wordsight::train
