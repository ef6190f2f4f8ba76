#include "plots/curve_scene.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

// QCustomPlot refuses ranges beyond 1e250.
constexpr double kFurthest = 1e200;

void include(std::optional<AxisRange>& range, double value) {
  if (!std::isfinite(value)) return;
  value = std::clamp(value, -kFurthest, kFurthest);
  if (!range) range = AxisRange{value, value};
  range->low = std::min(range->low, value);
  range->high = std::max(range->high, value);
}

// The smallest positive value that thinning would show: what a logarithmic axis starts at when
// there are zeros. Looks at no more points than a screen shows.
void includePositive(std::optional<AxisRange>& range, const SeriesStore& points, XAxis axis,
                     const AxisRange& x) {
  std::vector<PlotPoint> shown;
  points.thin(axis, SeriesStore::Which::Raw, x.low, x.high, 2000, shown);
  for (const PlotPoint& point : shown)
    if (point.y > 0) include(range, point.y);
}

AxisRange withMargin(AxisRange range, bool logarithmic) {
  constexpr double kMargin = 0.06;
  if (logarithmic) {
    double factor = std::pow(range.high / range.low, kMargin);
    if (!(factor > 1.02)) factor = 1.3;
    return {range.low / factor, range.high * factor};
  }
  double margin = (range.high - range.low) * kMargin;
  if (!(margin > std::abs(range.high) * 1e-9))
    margin = range.high == 0 ? 1 : std::abs(range.high) * 0.1;
  AxisRange wide{range.low - margin, range.high + margin};
  // A quantity that is never negative gets no axis below zero.
  if (range.low >= 0) wide.low = std::max(wide.low, 0.0);
  return wide;
}

}  // namespace

CurveScene::Entry* CurveScene::find(SeriesId id) {
  for (const auto& entry : series)
    if (entry->who.id == id) return entry.get();
  return nullptr;
}

const CurveScene::Entry* CurveScene::find(SeriesId id) const {
  return const_cast<CurveScene*>(this)->find(id);
}

bool CurveScene::hasPoints() const {
  return std::any_of(series.begin(), series.end(),
                     [](const auto& entry) { return !entry->points.empty(); });
}

QString CurveScene::xTitle(double longest) const {
  switch (xAxis) {
    case XAxis::Step:
      return QCoreApplication::translate("plots", "Step");
    case XAxis::Samples:
      return QCoreApplication::translate("plots", "Samples");
    case XAxis::Tokens:
      return QCoreApplication::translate("plots", "Tokens");
    case XAxis::Time:
      return QCoreApplication::translate("plots", "Time (%1)").arg(timeUnit(longest));
  }
  return {};
}

std::optional<AxisRange> CurveScene::extentX() const {
  std::optional<AxisRange> range;
  for (const auto& entry : series) {
    if (entry->points.empty()) continue;
    const auto xs = entry->points.x(xAxis);
    include(range, xs.front());
    include(range, xs.back());
  }
  if (range && range->low == range->high) {
    range->low -= range->low > 0 ? std::min(1.0, range->low) : 0;
    range->high += 1;
  }
  return range;
}

std::optional<AxisRange> CurveScene::extentY(const AxisRange& x) const {
  std::optional<AxisRange> range;
  const auto includeColumn = [&](const ValueColumn& values, std::size_t first, std::size_t last) {
    const auto extremes = values.extremes(first, last);
    if (extremes.lowAt == ValueColumn::kNone) return true;
    if (logarithmic && values[extremes.lowAt] <= 0) return false;
    include(range, values[extremes.lowAt]);
    include(range, values[extremes.highAt]);
    return true;
  };
  for (const auto& entry : series) {
    const SeriesStore& points = entry->points;
    auto [first, last] = points.indexRange(xAxis, x.low, x.high);
    // Between two points their line still crosses the plot.
    if (last - first < 2) {
      if (first > 0) --first;
      last = std::min(last + 1, points.size());
    }
    const bool shown = includeColumn(points.values(SeriesStore::Which::Raw), first, last) &&
                       includeColumn(points.values(SeriesStore::Which::Smooth), first, last);
    if (!shown) includePositive(range, points, xAxis, x);
  }
  if (!range) return range;
  for (const ReferenceLine& line : references)
    if (!logarithmic || line.value > 0) include(range, line.value);
  return withMargin(*range, logarithmic);
}

}  // namespace wordsight::ui
