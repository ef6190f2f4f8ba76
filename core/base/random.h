#pragma once
// Seeded random numbers that are the same on every machine and with every library version:
// std::mt19937 is portable, but std's distributions and std::shuffle are not, so both generator and
// distributions are our own.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace wordsight {

/// xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded through SplitMix64. Value type; one per
/// thread.
class Random {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit Random(std::uint64_t seed);
  /// An independent stream for a named purpose: Random(seed, "lora"), Random(seed, "order").
  Random(std::uint64_t seed, std::string_view purpose);

  std::uint64_t next();
  /// Uniform in [0, bound), without bias; bound > 0.
  std::uint64_t below(std::uint64_t bound);
  /// Uniform in [0, 1) with 53 bits.
  double uniform();
  /// Standard normal (Box and Muller).
  double normal();
  bool chance(double probability) { return uniform() < probability; }

  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  /// Fisher and Yates.
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }
  /// A random order of 0 … n-1.
  std::vector<std::size_t> permutation(std::size_t n);

  /// For checkpoints: the whole state, and back.
  const State& state() const { return m_state; }
  void restore(const State& state) { m_state = state; }

 private:
  State m_state;
};

}  // namespace wordsight
