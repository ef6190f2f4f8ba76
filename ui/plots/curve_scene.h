#pragma once
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "plots/number_format.h"
#include "plots/plot_theme.h"
#include "plots/series_store.h"

namespace wordsight::ui {

using SeriesId = std::int64_t;
inline constexpr SeriesId kNoSeries = -1;

/// Who a curve is: its id (a run's), what the legend calls it, and how it looks. `live` marks the
/// run in progress, which is drawn in front.
struct CurveSeries {
  SeriesId id = kNoSeries;
  QString label;
  SeriesStyle style;
  bool live = false;
};

/// A value to compare with, drawn as a dashed line with its label.
struct ReferenceLine {
  double value = 0;
  QString label;
};

/// Both ends of an axis.
struct AxisRange {
  double low = 0, high = 1;
  bool operator==(const AxisRange&) const = default;
};

/// What one plot of curves shows, without a widget: the painter, the overlay and the plot read it.
/// Owned by its CurvePlot; on the window's thread only.
struct CurveScene {
  struct Entry {
    CurveSeries who;
    SeriesStore points;
  };
  std::vector<std::unique_ptr<Entry>> series;
  std::vector<ReferenceLine> references;
  QString title, unit;
  NumberStyle numbers = NumberStyle::Plain;
  XAxis xAxis = XAxis::Step;
  double smoothing = 0;
  SeriesId highlighted = kNoSeries;
  bool logarithmic = false;
  PlotTheme theme;

  Entry* find(SeriesId id);
  const Entry* find(SeriesId id) const;
  bool hasPoints() const;
  /// The name of the x axis with its unit.
  QString xTitle(double longest) const;
  NumberStyle xNumbers() const {
    return xAxis == XAxis::Time ? NumberStyle::Time : NumberStyle::Plain;
  }
  /// From the first to the last point of any series; nothing without points.
  std::optional<AxisRange> extentX() const;
  /// All values drawn in x's range, with a margin; what a logarithmic axis can't show is left out.
  std::optional<AxisRange> extentY(const AxisRange& x) const;
};

}  // namespace wordsight::ui
