#pragma once
#include <QRectF>
#include <QString>
#include <vector>

#include "plots/number_format.h"
#include "plots/plot_theme.h"

namespace wordsight::ui {

/// Values onto pixels, linearly.
struct Scale {
  double low = 0, high = 1, from = 0, to = 1;
  double at(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

/// A value axis along one side of a plot.
struct ValueAxis {
  Scale scale;
  std::vector<double> ticks;
  std::vector<QString> labels;

  /// From low to high with about `count` ticks; both ends moved out to the next tick when
  /// `rounded`.
  static ValueAxis over(double low, double high, int count, NumberStyle style, bool rounded);
  /// The widest label.
  double labelWidth(const QFont& font) const;
  /// Grid lines across `plot`, labels below it, the title below them at the right.
  void paintBelow(QPainter& painter, const QRectF& plot, const PlotTheme& theme,
                  const QString& title) const;
  /// Grid lines across `plot`, labels left of it.
  void paintLeft(QPainter& painter, const QRectF& plot, const PlotTheme& theme) const;
};

/// The height that paintBelow needs.
double heightBelow(const QFont& font, bool withTitle);

/// A line from low to high with caps, through a marker at `value`: an estimate with its interval.
void paintWhisker(QPainter& painter, const QPointF& low, const QPointF& value, const QPointF& high,
                  const SeriesStyle& style, const PlotTheme& theme);

}  // namespace wordsight::ui
