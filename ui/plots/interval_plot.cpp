#include "plots/interval_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr double kRow = 28, kMostLabel = 0.34, kGap = 12;
constexpr double kLeader = 9;  // height of the lines that lead from labels to their places

QString numbersOf(const IntervalRow& row) { return intervalText(row.value, row.low, row.high); }

QString countOf(const IntervalRow& row) {
  return QStringLiteral("n") + QChar(0xa0) + countText(row.n);
}

}  // namespace

void IntervalPlot::setRows(std::vector<IntervalRow> rows, const QString& publishedLabel) {
  m_rows = std::move(rows);
  m_publishedLabel = publishedLabel;
  dataChanged();
}

void IntervalPlot::setReferences(std::vector<ReferenceLine> lines) {
  m_references = std::move(lines);
  std::sort(m_references.begin(), m_references.end(),
            [](const auto& a, const auto& b) { return a.value < b.value; });
  dataChanged();
}

void IntervalPlot::setXTitle(const QString& title) {
  m_xTitle = title;
  dataChanged();
}

QSize IntervalPlot::sizeHint() const {
  const double line = QFontMetricsF(font()).height();
  const double legend = m_publishedLabel.isEmpty() ? 0 : line + 8;
  const double height = 2 * line + legend + referenceHeight(font()) +
                        static_cast<double>(m_rows.size()) * kRow + heightBelow(font(), true) + 16;
  return {560, static_cast<int>(height)};
}

ValueAxis IntervalPlot::axisFor(double width, const QFont& font) const {
  double low = 1, high = 0;
  const auto include = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const IntervalRow& row : m_rows) {
    for (const double value : {row.low, row.value, row.high}) include(value);
    if (row.published) include(*row.published);
  }
  for (const ReferenceLine& line : m_references) include(line.value);
  const int count = std::max(2, static_cast<int>(width / (4.5 * QFontMetricsF(font).height())));
  return ValueAxis::over(low, high, count, NumberStyle::Percent, true);
}

double IntervalPlot::referenceHeight(const QFont& font) const {
  if (m_references.empty()) return 0;
  return std::ceil(QFontMetricsF(font).height()) + kLeader + 2;
}

void IntervalPlot::paint(Canvas& canvas) const {
  QPainter& painter = canvas.painter;
  const PlotTheme& theme = canvas.theme;
  const QFontMetricsF metrics(theme.font);
  QRectF area = canvas.area;
  const bool published =
      std::any_of(m_rows.begin(), m_rows.end(), [](const auto& row) { return row.published; });
  if (published && !m_publishedLabel.isEmpty()) {
    SeriesStyle hollow{theme.text, {}, Marker::Diamond, 0};
    SeriesStyle solid{theme.text, {}, Marker::Circle, 0};
    takeLegend(painter, area,
               {{tr("measured here, 95 % interval"), solid, LegendEntry::Sample::Dot},
                {m_publishedLabel, hollow, LegendEntry::Sample::HollowDot}},
               theme);
  }
  double label = 0, numbers = 0, count = 0;
  for (const IntervalRow& row : m_rows) {
    label = std::max(label, metrics.horizontalAdvance(row.label));
    numbers = std::max(numbers, figuresWidth(theme.font, numbersOf(row)));
    count = std::max(count, figuresWidth(theme.font, countOf(row)));
  }
  label = std::min(std::ceil(label) + 1, area.width() * kMostLabel);
  // The numbers give way before the picture does.
  const bool narrow = area.width() < label + numbers + count + 160;
  const double right = narrow ? 8 : numbers + count + 2 * kGap;
  const QRectF plot = area.adjusted(label + kGap, referenceHeight(theme.font), -right,
                                    -heightBelow(theme.font, true));
  if (plot.width() < 24 || plot.height() < 8) return;
  ValueAxis axis = axisFor(plot.width(), theme.font);
  axis.scale.from = plot.left() + 4;
  axis.scale.to = plot.right() - 4;
  axis.paintBelow(painter, plot, theme, m_xTitle.isEmpty() ? tr("Accuracy (%)") : m_xTitle);
  paintReferences(canvas, plot, axis.scale);
  const double height = plot.height() / static_cast<double>(m_rows.size());
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    const IntervalRow& row = m_rows[i];
    const QRectF line(area.left(), plot.top() + static_cast<double>(i) * height, area.width(),
                      height);
    painter.setPen(theme.text);
    painter.drawText(QRectF(line.left(), line.top(), label, height),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.label, Qt::ElideMiddle, label));
    paintRow(canvas, line, plot, axis.scale, row);
    if (narrow) continue;
    painter.setPen(theme.text);
    paintFigures(painter,
                 QRectF(area.right() - count - kGap - numbers, line.top(), numbers, height),
                 numbersOf(row));
    painter.setPen(theme.quiet);
    paintFigures(painter, QRectF(area.right() - count, line.top(), count, height), countOf(row));
  }
}

