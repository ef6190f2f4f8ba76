// What mouse and keys do in a CurvePlot: cursor, zoom, pan, highlight, context menu.
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "plots/curve_parts.h"

namespace wordsight::ui {
namespace {

constexpr double kDragStart = 4, kBoxHeight = 16, kHoverDistance = 10;
constexpr double kWheelZoom = 0.8, kKeyPan = 0.1;
constexpr int kWheelNotch = 120;

double distanceTo(const QPointF& from, const QPointF& a, const QPointF& b) {
  const QPointF along = b - a;
  const double length = QPointF::dotProduct(along, along);
  const double share =
      length > 0 ? std::clamp(QPointF::dotProduct(from - a, along) / length, 0.0, 1.0) : 0.0;
  const QPointF gap = from - (a + share * along);
  return std::hypot(gap.x(), gap.y());
}

}  // namespace

QRectF CurvePlot::plotArea() const { return m_parts->plot->axisRect()->rect(); }
double CurvePlot::xAt(double pixel) const { return m_parts->plot->xAxis->pixelToCoord(pixel); }

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_parts->plot) return QWidget::eventFilter(watched, event);
  switch (event->type()) {
    case QEvent::MouseButtonPress:
      press(static_cast<QMouseEvent*>(event));
      return true;
    case QEvent::MouseMove:
      move(static_cast<QMouseEvent*>(event));
      return true;
    case QEvent::MouseButtonRelease:
      release(static_cast<QMouseEvent*>(event));
      return true;
    case QEvent::MouseButtonDblClick:
      resetZoom();
      Q_EMIT zoomReset();
      return true;
    case QEvent::Wheel:
      wheel(static_cast<QWheelEvent*>(event));
      return true;
    case QEvent::Leave:
      hideCursor();
      highlight(kNoSeries);
      Q_EMIT cursorLeft();
      Q_EMIT seriesHovered(kNoSeries);
      break;
    case QEvent::Resize:
      m_parts->overlay->setGeometry(m_parts->plot->rect());
      schedule();
      break;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

// A flat drag chooses a piece of x and leaves y to the data; a tall one chooses both.
QRectF CurvePlot::bandTo(const QPointF& at) const {
  const QRectF area = plotArea();
  QRectF band = QRectF(m_parts->pressedAt, at).normalized();
  if (band.height() < kBoxHeight) {
    band.setTop(area.top());
    band.setBottom(area.bottom());
  }
  return band.intersected(area);
}

void CurvePlot::press(QMouseEvent* event) {
  Parts& p = *m_parts;
  setFocus(Qt::MouseFocusReason);
  if (!p.scene.hasPoints() || !plotArea().contains(event->position())) return;
  const bool pans = event->button() == Qt::MiddleButton ||
                    (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier);
  if (!pans && event->button() != Qt::LeftButton) return;
  p.drag = pans ? Parts::Drag::Pan : Parts::Drag::Zoom;
  p.pressedAt = event->position();
  p.moved = false;
}

void CurvePlot::move(QMouseEvent* event) {
  Parts& p = *m_parts;
  const QPointF at = event->position();
  if (p.drag == Parts::Drag::None) return hover(at);
  const QPointF way = at - p.pressedAt;
  if (!p.moved && std::hypot(way.x(), way.y()) < kDragStart) return;
  p.moved = true;
  hideCursor();
  if (p.drag == Parts::Drag::Pan) {
    p.view.pan((p.pressedAt.x() - at.x()) / plotArea().width());
    p.pressedAt = at;
    return userZoomed();
  }
  p.overlay->setRubberBand(bandTo(at));
}

void CurvePlot::release(QMouseEvent* event) {
  Parts& p = *m_parts;
  const bool zooms = p.drag == Parts::Drag::Zoom && p.moved;
  p.drag = Parts::Drag::None;
  p.overlay->setRubberBand(std::nullopt);
  if (!zooms) return;
  const QRectF band = bandTo(event->position());
  if (band.width() < kDragStart) return;
  if (std::abs(event->position().y() - p.pressedAt.y()) >= kBoxHeight)
    p.userY = AxisRange{p.plot->yAxis->pixelToCoord(band.bottom()),
                        p.plot->yAxis->pixelToCoord(band.top())};
  p.view.zoomTo({xAt(band.left()), xAt(band.right())});
  userZoomed();
}

void CurvePlot::wheel(QWheelEvent* event) {
  Parts& p = *m_parts;
  const QPoint delta = event->angleDelta();
  const bool sideways = std::abs(delta.x()) > std::abs(delta.y());
  const bool wanted = !p.wheelNeedsControl || event->modifiers() & Qt::ControlModifier;
  if (!p.scene.hasPoints() || (!wanted && !sideways)) return event->ignore();
  event->accept();
  if (sideways) {
    if (!p.view.zoomed()) return event->ignore();
    p.view.pan(-kKeyPan * delta.x() / kWheelNotch);
  } else {
    p.view.zoomAround(xAt(event->position().x()),
                      std::pow(kWheelZoom, static_cast<double>(delta.y()) / kWheelNotch));
  }
  userZoomed();
}

void CurvePlot::userZoomed() {
  updateHeader();
  schedule();
  if (m_parts->view.zoomed()) {
    Q_EMIT zoomChanged(shownX());
  } else if (!m_parts->userY) {
    Q_EMIT zoomReset();
  }
}

void CurvePlot::hover(const QPointF& at) {
  Parts& p = *m_parts;
  if (!p.scene.hasPoints()) return;
  const bool inside = plotArea().contains(at);
  if (!inside) {
    if (p.cursor) Q_EMIT cursorLeft();
    hideCursor();
  } else {
    const double x = xAt(at.x());
    showCursorAt(x);
    Q_EMIT cursorMoved(x);
  }
  const SeriesId id = inside && p.scene.series.size() > 1 ? seriesAt(at) : kNoSeries;
  if (id == p.scene.highlighted) return;
  highlight(id);
  Q_EMIT seriesHovered(id);
}

SeriesId CurvePlot::seriesAt(const QPointF& at) const {
  const Parts& p = *m_parts;
  SeriesId nearest = kNoSeries;
  double least = kHoverDistance;
  std::vector<PlotPoint> points;
  for (const auto& entry : p.scene.series) {
    const auto which = SeriesStore::Which::Smooth;  // what is drawn in front
    entry->points.thin(p.scene.xAxis, which, xAt(at.x() - kHoverDistance),
                       xAt(at.x() + kHoverDistance), static_cast<int>(2 * kHoverDistance), points);
    const auto pixel = [&](const PlotPoint& point) {
      return QPointF(p.plot->xAxis->coordToPixel(point.x), p.plot->yAxis->coordToPixel(point.y));
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!std::isfinite(points[i].y)) continue;
      const bool joined = i > 0 && std::isfinite(points[i - 1].y);
      const double distance = distanceTo(at, pixel(points[joined ? i - 1 : i]), pixel(points[i]));
      if (distance < least) least = distance, nearest = entry->who.id;
    }
  }
  return nearest;
}

