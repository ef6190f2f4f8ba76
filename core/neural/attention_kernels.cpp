#include <cmath>

#include "neural/kernels.h"
#include "neural/kernels_support.h"
#include "neural/lanes.h"

// Heads and rows, softmax, decoding. As in kernels.cpp: loops over plain pointers, compiled for
// several instruction sets, and wrappers that share rows out.

namespace wordsight::neural::kernels {
namespace {

using simd::dotOf;
using simd::expOf;
using simd::load;
using simd::store;

struct HeadLoop {
  std::int64_t kvHeads, repeats, headSize, strideOfKv, stride;
  const std::int64_t *rows, *offsets;
  const float *cos, *sin;  // null: no rotation
};

template <class T>
[[gnu::always_inline]] inline void copyHead(const T* from, T* to, std::int64_t size) {
#pragma omp simd
  for (std::int64_t i = 0; i < size; ++i) to[i] = from[i];
}

template <class T>
[[gnu::always_inline]] inline void turnHead(const T* from, T* to, std::int64_t half,
                                            const float* cos, const float* sin, float direction) {
#pragma omp simd
  for (std::int64_t i = 0; i < half; ++i) {
    const float a = load(from[i]), b = load(from[i + half]), c = cos[i], s = sin[i] * direction;
    store(a * c - b * s, to[i]);
    store(b * c + a * s, to[i + half]);
  }
}

template <class T>
[[gnu::always_inline]] inline void rowsToHeadsLoop(const T* rows, T* heads, const HeadLoop& loop,
                                                   std::int64_t begin, std::int64_t end) {
  const std::int64_t half = loop.headSize / 2;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t row = loop.rows[i];
    const T* from = rows + row * loop.stride;
    for (std::int64_t k = 0; k < loop.kvHeads; ++k)
      for (std::int64_t r = 0; r < loop.repeats; ++r, from += loop.headSize) {
        T* to = heads + loop.offsets[i] + k * loop.strideOfKv + r * loop.headSize;
        if (loop.cos)
          turnHead(from, to, half, loop.cos + row * half, loop.sin + row * half, 1.0F);
        else
          copyHead(from, to, loop.headSize);
      }
  }
}

template <class T>
[[gnu::always_inline]] inline void headsToRowsLoop(const T* heads, T* rows, const HeadLoop& loop,
                                                   std::int64_t begin, std::int64_t end) {
  const std::int64_t half = loop.headSize / 2;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t row = loop.rows[i];
    T* to = rows + row * loop.stride;
    for (std::int64_t k = 0; k < loop.kvHeads; ++k)
      for (std::int64_t r = 0; r < loop.repeats; ++r, to += loop.headSize) {
        const T* from = heads + loop.offsets[i] + k * loop.strideOfKv + r * loop.headSize;
        if (loop.cos)
          turnHead(from, to, half, loop.cos + row * half, loop.sin + row * half, -1.0F);
        else
          copyHead(from, to, loop.headSize);
      }
  }
}

template <class T>
[[gnu::always_inline]] inline void softmaxRow(T* row, std::int64_t width, std::int64_t seen,
                                              float scale, float* logSum, bool again) {
  float sum = 0, shift = 0;
  if (again) {
    shift = *logSum;
#pragma omp simd
    for (std::int64_t i = 0; i < seen; ++i) store(expOf(load(row[i]) * scale - shift), row[i]);
  } else if (seen > 0) {
    float most = -3.4e38F;
#pragma omp simd reduction(max : most)
    for (std::int64_t i = 0; i < seen; ++i) most = load(row[i]) > most ? load(row[i]) : most;
    shift = most * scale;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < seen; ++i) sum += expOf(load(row[i]) * scale - shift);
    const float inverse = 1.0F / sum;
#pragma omp simd
    for (std::int64_t i = 0; i < seen; ++i)
      store(expOf(load(row[i]) * scale - shift) * inverse, row[i]);
    if (logSum) *logSum = shift + std::log(sum);
  } else if (logSum) {
    *logSum = 0;
  }
  for (std::int64_t i = seen; i < width; ++i) store(0.0F, row[i]);
}

template <class T>
[[gnu::always_inline]] inline void softmaxRows(T* scores, std::int64_t perBatch, std::int64_t width,
                                               float scale, const Visible& visible, float* logSum,
                                               bool again, std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t sequence = i / perBatch / visible.perSequence;
    const std::int64_t query = visible.first + i % perBatch / visible.repeats;
    const std::int64_t limit = visible.limits[sequence * visible.queries + query];
    softmaxRow(scores + i * width, width, limit < width ? limit : width, scale,
               logSum ? logSum + i : nullptr, again);
  }
}