void IntervalPlot::paintReferences(Canvas& canvas, const QRectF& plot, const Scale& scale) const {
  QPainter& painter = canvas.painter;
  const QFontMetricsF metrics(canvas.theme.font);
  struct Label {
    QString text;
    double x, left, width;
  };
  std::vector<Label> labels;
  double free = canvas.area.left();  // labels of near lines move right rather than overlap
  for (const ReferenceLine& line : m_references) {
    const double x = std::round(scale.at(line.value)) + 0.5;
    const QString text = line.label + QChar(0xa0) + valueText(line.value, NumberStyle::Percent);
    const double width = std::ceil(metrics.horizontalAdvance(text)) + 1;
    labels.push_back({text, x, std::max(free, x - width / 2), width});
    free = labels.back().left + width + kGap;
  }
  // … and those that would leave the picture push the ones before them back.
  double end = canvas.area.right();
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->left = std::max(canvas.area.left(), std::min(label->left, end - label->width));
    end = label->left - kGap;
  }
  const double bottom = plot.top() - kLeader;
  for (const Label& label : labels) {
    painter.setPen(QPen(canvas.theme.quiet, 1, Qt::DashLine));
    painter.drawLine(QPointF(label.x, plot.top()), QPointF(label.x, plot.bottom()));
    painter.setPen(canvas.theme.quiet);
    const double middle = label.left + label.width / 2;
    painter.drawLine(QPointF(middle, bottom), QPointF(label.x, plot.top()));
    const QRectF box(label.left, bottom - metrics.height(), label.width, metrics.height());
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, label.text);
    canvas.spots.push_back({QRectF(label.x - 3, plot.top(), 6, plot.height()), label.text});
  }
}

void IntervalPlot::paintRow(Canvas& canvas, const QRectF& line, const QRectF& plot,
                            const Scale& scale, const IntervalRow& row) const {
  // A published figure stands below its cell's own, where the two would cover each other.
  const double middle = std::round(line.center().y()), y = row.published ? middle - 5 : middle;
  const auto at = [&](double value) { return QPointF(scale.at(value), y); };
  paintWhisker(canvas.painter, at(row.low), at(row.value), at(row.high), row.style, canvas.theme);
  if (row.published) {
    SeriesStyle hollow = row.style;
    hollow.marker = Marker::Diamond;
    paintMarker(canvas.painter, QPointF(scale.at(*row.published), middle + 7), hollow, 7,
                canvas.theme, true);
  }
  canvas.spots.push_back(
      {QRectF(line.left(), line.top(), plot.right() - line.left(), line.height()), tip(row)});
}

QString IntervalPlot::tip(const IntervalRow& row) const {
  QString text =
      row.label + QLatin1Char('\n') + numbersOf(row) + QStringLiteral(", ") + countOf(row);
  if (row.published)
    text += QLatin1Char('\n') + m_publishedLabel + QStringLiteral(": ") +
            valueText(*row.published, NumberStyle::Percent);
  return text;
}

CsvTable IntervalPlot::table() const {
  CsvTable table;
  table.header = {"cell", "accuracy", "low", "high", "n", "published"};
  for (const IntervalRow& row : m_rows)
    table.rows.push_back({row.label.toStdString(), csvNumber(row.value), csvNumber(row.low),
                          csvNumber(row.high), std::to_string(row.n),
                          row.published ? csvNumber(*row.published) : std::string()});
  return table;
}

QStringList IntervalPlot::summary() const {
  QStringList lines;
  for (const IntervalRow& row : m_rows)
    lines += tip(row).replace(QLatin1Char('\n'), QStringLiteral(", "));
  return lines;
}

}  // namespace wordsight::ui
