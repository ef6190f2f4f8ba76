#pragma once
// Statistics that can carry a claim about two cells on the same items. All functions are pure.

#include <cstdint>
#include <span>
#include <vector>

namespace wordsight::eval {

struct Interval {
  double low = 0, high = 0;
};

/// A share of n with its interval; value and bounds in 0 … 1. With n = 0 the value is 0 and the
/// interval 0 … 1.
struct Proportion {
  int right = 0, n = 0;
  double value = 0, low = 0, high = 1;
};

/// Wilson's score interval without continuity correction (Wilson 1927).
Proportion wilson(int right, int n, double level = 0.95);

/// How two cells' answers to the same items stand to each other: first letter the first cell, r
/// right, w wrong.
struct Transitions {
  int rr = 0, rw = 0, wr = 0, ww = 0;
  int n() const { return rr + rw + wr + ww; }
};
/// Both spans have one entry an item, non-zero means right.
Transitions transitions(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second);

/// McNemar's test, exact: two-sided binomial p-value of the discordant pairs with probability 1/2.
/// 1 when there are none.
double mcnemarExact(int rightToWrong, int wrongToRight);

/// Percentile bootstrap interval (Efron 1979) of accuracy(second) - accuracy(first), items
/// resampled in pairs. The same seed gives the same interval on every machine.
Interval bootstrapDifference(const Transitions& pairs, std::uint64_t seed = 1,
                             int resamples = 10'000, double level = 0.95);

/// Holm's step-down correction (Holm 1979): adjusted p-values in the order given, each at most 1.
std::vector<double> holm(const std::vector<double>& pValues);

/// Expected calibration error with `bins` equal bins of confidence (Guo et al. 2017); confidences
/// in 0 … 1.
double expectedCalibrationError(std::span<const double> confidence,
                                std::span<const std::uint8_t> right, int bins = 10);

}  // namespace wordsight::eval