template <class T>
[[gnu::always_inline]] inline void softmaxBackwardRows(T* dp, const T* p, std::int64_t width,
                                                       float scale, std::int64_t begin,
                                                       std::int64_t end) {
  for (std::int64_t row = begin; row < end; ++row) {
    T* d = dp + row * width;
    const T* q = p + row * width;
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < width; ++i) dot += load(d[i]) * load(q[i]);
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) store(scale * load(q[i]) * (load(d[i]) - dot), d[i]);
  }
}

struct DecodeLoop {
  std::int64_t kvHeads, repeats, capacity, headSize;
  const std::int64_t* lengths;
  float scale;
};

template <class T>
[[gnu::always_inline]] inline void decodeHead(const T* query, const T* keys, const T* values,
                                              std::int64_t length, std::int64_t headSize,
                                              float scale, float* scratch, T* out) {
  float* q = scratch;                 // headSize
  float* sum = scratch + headSize;    // headSize
  float* p = scratch + 2 * headSize;  // length
  for (std::int64_t i = 0; i < headSize; ++i) {
    q[i] = load(query[i]) * scale;
    sum[i] = 0;
  }
  float most = -3.4e38F, total = 0;
  for (std::int64_t s = 0; s < length; ++s) {
    p[s] = dotOf(q, keys + s * headSize, headSize);
    most = p[s] > most ? p[s] : most;
  }
#pragma omp simd reduction(+ : total)
  for (std::int64_t s = 0; s < length; ++s) {
    p[s] = expOf(p[s] - most);
    total += p[s];
  }
  for (std::int64_t s = 0; s < length; ++s) {
    const float weight = p[s];
    const T* value = values + s * headSize;
#pragma omp simd
    for (std::int64_t i = 0; i < headSize; ++i) sum[i] += weight * load(value[i]);
  }
  const float inverse = total > 0 ? 1.0F / total : 0.0F;
  for (std::int64_t i = 0; i < headSize; ++i) store(sum[i] * inverse, out[i]);
}

template <class T>
[[gnu::always_inline]] inline void decodeLoop(const T* query, const T* keys, const T* values,
                                              T* out, const DecodeLoop& loop, float* scratch,
                                              std::int64_t begin, std::int64_t end) {
  const std::int64_t perKv = loop.capacity * loop.headSize;
  for (std::int64_t i = begin; i < end; ++i)
    for (std::int64_t r = 0; r < loop.repeats; ++r) {
      const std::int64_t head = (i * loop.repeats + r) * loop.headSize;
      decodeHead(query + head, keys + i * perKv, values + i * perKv, loop.lengths[i / loop.kvHeads],
                 loop.headSize, loop.scale, scratch, out + head);
    }
}

WORDSIGHT_CLONES void runToHeads(float* heads, const float* rows, const HeadLoop& loop,
                                 std::int64_t b, std::int64_t e) {
  rowsToHeadsLoop(rows, heads, loop, b, e);
}

WORDSIGHT_CLONES void runToHeads(Brain* heads, const Brain* rows, const HeadLoop& loop,
                                 std::int64_t b, std::int64_t e) {
  rowsToHeadsLoop(rows, heads, loop, b, e);
}

WORDSIGHT_CLONES void runToRows(float* rows, const float* heads, const HeadLoop& loop,
                                std::int64_t b, std::int64_t e) {
  headsToRowsLoop(heads, rows, loop, b, e);
}

WORDSIGHT_CLONES void runToRows(Brain* rows, const Brain* heads, const HeadLoop& loop,
                                std::int64_t b, std::int64_t e) {
  headsToRowsLoop(heads, rows, loop, b, e);
}

WORDSIGHT_CLONES void runSoftmax(float* scores, std::int64_t perBatch, std::int64_t width,
                                 float scale, const Visible& visible, float* logSum, bool again,
                                 std::int64_t b, std::int64_t e) {
  softmaxRows(scores, perBatch, width, scale, visible, logSum, again, b, e);
}

WORDSIGHT_CLONES void runSoftmax(Brain* scores, std::int64_t perBatch, std::int64_t width,
                                 float scale, const Visible& visible, float* logSum, bool again,
                                 std::int64_t b, std::int64_t e) {
  softmaxRows(scores, perBatch, width, scale, visible, logSum, again, b, e);
}

WORDSIGHT_CLONES void runSoftmaxBack(float* dp, const float* p, std::int64_t width, float scale,
                                     std::int64_t b, std::int64_t e) {
  softmaxBackwardRows(dp, p, width, scale, b, e);
}

