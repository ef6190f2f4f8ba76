#include "plots/category_plot.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace wordsight::ui {
namespace {

constexpr double kCellPitch = 9, kRowPadding = 10, kMostLabel = 0.34, kGap = 12;

int countOf(const CategoryRow& row) {
  int n = 0;
  for (const CategoryValue& value : row.values) n = std::max(n, value.n);
  return n;
}

// What a row is sorted by; rows without it go to the bottom.
double keyOf(const CategoryRow& row, CategoryPlot::Order order) {
  constexpr double kLast = -1e300;
  if (order == CategoryPlot::Order::Count) return countOf(row);
  if (row.values.empty() || row.values.back().n == 0) return kLast;
  if (order == CategoryPlot::Order::Accuracy) return row.values.back().value;
  return row.values.front().n == 0 ? kLast : row.values.back().value - row.values.front().value;
}

}  // namespace

void CategoryPlot::setData(std::vector<CategoryCell> cells, std::vector<CategoryRow> rows) {
  m_cells = std::move(cells);
  m_rows = std::move(rows);
  for (CategoryRow& row : m_rows) row.values.resize(m_cells.size());
  sort();
  dataChanged();
}

void CategoryPlot::setOrder(Order order) {
  m_order = order;
  sort();
  dataChanged();
}

void CategoryPlot::sort() {
  m_shown.resize(m_rows.size());
  std::iota(m_shown.begin(), m_shown.end(), std::size_t{0});
  if (m_order == Order::AsGiven) return;
  std::stable_sort(m_shown.begin(), m_shown.end(), [this](std::size_t a, std::size_t b) {
    if (m_order == Order::Name)
      return QString::localeAwareCompare(m_rows[a].label, m_rows[b].label) < 0;
    return keyOf(m_rows[a], m_order) > keyOf(m_rows[b], m_order);
  });
}

QStringList CategoryPlot::shownLabels() const {
  QStringList labels;
  for (const std::size_t row : m_shown) labels += m_rows[row].label;
  return labels;
}

double CategoryPlot::rowHeight() const {
  return std::max(QFontMetricsF(font()).height() + 8,
                  kCellPitch * static_cast<double>(m_cells.size()) + kRowPadding);
}

QSize CategoryPlot::sizeHint() const {
  const double line = QFontMetricsF(font()).height();
  const double rows = rowHeight() * static_cast<double>(std::max<std::size_t>(1, m_rows.size()));
  return {560, static_cast<int>(rows + 3 * line + heightBelow(font(), true) + 24)};
}

QSize CategoryPlot::minimumSizeHint() const { return {240, hasData() ? sizeHint().height() : 120}; }

ValueAxis CategoryPlot::axisFor(double width, const QFont& font) const {
  double low = 1, high = 0;
  for (const CategoryRow& row : m_rows)
    for (const CategoryValue& value : row.values) {
      if (value.n == 0) continue;
      low = std::min(low, value.low);
      high = std::max(high, value.high);
    }
  const int count = std::max(2, static_cast<int>(width / (4.5 * QFontMetricsF(font).height())));
  return ValueAxis::over(low, high, count, NumberStyle::Percent, true);
}

