#include "plots/series_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/random.h"

namespace wordsight::ui {
namespace {

using Which = SeriesStore::Which;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

CurvePoint pointAt(std::int64_t step, double value) {
  return {step, step * 32, step * 4000, static_cast<double>(step) * 0.25, value};
}

SeriesStore filled(std::int64_t count, const auto& value) {
  SeriesStore store;
  for (std::int64_t step = 1; step <= count; ++step) store.append(pointAt(step, value(step)));
  return store;
}

std::vector<PlotPoint> thinned(const SeriesStore& store, double low, double high, int columns,
                               XAxis axis = XAxis::Step, Which which = Which::Raw) {
  std::vector<PlotPoint> out;
  store.thin(axis, which, low, high, columns, out);
  return out;
}

// What thinning promises, computed the slow way: each column's first, last, smallest, largest.
void expectColumnsKept(const SeriesStore& store, double low, double high, int columns) {
  const auto out = thinned(store, low, high, columns);
  const auto xs = store.x(XAxis::Step);
  const double width = (high - low) / columns;
  ASSERT_LE(out.size(), SeriesStore::kPerColumn * static_cast<std::size_t>(columns) + 2);
  std::size_t i = 0;
  while (i < xs.size() && xs[i] < low) ++i;
  for (int column = 1; column <= columns; ++column) {
    const double end = low + width * column;
    std::vector<PlotPoint> all, kept;
    for (; i < xs.size() && xs[i] <= high && (xs[i] < end || column == columns); ++i)
      all.push_back({xs[i], store.values(Which::Raw)[i]});
    if (all.empty()) continue;
    for (const PlotPoint& point : out)
      if (point.x >= all.front().x && point.x <= all.back().x) kept.push_back(point);
    const auto less = [](const PlotPoint& a, const PlotPoint& b) { return a.y < b.y; };
    ASSERT_EQ(kept.front(), all.front());
    ASSERT_EQ(kept.back(), all.back());
    ASSERT_EQ(std::min_element(kept.begin(), kept.end(), less)->y,
              std::min_element(all.begin(), all.end(), less)->y);
    ASSERT_EQ(std::max_element(kept.begin(), kept.end(), less)->y,
              std::max_element(all.begin(), all.end(), less)->y);
    for (const PlotPoint& point : kept)
      ASSERT_NE(std::find(all.begin(), all.end(), point), all.end()) << "a point made up";
  }
  ASSERT_TRUE(std::is_sorted(out.begin(), out.end(),
                             [](const PlotPoint& a, const PlotPoint& b) { return a.x < b.x; }));
}

TEST(ValueColumn, ExtremesEqualASearch) {
  Random random(7);
  ValueColumn column;
  std::vector<double> values;
  for (int i = 0; i < 5000; ++i) {
    const double value = random.below(20) == 0 ? kNan : random.uniform() * 100 - 50;
    column.push(value);
    values.push_back(value);
  }
  for (int trial = 0; trial < 2000; ++trial) {
    const auto a = static_cast<std::size_t>(random.below(5000));
    const auto b = a + static_cast<std::size_t>(random.below(5000 - a) + 1);
    double low = kInf, high = -kInf;
    for (std::size_t i = a; i < b; ++i)
      if (std::isfinite(values[i]))
        low = std::min(low, values[i]), high = std::max(high, values[i]);
    const auto found = column.extremes(a, b);
    if (low > high) {
      EXPECT_EQ(found.lowAt, ValueColumn::kNone);
      continue;
    }
    ASSERT_NE(found.lowAt, ValueColumn::kNone);
    ASSERT_TRUE(found.lowAt >= a && found.lowAt < b && found.highAt >= a && found.highAt < b);
    ASSERT_EQ(values[found.lowAt], low);
    ASSERT_EQ(values[found.highAt], high);
  }
}

TEST(ValueColumn, TruncatedIsAsIfNeverWritten) {
  ValueColumn column;
  for (int i = 0; i < 1000; ++i) column.push(i);
  for (const std::size_t keep : {999u, 512u, 257u, 256u, 255u, 16u, 3u}) {
    column.truncate(keep);
    ASSERT_EQ(column.size(), keep);
    for (std::size_t i = keep; i < 600; ++i) column.push(-static_cast<double>(i));
    const auto found = column.extremes(0, column.size());
    ASSERT_EQ(column[found.highAt], static_cast<double>(keep) - 1);
    ASSERT_EQ(column[found.lowAt], keep < 600 ? -599.0 : 0.0);
  }
}

TEST(ValueColumn, NothingInAnEmptyRange) {
  ValueColumn column;
  EXPECT_EQ(column.extremes(0, 0).lowAt, ValueColumn::kNone);
  EXPECT_EQ(column.extremes(0, 100).lowAt, ValueColumn::kNone);
  column.push(kNan);
  column.push(kInf);
  EXPECT_EQ(column.extremes(0, 2).highAt, ValueColumn::kNone);
}

TEST(SeriesStore, ASpikeOfOneStepInAMillionIsVisibleAtEveryZoom) {
  constexpr std::int64_t kSpike = 654'321;
  const SeriesStore store = filled(1'000'000, [](std::int64_t step) {
    return step == kSpike ? 40.0 : 2 + std::sin(static_cast<double>(step) * 0.001);
  });
  for (double width = 1'000'000; width >= 1; width /= 1.7) {
    const double low = std::max(0.0, kSpike - width * 0.37);
    const auto out = thinned(store, low, low + width, 900);
    ASSERT_LE(out.size(), 900 * SeriesStore::kPerColumn + 2);
    ASSERT_TRUE(
        std::any_of(out.begin(), out.end(),
                    [](const PlotPoint& point) { return point.x == kSpike && point.y == 40; }))
        << "lost at a width of " << width;
  }
}

TEST(SeriesStore, ThinningKeepsWhatASearchFinds) {
  Random random(11);
  const SeriesStore store =
      filled(20'000, [&](std::int64_t) { return std::exp(3 * random.uniform()); });
  for (int trial = 0; trial < 60; ++trial) {
    const double low = random.uniform() * 19'000;
    const double high = low + 1 + random.uniform() * (20'000 - low);
    expectColumnsKept(store, low, high, 1 + static_cast<int>(random.below(700)));
    if (HasFatalFailure()) return;
  }
}

TEST(SeriesStore, FewPointsAreAllKeptWithANeighbourOnEitherSide) {
  const SeriesStore store = filled(10, [](std::int64_t step) { return double(step); });
  const auto out = thinned(store, 3.5, 6.5, 800);
  ASSERT_EQ(out.size(), 5u);
  EXPECT_EQ(out.front(), (PlotPoint{3, 3}));
  EXPECT_EQ(out.back(), (PlotPoint{7, 7}));
  // Between two points the line that crosses the view has its two ends.
  EXPECT_EQ(thinned(store, 4.2, 4.8, 800).size(), 2u);
  EXPECT_TRUE(thinned(store, 4, 3, 800).empty());
  EXPECT_TRUE(thinned(store, 0, 10, 0).empty());
  EXPECT_TRUE(thinned(store, kNan, 10, 10).empty());
  EXPECT_TRUE(thinned(SeriesStore(), 0, 10, 10).empty());
  EXPECT_EQ(thinned(store, -kInf, kInf, 1).size(), 2u);
}

TEST(SeriesStore, NotANumberMakesAGap) {
  const SeriesStore store = filled(100'000, [](std::int64_t step) {
    return step > 40'000 && step <= 60'000 ? kNan : step == 7 ? kInf : 1.0;
  });
  const auto out = thinned(store, 1, 100'000, 100);
  bool gap = false;
  for (std::size_t i = 1; i < out.size(); ++i) {
    const bool across = out[i - 1].x <= 40'000 && out[i].x > 60'000;
    EXPECT_FALSE(across) << "a line across the gap";
    gap = gap || std::isnan(out[i].y);
  }
  EXPECT_TRUE(gap);
  // One bad step among few is a gap of its own.
  const auto close = thinned(store, 5, 9, 100);
  EXPECT_EQ(std::count_if(close.begin(), close.end(),
                          [](const PlotPoint& point) { return !std::isfinite(point.y); }),
            1);
}

TEST(SeriesStore, AnyAxisMayBeX) {
  const SeriesStore store =
      filled(10'000, [](std::int64_t step) { return step == 77 ? 9.0 : 1.0; });
  for (const auto& [axis, x] : {std::pair{XAxis::Step, 77.0},
                                {XAxis::Samples, 77 * 32.0},
                                {XAxis::Tokens, 77 * 4000.0},
                                {XAxis::Time, 77 * 0.25}}) {
    const auto xs = store.x(axis);
    const auto out = thinned(store, xs.front(), xs.back(), 200, axis);
    EXPECT_EQ(std::count(out.begin(), out.end(), PlotPoint{x, 9.0}), 1);
    EXPECT_EQ(store.nearest(axis, x * 1.0001), 76u);
  }
  EXPECT_EQ(store.nearest(XAxis::Step, -5), 0u);
  EXPECT_EQ(store.nearest(XAxis::Step, 1e9), 9'999u);
  EXPECT_EQ(store.at(76).tokens, 77 * 4000);
}

TEST(SeriesStore, AResumedRunReplacesTheStepsAfterItsCheckpoint) {
  SeriesStore store = filled(1000, [](std::int64_t step) { return double(step); });
  store.setSmoothing(0.9);
  for (std::int64_t step = 901; step <= 950; ++step) store.append(pointAt(step, -1));
  ASSERT_EQ(store.size(), 950u);
  EXPECT_EQ(store.values(Which::Raw)[899], 900);
  EXPECT_EQ(store.values(Which::Raw)[900], -1);
  SeriesStore fresh;
  fresh.setSmoothing(0.9);
  for (std::int64_t step = 1; step <= 950; ++step)
    fresh.append(pointAt(step, step <= 900 ? double(step) : -1));
  for (std::size_t i = 0; i < 950; ++i)
    ASSERT_EQ(store.values(Which::Smooth)[i], fresh.values(Which::Smooth)[i]);
}

TEST(SeriesStore, AClockThatGoesBackIsHeld) {
  SeriesStore store;
  store.append({1, 32, 100, 5.0, 1});
  store.append({2, 20, 50, 0.5, 2});
  store.append({3, 96, 300, kNan, 3});
  EXPECT_EQ(store.x(XAxis::Time)[1], 5.0);
  EXPECT_EQ(store.x(XAxis::Time)[2], 5.0);
  EXPECT_EQ(store.x(XAxis::Samples)[1], 32);
  EXPECT_EQ(thinned(store, 5, 5, 10, XAxis::Time).size(), 3u);
}

TEST(SeriesStore, SmoothingIsAMeanWithoutADrawToZero) {
  SeriesStore store = filled(500, [](std::int64_t) { return 3.0; });
  store.setSmoothing(0.99);
  for (const double value : store.values(Which::Smooth).values()) ASSERT_NEAR(value, 3.0, 1e-12);
  // The definition, summed directly.
  SeriesStore noisy = filled(60, [](std::int64_t step) { return std::cos(double(step)); });
  noisy.setSmoothing(0.8);
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    sum = 0.8 * sum + noisy.values(Which::Raw)[i];
    weight = 0.8 * weight + 1;
    ASSERT_NEAR(noisy.values(Which::Smooth)[i], sum / weight, 1e-12);
  }
  noisy.setSmoothing(0);
  EXPECT_EQ(&noisy.values(Which::Smooth), &noisy.values(Which::Raw));
}

TEST(SeriesStore, SmoothingLeavesOutWhatIsNotFinite) {
  SeriesStore store = filled(20, [](std::int64_t step) { return step == 10 ? kInf : 2.0; });
  store.setSmoothing(0.6);
  EXPECT_TRUE(std::isnan(store.values(Which::Smooth)[9]) ||
              std::isinf(store.values(Which::Smooth)[9]));
  EXPECT_NEAR(store.values(Which::Smooth)[10], 2.0, 1e-12);
  store.setSmoothing(kNan);
  EXPECT_EQ(store.smoothing(), 0);
}

TEST(SeriesStore, PointsAppendedLaterAreSmoothedLikeTheRest) {
  SeriesStore live;
  live.setSmoothing(0.5);
  for (std::int64_t step = 1; step <= 100; ++step) live.append(pointAt(step, double(step % 7)));
  SeriesStore whole = filled(100, [](std::int64_t step) { return double(step % 7); });
  whole.setSmoothing(0.5);
  for (std::size_t i = 0; i < 100; ++i)
    ASSERT_EQ(live.values(Which::Smooth)[i], whole.values(Which::Smooth)[i]);
  live.clear();
  EXPECT_TRUE(live.empty());
  live.append(pointAt(1, 4));
  EXPECT_EQ(live.values(Which::Smooth)[0], 4);
}

}  // namespace
}  // namespace wordsight::ui
