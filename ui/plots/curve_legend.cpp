#include "plots/curve_legend.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {

CurveLegend::CurveLegend(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAccessibleName(tr("Runs in the plot"));
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

std::vector<LegendEntry> CurveLegend::entries(const std::vector<CurveSeries>& series) {
  std::vector<LegendEntry> entries;
  entries.reserve(series.size());
  for (const CurveSeries& one : series)
    entries.push_back({one.label, one.style, LegendEntry::Sample::Line});
  return entries;
}

void CurveLegend::setSeries(std::vector<CurveSeries> series) {
  m_series = std::move(series);
  m_entries = entries(m_series);
  setFocusPolicy(m_series.empty() ? Qt::NoFocus : Qt::TabFocus);
  QStringList names;
  for (const CurveSeries& one : m_series) names += one.label;
  setAccessibleDescription(names.join(QStringLiteral(", ")));
  updateGeometry();
  update();
}

void CurveLegend::setHighlighted(SeriesId id) {
  if (id == m_highlighted) return;
  m_highlighted = id;
  update();
}

void CurveLegend::setRows(int rows) {
  m_rows = rows;
  updateGeometry();
}

LegendLayout CurveLegend::layOut(int width) const {
  const QRectF area(0, 0, width, 1e6);
  LegendLayout layout = layOutLegend(m_entries, area, font(), m_rows);
  const int strong = indexOf(m_highlighted);
  if (strong < static_cast<int>(layout.places.size())) return layout;
  // One that found no room comes first while it is pointed at.
  std::vector<LegendEntry> moved = m_entries;
  std::rotate(moved.begin(), moved.begin() + strong, moved.begin() + strong + 1);
  layout = layOutLegend(moved, area, font(), m_rows);
  for (LegendPlace& place : layout.places)
    place.index = place.index == 0 ? static_cast<std::size_t>(strong) : place.index - 1;
  return layout;
}

QSize CurveLegend::sizeHint() const { return {400, heightForWidth(width() > 0 ? width() : 400)}; }
QSize CurveLegend::minimumSizeHint() const { return {80, heightForWidth(1 << 20)}; }
int CurveLegend::heightForWidth(int width) const {
  const int row = static_cast<int>(std::ceil(QFontMetricsF(font()).height())) + 4;
  return std::max(row, static_cast<int>(layOut(width).height));
}

int CurveLegend::indexOf(SeriesId id) const {
  for (std::size_t i = 0; i < m_series.size(); ++i)
    if (m_series[i].id == id) return static_cast<int>(i);
  return -1;
}

void CurveLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  // The legend stands on the window's ground, not on the plot's.
  PlotTheme theme = PlotTheme::of(palette(), font());
  theme.background = palette().color(backgroundRole());
  paintLegend(painter, m_entries, layOut(width()), theme, indexOf(m_highlighted));
  if (!m_ring.shown()) return;
  painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
  painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

bool CurveLegend::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  const LegendLayout layout = layOut(width());
  QString text;
  for (const LegendPlace& place : layout.places)
    if (place.box.contains(help->pos())) text = m_entries[place.index].label;
  if (text.isEmpty() && layout.more > 0 && layout.moreBox.contains(help->pos())) {
    QStringList hidden;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
      if (std::none_of(layout.places.begin(), layout.places.end(),
                       [i](const LegendPlace& place) { return place.index == i; }))
        hidden += m_entries[i].label;
    text = hidden.join(QLatin1Char('\n'));
  }
  // Names of runs are a user's text, never markup.
  QToolTip::showText(help->globalPos(),
                     text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")), this);
  return true;
}

void CurveLegend::mouseMoveEvent(QMouseEvent* event) {
  SeriesId id = kNoSeries;
  for (const LegendPlace& place : layOut(width()).places)
    if (place.box.contains(event->position())) id = m_series[place.index].id;
  point(id);
}

void CurveLegend::leaveEvent(QEvent*) { point(kNoSeries); }
void CurveLegend::focusInEvent(QFocusEvent* event) {
  m_ring.focusIn(event->reason());
  QWidget::focusInEvent(event);
}

void CurveLegend::focusOutEvent(QFocusEvent* event) {
  m_ring.focusOut(event->reason());
  point(kNoSeries);
  QWidget::focusOutEvent(event);
}

void CurveLegend::keyPressEvent(QKeyEvent* event) {
  const int count = static_cast<int>(m_series.size());
  const int step = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down ? 1
                   : event->key() == Qt::Key_Left || event->key() == Qt::Key_Up  ? -1
                                                                                 : 0;
  if (event->key() == Qt::Key_Escape && m_highlighted != kNoSeries) return point(kNoSeries);
  if (step == 0 || count == 0) return QWidget::keyPressEvent(event);
  const int at = indexOf(m_highlighted);
  const int next = at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count;
  point(m_series[static_cast<std::size_t>(next)].id);
}

void CurveLegend::point(SeriesId id) {
  if (id == m_highlighted) return;
  setHighlighted(id);
  Q_EMIT hovered(id);
}

}  // namespace wordsight::ui
