#pragma once
// Causal attention over packed sequences: grouped-query heads, no padding in the caller's rows.
// Sequences of like length are padded into one batched product; long ones go block by block of
// queries, so that scores never take length × length at once and keys after a block are not looked
// at. Shapes in names: T rows, H query heads, K key/value heads, R = H / K, E head size, G
// sequences of a group, L queries and S keys of the longest of them, B = G * K.

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "neural/kernels.h"

namespace wordsight::neural {

struct HeadSizes {
  std::int64_t heads = 0, kvHeads = 0, headSize = 0;
  std::int64_t repeats() const { return heads / kvHeads; }
};

/// Sequences that are computed as one batch.
struct AttentionGroup {
  std::int64_t sequences = 0, queries = 0, keys = 0;  // G, L, S (padded)
  std::int64_t firstInCache = 0;      // with a cache: the group is a run of its entries
  kernels::HeadMap queryMap, keyMap;  // between packed rows and [B, L, R, E] / [B, S, E]
  std::vector<std::int32_t> limits;   // [G, L]: how many keys each query sees
  bool queriesPadded = false, keysPadded = false;
};

/// Which row attends to what: made once a forward pass, used by every layer.
struct AttentionPlan {
  std::vector<AttentionGroup> groups;
  HeadSizes sizes;
  bool cached = false;
  bool decoding = false;              // one query a sequence, in order, all cached: the short way
  std::vector<std::int64_t> visible;  // decoding: keys a sequence sees
  kernels::HeadMap cacheMap;          // cached: where new keys go in [S, K, C, E]
};

/// `lengths`: rows of each sequence. `chosen`: rows that ask (indices into all rows), or null for
/// all. `past` and `capacity`: tokens that the cache holds of each sequence, and its size; null
/// without one.
AttentionPlan planAttention(const HeadSizes& sizes, const std::vector<std::int64_t>& lengths,
                            const std::vector<std::int64_t>* chosen,
                            const std::vector<std::int64_t>* past, std::int64_t capacity);

/// What the backward pass needs, a group each.
struct SavedAttention {
  struct Group {
    torch::Tensor q, k, v;  // [B, L*R, E], [B, S, E]
    std::vector<torch::Tensor> p,
        logSum;  // a block of queries each: probabilities, or what makes them again
  };
  std::vector<Group> groups;
};

struct AttentionInput {
  torch::Tensor q_TD, k_TD, v_TD;  // rows; may be column slices of one tensor
  kernels::Rotation queryRotation, keyRotation;
  torch::Tensor cacheKeys,
      cacheValues;  // of this layer, when the plan is cached: new rows are written into them
};

/// → [rows of q, H*E]. `saved` may be null when no gradient is wanted.
torch::Tensor attend(const AttentionPlan& plan, const AttentionInput& input, SavedAttention* saved);

/// Writes the gradients into dq, dk, dv, which may be column slices of one tensor. Rows that take
/// no part (padding, and keys of sequences in which nobody asks) stay as they are.
void attendBackward(const AttentionPlan& plan, const SavedAttention& saved,
                    const torch::Tensor& dOut_TD, const kernels::Rotation& queryRotation,
                    const kernels::Rotation& keyRotation, torch::Tensor dq_TD, torch::Tensor dk_TD,
                    torch::Tensor dv_TD);

}  // namespace wordsight::neural