void CurvePlot::showCursorAt(double x, bool compact) {
  m_parts->cursor = x;
  m_parts->compactReadout = compact;
  updateReadout();
}

void CurvePlot::hideCursor() {
  m_parts->cursor.reset();
  updateReadout();
}

const std::optional<CurveReadout>& CurvePlot::readout() const {
  return m_parts->overlay->readout();
}

void CurvePlot::updateReadout() {
  Parts& p = *m_parts;
  const QRectF area = plotArea();
  const double pixel = p.cursor ? p.plot->xAxis->coordToPixel(*p.cursor) : -1;
  if (!p.cursor || !p.scene.hasPoints() || pixel < area.left() - 0.5 || pixel > area.right() + 0.5)
    return p.overlay->setReadout(std::nullopt);
  CurveReadout readout;
  readout.pixel = pixel;
  if (!p.compactReadout) {
    const bool time = p.scene.xAxis == XAxis::Time;
    readout.title = (time ? tr("Time") : p.scene.xTitle(0)) + QChar(0xa0) +
                    (time ? durationText(*p.cursor) : countText(*p.cursor));
    readout.valueHead = tr("smooth");
    readout.rawHead = tr("raw");
  }
  const double row = QFontMetricsF(font()).height() + 2;
  const auto room = static_cast<std::size_t>(std::clamp(area.height() / row - 3, 1.0, 16.0));
  const double slack = std::abs(xAt(pixel + 2) - xAt(pixel));
  std::vector<const CurveScene::Entry*> order;
  for (const auto& entry : p.scene.series) order.push_back(entry.get());
  std::stable_partition(order.begin(), order.end(),
                        [&](const auto* entry) { return entry->who.id == p.scene.highlighted; });
  for (const CurveScene::Entry* entry : order) {
    if (entry->points.empty()) continue;
    const auto xs = entry->points.x(p.scene.xAxis);
    if (*p.cursor < xs.front() - slack || *p.cursor > xs.back() + slack) continue;
    if (readout.rows.size() < room) {
      readout.rows.push_back(readoutRow(*entry));
    } else {
      ++readout.more;
    }
  }
  p.overlay->setReadout(std::move(readout));
}

