#pragma once
// Vectors of the compiler and sums over them. For the kernels' own sources, which are compiled with
// -fopenmp and without the warning that wide vectors change the ABI: nothing here is called from
// elsewhere.

#include <cstring>

#include "neural/simd.h"

namespace wordsight::neural::simd {

/// Sixteen float32 at once, as a vector of the compiler: one AVX-512 register, or several narrower
/// ones.
constexpr int kLanes = 16;
using Lanes [[gnu::vector_size(64)]] = float;
[[gnu::always_inline]] inline Lanes loadLanes(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}
[[gnu::always_inline]] inline Lanes loadLanes(const Brain* from) {
  using Words [[gnu::vector_size(64)]] = std::uint32_t;
  using Halves [[gnu::vector_size(32)]] = std::uint16_t;
  Halves halves;
  std::memcpy(&halves, from, sizeof halves);
  const Words words = __builtin_convertvector(halves, Words) << 16;
  Lanes lanes;
  std::memcpy(&lanes, &words, sizeof lanes);
  return lanes;
}
[[gnu::always_inline]] inline float sumOf(const Lanes& lanes) {
  float sum = 0;
  for (int i = 0; i < kLanes; ++i) sum += lanes[i];
  return sum;
}

/// Sum of x[i] * weight[i].
template <class T>
[[gnu::always_inline]] inline float dotOf(const float* x, const T* weight, std::int64_t width) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < width; ++i) sum += x[i] * load(weight[i]);
  return sum;
}

}  // namespace wordsight::neural::simd
