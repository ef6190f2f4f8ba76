#pragma once
#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace wordsight::neural {

/// Keys and values of earlier tokens, one entry a sequence, in the model's dtype: [S, K, C, E] a
/// layer (S sequences, K key/value heads, C capacity, E head size). Rows past a sequence's length
/// are zero or stale, never NaN. Grows by itself when a sequence outgrows the capacity. Not
/// thread-safe.
class KvCache {
 public:
  KvCache(std::size_t sequences, std::int64_t capacity, std::int64_t layers, std::int64_t kvHeads,
          std::int64_t headSize, torch::ScalarType dtype);

  std::size_t sequences() const { return m_lengths.size(); }
  std::int64_t capacity() const { return m_capacity; }
  /// Tokens that sequence i holds; its next token is the one after these.
  std::int64_t length(std::size_t i) const { return m_lengths.at(i); }

  /// n sequences that each continue this cache's only sequence: a shared prefix is computed once.
  /// The capacity of the new cache is at least `capacity`.
  std::shared_ptr<KvCache> fork(std::size_t n, std::int64_t capacity) const;
  /// Keeps the named sequences, in the order given; the others are forgotten (prompts that have
  /// ended).
  void select(const std::vector<std::size_t>& keep);

  /// What layers of another kind keep of a sequence (Mllama: keys and values of its pictures).
  struct Extra {
    virtual ~Extra() = default;
  };
  const std::shared_ptr<Extra>& extra(std::size_t i) const { return m_extras.at(i); }
  void setExtra(std::size_t i, std::shared_ptr<Extra> extra) { m_extras.at(i) = std::move(extra); }

  // ---- For the decoder.
  torch::Tensor keys(std::size_t layer) const { return m_keys[layer]; }
  torch::Tensor values(std::size_t layer) const { return m_values[layer]; }
  /// Makes room for lengths[i] more tokens of each sequence i.
  void reserve(const std::vector<std::int64_t>& lengths);
  /// Counts them as there, once all layers have written them.
  void advance(const std::vector<std::int64_t>& lengths);

 private:
  KvCache() = default;
  std::vector<torch::Tensor> m_keys, m_values;
  std::vector<std::int64_t> m_lengths;
  std::vector<std::shared_ptr<Extra>> m_extras;  // one a sequence
  std::int64_t m_capacity = 0;
};

}  // namespace wordsight::neural