CurveReadout::Row CurvePlot::readoutRow(const CurveScene::Entry& entry) const {
  const Parts& p = *m_parts;
  const SeriesStore& points = entry.points;
  const std::size_t i = points.nearest(p.scene.xAxis, *p.cursor);
  const double value = points.values(SeriesStore::Which::Smooth)[i];
  CurveReadout::Row row;
  row.style = entry.who.style;
  row.value = valueText(value, p.scene.numbers);
  if (!p.compactReadout) row.label = entry.who.label;
  if (!p.compactReadout && points.smoothing() > 0)
    row.raw = valueText(points.values(SeriesStore::Which::Raw)[i], p.scene.numbers);
  if (std::isfinite(value))
    row.dot = QPointF(p.plot->xAxis->coordToPixel(points.x(p.scene.xAxis)[i]),
                      p.plot->yAxis->coordToPixel(value));
  return row;
}

void CurvePlot::moveCursor(int direction) {
  Parts& p = *m_parts;
  const AxisRange x = p.view.shown();
  const CurveScene::Entry* entry = p.scene.find(p.scene.highlighted);
  for (const auto& one : p.scene.series)
    if (!entry && !one->points.empty()) entry = one.get();
  if (!entry || entry->points.empty()) return;
  const auto xs = entry->points.x(p.scene.xAxis);
  if (!p.cursor) {
    showCursorAt(std::clamp(xs.back(), x.low, x.high));
  } else {
    // To the next point, or by two pixels where points are closer than that.
    const std::size_t at = entry->points.nearest(p.scene.xAxis, *p.cursor);
    const double stride = 2 * (x.high - x.low) / std::max(1.0, plotArea().width());
    double next = *p.cursor + direction * stride;
    if (direction > 0 && at + 1 < xs.size()) next = std::max(next, xs[at + 1]);
    if (direction < 0 && at > 0) next = std::min(next, xs[at - 1]);
    showCursorAt(std::clamp(next, x.low, x.high));
  }
  QStringList values;
  if (const auto& read = readout())
    for (const CurveReadout::Row& row : read->rows) values += row.label + QChar(0xa0) + row.value;
  if (readout())
    setAccessibleDescription(readout()->title + QStringLiteral(": ") +
                             values.join(QStringLiteral(", ")));
  Q_EMIT cursorMoved(*p.cursor);
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
  Parts& p = *m_parts;
  if (!p.scene.hasPoints()) return QWidget::keyPressEvent(event);
  const bool pans = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
  const AxisRange x = p.view.shown();
  const double middle = p.cursor.value_or((x.low + x.high) / 2);
  const auto panOrMove = [&](int direction) {
    if (!pans) return moveCursor(direction);
    p.view.pan(direction * kKeyPan);
    userZoomed();
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return panOrMove(-1);
    case Qt::Key_Right:
      return panOrMove(1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      p.view.zoomAround(middle, kWheelZoom);
      return userZoomed();
    case Qt::Key_Minus:
      p.view.zoomAround(middle, 1 / kWheelZoom);
      return userZoomed();
    case Qt::Key_Escape:
      if (p.drag != Parts::Drag::None) {
        p.drag = Parts::Drag::None;
        return p.overlay->setRubberBand(std::nullopt);
      }
      if (p.cursor) {
        hideCursor();
        Q_EMIT cursorLeft();
        return;
      }
      break;
    case Qt::Key_Home:
      resetZoom();
      Q_EMIT zoomReset();
      return;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void CurvePlot::focusInEvent(QFocusEvent* event) {
  m_parts->ring.focusIn(event->reason());
  m_parts->overlay->setFocused(m_parts->ring.shown());
  QWidget::focusInEvent(event);
}

void CurvePlot::focusOutEvent(QFocusEvent* event) {
  m_parts->ring.focusOut(event->reason());
  m_parts->overlay->setFocused(false);
  QWidget::focusOutEvent(event);
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  QAction* reset = menu->addAction(tr("&Reset zoom"), this, [this] {
    resetZoom();
    Q_EMIT zoomReset();
  });
  reset->setEnabled(zoomed());
  QAction* log = menu->addAction(tr("&Logarithmic y axis"), this, &CurvePlot::setLogarithmic);
  log->setCheckable(true);
  log->setChecked(logarithmic());
  menu->addSeparator();
  addSaveActions(*menu, saveActions());
  menu->popup(event->globalPos());
}

}  // namespace wordsight::ui