void CategoryPlot::paint(Canvas& canvas) const {
  QPainter& painter = canvas.painter;
  const PlotTheme& theme = canvas.theme;
  const QFontMetricsF metrics(theme.font);
  QRectF area = canvas.area;
  std::vector<LegendEntry> legend;
  for (const CategoryCell& cell : m_cells)
    legend.push_back({cell.label, cell.style, LegendEntry::Sample::Dot});
  takeLegend(painter, area, legend, theme);
  double label = 0, count = metrics.horizontalAdvance(QLatin1Char('n'));
  for (const CategoryRow& row : m_rows) {
    label = std::max(label, metrics.horizontalAdvance(row.label));
    count = std::max(count, figuresWidth(theme.font, countText(countOf(row))));
  }
  label = std::min(std::ceil(label) + 1, area.width() * kMostLabel);
  const QRectF plot = area.adjusted(label + kGap, metrics.height() + 2, -(std::ceil(count) + kGap),
                                    -heightBelow(theme.font, true));
  if (plot.width() < 24 || plot.height() < 8) return;
  const double height = plot.height() / static_cast<double>(m_rows.size());
  for (std::size_t i = 1; i < m_shown.size(); i += 2)
    painter.fillRect(
        QRectF(area.left(), plot.top() + static_cast<double>(i) * height, area.width(), height),
        blend(theme.text, theme.background, 0.03));
  ValueAxis axis = axisFor(plot.width(), theme.font);
  axis.scale.from = plot.left() + 4;
  axis.scale.to = plot.right() - 4;
  axis.paintBelow(painter, plot, theme, tr("Accuracy (%)"));
  painter.setPen(theme.quiet);
  painter.drawText(QRectF(area.right() - 40, area.top(), 40, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("n"));
  for (std::size_t i = 0; i < m_shown.size(); ++i) {
    const CategoryRow& row = m_rows[m_shown[i]];
    const QRectF line(area.left(), plot.top() + static_cast<double>(i) * height, area.width(),
                      height);
    painter.setPen(theme.text);
    painter.drawText(QRectF(line.left() + 2, line.top(), label, height),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.label, Qt::ElideRight, label));
    painter.setPen(theme.quiet);
    paintFigures(painter, line.adjusted(0, 0, -2, 0), countText(countOf(row)));
    paintRow(canvas, line, axis.scale, row);
  }
}

void CategoryPlot::paintRow(Canvas& canvas, const QRectF& row, const Scale& scale,
                            const CategoryRow& what) const {
  const double pitch =
      std::min(kCellPitch, (row.height() - 6) / static_cast<double>(m_cells.size()));
  double y = row.center().y() - pitch * (static_cast<double>(m_cells.size()) - 1) / 2;
  for (std::size_t cell = 0; cell < m_cells.size(); ++cell, y += pitch) {
    const CategoryValue& value = what.values[cell];
    if (value.n == 0) continue;
    const auto at = [&](double share) { return QPointF(scale.at(share), y); };
    canvas.painter.setPen(QPen(m_cells[cell].style.colour, 1.5, Qt::SolidLine, Qt::FlatCap));
    canvas.painter.drawLine(at(value.low), at(value.high));
    paintMarker(canvas.painter, at(value.value), m_cells[cell].style, 8, canvas.theme);
  }
  canvas.spots.push_back({row, tip(what)});
}

QString CategoryPlot::tip(const CategoryRow& row) const {
  QString text = row.label;
  for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
    const CategoryValue& value = row.values[cell];
    text += QLatin1Char('\n') + m_cells[cell].label + QStringLiteral(": ");
    text += value.n == 0
                ? tr("no answers")
                : tr("%1, n %2")
                      .arg(intervalText(value.value, value.low, value.high), countText(value.n));
  }
  return text;
}

CsvTable CategoryPlot::table() const {
  CsvTable table;
  table.header = {"category", "cell", "accuracy", "low", "high", "n"};
  for (const std::size_t shown : m_shown) {
    const CategoryRow& row = m_rows[shown];
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
      const CategoryValue& value = row.values[cell];
      if (value.n == 0) continue;
      table.rows.push_back({row.label.toStdString(), m_cells[cell].label.toStdString(),
                            csvNumber(value.value), csvNumber(value.low), csvNumber(value.high),
                            std::to_string(value.n)});
    }
  }
  return table;
}

QStringList CategoryPlot::summary() const {
  QStringList lines;
  for (const std::size_t row : m_shown)
    lines += tip(m_rows[row]).replace(QLatin1Char('\n'), QStringLiteral(", "));
  return lines;
}

}  // namespace wordsight::ui
