#include "plots/reliability_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr double kStripShare = 0.16, kWidestBar = 12, kMarginRight = 12, kDodge = 6;

QString tipOf(const ReliabilitySeries& series, const ReliabilityBin& bin) {
  return ReliabilityPlot::tr("%1\nconfidence %2\naccuracy %3\nn %4")
      .arg(series.label, valueText(bin.confidence, NumberStyle::Percent),
           intervalText(bin.accuracy, bin.low, bin.high), countText(bin.n));
}

}  // namespace

void ReliabilityPlot::setSeries(std::vector<ReliabilitySeries> series) {
  m_series = std::move(series);
  for (ReliabilitySeries& one : m_series)
    std::erase_if(one.bins, [](const ReliabilityBin& bin) {
      return bin.n <= 0 || !std::isfinite(bin.confidence) || !std::isfinite(bin.accuracy);
    });
  dataChanged();
}

bool ReliabilityPlot::hasData() const {
  return std::any_of(m_series.begin(), m_series.end(),
                     [](const auto& series) { return !series.bins.empty(); });
}

void ReliabilityPlot::paint(Canvas& canvas) const {
  QPainter& painter = canvas.painter;
  const PlotTheme& theme = canvas.theme;
  const double line = QFontMetricsF(theme.font).height();
  QRectF area = canvas.area;
  std::vector<LegendEntry> legend;
  for (const ReliabilitySeries& series : m_series) {
    QString label = series.label;
    if (series.ece)
      label +=
          QLatin1Char(' ') + tr("(off by %1)").arg(valueText(*series.ece, NumberStyle::Percent));
    legend.push_back({label, series.style, LegendEntry::Sample::Line});
  }
  SeriesStyle diagonal;
  diagonal.colour = theme.quiet;
  legend.push_back({tr("as often right as sure"), diagonal, LegendEntry::Sample::Dashed});
  takeLegend(painter, area, legend, theme, 4);

  ValueAxis axis = ValueAxis::over(0, 1, 5, NumberStyle::Percent, true);
  const double left = axis.labelWidth(theme.font) + 8;
  const double strip = std::max(2 * line, area.height() * kStripShare);
  const QRectF plot = area.adjusted(left, 1.5 * line + 4, -kMarginRight,
                                    -(strip + line + heightBelow(theme.font, true)));
  painter.setPen(theme.quiet);
  painter.drawText(QRectF(area.left(), area.top(), area.width(), line),
                   Qt::AlignLeft | Qt::AlignVCenter, tr("Accuracy (%)"));
  if (plot.width() < 24 || plot.height() < 24) return;
  ValueAxis below = axis;
  axis.scale.from = plot.bottom();
  axis.scale.to = plot.top();
  axis.paintLeft(painter, plot, theme);
  below.scale.from = plot.left();
  below.scale.to = plot.right();
  const QRectF counts(plot.left(), plot.bottom() + line, plot.width(), strip);
  // One grid through both, labelled under the lower.
  below.paintBelow(painter, QRectF(plot.topLeft(), counts.bottomRight()), theme,
                   tr("Confidence (%)"));
  painter.fillRect(QRectF(plot.left(), plot.bottom() + 1, plot.width() + 1, line - 2),
                   theme.background);
  painter.setPen(QPen(theme.axis, 1));
  painter.drawLine(plot.bottomLeft(), plot.bottomRight());
  painter.setPen(QPen(theme.quiet, 1, Qt::DashLine));
  painter.drawLine(plot.bottomLeft(), plot.topRight());
  // Cells of equal confidence stand side by side.
  Scale x = below.scale;
  const double shift = kDodge * (static_cast<double>(m_series.size()) - 1) / 2;
  x.from -= shift;
  x.to -= shift;
  for (const ReliabilitySeries& series : m_series) {
    paintSeries(canvas, x, axis.scale, series);
    x.from += kDodge;
    x.to += kDodge;
  }
  paintCounts(canvas, counts, below.scale);
}

