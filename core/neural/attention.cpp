#include "neural/attention.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace wordsight::neural {
namespace {

// Lengths go up in steps of 16: oneDNN compiles a kernel per shape (about 1 ms each), so few shapes
// should occur.
constexpr std::int64_t kStep = 16;
// From this many keys on, probabilities are made again in the backward pass instead of kept: L*S*H
// values a sequence.
constexpr std::int64_t kKeepBelow = 512;
constexpr std::int64_t kQueryBlock = 256;
// A shorter sequence joins a group when padding it to the group's length wastes less than this
// share of the work.
constexpr double kLeastFill = 0.8;
constexpr std::int64_t kMostScores = std::int64_t{1}
                                     << 27;  // values in one group's scores: 256 MiB in bfloat16

std::int64_t rounded(std::int64_t n) { return (n + kStep - 1) / kStep * kStep; }

struct Sequence {
  std::int64_t index = 0, firstRow = 0, past = 0, rows = 0;
  std::vector<std::int64_t> queryRows;   // index among the asking rows
  std::vector<std::int64_t> queryPlace;  // index within the sequence's new rows
  std::int64_t keys() const { return past + rows; }
  std::int64_t queries() const { return static_cast<std::int64_t>(queryRows.size()); }
};

std::vector<Sequence> sequencesOf(const std::vector<std::int64_t>& lengths,
                                  const std::vector<std::int64_t>* chosen,
                                  const std::vector<std::int64_t>* past) {
  std::vector<Sequence> sequences(lengths.size());
  std::vector<std::int64_t> ends;
  std::int64_t row = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    Sequence& s = sequences[i];
    s.index = static_cast<std::int64_t>(i);
    s.firstRow = row;
    s.rows = lengths[i];
    s.past = past ? (*past)[i] : 0;
    row += lengths[i];
    ends.push_back(row);
    if (!chosen)
      for (std::int64_t n = 0; n < s.rows; ++n) {
        s.queryRows.push_back(s.firstRow + n);
        s.queryPlace.push_back(n);
      }
  }
  for (std::size_t i = 0; chosen && i < chosen->size(); ++i) {
    const std::int64_t wanted = (*chosen)[i];
    const auto at = std::upper_bound(ends.begin(), ends.end(), wanted) - ends.begin();
    Sequence& s = sequences[static_cast<std::size_t>(at)];
    s.queryRows.push_back(static_cast<std::int64_t>(i));
    s.queryPlace.push_back(wanted - s.firstRow);
  }
  return sequences;
}

AttentionGroup groupOf(const HeadSizes& sizes, const std::vector<Sequence>& members, bool cached,
                       std::int64_t capacity) {
  AttentionGroup group;
  group.sequences = static_cast<std::int64_t>(members.size());
  group.firstInCache = members.front().index;
  std::int64_t fewestQueries = members.front().queries(), fewestKeys = members.front().keys();
  for (const Sequence& s : members) {
    group.queries = std::max(group.queries, s.queries());
    group.keys = std::max(group.keys, s.keys());
    fewestQueries = std::min(fewestQueries, s.queries());
    fewestKeys = std::min(fewestKeys, s.keys());
  }
  group.queries = rounded(group.queries);
  group.keys = cached ? std::min(rounded(group.keys), capacity) : rounded(group.keys);
  group.queriesPadded = fewestQueries < group.queries;
  group.keysPadded = fewestKeys < group.keys;
  group.limits.assign(static_cast<std::size_t>(group.sequences * group.queries), 0);
  const std::int64_t perQuery = sizes.repeats() * sizes.headSize;
  group.queryMap = {
      sizes.kvHeads, sizes.repeats(), sizes.headSize, group.queries * perQuery, {}, {}};
  group.keyMap = {sizes.kvHeads, 1, sizes.headSize, group.keys * sizes.headSize, {}, {}};
  for (std::size_t g = 0; g < members.size(); ++g) {
    const Sequence& s = members[g];
    const auto base = static_cast<std::int64_t>(g) * sizes.kvHeads;
    for (std::size_t i = 0; i < s.queryRows.size(); ++i) {
      group.queryMap.rows.push_back(s.queryRows[i]);
      group.queryMap.offsets.push_back((base * group.queries + static_cast<std::int64_t>(i)) *
                                       perQuery);
      group.limits[g * static_cast<std::size_t>(group.queries) + i] =
          static_cast<std::int32_t>(s.past + s.queryPlace[i] + 1);
    }
    for (std::int64_t i = 0; !cached && i < s.rows; ++i) {
      group.keyMap.rows.push_back(s.firstRow + i);
      group.keyMap.offsets.push_back((base * group.keys + i) * sizes.headSize);
    }
  }
  return group;
}

