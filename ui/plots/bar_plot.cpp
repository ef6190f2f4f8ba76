#include "plots/bar_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "plots/chart_axis.h"

namespace wordsight::ui {
namespace {

constexpr double kGroupShare = 0.72, kWidestBar = 56, kLeastSlot = 28;

double valueOf(const BarSeries& series, std::size_t category) {
  return category < series.values.size() ? series.values[category] : std::nan("");
}

QString barText(double value, NumberStyle style) {
  if (style == NumberStyle::Percent) return valueText(value, style);
  return value == std::round(value) ? countText(value) : valueText(value, style);
}

}  // namespace

BarData histogram(std::span<const double> values, int bins, const QString& label) {
  BarData data;
  data.series.push_back({label, seriesStyle(0), {}});
  double low = 0, high = 0;
  bool any = false;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
  }
  if (!any) return data;
  if (low == high) high = low + 1;
  const ValueAxis axis = ValueAxis::over(low, high, std::max(1, bins), NumberStyle::Plain, true);
  data.edges = axis.ticks;
  if (data.edges.size() < 2) data.edges = {low, high};
  auto& counts = data.series.front().values;
  counts.assign(data.edges.size() - 1, 0);
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const auto after = std::upper_bound(data.edges.begin(), data.edges.end(), value);
    const auto bin = std::clamp<std::ptrdiff_t>(after - data.edges.begin() - 1, 0,
                                                static_cast<std::ptrdiff_t>(counts.size()) - 1);
    counts[static_cast<std::size_t>(bin)] += 1;
  }
  return data;
}

void BarPlot::setData(BarData data) {
  m_data = std::move(data);
  dataChanged();
}

std::size_t BarPlot::categories() const {
  if (m_data.edges.size() > 1) return m_data.edges.size() - 1;
  return static_cast<std::size_t>(m_data.categories.size());
}

QString BarPlot::categoryName(std::size_t category) const {
  if (m_data.edges.size() > 1)
    return QStringLiteral("%1–%2").arg(barText(m_data.edges[category], NumberStyle::Plain),
                                       barText(m_data.edges[category + 1], NumberStyle::Plain));
  return m_data.categories[static_cast<qsizetype>(category)];
}

bool BarPlot::hasData() const {
  if (categories() == 0) return false;
  for (const BarSeries& series : m_data.series)
    for (std::size_t i = 0; i < categories(); ++i)
      if (std::isfinite(valueOf(series, i))) return true;
  return false;
}

double BarPlot::highest() const {
  double top = 0;
  for (const BarSeries& series : m_data.series)
    for (std::size_t i = 0; i < categories(); ++i)
      if (const double value = valueOf(series, i); std::isfinite(value)) top = std::max(top, value);
  for (const double value : m_data.expected)
    if (std::isfinite(value)) top = std::max(top, value);
  return top > 0 ? top : 1;
}

