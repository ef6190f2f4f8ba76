#include "neural/kernels.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>
#include <stdexcept>

#include "neural/simd.h"

// The loops live in functions of plain pointers that are compiled for several instruction sets;
// templates in them are inlined there. Wrappers below check, allocate and share rows out.

namespace wordsight::neural::kernels {
namespace {

using simd::Brain;
using simd::expOf;
using simd::load;
using simd::store;

template <class T>
[[gnu::always_inline]] inline void normRows(const T* x, const T* weight, float eps,
                                            std::int64_t width, T* y, float* inverse,
                                            std::int64_t begin, std::int64_t end, bool again) {
  for (std::int64_t row = begin; row < end; ++row) {
    const T* in = x + row * width;
    T* out = y + row * width;
    if (!again) {
      float sum = 0;
#pragma omp simd reduction(+ : sum)
      for (std::int64_t i = 0; i < width; ++i) sum += load(in[i]) * load(in[i]);
      inverse[row] = 1.0F / std::sqrt(sum / static_cast<float>(width) + eps);
    }
    const float scale = inverse[row];
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) store(load(in[i]) * scale * load(weight[i]), out[i]);
  }
}

template <class T>
[[gnu::always_inline]] inline void normBackwardRows(const T* dy, const T* x, const T* weight,
                                                    const float* inverse, const T* residual,
                                                    std::int64_t width, T* dx, std::int64_t begin,
                                                    std::int64_t end) {
  for (std::int64_t row = begin; row < end; ++row) {
    const T *g = dy + row * width, *in = x + row * width;
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < width; ++i) dot += load(g[i]) * load(weight[i]) * load(in[i]);
    const float scale = inverse[row];
    const float along = dot * scale * scale * scale / static_cast<float>(width);
    T* out = dx + row * width;
    if (residual) {
      const T* add = residual + row * width;
#pragma omp simd
      for (std::int64_t i = 0; i < width; ++i)
        store(load(add[i]) + load(g[i]) * load(weight[i]) * scale - load(in[i]) * along, out[i]);
    } else {
#pragma omp simd
      for (std::int64_t i = 0; i < width; ++i)
        store(load(g[i]) * load(weight[i]) * scale - load(in[i]) * along, out[i]);
    }
  }
}

template <class T>
[[gnu::always_inline]] inline void swigluRows(const T* gateUp, std::int64_t width, T* y,
                                              std::int64_t begin, std::int64_t end) {
  for (std::int64_t row = begin; row < end; ++row) {
    const T *gate = gateUp + row * 2 * width, *up = gate + width;
    T* out = y + row * width;
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
      const float g = load(gate[i]);
      store(g / (1.0F + expOf(-g)) * load(up[i]), out[i]);
    }
  }
}

template <class T>
[[gnu::always_inline]] inline void swigluBackwardRows(const T* dy, const T* gateUp,
                                                      std::int64_t width, T* dGateUp,
                                                      std::int64_t begin, std::int64_t end) {
  for (std::int64_t row = begin; row < end; ++row) {
    const T *gate = gateUp + row * 2 * width, *up = gate + width, *d = dy + row * width;
    T *dGate = dGateUp + row * 2 * width, *dUp = dGate + width;
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
      const float g = load(gate[i]), sigma = 1.0F / (1.0F + expOf(-g)), grad = load(d[i]);
      store(grad * load(up[i]) * sigma * (1.0F + g * (1.0F - sigma)), dGate[i]);
      store(grad * g * sigma, dUp[i]);
    }
  }
}

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

template <class T>
[[gnu::always_inline]] inline void dropoutLoop(const T* x, T* y, std::uint64_t key,
                                               std::uint32_t threshold, float scale,
                                               std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end; ++i) {
    const auto random =
        static_cast<std::uint32_t>(simd::mixed(key + static_cast<std::uint64_t>(i)) >> 32);
    store(random < threshold ? 0.0F : load(x[i]) * scale, y[i]);
  }
}

template <class T>
[[gnu::always_inline]] inline float dotOf(const float* x, const T* weight, std::int64_t width) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < width; ++i) sum += x[i] * load(weight[i]);
  return sum;
}