void ReliabilityPlot::paintSeries(Canvas& canvas, const Scale& x, const Scale& y,
                                  const ReliabilitySeries& series) const {
  QPolygonF line;
  for (const ReliabilityBin& bin : series.bins)
    line << QPointF(x.at(bin.confidence), y.at(bin.accuracy));
  canvas.painter.setPen(seriesPen(series.style, 1.5));
  canvas.painter.setBrush(Qt::NoBrush);
  canvas.painter.drawPolyline(line);
  for (qsizetype i = 0; i < line.size(); ++i) {
    const ReliabilityBin& bin = series.bins[static_cast<std::size_t>(i)];
    const double at = line[i].x();
    paintWhisker(canvas.painter, QPointF(at, y.at(bin.low)), line[i], QPointF(at, y.at(bin.high)),
                 series.style, canvas.theme);
    canvas.spots.push_back({QRectF(at - 7, line[i].y() - 7, 14, 14), tipOf(series, bin)});
  }
}

void ReliabilityPlot::paintCounts(Canvas& canvas, const QRectF& strip, const Scale& x) const {
  QPainter& painter = canvas.painter;
  const QFontMetricsF metrics(canvas.theme.font);
  int most = 1;
  for (const ReliabilitySeries& series : m_series)
    for (const ReliabilityBin& bin : series.bins) most = std::max(most, bin.n);
  const auto count = static_cast<double>(m_series.size());
  const double width = std::clamp(strip.width() / 10 / (count + 1), 2.0, kWidestBar);
  const bool labelled = m_series.size() == 1;
  const double room = strip.height() - (labelled ? metrics.height() : 0);
  double shift = -count * width / 2;
  for (const ReliabilitySeries& series : m_series) {
    for (const ReliabilityBin& bin : series.bins) {
      const double height = std::max(1.0, room * bin.n / most);
      const QRectF bar(x.at(bin.confidence) + shift, strip.bottom() - height, width, height);
      paintBar(painter, bar, series.style, canvas.theme);
      canvas.spots.push_back(
          {QRectF(bar.left(), strip.top(), width, strip.height()), tipOf(series, bin)});
      const QString text = countText(bin.n);
      if (!labelled || metrics.horizontalAdvance(text) > strip.width() / 10) continue;
      painter.setPen(canvas.theme.quiet);
      painter.drawText(
          QRectF(bar.center().x() - 40, bar.top() - metrics.height(), 80, metrics.height()),
          Qt::AlignHCenter | Qt::AlignVCenter, text);
    }
    shift += width;
  }
  painter.setPen(canvas.theme.quiet);
  painter.drawText(QRectF(canvas.area.left(), strip.top(), strip.left() - canvas.area.left() - 6,
                          strip.height()),
                   Qt::AlignRight | Qt::AlignVCenter, tr("n"));
  if (labelled) return;
  painter.drawText(QRectF(canvas.area.left(), strip.top() - metrics.height() / 2,
                          strip.left() - canvas.area.left() - 6, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, countText(most));
}

CsvTable ReliabilityPlot::table() const {
  CsvTable table;
  table.header = {"cell", "confidence", "accuracy", "low", "high", "n"};
  for (const ReliabilitySeries& series : m_series)
    for (const ReliabilityBin& bin : series.bins)
      table.rows.push_back({series.label.toStdString(), csvNumber(bin.confidence),
                            csvNumber(bin.accuracy), csvNumber(bin.low), csvNumber(bin.high),
                            std::to_string(bin.n)});
  return table;
}

QStringList ReliabilityPlot::summary() const {
  QStringList lines;
  for (const ReliabilitySeries& series : m_series)
    for (const ReliabilityBin& bin : series.bins)
      lines += tipOf(series, bin).replace(QLatin1Char('\n'), QStringLiteral(", "));
  return lines;
}

}  // namespace wordsight::ui
