#include "widgets/narrowing_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// 1, 2 or 5 times a power of ten: steps that people count in.
double niceStep(double range, int steps) {
  const double rough = range / std::max(1, steps);
  const double power = std::pow(10, std::floor(std::log10(std::max(rough, 1.0))));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough) return factor * power;
  return 10 * power;
}

QString readout(const Tally& tally) {
  return NarrowingPlot::tr("after %1: %2")
      .arg(formatCount(tally.n), formatInterval(tally.accuracy, tally.low, tally.high));
}

/// Less of it where it has no room: the interval goes first.
QString readoutWithin(const Tally& tally, const QFontMetrics& metrics, double width) {
  const QString whole = readout(tally);
  if (metrics.horizontalAdvance(whole) <= width) return whole;
  return NarrowingPlot::tr("%1, n = %2").arg(formatPercent(tally.accuracy), formatCount(tally.n));
}

}  // namespace

NarrowingPlot::NarrowingPlot(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  describe();
}

void NarrowingPlot::setCurve(std::vector<Tally> curve, std::int64_t total) {
  m_curve = std::move(curve);
  m_total = total;
  m_picked = -1;
  describe();
  update();
}

void NarrowingPlot::append(const Tally& tally) {
  // A run that was taken up again counts on from where it was; anything else is a new curve.
  while (!m_curve.empty() && m_curve.back().n >= tally.n) m_curve.pop_back();
  m_curve.push_back(tally);
  describe();
  update();
}

void NarrowingPlot::setTotal(std::int64_t total) {
  if (total == m_total) return;
  m_total = total;
  update();
}

void NarrowingPlot::setChance(double share) {
  m_chance = share;
  update();
}

void NarrowingPlot::setMessage(const QString& message) {
  m_message = message;
  describe();
  update();
}

void NarrowingPlot::describe() {
  setAccessibleName(tr("Accuracy as answers come"));
  setAccessibleDescription(m_curve.empty() ? m_message : readout(m_curve.back()));
}

QRectF NarrowingPlot::plotArea() const {
  const int left = fontMetrics().horizontalAdvance(QStringLiteral("100")) + kSpace + kSpaceSmall;
  return QRectF(rect()).adjusted(left, fontMetrics().height() + kSpaceSmall, -kSpaceLarge,
                                 -(fontMetrics().height() + kSpaceSmall));
}

double NarrowingPlot::most() const {
  const auto reached = m_curve.empty() ? 0 : m_curve.back().n;
  return static_cast<double>(std::max<std::int64_t>({m_total, reached, 1}));
}

QPointF NarrowingPlot::place(const QRectF& area, double n, double share) const {
  return {area.left() + n / most() * area.width(), area.bottom() - share * area.height()};
}

void NarrowingPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().color(QPalette::Base));
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = plotArea();
  if (m_curve.empty() && m_total == 0) {
    painter.setPen(mutedColour(palette()));
    painter.drawText(rect().adjusted(kSpaceLarge, kSpace, -kSpaceLarge, -kSpace),
                     int(Qt::AlignCenter | Qt::TextWordWrap), m_message);
  } else {
    paintGrid(painter, area);
    paintCurve(painter, area);
    paintChance(painter, area);
    paintCursor(painter, area);
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(hasFocus() ? palette().color(QPalette::Highlight) : lineColour(palette()));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void NarrowingPlot::paintGrid(QPainter& painter, const QRectF& area) const {
  const QColor quiet = mutedColour(palette());
  const QLocale locale;
  painter.setFont(tabularFont(font()));
  for (int percent = 0; percent <= 100; percent += 25) {
    const double y = std::round(place(area, 0, percent / 100.0).y()) + 0.5;
    painter.setPen(QPen(lineColour(palette()), 1));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(quiet);
    painter.drawText(QRectF(0, y - 10, area.left() - kSpaceSmall, 20),
                     int(Qt::AlignRight | Qt::AlignVCenter), locale.toString(percent));
  }
  // The numbers read off stand on the same line; the title gives way to them.
  const QString title = tr("right answers, %");
  const int read = m_curve.empty() ? 0
                                   : painter.fontMetrics().horizontalAdvance(readoutWithin(
                                         m_curve.back(), painter.fontMetrics(), area.width())) +
                                         kSpaceHuge;
  if (painter.fontMetrics().horizontalAdvance(title) + read <= area.width())
    painter.drawText(QRectF(area.left(), 0, area.width(), area.top() - 2),
                     int(Qt::AlignLeft | Qt::AlignVCenter), title);
  const int label = painter.fontMetrics().horizontalAdvance(formatCount(m_total)) + 3 * kSpaceLarge;
  const double step = niceStep(most(), static_cast<int>(area.width()) / std::max(label, 1));
  const double foot = area.bottom() + 2;
  const QString unit = tr("answers");
  const double unitFrom = area.right() - painter.fontMetrics().horizontalAdvance(unit);
  for (double n = 0; n <= most() + 0.5; n += step) {
    const double x = place(area, n, 0).x();
    const QString text = formatCount(static_cast<std::int64_t>(n));
    const double half = painter.fontMetrics().horizontalAdvance(text) / 2.0;
    if (x + half > unitFrom - kSpace) break;
    painter.drawText(QRectF(x - half - 1, foot, 2 * half + 2, height() - foot),
                     int(Qt::AlignHCenter | Qt::AlignVCenter), text);
  }
  painter.drawText(QRectF(unitFrom - 1, foot, area.right() - unitFrom + 2, height() - foot),
                   int(Qt::AlignRight | Qt::AlignVCenter), unit);
}

void NarrowingPlot::paintChance(QPainter& painter, const QRectF& area) const {
  if (m_chance <= 0) return;
  const double y = place(area, 0, m_chance).y();
  painter.setPen(QPen(mutedColour(palette()), 1, Qt::DashLine));
  painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
  // At the end where the curve is not, and on a ground of its own: it may meet a line of the grid.
  const QString text = tr("guessing");
  const int wide = painter.fontMetrics().horizontalAdvance(text) + 2 * kSpaceSmall;
  const double reached =
      m_curve.empty() ? area.left() : place(area, double(m_curve.back().n), 0).x();
  const bool below = y + painter.fontMetrics().height() + 2 < area.bottom() &&
                     (m_curve.empty() || m_curve.back().accuracy >= m_chance);
  const int high = painter.fontMetrics().height();
  const bool left = reached > area.right() - wide && m_curve.size() > 1 &&
                    place(area, double(m_curve.front().n), 0).x() > area.left() + wide;
  const QRectF box(left ? area.left() + 1 : area.right() - wide, below ? y + 2 : y - high - 2, wide,
                   high);
  QColor ground = palette().color(QPalette::Base);
  ground.setAlphaF(0.85F);
  painter.fillRect(box, ground);
  painter.drawText(box, Qt::AlignCenter, text);
}

void NarrowingPlot::paintCurve(QPainter& painter, const QRectF& area) const {
  if (m_curve.empty()) return;
  QPolygonF band;
  QPolygonF line;
  for (const auto& tally : m_curve) {
    const auto n = static_cast<double>(tally.n);
    line << place(area, n, tally.accuracy);
    band << place(area, n, tally.high);
  }
  for (auto it = m_curve.rbegin(); it != m_curve.rend(); ++it)
    band << place(area, static_cast<double>(it->n), it->low);
  const QColor colour = seriesColour(palette(), 0);
  QColor shade = colour;
  shade.setAlphaF(0.18F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shade);
  painter.drawPolygon(band);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 1.75));
  painter.drawPolyline(line);
  painter.setBrush(colour);
  painter.setPen(Qt::NoPen);
  painter.drawEllipse(line.back(), 3, 3);
}

void NarrowingPlot::paintCursor(QPainter& painter, const QRectF& area) const {
  if (m_curve.empty()) return;
  const auto last = static_cast<int>(m_curve.size()) - 1;
  const auto& tally =
      m_curve[static_cast<std::size_t>(m_picked < 0 ? last : std::min(m_picked, last))];
  if (m_picked >= 0) {
    const double x = place(area, static_cast<double>(tally.n), 0).x();
    painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DotLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  }
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(QRectF(area.left(), 0, area.width(), area.top() - 2),
                   int(Qt::AlignRight | Qt::AlignVCenter),
                   readoutWithin(tally, painter.fontMetrics(), area.width()));
}

void NarrowingPlot::pick(int index) {
  m_picked = m_curve.empty() ? -1 : std::clamp(index, 0, static_cast<int>(m_curve.size()) - 1);
  update();
}

void NarrowingPlot::mouseMoveEvent(QMouseEvent* event) {
  const QRectF area = plotArea();
  if (m_curve.empty() || area.width() <= 0) return;
  const double n = (event->position().x() - area.left()) / area.width() * most();
  const auto after =
      std::lower_bound(m_curve.begin(), m_curve.end(), n,
                       [](const Tally& t, double x) { return static_cast<double>(t.n) < x; });
  auto index = after - m_curve.begin();
  if (index == std::ssize(m_curve)) --index;
  if (index > 0 && n - static_cast<double>(m_curve[static_cast<std::size_t>(index - 1)].n) <
                       static_cast<double>(m_curve[static_cast<std::size_t>(index)].n) - n)
    --index;
  pick(static_cast<int>(index));
}

void NarrowingPlot::leaveEvent(QEvent*) {
  m_picked = -1;
  update();
}

void NarrowingPlot::keyPressEvent(QKeyEvent* event) {
  const int at = m_picked < 0 ? static_cast<int>(m_curve.size()) - 1 : m_picked;
  switch (event->key()) {
    case Qt::Key_Left:
      return pick(at - 1);
    case Qt::Key_Right:
      return pick(at + 1);
    case Qt::Key_Home:
      return pick(0);
    case Qt::Key_End:
      return pick(static_cast<int>(m_curve.size()) - 1);
    default:
      QWidget::keyPressEvent(event);
  }
}

void NarrowingPlot::focusInEvent(QFocusEvent* event) {
  update();
  QWidget::focusInEvent(event);
}

void NarrowingPlot::focusOutEvent(QFocusEvent* event) {
  m_picked = -1;
  update();
  QWidget::focusOutEvent(event);
}

}  // namespace wordsight::ui
