#include "neural/kernels.h"

#include <cmath>

#include "neural/kernels_support.h"
#include "neural/lanes.h"

// The loops live in functions of plain pointers that are compiled for several instruction sets;
// templates in them are inlined there. Wrappers below check, allocate and share rows out.

namespace wordsight::neural::kernels {
namespace {

using simd::dotOf;
using simd::expOf;
using simd::load;
using simd::store;

template <class T>
[[gnu::always_inline]] inline void normRows(T* x, const T* more, const T* weight, float eps,
                                            std::int64_t width, T* y, float* inverse,
                                            std::int64_t begin, std::int64_t end, bool again) {
  for (std::int64_t row = begin; row < end; ++row) {
    T* in = x + row * width;
    T* out = y + row * width;
    if (more) {
      const T* add = more + row * width;
#pragma omp simd
      for (std::int64_t i = 0; i < width; ++i) store(load(in[i]) + load(add[i]), in[i]);
    }
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

/// Weight rows that a thread takes together. Each is read to its end before the next begins: one
/// stream of memory, which a Zen 4 fetches at 15 GB/s where four side by side came at 10. The next
/// row's sums hide the latency of adding.
constexpr std::int64_t kOutputsAtOnce = 4;

/// sums[r] = x row r times one weight row.
template <int Rows, class T>
[[gnu::always_inline]] inline void outputOf(const float* x, const T* weight, std::int64_t width,
                                            float* sums) {
  simd::Lanes lanes[Rows] = {};
  std::int64_t i = 0;
  for (; i + simd::kLanes <= width; i += simd::kLanes) {
    const simd::Lanes w = simd::loadLanes(weight + i);
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r) lanes[r] += simd::loadLanes(x + r * width + i) * w;
  }
  for (int r = 0; r < Rows; ++r) {
    sums[r] = simd::sumOf(lanes[r]);
    for (std::int64_t k = i; k < width; ++k) sums[r] += x[r * width + k] * load(weight[k]);
  }
}

template <int Rows, class T>
[[gnu::always_inline]] inline void fewRowsOf(const float* x, const T* weight, const T* bias,
                                             std::int64_t width, std::int64_t outputs, T* y,
                                             std::int64_t begin, std::int64_t end) {
  const std::int64_t whole = begin + (end - begin) / kOutputsAtOnce * kOutputsAtOnce;
  std::int64_t n = begin;
  for (; n < whole; ++n) {
    float sums[Rows];
    outputOf<Rows>(x, weight + n * width, width, sums);
    for (int r = 0; r < Rows; ++r)
      store(sums[r] + (bias ? load(bias[n]) : 0.0F), y[r * outputs + n]);
  }
  for (; n < end; ++n)
    for (int r = 0; r < Rows; ++r)
      store(dotOf(x + r * width, weight + n * width, width) + (bias ? load(bias[n]) : 0.0F),
            y[r * outputs + n]);
}

template <class T>
[[gnu::always_inline]] inline void fewRowsLoop(const float* x, std::int64_t rows, const T* weight,
                                               const T* bias, std::int64_t width,
                                               std::int64_t outputs, T* y, std::int64_t begin,
                                               std::int64_t end) {
  switch (rows) {
    case 1:
      return fewRowsOf<1>(x, weight, bias, width, outputs, y, begin, end);
    case 2:
      return fewRowsOf<2>(x, weight, bias, width, outputs, y, begin, end);
    case 3:
      return fewRowsOf<3>(x, weight, bias, width, outputs, y, begin, end);
    case 4:
      return fewRowsOf<4>(x, weight, bias, width, outputs, y, begin, end);
    default:
      return;
  }
}

// ---- One compiled function a kernel and type, each for several instruction sets.

WORDSIGHT_CLONES void run(float* y, float* x, const float* more, const float* w, float eps,
                          std::int64_t d, float* inv, std::int64_t b, std::int64_t e, bool again) {
  normRows(x, more, w, eps, d, y, inv, b, e, again);
}
WORDSIGHT_CLONES void run(Brain* y, Brain* x, const Brain* more, const Brain* w, float eps,
                          std::int64_t d, float* inv, std::int64_t b, std::int64_t e, bool again) {
  normRows(x, more, w, eps, d, y, inv, b, e, again);
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

/// The norm of x; `more`, when defined, is added to x in place first (x is only written then).
torch::Tensor norm(const torch::Tensor& x, const torch::Tensor& more, const torch::Tensor& weight,
                   double eps, torch::Tensor& inverse, bool again) {
  needContiguous(x);
  needContiguous(more);
  auto y = torch::empty_like(x);
  const std::int64_t width = x.size(-1), rows = width ? x.numel() / width : 0;
  byType(x, [&](auto t) {
    using T = decltype(t);
    T* sum = const_cast<T*>(in<T>(x));
    at::parallel_for(0, rows, grain(width), [&](std::int64_t b, std::int64_t e) {
      run(out<T>(y), sum, in<T>(more), in<T>(weight), static_cast<float>(eps), width,
          out<float>(inverse), b, e, again);
    });
  });
  return y;
}

}  // namespace

torch::Tensor rmsNorm(const torch::Tensor& x, const torch::Tensor& weight, double eps,
                      torch::Tensor* inverse) {
  auto kept = torch::empty({x.size(0)}, torch::kFloat32);
  auto y = norm(x, {}, weight, eps, kept, false);
  if (inverse) *inverse = kept;
  return y;
}

torch::Tensor addRmsNorm(torch::Tensor& sum, const torch::Tensor& x, const torch::Tensor& weight,
                         double eps, torch::Tensor* inverse) {
  if (sum.sizes() != x.sizes()) throw std::invalid_argument("addRmsNorm: shapes differ");
  auto kept = torch::empty({sum.size(0)}, torch::kFloat32);
  auto y = norm(sum, x, weight, eps, kept, false);
  if (inverse) *inverse = kept;
  return y;
}

torch::Tensor rmsNormAgain(const torch::Tensor& x, const torch::Tensor& weight,
                           const torch::Tensor& inverse) {
  auto kept = inverse;
  return norm(x, {}, weight, 0, kept, true);
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
  if (rows > kFewRows) throw std::invalid_argument("fewRowsTimes: too many rows");
  const auto xFloat = x.to(torch::kFloat32).contiguous();
  auto y = torch::empty({rows, outputs}, weight.options());
  byType(weight, [&](auto t) {
    using T = decltype(t);
    // Shared out in blocks, so that each output is summed the same way however many threads there
    // are.
    const std::int64_t blocks = (outputs + kOutputsAtOnce - 1) / kOutputsAtOnce;
    at::parallel_for(0, blocks, grain(width * kOutputsAtOnce), [&](std::int64_t b, std::int64_t e) {
      runFew(out<T>(y), in<float>(xFloat), rows, in<T>(weight), in<T>(bias), width, outputs,
             b * kOutputsAtOnce, std::min(e * kOutputsAtOnce, outputs));
    });
  });
  return y;
}

}  // namespace wordsight::neural::kernels
