#pragma once
#include <torch/types.h>

namespace wordsight::train {

/// The rows of a cross-entropy on the CPU, in one pass through memory: negative log-likelihoods
/// nll_N (float32), and in place of the logits their gradient, scale * (softmax - onehot(target)),
/// when `scale_N` is defined. logits_NV float32 or bfloat16, contiguous; arithmetic is float32.
/// Each row's result does not depend on the number of threads.
torch::Tensor crossEntropyRows(torch::Tensor& logits_NV, const torch::Tensor& targets_N,
                               const torch::Tensor& scale_N);

/// The same by torch's own operations, for any device: the reference that the kernel is held
/// against.
torch::Tensor crossEntropyRowsPlain(torch::Tensor& logits_NV, const torch::Tensor& targets_N,
                                    const torch::Tensor& scale_N);

}  // namespace wordsight::train
