#include "plots/view_range.h"

#include <algorithm>
#include <cmath>

namespace wordsight::ui {

void ViewRange::setFull(const AxisRange& full) {
  if (std::isfinite(full.low) && std::isfinite(full.high) && full.low < full.high) m_full = full;
}

void ViewRange::zoomTo(AxisRange range) {
  if (!std::isfinite(range.low) || !std::isfinite(range.high)) return;
  if (range.low > range.high) std::swap(range.low, range.high);
  const double whole = m_full.high - m_full.low;
  const double least =
      std::max(whole * 1e-9, std::max(std::abs(m_full.low), std::abs(m_full.high)) * 1e-12);
  if (range.high - range.low < least) {
    const double middle = (range.low + range.high) / 2;
    range = {middle - least / 2, middle + least / 2};
  }
  const double width = std::min(range.high - range.low, whole);
  range.low = std::clamp(range.low, m_full.low, m_full.high - width);
  range.high = range.low + width;
  m_zoomed = width < whole * (1 - 1e-9);
  m_shown = range;
}

void ViewRange::zoomAround(double x, double factor) {
  const AxisRange now = shown();
  x = std::clamp(x, now.low, now.high);
  zoomTo({x - (x - now.low) * factor, x + (now.high - x) * factor});
}

void ViewRange::pan(double share) {
  const AxisRange now = shown();
  const double by = share * (now.high - now.low);
  if (m_zoomed) zoomTo({now.low + by, now.high + by});
}

}  // namespace wordsight::ui
