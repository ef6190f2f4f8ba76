#pragma once
// Fused row kernels for the CPU, float32 and bfloat16: what a chain of tensor operations would do
// in several passes over memory. Arithmetic is float32 throughout, one rounding at the end. Rows
// are shared out over torch's threads; each row's result does not depend on how, so results are
// bit-identical for any number of threads. Shapes in names: T rows, D width, I width of the MLP, B
// batch, L queries, S keys.

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace wordsight::neural::kernels {

/// y = x / rms(x) * weight (Zhang and Sennrich 2019). `inverse_T` (float32) receives 1/rms for the
/// backward pass.
torch::Tensor rmsNorm(const torch::Tensor& x_TD, const torch::Tensor& weight_D, double eps,
                      torch::Tensor* inverse_T);
/// sum += x in place, then the norm of the sum: one pass where two would read it twice.
torch::Tensor addRmsNorm(torch::Tensor& sum_TD, const torch::Tensor& x_TD,
                         const torch::Tensor& weight_D, double eps, torch::Tensor* inverse_T);
/// y again from a saved 1/rms.
torch::Tensor rmsNormAgain(const torch::Tensor& x_TD, const torch::Tensor& weight_D,
                           const torch::Tensor& inverse_T);
/// gradient of x, added to `residual_TD` when that is defined (a new tensor is returned).
torch::Tensor rmsNormBackward(const torch::Tensor& dy_TD, const torch::Tensor& x_TD,
                              const torch::Tensor& weight_D, const torch::Tensor& inverse_T,
                              const torch::Tensor& residual_TD);

/// silu(gate) * up, where both lie side by side: gateUp = [gate | up].
torch::Tensor swiglu(const torch::Tensor& gateUp_T2I);
torch::Tensor swigluBackward(const torch::Tensor& dy_TI, const torch::Tensor& gateUp_T2I);

/// Where the heads of rows lie in a tensor that is laid out by heads: row rows[i] of the packed
/// tensor belongs at element offsets[i] + k * strideOfKv + r * headSize for key/value head k and
/// its query head r.
struct HeadMap {
  std::int64_t kvHeads = 0, repeats = 1, headSize = 0, strideOfKv = 0;
  std::vector<std::int64_t> rows, offsets;
};
/// cosine and sine of each row's angles, float32 [T, headSize/2]; undefined: no rotation.
struct Rotation {
  torch::Tensor cos, sin;
};
/// Packed rows (may be strided in dim 0) → heads, rotated (Su et al. 2021; halves are paired as in
/// the checkpoints).
void rowsToHeads(const torch::Tensor& rows_TD, const HeadMap& map, const Rotation& rotation,
                 torch::Tensor& heads);
/// The other way; `rotation` is undone. Rows that the map does not name stay as they are.
void headsToRows(const torch::Tensor& heads, const HeadMap& map, const Rotation& rotation,
                 torch::Tensor& rows_TD);

/// Which keys a query may see: the first limits[(b / perSequence) * queries + first + row /
/// repeats] of row `row` of batch b.
struct Visible {
  const std::int32_t* limits = nullptr;
  std::int64_t perSequence = 1, queries = 0, first = 0, repeats = 1;
};
/// In place: scores_BLS → softmax(scale * scores) over visible keys, zero elsewhere. `logSum_BL`
/// (float32, may be null) receives log of the sum, from which softmaxAgain makes the same
/// probabilities.
void softmax(torch::Tensor& scores_BLS, double scale, const Visible& visible,
             torch::Tensor* logSum_BL);
void softmaxAgain(torch::Tensor& scores_BLS, double scale, const Visible& visible,
                  const torch::Tensor& logSum_BL);
/// In place: dp_BLS → gradient of the scores, scale * p * (dp - sum(p * dp)).
void softmaxBackward(torch::Tensor& dp_BLS, const torch::Tensor& p_BLS, double scale);

/// x with each element kept with probability 1 - rate and scaled up, else zero; which ones follows
/// from `key` alone.
torch::Tensor dropout(const torch::Tensor& x, double rate, std::uint64_t key);

/// y_TN = x_TK weight_NKᵀ (+ bias_N) for a few rows, where reading the weights is what costs time:
/// each weight is read once, in order. float32 sums.
torch::Tensor fewRowsTimes(const torch::Tensor& x_TK, const torch::Tensor& weight_NK,
                           const torch::Tensor& bias_N);
constexpr std::int64_t kFewRows = 4;

/// One query a sequence over its cached keys and values: query_SKRE, cache [S, K, C, E], lengths[s]
/// keys visible → [S, K, R, E].
torch::Tensor decodeAttention(const torch::Tensor& query_SKRE, const torch::Tensor& keys_SKCE,
                              const torch::Tensor& values_SKCE,
                              const std::vector<std::int64_t>& lengths, double scale);

}  // namespace wordsight::neural::kernels