template <class T>
[[gnu::always_inline]] inline void fewRowsLoop(const float* x, std::int64_t rows, const T* weight,
                                               const T* bias, std::int64_t width,
                                               std::int64_t outputs, T* y, std::int64_t begin,
                                               std::int64_t end) {
  for (std::int64_t n = begin; n < end; ++n)
    for (std::int64_t row = 0; row < rows; ++row)
      store(dotOf(x + row * width, weight + n * width, width) + (bias ? load(bias[n]) : 0.0F),
            y[row * outputs + n]);
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

// ---- One compiled function a kernel and type, each for several instruction sets.

WORDSIGHT_CLONES void run(float* y, const float* x, const float* w, float eps, std::int64_t d,
                          float* inv, std::int64_t b, std::int64_t e, bool again) {
  normRows(x, w, eps, d, y, inv, b, e, again);
}
WORDSIGHT_CLONES void run(Brain* y, const Brain* x, const Brain* w, float eps, std::int64_t d,
                          float* inv, std::int64_t b, std::int64_t e, bool again) {
  normRows(x, w, eps, d, y, inv, b, e, again);
}
WORDSIGHT_CLONES void runNormBack(float* dx, const float* dy, const float* x, const float* w,
                                  const float* inv, const float* res, std::int64_t d,
                                  std::int64_t b, std::int64_t e) {
  normBackwardRows(dy, x, w, inv, res, d, dx, b, e);
}
WORDSIGHT_CLONES void runNormBack(Brain* dx, const Brain* dy, const Brain* x, const Brain* w,
                                  const float* inv, const Brain* res, std::int64_t d,
                                  std::int64_t b, std::int64_t e) {
  normBackwardRows(dy, x, w, inv, res, d, dx, b, e);
}
WORDSIGHT_CLONES void runSwiglu(float* y, const float* gu, std::int64_t d, std::int64_t b,
                                std::int64_t e) {
  swigluRows(gu, d, y, b, e);
}
WORDSIGHT_CLONES void runSwiglu(Brain* y, const Brain* gu, std::int64_t d, std::int64_t b,
                                std::int64_t e) {
  swigluRows(gu, d, y, b, e);
}
WORDSIGHT_CLONES void runSwigluBack(float* dgu, const float* dy, const float* gu, std::int64_t d,
                                    std::int64_t b, std::int64_t e) {
  swigluBackwardRows(dy, gu, d, dgu, b, e);
}
WORDSIGHT_CLONES void runSwigluBack(Brain* dgu, const Brain* dy, const Brain* gu, std::int64_t d,
                                    std::int64_t b, std::int64_t e) {
  swigluBackwardRows(dy, gu, d, dgu, b, e);
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
WORDSIGHT_CLONES void runDropout(float* y, const float* x, std::uint64_t key,
                                 std::uint32_t threshold, float scale, std::int64_t b,
                                 std::int64_t e) {
  dropoutLoop(x, y, key, threshold, scale, b, e);
}
WORDSIGHT_CLONES void runDropout(Brain* y, const Brain* x, std::uint64_t key,
                                 std::uint32_t threshold, float scale, std::int64_t b,
                                 std::int64_t e) {
  dropoutLoop(x, y, key, threshold, scale, b, e);
}
WORDSIGHT_CLONES void runFew(float* y, const float* x, std::int64_t rows, const float* w,
                             const float* bias, std::int64_t width, std::int64_t outputs,
                             std::int64_t b, std::int64_t e) {
  fewRowsLoop(x, rows, w, bias, width, outputs, y, b, e);
}
WORDSIGHT_CLONES void runFew(Brain* y, const float* x, std::int64_t rows, const Brain* w,
                             const Brain* bias, std::int64_t width, std::int64_t outputs,
                             std::int64_t b, std::int64_t e) {
  fewRowsLoop(x, rows, w, bias, width, outputs, y, b, e);
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

template <class T>
const T* in(const torch::Tensor& tensor) {
  return tensor.defined() ? static_cast<const T*>(tensor.const_data_ptr()) : nullptr;
}
template <class T>
T* out(torch::Tensor& tensor) {
  return static_cast<T*>(tensor.data_ptr());
}

/// Calls body with a value of the element type of `tensor`.
template <class Body>
void byType(const torch::Tensor& tensor, const Body& body) {
  if (tensor.scalar_type() == torch::kFloat32)
    body(float{});
  else if (tensor.scalar_type() == torch::kBFloat16)
    body(Brain{});
  else
    throw std::invalid_argument("neural kernels: the dtype is neither float32 nor bfloat16");
}

/// Rows a thread takes at once: some 32,000 elements, so that small work stays on one thread.
std::int64_t grain(std::int64_t width) {
  return std::max<std::int64_t>(1, 32768 / std::max<std::int64_t>(1, width));
}

void needContiguous(const torch::Tensor& tensor) {
  if (tensor.defined() && !tensor.is_contiguous())
    throw std::invalid_argument("neural kernels: tensor not contiguous");
}

torch::Tensor norm(const torch::Tensor& x, const torch::Tensor& weight, double eps,
                   torch::Tensor& inverse, bool again) {
  needContiguous(x);
  auto y = torch::empty_like(x);
  const std::int64_t width = x.size(-1), rows = width ? x.numel() / width : 0;
  byType(x, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, rows, grain(width), [&](std::int64_t b, std::int64_t e) {
      run(out<T>(y), in<T>(x), in<T>(weight), static_cast<float>(eps), width, out<float>(inverse),
          b, e, again);
    });
  });
  return y;
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

torch::Tensor rmsNorm(const torch::Tensor& x, const torch::Tensor& weight, double eps,
                      torch::Tensor* inverse) {
  auto kept = torch::empty({x.size(0)}, torch::kFloat32);
  auto y = norm(x, weight, eps, kept, false);
  if (inverse) *inverse = kept;
  return y;
}

torch::Tensor rmsNormAgain(const torch::Tensor& x, const torch::Tensor& weight,
                           const torch::Tensor& inverse) {
  auto kept = inverse;
  return norm(x, weight, 0, kept, true);
}

torch::Tensor rmsNormBackward(const torch::Tensor& dy, const torch::Tensor& x,
                              const torch::Tensor& weight, const torch::Tensor& inverse,
                              const torch::Tensor& residual) {
  needContiguous(dy);
  needContiguous(x);
  needContiguous(residual);
  auto dx = torch::empty_like(x);
  const std::int64_t width = x.size(1);
  byType(x, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, x.size(0), grain(width), [&](std::int64_t b, std::int64_t e) {
      runNormBack(out<T>(dx), in<T>(dy), in<T>(x), in<T>(weight), in<float>(inverse),
                  in<T>(residual), width, b, e);
    });
  });
  return dx;
}

