#pragma once
// What the row kernels share: bfloat16 as bits, an exponential that vectorises, and the attribute
// that compiles a function for several instruction sets (the machine picks one when the program
// starts).

#include <bit>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WORDSIGHT_CLONES \
  __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4"), flatten))
#else
#define WORDSIGHT_CLONES
#endif

namespace wordsight::neural::simd {

/// bfloat16 as stored.
struct Brain {
  std::uint16_t bits;
};

[[gnu::always_inline]] inline float load(float x) { return x; }
[[gnu::always_inline]] inline float load(Brain x) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(x.bits) << 16);
}
[[gnu::always_inline]] inline void store(float x, float& to) { to = x; }
/// Rounds to nearest, ties to even; NaN stays NaN.
[[gnu::always_inline]] inline void store(float x, Brain& to) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t rounded = (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16;
  to.bits = static_cast<std::uint16_t>((bits & 0x7fffffffU) > 0x7f800000U ? 0x7fc0U : rounded);
}

/// e^x within 2 ulp for x in [-87, 88], clamped outside; NaN stays NaN. Range reduction by ln 2 in
/// two parts and the polynomial of Cephes' expf (Moshier).
[[gnu::always_inline]] inline float expOf(float x) {
  x = x < -87.0F ? -87.0F : x;
  x = x > 88.0F ? 88.0F : x;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const float n = (x * 1.44269504088896341F + kRound) - kRound;
  float r = x - n * 0.693359375F;
  r = r + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const float y = p * r * r + r + 1.0F;
  const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(n) + 127) << 23;
  return y * std::bit_cast<float>(exponent);
}

/// SplitMix64's mixing (Steele, Lea, Flood 2014): a counter becomes a random number.
[[gnu::always_inline]] inline std::uint64_t mixed(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace wordsight::neural::simd
