#include "neural/kv_cache.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>

namespace wordsight::neural {
namespace {

/// Steps of 16, so that few shapes occur: oneDNN compiles a kernel a shape.
std::int64_t rounded(std::int64_t n) { return std::max<std::int64_t>(16, (n + 15) / 16 * 16); }

}  // namespace

KvCache::KvCache(std::size_t sequences, std::int64_t capacity, std::int64_t layers,
                 std::int64_t kvHeads, std::int64_t headSize, torch::ScalarType dtype)
    : m_lengths(sequences, 0), m_extras(sequences), m_capacity(rounded(capacity)) {
  const torch::NoGradGuard noGrad;
  const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(sequences), kvHeads,
                                           m_capacity, headSize};
  for (std::int64_t i = 0; i < layers; ++i) {
    m_keys.push_back(torch::zeros(shape, dtype));
    m_values.push_back(torch::zeros(shape, dtype));
  }
}

std::shared_ptr<KvCache> KvCache::fork(std::size_t n, std::int64_t capacity) const {
  if (m_lengths.size() != 1)
    throw std::invalid_argument("KvCache::fork: only a cache of one sequence can be forked");
  const torch::NoGradGuard noGrad;
  std::shared_ptr<KvCache> forked(new KvCache());
  const std::int64_t length = m_lengths[0];
  forked->m_lengths.assign(n, length);
  forked->m_extras.assign(n, m_extras[0]);
  forked->m_capacity = rounded(std::max(capacity, length));
  const auto copyOf = [&](const torch::Tensor& from) {
    auto to =
        torch::zeros({static_cast<std::int64_t>(n), from.size(1), forked->m_capacity, from.size(3)},
                     from.options());
    to.narrow(2, 0, length).copy_(from.narrow(2, 0, length));
    return to;
  };
  for (const auto& keys : m_keys) forked->m_keys.push_back(copyOf(keys));
  for (const auto& values : m_values) forked->m_values.push_back(copyOf(values));
  return forked;
}

void KvCache::select(const std::vector<std::size_t>& keep) {
  const torch::NoGradGuard noGrad;
  std::vector<std::int64_t> rows, lengths;
  std::vector<std::shared_ptr<Extra>> extras;
  for (const std::size_t i : keep) {
    rows.push_back(static_cast<std::int64_t>(i));
    lengths.push_back(m_lengths.at(i));
    extras.push_back(m_extras[i]);
  }
  const auto index = torch::tensor(rows, torch::kInt64);
  for (auto& keys : m_keys) keys = keys.index_select(0, index);
  for (auto& values : m_values) values = values.index_select(0, index);
  m_lengths = lengths;
  m_extras = std::move(extras);
}

void KvCache::reserve(const std::vector<std::int64_t>& lengths) {
  if (lengths.size() != m_lengths.size())
    throw std::invalid_argument(
        "KvCache: the layout has another number of sequences than the cache");
  std::int64_t needed = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i)
    needed = std::max(needed, m_lengths[i] + lengths[i]);
  if (needed <= m_capacity) return;
  const torch::NoGradGuard noGrad;
  const std::int64_t held = *std::max_element(m_lengths.begin(), m_lengths.end());
  const std::int64_t capacity = rounded(std::max(needed, m_capacity * 3 / 2));
  const auto grow = [&](torch::Tensor& tensor) {
    auto larger =
        torch::zeros({tensor.size(0), tensor.size(1), capacity, tensor.size(3)}, tensor.options());
    larger.narrow(2, 0, held).copy_(tensor.narrow(2, 0, held));
    tensor = larger;
  };
  for (auto& keys : m_keys) grow(keys);
  for (auto& values : m_values) grow(values);
  m_capacity = capacity;
}

void KvCache::advance(const std::vector<std::int64_t>& lengths) {
  for (std::size_t i = 0; i < lengths.size(); ++i) m_lengths.at(i) += lengths[i];
}

}  // namespace wordsight::neural
