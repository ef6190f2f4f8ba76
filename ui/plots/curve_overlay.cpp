#include "plots/curve_overlay.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace wordsight::ui {
namespace {

constexpr double kPadding = 8, kGap = 12, kSwatch = 16, kLongestLabel = 180;

struct BoxColumns {
  double label = 0, value = 0, raw = 0, row = 0;
  double width() const {
    return 2 * kPadding + kSwatch + 4 + (label > 0 ? label + kGap : 0) + value +
           (raw > 0 ? kGap + raw : 0);
  }
};

BoxColumns measure(const CurveReadout& readout, const QFont& font, double available) {
  const QFontMetricsF metrics(font);
  BoxColumns columns;
  columns.row = std::ceil(metrics.height()) + 2;
  const auto grow = [](double& column, double width) { column = std::max(column, width); };
  for (const CurveReadout::Row& row : readout.rows) {
    grow(columns.label, std::min(metrics.horizontalAdvance(row.label), kLongestLabel));
    grow(columns.value, figuresWidth(font, row.value));
    if (!row.raw.isEmpty()) grow(columns.raw, figuresWidth(font, row.raw));
  }
  if (columns.raw > 0) {
    grow(columns.value, metrics.horizontalAdvance(readout.valueHead));
    grow(columns.raw, metrics.horizontalAdvance(readout.rawHead));
  }
  if (!readout.title.isEmpty())
    grow(columns.label, figuresWidth(font, readout.title) - kSwatch - 4);
  // In a narrow plot the box would hide what it reads.
  if (columns.width() > available) columns.raw = 0;
  if (columns.width() > available && columns.label > 0)
    columns.label = std::max(24.0, columns.label - (columns.width() - available));
  return columns;
}

// Beside the cursor, on the side with room, and away from the dots in height.
QRectF placeBox(const CurveReadout& readout, const QSizeF& size, const QRectF& area) {
  const double right = area.right() - readout.pixel, left = readout.pixel - area.left();
  const bool onRight = right >= size.width() + kGap || right >= left;
  double x = onRight ? readout.pixel + kGap : readout.pixel - kGap - size.width();
  x = std::clamp(x, area.left() + 4, std::max(area.left() + 4, area.right() - size.width()));
  double sum = 0;
  int dots = 0;
  for (const CurveReadout::Row& row : readout.rows)
    if (row.dot) sum += row.dot->y(), ++dots;
  const bool below = dots > 0 && sum / dots < area.center().y();
  const double y =
      below ? std::max(area.top() + 4, area.bottom() - size.height() - 4) : area.top() + 4;
  return {QPointF(x, y), size};
}

}  // namespace

CurveOverlay::CurveOverlay(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  setFocusPolicy(Qt::NoFocus);
}

void CurveOverlay::setTheme(const PlotTheme& theme) {
  m_theme = theme;
  update();
}

void CurveOverlay::setArea(const QRectF& area) {
  if (area == m_area) return;
  m_area = area;
  update();
}

void CurveOverlay::setReadout(std::optional<CurveReadout> readout) {
  if (!readout && !m_readout) return;
  m_readout = std::move(readout);
  update();
}

void CurveOverlay::setRubberBand(std::optional<QRectF> band) {
  if (band == m_band) return;
  m_band = band;
  update();
}

void CurveOverlay::setMessage(const QString& message) {
  if (message == m_message) return;
  m_message = message;
  update();
}

void CurveOverlay::setFocused(bool focused) {
  if (focused == m_focused) return;
  m_focused = focused;
  update();
}

void CurveOverlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(m_theme.font);
  if (!m_message.isEmpty()) {
    painter.setPen(m_theme.quiet);
    painter.drawText(QRectF(rect()).adjusted(24, 8, -24, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     m_message);
    return;
  }
  if (m_focused) {
    painter.setPen(QPen(m_theme.accent, 1));
    painter.drawRect(m_area.adjusted(-0.5, -0.5, 0.5, 0.5));
  }
  if (m_band) {
    QColor fill = m_theme.accent;
    fill.setAlphaF(0.15f);
    painter.setPen(QPen(m_theme.accent, 1));
    painter.setBrush(fill);
    painter.drawRect(m_band->intersected(m_area));
  }
  if (!m_readout) return;
  paintCursor(painter);
  if (!m_readout->rows.empty()) paintBox(painter);
}

void CurveOverlay::paintCursor(QPainter& painter) const {
  const double x = std::round(m_readout->pixel) + 0.5;
  painter.setPen(QPen(m_theme.axis, 1));
  painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
  for (const CurveReadout::Row& row : m_readout->rows)
    if (row.dot && m_area.adjusted(-1, -1, 1, 1).contains(*row.dot))
      paintMarker(painter, *row.dot, row.style, 8, m_theme);
}

void CurveOverlay::paintBox(QPainter& painter) const {
  const CurveReadout& readout = *m_readout;
  const BoxColumns columns = measure(readout, m_theme.font, m_area.width() * 0.6);
  const bool head = !readout.title.isEmpty();
  const auto lines = readout.rows.size() + (head ? 1 : 0) + (readout.more > 0 ? 1 : 0);
  const QSizeF size(columns.width(), static_cast<double>(lines) * columns.row + kPadding);
  const QRectF box = placeBox(readout, size, m_area);
  QColor back = m_theme.background;
  back.setAlphaF(0.92f);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(blend(m_theme.text, m_theme.background, 0.2), 1));
  painter.setBrush(back);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

  QRectF line(box.left() + kPadding, box.top() + kPadding / 2, box.width() - 2 * kPadding,
              columns.row);
  const double valueRight = columns.raw > 0 ? line.right() - columns.raw - kGap : line.right();
  const auto cell = [&](double right, double width) {
    return QRectF(right - width, line.top(), width, columns.row);
  };
  painter.setPen(m_theme.quiet);
  if (head) {
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, readout.title);
    if (columns.raw > 0) {
      painter.drawText(cell(valueRight, columns.value), Qt::AlignRight | Qt::AlignVCenter,
                       readout.valueHead);
      painter.drawText(cell(line.right(), columns.raw), Qt::AlignRight | Qt::AlignVCenter,
                       readout.rawHead);
    }
    line.translate(0, columns.row);
  }
  const QFontMetricsF metrics(m_theme.font);
  for (const CurveReadout::Row& row : readout.rows) {
    const double middle = line.center().y();
    painter.setPen(seriesPen(row.style, 2));
    painter.drawLine(QPointF(line.left(), middle), QPointF(line.left() + kSwatch, middle));
    painter.setPen(m_theme.text);
    painter.drawText(line.adjusted(kSwatch + 4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.label, Qt::ElideMiddle, columns.label));
    paintFigures(painter, cell(valueRight, columns.value), row.value);
    painter.setPen(m_theme.quiet);
    if (columns.raw > 0) paintFigures(painter, cell(line.right(), columns.raw), row.raw);
    line.translate(0, columns.row);
  }
  if (readout.more > 0)
    painter.drawText(line.adjusted(kSwatch + 4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%n more", nullptr, readout.more));
}

}  // namespace wordsight::ui
