#pragma once
// Frozen linear layers with low-rank adapters (LoRA; Hu et al. 2021): y = x Wᵀ + b + scale · (x Aᵀ)
// Bᵀ, forward and backward by hand. Layers that read the same rows (q, k, v; gate, up) are one
// product. Shapes in names: T rows, K inputs, N outputs, R sum of the ranks.

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wordsight::neural {

/// The trainable pair of one linear layer: float32, whatever the model computes in.
struct LoraPair {
  std::string name;    // "layers.0.self_attn.q_proj"
  torch::Tensor a, b;  // [rank, inputs], [outputs, rank]
  double scale = 1;    // alpha / rank, or alpha / sqrt(rank)
  double alpha = 1;
};

/// One or more linear layers that read the same rows, their weights one below the other.
struct LinearGroup {
  torch::Tensor weight_NK, bias_N;  // bias may be undefined
  struct Part {
    std::string name;  // "layers.0.self_attn.q_proj"
    std::int64_t begin = 0, size = 0;
    std::shared_ptr<LoraPair> lora;  // null: none
    bool pictureOnly = false;        // text alone never reaches it: no fresh adapter
  };
  std::vector<Part> parts;
};

/// What a forward pass uses of a group (all parts, or a run of them), with the adapters in the
/// dtype of computation.
struct LinearCall {
  torch::Tensor weight_NK, bias_N;
  struct Piece {
    std::shared_ptr<const LoraPair> pair;
    std::int64_t begin = 0, size = 0;  // its columns of y
    std::int64_t rankBegin = 0, rank = 0;
  };
  std::vector<Piece> pieces;
  torch::Tensor a_RK, b_RN;  // A's one below the other; scale · Bᵀ, block by block, zero elsewhere.
                             // Undefined: no adapter
  double dropout = 0;
  std::uint64_t key = 0;  // of the dropout masks
};
LinearCall callOf(const LinearGroup& group, std::size_t partsFrom, std::size_t partsTo,
                  double dropout, std::uint64_t key);

/// → y_TN. `low_TR` (may be null) receives x Aᵀ, which the backward pass needs.
torch::Tensor linear(const LinearCall& call, const torch::Tensor& x_TK, torch::Tensor* low_TR);

/// Gradients of A and B by piece, float32.
struct LoraGradient {
  const LoraPair* pair = nullptr;
  torch::Tensor a, b;
};
/// → dx_TK (undefined unless `wantInput`); gradients of the adapters are appended to `gradients`.
torch::Tensor linearBackward(const LinearCall& call, const torch::Tensor& x_TK,
                             const torch::Tensor& low_TR, const torch::Tensor& dy_TN,
                             bool wantInput, std::vector<LoraGradient>& gradients);

}  // namespace wordsight::neural
