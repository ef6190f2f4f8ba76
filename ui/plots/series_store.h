#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace wordsight::ui {

/// What a curve can be drawn over. Every axis grows along a curve.
enum class XAxis { Step, Samples, Tokens, Time };
inline constexpr std::size_t kXAxes = 4;

/// One point of a curve with its place on every x axis; seconds since the run's start.
struct CurvePoint {
  std::int64_t step = 0, samples = 0, tokens = 0;
  double seconds = 0, value = 0;
};

/// A point as it is drawn. A y that is not finite makes a gap.
struct PlotPoint {
  double x = 0, y = 0;
  bool operator==(const PlotPoint&) const = default;
};

/// Numbers in order, with a pyramid of minima and maxima over blocks of 16, 256, …: the extremes of
/// any index range cost O(log n) instead of O(n). Appending is O(1) amortised; the pyramid adds 1.6
/// bytes a number.
class ValueColumn {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;
  /// Indices of a smallest and a largest finite value; kNone when there is none.
  struct Extremes {
    std::uint32_t lowAt = kNone, highAt = kNone;
  };

  void push(double value);
  /// Keeps the first `count` values.
  void truncate(std::size_t count);
  void reserve(std::size_t count) { m_values.reserve(count); }
  std::size_t size() const { return m_values.size(); }
  double operator[](std::size_t index) const { return m_values[index]; }
  std::span<const double> values() const { return m_values; }
  /// Of the finite values in [first, last).
  Extremes extremes(std::size_t first, std::size_t last) const;

 private:
  struct Block {
    double low = 0, high = 0;
    std::uint32_t lowAt = kNone, highAt = kNone;
  };
  static void merge(Block& into, const Block& block);
  Block valueBlock(std::size_t index) const;

  std::vector<double> m_values;
  std::vector<std::vector<Block>> m_levels;  // complete blocks only; level k covers 16^(k+1) values
};

/// One curve: its points in columns, a smoothed copy of its values, and thinning of any x range to
/// what a screen can show. Plain data without Qt; owned by the plot and used on its thread only.
class SeriesStore {
 public:
  enum class Which { Raw, Smooth };
  /// Points per pixel column that thin() may give at most.
  static constexpr std::size_t kPerColumn = 4;

  /// Steps grow along a curve. A point at or before the last step replaces everything from its step
  /// on: a resumed run writes the steps after its checkpoint again. Samples, tokens and seconds
  /// that would go back stay where they were.
  void append(const CurvePoint& point);
  void append(std::span<const CurvePoint> points);
  /// Takes away the points from a step on: a resumed run has gone back behind them.
  void dropFrom(std::int64_t step) { truncateFrom(static_cast<double>(step)); }
  void clear();

  /// 0 shows the values as they are; 0.99 averages over about the last hundred. An exponential mean
  /// divided by the sum of its weights, so that the start is not drawn towards zero. Values that
  /// are not finite are left out of the mean and stay gaps.
  void setSmoothing(double weight);
  double smoothing() const { return m_weight; }

  std::size_t size() const { return m_raw.size(); }
  bool empty() const { return size() == 0; }
  CurvePoint at(std::size_t index) const;
  std::span<const double> x(XAxis axis) const { return m_x[static_cast<std::size_t>(axis)]; }
  const ValueColumn& values(Which which) const {
    return which == Which::Smooth && m_weight > 0 ? m_smooth : m_raw;
  }

  /// Indices [first, last) of the points with low ≤ x ≤ high.
  std::pair<std::size_t, std::size_t> indexRange(XAxis axis, double low, double high) const;
  /// The point nearest to x; the store must not be empty.
  std::size_t nearest(XAxis axis, double x) const;

  /// Fills `out` with the points of [low, high] and one neighbour on either side, in order. When
  /// there are more than kPerColumn points a column, each of `columns` equal columns keeps its
  /// first, smallest, largest and last point, so that no spike and no wide gap is lost. Costs
  /// O(columns · log n).
  void thin(XAxis axis, Which which, double low, double high, int columns,
            std::vector<PlotPoint>& out) const;

 private:
  void truncateFrom(double step);
  void pushSmooth(double value);
  void resmooth();

  std::array<std::vector<double>, kXAxes> m_x;
  ValueColumn m_raw, m_smooth;  // m_smooth is filled only while m_weight > 0
  double m_weight = 0;
  double m_mean = 0, m_missing = 1;  // the mean so far, and the weight that it lacks to 1
};

}  // namespace wordsight::ui
