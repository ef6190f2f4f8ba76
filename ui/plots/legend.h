#pragma once
#include <QRectF>
#include <QString>
#include <vector>

#include "plots/plot_theme.h"

class QPainter;

namespace wordsight::ui {

/// One line of a legend: a sample of how it is drawn, and its name.
struct LegendEntry {
  enum class Sample { Line, Dot, HollowDot, Bar, Dashed };
  QString label;
  SeriesStyle style;
  Sample sample = Sample::Line;
};

/// Where an entry stands; `label` is elided to its place.
struct LegendPlace {
  std::size_t index = 0;
  QRectF box;
  QString label;
};

/// Lays entries out in rows from the left. Labels are elided, down to a quarter of a row, when that
/// brings more of them in; what still does not fit is counted in `more`.
struct LegendLayout {
  std::vector<LegendPlace> places;
  int more = 0;
  QRectF moreBox;
  double height = 0;
};
LegendLayout layOutLegend(const std::vector<LegendEntry>& entries, const QRectF& area,
                          const QFont& font, int rows);
/// `strong` is the index of an entry to stress, or -1.
void paintLegend(QPainter& painter, const std::vector<LegendEntry>& entries,
                 const LegendLayout& layout, const PlotTheme& theme, int strong = -1);

}  // namespace wordsight::ui