void BarPlot::paint(Canvas& canvas) const {
  QPainter& painter = canvas.painter;
  const PlotTheme& theme = canvas.theme;
  const QFontMetricsF metrics(theme.font);
  QRectF area = canvas.area;
  std::vector<LegendEntry> legend;
  if (m_data.series.size() > 1 || !m_data.expected.empty())
    for (const BarSeries& series : m_data.series)
      legend.push_back({series.label, series.style, LegendEntry::Sample::Bar});
  if (!m_data.expected.empty() && !m_data.expectedLabel.isEmpty()) {
    SeriesStyle mark;
    mark.colour = theme.text;
    legend.push_back({m_data.expectedLabel, mark, LegendEntry::Sample::Dashed});
  }
  takeLegend(painter, area, legend, theme);

  const double line = metrics.height();
  const int count = std::clamp(static_cast<int>(area.height() / (3 * line)), 2, 6);
  // Room for the number on the highest bar.
  const double room = 1 + 1.5 * line / std::max(4 * line, area.height() - 4 * line);
  ValueAxis axis = ValueAxis::over(0, highest() * room, count, m_data.numbers, false);
  const double left = axis.labelWidth(theme.font) + 8;
  const double titleHeight = m_data.yTitle.isEmpty() ? 0 : line + 2;
  const QRectF plot =
      area.adjusted(left, titleHeight + 8, -4, -heightBelow(theme.font, !m_data.xTitle.isEmpty()));
  painter.setPen(theme.quiet);
  painter.drawText(QRectF(area.left(), area.top(), area.width(), line),
                   Qt::AlignLeft | Qt::AlignVCenter, m_data.yTitle);
  if (plot.height() < 8 || plot.width() < 8) return;
  const bool numbered = numbersFit(plot.width(), metrics);
  axis.scale.from = plot.bottom();
  axis.scale.to = plot.top();
  axis.paintLeft(painter, plot, theme);
  const double slot = plot.width() / static_cast<double>(categories());
  for (std::size_t i = 0; i < categories(); ++i)
    paintGroup(canvas,
               QRectF(plot.left() + static_cast<double>(i) * slot, plot.top(), slot, plot.height()),
               axis.scale, i, numbered);
  paintCategories(canvas, plot);
}

double BarPlot::barWidth(double slot) const {
  if (m_data.edges.size() > 1) return slot;
  const auto bars = static_cast<double>(std::max<std::size_t>(1, m_data.series.size()));
  return std::min(slot * kGroupShare, bars * kWidestBar) / bars;
}

// Numbers stand on all bars or on none.
bool BarPlot::numbersFit(double width, const QFontMetricsF& metrics) const {
  const double slot = width / static_cast<double>(categories());
  const double room = m_data.series.size() > 1 ? barWidth(slot) + 2 : slot - 2;
  for (const BarSeries& series : m_data.series)
    for (std::size_t i = 0; i < categories(); ++i)
      if (const double value = valueOf(series, i); std::isfinite(value))
        if (metrics.horizontalAdvance(barText(value, m_data.numbers)) > room) return false;
  return true;
}

void BarPlot::paintGroup(Canvas& canvas, const QRectF& slot, const Scale& scale,
                         std::size_t category, bool numbered) const {
  QPainter& painter = canvas.painter;
  const double width = barWidth(slot.width());
  const double group = width * static_cast<double>(m_data.series.size());
  const bool touching = m_data.edges.size() > 1;
  const double expected =
      category < m_data.expected.size() ? m_data.expected[category] : std::nan("");
  const double gap = touching || width <= 8 ? 0.5 : 1.5;
  std::vector<std::pair<QRectF, QString>> numbers;
  double x = slot.center().x() - group / 2;
  for (const BarSeries& series : m_data.series) {
    const double value = valueOf(series, category);
    const QRectF bar(QPointF(x + gap, scale.at(value)), QPointF(x + width - gap, slot.bottom()));
    x += width;
    if (!std::isfinite(value)) continue;
    if (value > 0) paintBar(painter, bar, series.style, canvas.theme);
    const QString text = barText(value, m_data.numbers);
    QString tip =
        categoryName(category) + QLatin1Char('\n') + series.label + QStringLiteral(": ") + text;
    if (std::isfinite(expected))
      tip += QLatin1Char('\n') + m_data.expectedLabel + QStringLiteral(": ") +
             barText(expected, m_data.numbers);
    canvas.spots.push_back({QRectF(bar.left(), slot.top(), bar.width(), slot.height()), tip});
    if (numbered && !(touching && value == 0)) numbers.emplace_back(bar, text);
  }
  double mark = std::nan("");
  if (std::isfinite(expected)) {
    mark = std::round(scale.at(expected)) + 0.5;
    paintMark(canvas, slot.center().x(), group / 2 + 6, mark);
  }
  const double line = QFontMetricsF(canvas.theme.font).height();
  painter.setPen(canvas.theme.text);
  for (const auto& [bar, text] : numbers) {
    QRectF box(bar.center().x() - 60, bar.top() - line - 1, 120, line);
    // Above the mark rather than across it.
    if (box.top() < mark && mark < box.bottom() + 3) box.moveBottom(mark - 3);
    painter.drawText(box, Qt::AlignHCenter | Qt::AlignVCenter, text);
  }
}