/// Longest first without a cache; in the cache's order with one, so that a group is a slice of it.
std::vector<AttentionGroup> groupsOf(const HeadSizes& sizes, std::vector<Sequence> sequences,
                                     bool cached, std::int64_t capacity) {
  if (!cached)
    std::stable_sort(sequences.begin(), sequences.end(), [](const Sequence& a, const Sequence& b) {
      return std::pair(a.keys(), a.queries()) > std::pair(b.keys(), b.queries());
    });
  std::vector<AttentionGroup> groups;
  std::vector<Sequence> members;
  std::int64_t mostKeys = 0, mostQueries = 0;
  double work = 0;
  const auto flush = [&] {
    if (!members.empty()) groups.push_back(groupOf(sizes, members, cached, capacity));
    members.clear();
    mostKeys = mostQueries = 0;
    work = 0;
  };
  for (Sequence& s : sequences) {
    if (s.queries() == 0) {
      flush();
      continue;
    }
    const std::int64_t keys = std::max(mostKeys, s.keys()),
                       queries = std::max(mostQueries, s.queries());
    const auto count = static_cast<std::int64_t>(members.size()) + 1;
    const double own = static_cast<double>(s.keys()) * static_cast<double>(s.queries());
    const double padded =
        static_cast<double>(count) * static_cast<double>(keys) * static_cast<double>(queries);
    // Few queries (decoding, letters) cost little however they are padded: there, fewer products
    // win.
    const bool small = queries <= kStep;
    const bool tooLarge =
        count * sizes.heads * rounded(keys) * std::min(rounded(queries), kQueryBlock) > kMostScores;
    if (!members.empty() && (tooLarge || (!small && work + own < kLeastFill * padded))) flush();
    mostKeys = std::max(mostKeys, s.keys());
    mostQueries = std::max(mostQueries, s.queries());
    work += own;
    members.push_back(std::move(s));
  }
  flush();
  return groups;
}

/// Blocks of queries of a group: [from, to) and how many keys the block can see at most (rounded
/// up).
struct Block {
  std::int64_t from = 0, to = 0, keys = 0;
};

std::vector<Block> blocksOf(const AttentionGroup& group) {
  const std::int64_t step = group.keys > kKeepBelow ? kQueryBlock : group.queries;
  std::vector<Block> blocks;
  for (std::int64_t from = 0; from < group.queries; from += step) {
    Block block{from, std::min(group.queries, from + step), 0};
    for (std::int64_t g = 0; g < group.sequences; ++g)
      for (std::int64_t i = block.from; i < block.to; ++i)
        block.keys = std::max<std::int64_t>(
            block.keys, group.limits[static_cast<std::size_t>(g * group.queries + i)]);
    block.keys = std::min(rounded(std::max<std::int64_t>(block.keys, 1)), group.keys);
    blocks.push_back(block);
  }
  return blocks;
}

kernels::Visible visibleTo(const AttentionGroup& group, const HeadSizes& sizes,
                           const Block& block) {
  return {group.limits.data(), sizes.kvHeads, group.queries, block.from, sizes.repeats()};
}

torch::Tensor roomFor(const torch::IntArrayRef shape, bool padded, const torch::Tensor& like) {
  return padded ? torch::zeros(shape, like.options()) : torch::empty(shape, like.options());
}

double scaleOf(const HeadSizes& sizes) {
  return 1.0 / std::sqrt(static_cast<double>(sizes.headSize));
}

torch::Tensor attendDecoding(const AttentionPlan& plan, const AttentionInput& in) {
  const HeadSizes& sizes = plan.sizes;
  const auto count = static_cast<std::int64_t>(plan.visible.size());
  auto q = torch::empty({count, sizes.kvHeads, sizes.repeats(), sizes.headSize}, in.q_TD.options());
  kernels::rowsToHeads(in.q_TD, plan.groups.front().queryMap, in.queryRotation, q);
  auto o = kernels::decodeAttention(q, in.cacheKeys, in.cacheValues, plan.visible, scaleOf(sizes))
               .view({count, sizes.heads * sizes.headSize});
  const std::int64_t padding = in.q_TD.size(0) - count;
  return padding ? torch::constant_pad_nd(o, {0, 0, 0, padding}) : o;
}

}  // namespace

