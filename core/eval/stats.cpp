#include "eval/stats.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace wordsight::eval {

Proportion wilson(int right, int n, double level) {
  Proportion out{right, n, 0, 0, 1};
  if (n <= 0) return out;
  const double p = static_cast<double>(right) / n;
  const double z =
      boost::math::quantile(boost::math::normal(), 0.5 + std::clamp(level, 0.0, 0.999999) / 2);
  const double zz = z * z / n;
  const double centre = (p + zz / 2) / (1 + zz);
  const double half = z / (1 + zz) * std::sqrt(p * (1 - p) / n + zz / (4 * n));
  out.value = p;
  // At 0 and n the bound is exact; rounding must not push it past.
  out.low = right == 0 ? 0.0 : std::max(0.0, centre - half);
  out.high = right == n ? 1.0 : std::min(1.0, centre + half);
  return out;
}

Transitions transitions(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second) {
  Transitions out;
  const std::size_t n = std::min(first.size(), second.size());
  for (std::size_t i = 0; i < n; ++i)
    ++(first[i] ? (second[i] ? out.rr : out.rw) : (second[i] ? out.wr : out.ww));
  return out;
}

double mcnemarExact(int rightToWrong, int wrongToRight) {
  const int n = rightToWrong + wrongToRight;
  if (n <= 0) return 1;
  const boost::math::binomial fair(n, 0.5);
  return std::min(1.0, 2 * boost::math::cdf(fair, std::min(rightToWrong, wrongToRight)));
}

Interval bootstrapDifference(const Transitions& pairs, std::uint64_t seed, int resamples,
                             double level) {
  const int n = pairs.n();
  if (n <= 0 || resamples <= 0) return {};
  // Resampling n items with replacement draws their number per transition from a multinomial; only
  // the discordant ones move the difference, so each draw looks at two thresholds and no item.
  Random random(seed, "bootstrap");
  const auto size = static_cast<std::uint64_t>(n);
  const auto gains = static_cast<std::uint64_t>(pairs.wr);
  const auto moved = gains + static_cast<std::uint64_t>(pairs.rw);
  std::vector<double> differences(static_cast<std::size_t>(resamples));
  for (double& difference : differences) {
    int sum = 0;
    for (int i = 0; i < n; ++i) {
      const std::uint64_t drawn = random.below(size);
      sum += drawn < gains ? 1 : drawn < moved ? -1 : 0;
    }
    difference = static_cast<double>(sum) / n;
  }
  std::sort(differences.begin(), differences.end());
  // Linear between order statistics, as numpy.percentile does by default.
  const auto at = [&](double q) {
    const double place = q * static_cast<double>(differences.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, differences.size() - 1);
    return differences[below] +
           (place - static_cast<double>(below)) * (differences[above] - differences[below]);
  };
  const double tail = (1 - std::clamp(level, 0.0, 1.0)) / 2;
  return {at(tail), at(1 - tail)};
}

std::vector<double> holm(const std::vector<double>& pValues) {
  const std::size_t n = pValues.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return pValues[a] < pValues[b]; });
  std::vector<double> adjusted(n);
  double most = 0;
  for (std::size_t k = 0; k < n; ++k) {
    most = std::max(most, std::min(1.0, static_cast<double>(n - k) * pValues[order[k]]));
    adjusted[order[k]] = most;
  }
  return adjusted;
}

double expectedCalibrationError(std::span<const double> confidence,
                                std::span<const std::uint8_t> right, int bins) {
  const std::size_t n = std::min(confidence.size(), right.size());
  if (n == 0 || bins <= 0) return 0;
  std::vector<double> gap(static_cast<std::size_t>(bins));
  for (std::size_t i = 0; i < n; ++i) {
    // Bins are open at the left and closed at the right, as in the paper.
    const double place = std::ceil(std::clamp(confidence[i], 0.0, 1.0) * bins) - 1;
    gap[static_cast<std::size_t>(std::max(0.0, place))] += (right[i] ? 1.0 : 0.0) - confidence[i];
  }
  double error = 0;
  for (const double each : gap) error += std::abs(each);
  return error / static_cast<double>(n);
}

}  // namespace wordsight::eval