torch::Tensor swiglu(const torch::Tensor& gateUp) {
  needContiguous(gateUp);
  const std::int64_t width = gateUp.size(1) / 2;
  auto y = torch::empty({gateUp.size(0), width}, gateUp.options());
  byType(gateUp, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, gateUp.size(0), grain(width), [&](std::int64_t b, std::int64_t e) {
      runSwiglu(out<T>(y), in<T>(gateUp), width, b, e);
    });
  });
  return y;
}

torch::Tensor swigluBackward(const torch::Tensor& dy, const torch::Tensor& gateUp) {
  needContiguous(dy);
  needContiguous(gateUp);
  auto dGateUp = torch::empty_like(gateUp);
  const std::int64_t width = gateUp.size(1) / 2;
  byType(gateUp, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, gateUp.size(0), grain(width), [&](std::int64_t b, std::int64_t e) {
      runSwigluBack(out<T>(dGateUp), in<T>(dy), in<T>(gateUp), width, b, e);
    });
  });
  return dGateUp;
}

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

torch::Tensor dropout(const torch::Tensor& x, double rate, std::uint64_t key) {
  needContiguous(x);
  auto y = torch::empty_like(x);
  const auto threshold = static_cast<std::uint32_t>(rate * 4294967296.0);
  byType(x, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, x.numel(), 32768, [&](std::int64_t b, std::int64_t e) {
      runDropout(out<T>(y), in<T>(x), key, threshold, static_cast<float>(1 / (1 - rate)), b, e);
    });
  });
  return y;
}

torch::Tensor fewRowsTimes(const torch::Tensor& x, const torch::Tensor& weight,
                           const torch::Tensor& bias) {
  needContiguous(weight);
  const std::int64_t rows = x.size(0), outputs = weight.size(0), width = weight.size(1);
  const auto xFloat = x.to(torch::kFloat32).contiguous();
  auto y = torch::empty({rows, outputs}, weight.options());
  byType(weight, [&](auto t) {
    using T = decltype(t);
    at::parallel_for(0, outputs, grain(width), [&](std::int64_t b, std::int64_t e) {
      runFew(out<T>(y), in<float>(xFloat), rows, in<T>(weight), in<T>(bias), width, outputs, b, e);
    });
  });
  return y;
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
