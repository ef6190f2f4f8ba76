#include "plots/series_store.h"

#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr std::size_t kFan = 16;

// The first index at or after `from` with xs[index] >= bound, found by doubling strides: the next
// column's end is near this column's end.
std::size_t gallop(std::span<const double> xs, std::size_t from, std::size_t last, double bound) {
  std::size_t stride = 1, at = from;
  while (at < last && xs[at] < bound) {
    from = at + 1;
    at += stride;
    stride *= 2;
  }
  const auto begin = xs.begin();
  return static_cast<std::size_t>(
      std::lower_bound(begin + static_cast<std::ptrdiff_t>(from),
                       begin + static_cast<std::ptrdiff_t>(std::min(at, last)), bound) -
      begin);
}

}  // namespace

void ValueColumn::merge(Block& into, const Block& block) {
  if (block.lowAt == kNone) return;
  if (into.lowAt == kNone || block.low < into.low) into.low = block.low, into.lowAt = block.lowAt;
  if (into.highAt == kNone || block.high > into.high)
    into.high = block.high, into.highAt = block.highAt;
}

ValueColumn::Block ValueColumn::valueBlock(std::size_t index) const {
  const double value = m_values[index];
  if (!std::isfinite(value)) return {};
  const auto at = static_cast<std::uint32_t>(index);
  return {value, value, at, at};
}

void ValueColumn::push(double value) {
  m_values.push_back(value);
  std::size_t count = m_values.size();
  for (std::size_t level = 0; count % kFan == 0; ++level, count /= kFan) {
    Block block;
    for (std::size_t i = count - kFan; i < count; ++i)
      merge(block, level == 0 ? valueBlock(i) : m_levels[level - 1][i]);
    if (level == m_levels.size()) m_levels.emplace_back();
    m_levels[level].push_back(block);
  }
}

void ValueColumn::truncate(std::size_t count) {
  if (count >= m_values.size()) return;
  m_values.resize(count);
  for (auto& level : m_levels) level.resize(count /= kFan);
}

ValueColumn::Extremes ValueColumn::extremes(std::size_t first, std::size_t last) const {
  last = std::min(last, m_values.size());
  Block found;
  // Both ragged ends at each level, then the whole blocks between them one level up.
  for (std::size_t level = 0; first < last; ++level) {
    const bool top = level == m_levels.size();
    const auto take = [&](std::size_t i) {
      merge(found, level == 0 ? valueBlock(i) : m_levels[level - 1][i]);
    };
    while (first < last && (top || first % kFan != 0)) take(first++);
    while (first < last && last % kFan != 0) take(--last);
    first /= kFan;
    last /= kFan;
  }
  return {found.lowAt, found.highAt};
}

void SeriesStore::append(const CurvePoint& point) {
  const auto step = static_cast<double>(point.step);
  if (!empty() && step <= m_x[0].back()) truncateFrom(step);
  const std::array<double, kXAxes> xs{step, static_cast<double>(point.samples),
                                      static_cast<double>(point.tokens),
                                      std::isfinite(point.seconds) ? point.seconds : 0.0};
  for (std::size_t axis = 0; axis < kXAxes; ++axis) {
    auto& column = m_x[axis];
    column.push_back(column.empty() ? xs[axis] : std::max(column.back(), xs[axis]));
  }
  m_raw.push(point.value);
  if (m_weight > 0) pushSmooth(point.value);
}

void SeriesStore::append(std::span<const CurvePoint> points) {
  for (const CurvePoint& point : points) append(point);
}

void SeriesStore::clear() {
  for (auto& column : m_x) column.clear();
  m_raw = {};
  resmooth();
}

void SeriesStore::truncateFrom(double step) {
  const auto keep = static_cast<std::size_t>(std::lower_bound(m_x[0].begin(), m_x[0].end(), step) -
                                             m_x[0].begin());
  for (auto& column : m_x) column.resize(keep);
  m_raw.truncate(keep);
  resmooth();
}

void SeriesStore::setSmoothing(double weight) {
  weight = std::isfinite(weight) ? std::clamp(weight, 0.0, 0.9999) : 0.0;
  if (weight == m_weight) return;
  m_weight = weight;
  resmooth();
}

void SeriesStore::resmooth() {
  m_smooth = {};
  m_mean = 0;
  m_missing = 1;
  if (m_weight <= 0) return;
  m_smooth.reserve(m_raw.size());
  for (const double value : m_raw.values()) pushSmooth(value);
}

void SeriesStore::pushSmooth(double value) {
  if (!std::isfinite(value)) return m_smooth.push(value);
  m_mean = m_weight * m_mean + (1 - m_weight) * value;
  m_missing *= m_weight;
  m_smooth.push(m_mean / (1 - m_missing));
}

CurvePoint SeriesStore::at(std::size_t index) const {
  const auto whole = [&](XAxis axis) { return static_cast<std::int64_t>(x(axis)[index]); };
  return {whole(XAxis::Step), whole(XAxis::Samples), whole(XAxis::Tokens), x(XAxis::Time)[index],
          m_raw[index]};
}

std::pair<std::size_t, std::size_t> SeriesStore::indexRange(XAxis axis, double low,
                                                            double high) const {
  const auto xs = x(axis);
  if (!(low <= high)) return {0, 0};
  const auto first = std::lower_bound(xs.begin(), xs.end(), low);
  const auto last = std::upper_bound(first, xs.end(), high);
  return {static_cast<std::size_t>(first - xs.begin()),
          static_cast<std::size_t>(last - xs.begin())};
}

std::size_t SeriesStore::nearest(XAxis axis, double at) const {
  const auto xs = x(axis);
  const auto next =
      static_cast<std::size_t>(std::lower_bound(xs.begin(), xs.end(), at) - xs.begin());
  if (next == 0) return 0;
  if (next == xs.size()) return next - 1;
  return at - xs[next - 1] <= xs[next] - at ? next - 1 : next;
}

void SeriesStore::thin(XAxis axis, Which which, double low, double high, int columns,
                       std::vector<PlotPoint>& out) const {
  out.clear();
  if (empty() || columns < 1 || !(low <= high)) return;
  const auto xs = x(axis);
  if (!std::isfinite(low)) low = std::min(xs.front(), high);
  if (!std::isfinite(high)) high = std::max(xs.back(), low);
  const ValueColumn& ys = values(which);
  const auto emit = [&](std::size_t i) { out.push_back({xs[i], ys[i]}); };
  const auto [first, last] = indexRange(axis, low, high);
  const auto count = static_cast<std::size_t>(columns);
  if (first > 0) emit(first - 1);
  if (last - first <= kPerColumn * count) {
    for (std::size_t i = first; i < last; ++i) emit(i);
  } else {
    const double width = (high - low) / columns;
    std::size_t from = first;
    for (std::size_t column = 1; from < last; ++column) {
      const std::size_t to =
          column >= count ? last
                          : gallop(xs, from, last, low + width * static_cast<double>(column));
      if (to - from <= kPerColumn) {
        for (std::size_t i = from; i < to; ++i) emit(i);
      } else {
        const auto extremes = ys.extremes(from, to);
        std::array<std::size_t, kPerColumn> kept{from, from, from, to - 1};
        if (extremes.lowAt != ValueColumn::kNone) {
          kept[1] = std::min(extremes.lowAt, extremes.highAt);
          kept[2] = std::max(extremes.lowAt, extremes.highAt);
        }
        const auto end = std::unique(kept.begin(), kept.end());
        std::for_each(kept.begin(), end, emit);
      }
      from = to;
    }
  }
  if (last < size()) emit(last);
}

}  // namespace wordsight::ui
