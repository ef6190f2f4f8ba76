#include "plots/chart_axis.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr double kTick = 4, kPadding = 4, kCap = 3;

}  // namespace

ValueAxis ValueAxis::over(double low, double high, int count, NumberStyle style, bool rounded) {
  if (!std::isfinite(low) || !std::isfinite(high) || !(low < high)) {
    const double middle = std::isfinite(low) ? low : 0;
    low = middle - 0.5;
    high = middle + 0.5;
  }
  ValueAxis axis;
  axis.ticks = roundTicks(low, high, count, style);
  if (rounded && axis.ticks.size() >= 2) {
    const double step = axis.ticks[1] - axis.ticks[0];
    if (axis.ticks.front() > low + step * 1e-6)
      axis.ticks.insert(axis.ticks.begin(), axis.ticks.front() - step);
    if (axis.ticks.back() < high - step * 1e-6) axis.ticks.push_back(axis.ticks.back() + step);
    low = axis.ticks.front();
    high = axis.ticks.back();
  }
  axis.labels = tickLabels(axis.ticks, style);
  axis.scale.low = low;
  axis.scale.high = high;
  return axis;
}

double ValueAxis::labelWidth(const QFont& font) const {
  const QFontMetricsF metrics(font);
  double widest = 0;
  for (const QString& label : labels) widest = std::max(widest, metrics.horizontalAdvance(label));
  return std::ceil(widest);
}

double heightBelow(const QFont& font, bool withTitle) {
  const double line = std::ceil(QFontMetricsF(font).height());
  return kTick + kPadding + line + (withTitle ? line + 2 : 0);
}

void ValueAxis::paintBelow(QPainter& painter, const QRectF& plot, const PlotTheme& theme,
                           const QString& title) const {
  const QFontMetricsF metrics(theme.font);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const double x = std::round(scale.at(ticks[i]));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.setPen(QPen(theme.axis, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + kTick));
    painter.setPen(theme.quiet);
    const QRectF box(x - 60, plot.bottom() + kTick + kPadding, 120, metrics.height());
    painter.drawText(box, Qt::AlignHCenter | Qt::AlignVCenter, labels[i]);
  }
  painter.setPen(QPen(theme.axis, 1));
  painter.drawLine(plot.bottomLeft(), plot.bottomRight());
  painter.setPen(theme.quiet);
  const QRectF below(plot.left(), plot.bottom() + kTick + kPadding + metrics.height() + 2,
                     plot.width(), metrics.height());
  painter.drawText(below, Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip, title);
  painter.restore();
}

void ValueAxis::paintLeft(QPainter& painter, const QRectF& plot, const PlotTheme& theme) const {
  const QFontMetricsF metrics(theme.font);
  const double width = labelWidth(theme.font);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const double y = std::round(scale.at(ticks[i]));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(theme.quiet);
    const QRectF box(plot.left() - kPadding - width - 2, y - metrics.height() / 2, width + 2,
                     metrics.height());
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, labels[i]);
  }
  painter.restore();
}

void paintWhisker(QPainter& painter, const QPointF& low, const QPointF& value, const QPointF& high,
                  const SeriesStyle& style, const PlotTheme& theme) {
  const bool upright = std::abs(high.y() - low.y()) > std::abs(high.x() - low.x());
  const QPointF cap = upright ? QPointF(kCap, 0) : QPointF(0, kCap);
  painter.setPen(QPen(style.colour, 1.5, Qt::SolidLine, Qt::FlatCap));
  painter.drawLine(low, high);
  painter.drawLine(low - cap, low + cap);
  painter.drawLine(high - cap, high + cap);
  paintMarker(painter, value, style, 9, theme);
}

}  // namespace wordsight::ui
