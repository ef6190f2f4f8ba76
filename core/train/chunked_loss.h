#pragma once
#include <torch/types.h>

#include <cstdint>

#include "neural/model.h"

namespace wordsight::train {

/// What the head and the cross-entropy made of some rows.
struct ChunkedLoss {
  double sum = 0;             // of weight * negative log-likelihood, not divided
  torch::Tensor gradient_ND;  // of sum / divisor with respect to the rows, in their dtype;
                              // undefined if not asked for
};

/// How many rows of logits exist at once: about 64 MiB in float32, at least 128 rows.
std::int64_t lossChunkRows(std::int64_t vocabulary);

/// Sum of weight * -log softmax(head(row))[target] over rows, softmax in float32, chunk by chunk:
/// neither rows × vocabulary logits nor their gradient exist as a whole. The gradient with respect
/// to the rows is made at the same time, so that the caller goes on with `rows.backward(gradient)`.
/// `divisor` is the sum of weights over the whole optimiser step: gradients of its parts then add
/// up to that of the weighted mean. rows_ND: hidden states (detached by this function), targets_N
/// int64, weights_N float32. Throws c10::Error.
ChunkedLoss chunkedLoss(const neural::LanguageModel& model, const torch::Tensor& rows_ND,
                        const torch::Tensor& targets_N, const torch::Tensor& weights_N,
                        double divisor, bool withGradient, std::int64_t chunkRows = 0);

}  // namespace wordsight::train
