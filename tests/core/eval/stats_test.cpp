#include "eval/stats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

namespace wordsight::eval {
namespace {

// Reference values: statsmodels 0.15.0 (proportion_confint method="wilson"; mcnemar exact=True;
// multipletests method="holm") on scipy 1.17.1 and numpy 2.4.6, computed once.

TEST(Wilson, agreesWithStatsmodels) {
  const std::tuple<int, int, double, double> reference[] = {
      {0, 10, 0.000000000000, 0.277532799863},     {10, 10, 0.722467200137, 1.000000000000},
      {1, 1, 0.206549314377, 1.000000000000},      {5, 10, 0.236593090513, 0.763406909487},
      {79, 100, 0.700200311659, 0.858343459381},   {966, 1221, 0.767459203362, 0.813024086846},
      {301, 1221, 0.223164904992, 0.271463566683}, {1, 1221, 0.000144588388, 0.004624566656},
      {72, 300, 0.195153156952, 0.291421188085},
  };
  for (const auto& [right, n, low, high] : reference) {
    const auto got = wilson(right, n);
    EXPECT_NEAR(got.low, low, 1e-11) << right << " of " << n;
    EXPECT_NEAR(got.high, high, 1e-11) << right << " of " << n;
    EXPECT_DOUBLE_EQ(got.value, static_cast<double>(right) / n);
    EXPECT_EQ(got.right, right);
    EXPECT_EQ(got.n, n);
  }
  const auto wide = wilson(79, 100, 0.99);
  EXPECT_NEAR(wide.low, 0.668766863500, 1e-11);
  EXPECT_NEAR(wide.high, 0.875145137625, 1e-11);
}

TEST(Wilson, nothingIsKnownOfNoItems) {
  const auto none = wilson(0, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 1);
  EXPECT_EQ(none.value, 0);
}

TEST(McNemar, agreesWithStatsmodels) {
  const std::tuple<int, int, double> reference[] = {
      {0, 0, 1},
      {1, 0, 1},
      {0, 5, 0.0625},
      {3, 9, 0.14599609375},
      {10, 10, 1},
      {25, 60, 0.000186799385278353},
      {120, 171, 0.0033087986331269},
      {0, 40, 1.81898940354586e-12},
      {400, 300, 0.000178476314485624},
      {6, 1, 0.125},
  };
  for (const auto& [b, c, p] : reference) {
    EXPECT_NEAR(mcnemarExact(b, c), p, 1e-10 * p) << b << ", " << c;
    EXPECT_NEAR(mcnemarExact(c, b), p, 1e-10 * p) << c << ", " << b;
  }
}

TEST(Holm, agreesWithStatsmodels) {
  const auto first = holm({0.01, 0.04, 0.03, 0.005, 0.9, 0.5});
  const std::vector<double> expected{0.05, 0.12, 0.12, 0.03, 1, 1};
  ASSERT_EQ(first.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(first[i], expected[i], 1e-12);
  const auto second = holm({0.2, 0.2, 0.011, 1.0});
  const std::vector<double> other{0.6, 0.6, 0.044, 1};
  for (std::size_t i = 0; i < other.size(); ++i) EXPECT_NEAR(second[i], other[i], 1e-12);
  EXPECT_TRUE(holm({}).empty());
}

TEST(Transitions, countsPairs) {
  const std::uint8_t first[] = {1, 1, 0, 0, 1}, second[] = {1, 0, 1, 0, 1};
  const auto got = transitions(first, second);
  EXPECT_EQ(got.rr, 2);
  EXPECT_EQ(got.rw, 1);
  EXPECT_EQ(got.wr, 1);
  EXPECT_EQ(got.ww, 1);
  EXPECT_EQ(got.n(), 5);
}

// numpy 2.4.6: 100,000 paired resamples, numpy.percentile(…, [2.5, 97.5]). 10,000 resamples of our
// own wander by about 2 % of the interval's width.
TEST(Bootstrap, agreesWithNumpy) {
  const auto small = bootstrapDifference({60, 10, 25, 5});
  EXPECT_NEAR(small.low, 0.04, 0.0101);  // one item is 0.01
  EXPECT_NEAR(small.high, 0.26, 0.0101);
  const auto large = bootstrapDifference({800, 60, 120, 241});
  EXPECT_NEAR(large.low, 0.02784603, 0.001);
  EXPECT_NEAR(large.high, 0.07043407, 0.001);
  const auto wide = bootstrapDifference({5, 3, 9, 3});
  EXPECT_NEAR(wide.low, 0.0, 0.051);
  EXPECT_NEAR(wide.high, 0.6, 0.051);
}

TEST(Bootstrap, isTheSameForTheSameSeed) {
  const auto first = bootstrapDifference({800, 60, 120, 241}, 7),
             again = bootstrapDifference({800, 60, 120, 241}, 7);
  EXPECT_EQ(first.low, again.low);
  EXPECT_EQ(first.high, again.high);
  // Pinned: a change here means that published intervals change.
  EXPECT_DOUBLE_EQ(first.low * 1221, 34);
  EXPECT_DOUBLE_EQ(first.high * 1221, 86);
}

TEST(Bootstrap, noChangeHasNoWidth) {
  const auto none = bootstrapDifference({60, 0, 0, 40});
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
  const auto empty = bootstrapDifference({});
  EXPECT_EQ(empty.low, 0);
}

TEST(Calibration, sumsGapsOfBins) {
  // Bin (0.7, 0.8]: 4 items, 3 right, mean confidence 0.75: no gap. Bin (0.9, 1]: 2 items, 1 right,
  // confidence 1: gap 0.5.
  const double confidence[] = {0.75, 0.75, 0.75, 0.75, 1, 1};
  const std::uint8_t right[] = {1, 1, 1, 0, 1, 0};
  EXPECT_NEAR(expectedCalibrationError(confidence, right), 2.0 / 6 * 0.5, 1e-12);
  EXPECT_EQ(expectedCalibrationError({}, {}), 0);
}

}  // namespace
}  // namespace wordsight::eval