AttentionPlan planAttention(const HeadSizes& sizes, const std::vector<std::int64_t>& lengths,
                            const std::vector<std::int64_t>* chosen,
                            const std::vector<std::int64_t>* past, std::int64_t capacity) {
  AttentionPlan plan;
  plan.sizes = sizes;
  plan.cached = past != nullptr;
  auto sequences = sequencesOf(lengths, chosen, past);
  if (plan.cached) {
    plan.cacheMap = {sizes.kvHeads, 1, sizes.headSize, capacity * sizes.headSize, {}, {}};
    for (const Sequence& s : sequences)
      for (std::int64_t i = 0; i < s.rows; ++i) {
        plan.cacheMap.rows.push_back(s.firstRow + i);
        plan.cacheMap.offsets.push_back((s.index * sizes.kvHeads * capacity + s.past + i) *
                                        sizes.headSize);
      }
    plan.decoding = !chosen && std::all_of(lengths.begin(), lengths.end(),
                                           [](std::int64_t n) { return n == 1; });
  }
  if (!plan.decoding) {
    plan.groups = groupsOf(sizes, std::move(sequences), plan.cached, capacity);
    return plan;
  }
  AttentionGroup all;
  const std::int64_t perQuery = sizes.repeats() * sizes.headSize;
  all.queryMap = {sizes.kvHeads, sizes.repeats(), sizes.headSize, perQuery, {}, {}};
  for (const Sequence& s : sequences) {
    all.queryMap.rows.push_back(s.firstRow);
    all.queryMap.offsets.push_back(s.index * sizes.kvHeads * perQuery);
    plan.visible.push_back(s.keys());
  }
  plan.groups.push_back(std::move(all));
  return plan;
}

torch::Tensor attend(const AttentionPlan& plan, const AttentionInput& in, SavedAttention* saved) {
  const HeadSizes& sizes = plan.sizes;
  if (plan.cached) {
    auto keys = in.cacheKeys, values = in.cacheValues;
    kernels::rowsToHeads(in.k_TD, plan.cacheMap, in.keyRotation, keys);
    kernels::rowsToHeads(in.v_TD, plan.cacheMap, {}, values);
  }
  if (plan.decoding) return attendDecoding(plan, in);
  std::int64_t asking = 0;
  for (const AttentionGroup& group : plan.groups)
    asking += static_cast<std::int64_t>(group.queryMap.rows.size());
  auto out_TD = torch::empty({in.q_TD.size(0), sizes.heads * sizes.headSize}, in.q_TD.options());
  // The padding at the end must not hold noise.
  if (asking < out_TD.size(0)) out_TD.narrow(0, asking, out_TD.size(0) - asking).zero_();
  for (const AttentionGroup& group : plan.groups) {
    const std::int64_t batch = group.sequences * sizes.kvHeads,
                       rows = group.queries * sizes.repeats();
    auto q = roomFor({batch, rows, sizes.headSize}, group.queriesPadded, in.q_TD);
    kernels::rowsToHeads(in.q_TD, group.queryMap, in.queryRotation, q);
    torch::Tensor k, v;
    if (plan.cached) {
      const auto slice = [&](const torch::Tensor& cache) {
        return cache.narrow(0, group.firstInCache, group.sequences)
            .flatten(0, 1)
            .narrow(1, 0, group.keys);
      };
      k = slice(in.cacheKeys);
      v = slice(in.cacheValues);
    } else {
      k = roomFor({batch, group.keys, sizes.headSize}, group.keysPadded, in.q_TD);
      v = roomFor({batch, group.keys, sizes.headSize}, group.keysPadded, in.q_TD);
      kernels::rowsToHeads(in.k_TD, group.keyMap, in.keyRotation, k);
      kernels::rowsToHeads(in.v_TD, group.keyMap, {}, v);
    }
    SavedAttention::Group kept{q, k, v, {}, {}};
    const auto blocks = blocksOf(group);
    torch::Tensor o;
    if (blocks.size() > 1) o = torch::empty_like(q);
    for (const Block& block : blocks) {
      const std::int64_t from = block.from * sizes.repeats(),
                         count = (block.to - block.from) * sizes.repeats();
      auto scores =
          torch::bmm(q.narrow(1, from, count), k.narrow(1, 0, block.keys).transpose(1, 2));
      torch::Tensor logSum;
      const bool again = saved && group.keys > kKeepBelow;
      kernels::softmax(scores, scaleOf(sizes), visibleTo(group, sizes, block),
                       again ? &logSum : nullptr);
      auto part = torch::bmm(scores, v.narrow(1, 0, block.keys));
      if (blocks.size() > 1)
        o.narrow(1, from, count).copy_(part);
      else
        o = part;
      if (again) kept.logSum.push_back(logSum);
      if (saved && !again) kept.p.push_back(scores);
    }
    kernels::headsToRows(o, group.queryMap, {}, out_TD);
    if (saved) saved->groups.push_back(std::move(kept));
  }
  return out_TD;
}