WORDSIGHT_CLONES void runSoftmaxBack(Brain* dp, const Brain* p, std::int64_t width, float scale,
                                     std::int64_t b, std::int64_t e) {
  softmaxBackwardRows(dp, p, width, scale, b, e);
}

WORDSIGHT_CLONES void runDecode(float* out, const float* q, const float* k, const float* v,
                                const DecodeLoop& loop, float* scratch, std::int64_t b,
                                std::int64_t e) {
  decodeLoop(q, k, v, out, loop, scratch, b, e);
}

WORDSIGHT_CLONES void runDecode(Brain* out, const Brain* q, const Brain* k, const Brain* v,
                                const DecodeLoop& loop, float* scratch, std::int64_t b,
                                std::int64_t e) {
  decodeLoop(q, k, v, out, loop, scratch, b, e);
}

HeadLoop loopOf(const HeadMap& map, const Rotation& rotation, std::int64_t stride) {
  return {map.kvHeads,
          map.repeats,
          map.headSize,
          map.strideOfKv,
          stride,
          map.rows.data(),
          map.offsets.data(),
          in<float>(rotation.cos),
          in<float>(rotation.sin)};
}

void runSoftmaxOver(torch::Tensor& scores, double scale, const Visible& visible,
                    torch::Tensor* logSum, bool again) {
  needContiguous(scores);
  const std::int64_t perBatch = scores.size(1), width = scores.size(2),
                     rows = scores.size(0) * perBatch;
  byType(scores, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, rows, grain(width), [&](std::int64_t b, std::int64_t e) {
      runSoftmax(out<T>(scores), perBatch, width, static_cast<float>(scale), visible,
                 logSum ? out<float>(*logSum) : nullptr, again, b, e);
    });
  });
}

}  // namespace

void rowsToHeads(const torch::Tensor& rows, const HeadMap& map, const Rotation& rotation,
                 torch::Tensor& heads) {
  const HeadLoop loop = loopOf(map, rotation, rows.stride(0));
  byType(rows, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, static_cast<std::int64_t>(map.rows.size()), grain(rows.size(1)),
                     [&](std::int64_t b, std::int64_t e) {
                       runToHeads(out<T>(heads), in<T>(rows), loop, b, e);
                     });
  });
}

void headsToRows(const torch::Tensor& heads, const HeadMap& map, const Rotation& rotation,
                 torch::Tensor& rows) {
  const HeadLoop loop = loopOf(map, rotation, rows.stride(0));
  byType(rows, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(
        0, static_cast<std::int64_t>(map.rows.size()), grain(rows.size(1)),
        [&](std::int64_t b, std::int64_t e) { runToRows(out<T>(rows), in<T>(heads), loop, b, e); });
  });
}

void softmax(torch::Tensor& scores, double scale, const Visible& visible, torch::Tensor* logSum) {
  if (logSum) *logSum = torch::empty({scores.size(0), scores.size(1)}, torch::kFloat32);
  runSoftmaxOver(scores, scale, visible, logSum, false);
}

void softmaxAgain(torch::Tensor& scores, double scale, const Visible& visible,
                  const torch::Tensor& logSum) {
  torch::Tensor kept = logSum;
  runSoftmaxOver(scores, scale, visible, &kept, true);
}

void softmaxBackward(torch::Tensor& dp, const torch::Tensor& p, double scale) {
  needContiguous(dp);
  needContiguous(p);
  const std::int64_t width = dp.size(2);
  byType(dp, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, dp.size(0) * dp.size(1), grain(width), [&](std::int64_t b, std::int64_t e) {
      runSoftmaxBack(out<T>(dp), in<T>(p), width, static_cast<float>(scale), b, e);
    });
  });
}

torch::Tensor decodeAttention(const torch::Tensor& query, const torch::Tensor& keys,
                              const torch::Tensor& values, const std::vector<std::int64_t>& lengths,
                              double scale) {
  needContiguous(query);
  needContiguous(keys);
  needContiguous(values);
  auto result = torch::empty_like(query);
  const DecodeLoop loop{keys.size(1), query.size(2),  keys.size(2),
                        keys.size(3), lengths.data(), static_cast<float>(scale)};
  byType(query, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, keys.size(0) * keys.size(1), 1, [&](std::int64_t b, std::int64_t e) {
      std::vector<float> scratch(static_cast<std::size_t>(2 * loop.headSize + loop.capacity));
      runDecode(out<T>(result), in<T>(query), in<T>(keys), in<T>(values), loop, scratch.data(), b,
                e);
    });
  });
  return result;
}

}  // namespace wordsight::neural::kernels