void BarPlot::paintMark(Canvas& canvas, double x, double reach, double y) const {
  const QLineF mark(x - reach, y, x + reach, y);
  // Lined with the background, so that it is seen across a bar of any colour.
  canvas.painter.setPen(QPen(canvas.theme.background, 4, Qt::SolidLine, Qt::FlatCap));
  canvas.painter.drawLine(mark);
  canvas.painter.setPen(QPen(canvas.theme.text, 1.5, Qt::DashLine, Qt::FlatCap));
  canvas.painter.drawLine(mark);
}

void BarPlot::paintCategories(Canvas& canvas, const QRectF& plot) const {
  QPainter& painter = canvas.painter;
  const PlotTheme& theme = canvas.theme;
  const QFontMetricsF metrics(theme.font);
  if (m_data.edges.size() > 1) {
    ValueAxis axis;
    axis.scale = {m_data.edges.front(), m_data.edges.back(), plot.left(), plot.right()};
    const int count = std::max(2, static_cast<int>(plot.width() / (5 * metrics.height())));
    axis.ticks = roundTicks(m_data.edges.front(), m_data.edges.back(), count);
    axis.labels = tickLabels(axis.ticks, NumberStyle::Plain);
    axis.paintBelow(painter, plot, theme, m_data.xTitle);
    return;
  }
  painter.setPen(QPen(theme.axis, 1));
  painter.drawLine(plot.bottomLeft(), plot.bottomRight());
  painter.setPen(theme.text);
  const double slot = plot.width() / static_cast<double>(categories());
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(kLeastSlot / slot)));
  const double width = slot * static_cast<double>(every) - 4;
  for (std::size_t i = 0; i < categories(); i += every) {
    const double middle = plot.left() + (static_cast<double>(i) + 0.5) * slot;
    const QRectF box(middle - width / 2, plot.bottom() + 6, width, metrics.height());
    painter.drawText(box, Qt::AlignHCenter | Qt::AlignVCenter,
                     metrics.elidedText(categoryName(i), Qt::ElideRight, width));
  }
  painter.setPen(theme.quiet);
  painter.drawText(
      QRectF(plot.left(), plot.bottom() + metrics.height() + 8, plot.width(), metrics.height()),
      Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip, m_data.xTitle);
}

CsvTable BarPlot::table() const {
  CsvTable table;
  const bool edges = m_data.edges.size() > 1;
  table.header =
      edges ? std::vector<std::string>{"from", "to"} : std::vector<std::string>{"category"};
  for (const BarSeries& series : m_data.series) table.header.push_back(series.label.toStdString());
  if (!m_data.expected.empty()) table.header.push_back("expected");
  for (std::size_t i = 0; i < categories(); ++i) {
    std::vector<std::string> row;
    if (edges) {
      row = {csvNumber(m_data.edges[i]), csvNumber(m_data.edges[i + 1])};
    } else {
      row = {categoryName(i).toStdString()};
    }
    for (const BarSeries& series : m_data.series) row.push_back(csvNumber(valueOf(series, i)));
    if (!m_data.expected.empty())
      row.push_back(i < m_data.expected.size() ? csvNumber(m_data.expected[i]) : std::string());
    table.rows.push_back(std::move(row));
  }
  return table;
}

QStringList BarPlot::summary() const {
  QStringList lines;
  for (std::size_t i = 0; i < categories(); ++i)
    for (const BarSeries& series : m_data.series)
      if (const double value = valueOf(series, i); std::isfinite(value))
        lines += QStringLiteral("%1, %2: %3")
                     .arg(categoryName(i), series.label, barText(value, m_data.numbers));
  return lines;
}

}  // namespace wordsight::ui