void attendBackward(const AttentionPlan& plan, const SavedAttention& saved,
                    const torch::Tensor& dOut_TD, const kernels::Rotation& queryRotation,
                    const kernels::Rotation& keyRotation, torch::Tensor dq_TD, torch::Tensor dk_TD,
                    torch::Tensor dv_TD) {
  const HeadSizes& sizes = plan.sizes;
  for (std::size_t n = 0; n < plan.groups.size(); ++n) {
    const AttentionGroup& group = plan.groups[n];
    const SavedAttention::Group& kept = saved.groups[n];
    auto dO = roomFor(kept.q.sizes(), group.queriesPadded, dOut_TD);
    kernels::rowsToHeads(dOut_TD, group.queryMap, {}, dO);
    const auto blocks = blocksOf(group);
    const bool many = blocks.size() > 1;
    torch::Tensor dQ, dK, dV;
    if (many) {  // sums over blocks in float32: a bfloat16 sum of many blocks would lose their low
                 // bits
      dQ = torch::empty_like(kept.q);
      dK = torch::zeros(kept.k.sizes(), torch::kFloat32);
      dV = torch::zeros(kept.v.sizes(), torch::kFloat32);
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const Block& block = blocks[b];
      const std::int64_t from = block.from * sizes.repeats(),
                         count = (block.to - block.from) * sizes.repeats();
      const auto qBlock = kept.q.narrow(1, from, count), dOBlock = dO.narrow(1, from, count);
      const auto k = kept.k.narrow(1, 0, block.keys), v = kept.v.narrow(1, 0, block.keys);
      torch::Tensor p;
      if (kept.p.empty()) {
        p = torch::bmm(qBlock, k.transpose(1, 2));
        kernels::softmaxAgain(p, scaleOf(sizes), visibleTo(group, sizes, block), kept.logSum[b]);
      } else {
        p = kept.p[b];
      }
      const auto dVBlock = torch::bmm(p.transpose(1, 2), dOBlock);
      auto dS = torch::bmm(dOBlock, v.transpose(1, 2));
      kernels::softmaxBackward(dS, p, scaleOf(sizes));
      const auto dQBlock = torch::bmm(dS, k), dKBlock = torch::bmm(dS.transpose(1, 2), qBlock);
      if (many) {
        dQ.narrow(1, from, count).copy_(dQBlock);
        dK.narrow(1, 0, block.keys).add_(dKBlock);
        dV.narrow(1, 0, block.keys).add_(dVBlock);
      } else {
        dQ = dQBlock;
        // Keys past the last that anyone sees have no gradient and no row.
        dK = block.keys == group.keys
                 ? dKBlock
                 : torch::constant_pad_nd(dKBlock, {0, 0, 0, group.keys - block.keys});
        dV = block.keys == group.keys
                 ? dVBlock
                 : torch::constant_pad_nd(dVBlock, {0, 0, 0, group.keys - block.keys});
      }
    }
    kernels::headsToRows(dQ, group.queryMap, queryRotation, dq_TD);
    kernels::headsToRows(dK.to(kept.k.scalar_type()), group.keyMap, keyRotation, dk_TD);
    kernels::headsToRows(dV.to(kept.v.scalar_type()), group.keyMap, {}, dv_TD);
  }
}

}  // namespace wordsight::neural
