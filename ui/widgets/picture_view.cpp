#include "widgets/picture_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr double kMostZoom = 8;  // device pixels a pixel of the picture
constexpr double kStep = 1.25;   // of a key press; a wheel's notch is the same
constexpr int kMessageWidth = 320;
}  // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureView::setPicture(const QImage& image, const QSize& natural, bool preview) {
  m_image = image;
  m_natural = natural.isEmpty() ? image.size() : natural;
  m_message.clear();
  m_fitted = true;
  m_dragging = false;
  m_announced = false;
  m_preview = preview;
  m_asked = preview;
  m_centre = QPointF(m_natural.width() / 2.0, m_natural.height() / 2.0);
  tellZoom();
}

void PictureView::improve(const QImage& image) {
  if (m_image.isNull() || image.isNull()) return;
  // Zoomed in, the whole picture stays when a fitted copy comes late.
  if (!m_fitted && image.width() <= m_image.width()) return;
  m_image = image;
  m_announced = m_announced && !m_preview;
  if (m_preview) m_asked = false;
  m_preview = false;
  tellZoom();
}

void PictureView::setMessage(const QString& iconName, const QString& sentence) {
  m_image = QImage();
  m_natural = {};
  m_message = sentence;
  m_iconName = iconName;
  m_fitted = true;
  m_announced = false;
  tellZoom();
}

void PictureView::setWaiting() {
  m_image = QImage();
  m_natural = {};
  m_message.clear();
  m_fitted = true;
  m_announced = true;
  tellZoom();
}

QSize PictureView::fitBox() const {
  const double ratio = devicePixelRatioF();
  return {std::max(1, qRound(width() * ratio)), std::max(1, qRound(height() * ratio))};
}

double PictureView::fitScale() const {
  if (m_natural.isEmpty()) return 1;
  const double least = std::min(static_cast<double>(width()) / m_natural.width(),
                                static_cast<double>(height()) / m_natural.height());
  // Small pictures keep their size: enlarging them shows nothing new. A demo picture of a few dozen
  // pixels would be a stamp, so whole multiples are allowed.
  const double natural = 1 / devicePixelRatioF();
  if (least <= natural) return least;
  return natural * std::max(1.0, std::floor(std::min(least / natural, kMostZoom)));
}

double PictureView::zoom() const { return scale() * devicePixelRatioF(); }

void PictureView::setScale(double scale, const QPointF& anchor) {
  if (m_image.isNull()) return;
  const double natural = 1 / devicePixelRatioF(), fit = fitScale();
  const double least = std::min(fit, natural), most = std::max(fit, kMostZoom * natural);
  const double before = this->scale();
  const double after = std::clamp(scale, least, most);
  // The point under the anchor stays where it is.
  const QPointF middle(width() / 2.0, height() / 2.0);
  const QPointF at = m_centre + (anchor - middle) / before;
  m_fitted = std::abs(after / fit - 1) < 1e-4;
  m_scale = after;
  m_centre = at - (anchor - middle) / after;
  clampCentre();
  tellZoom();
}

void PictureView::clampCentre() {
  const double across = width() / scale() / 2, down = height() / scale() / 2;
  const auto within = [](double value, double half, double size) {
    return half * 2 >= size ? size / 2 : std::clamp(value, half, size - half);
  };
  m_centre = {within(m_centre.x(), across, m_natural.width()),
              within(m_centre.y(), down, m_natural.height())};
}

void PictureView::tellZoom() {
  update();
  Q_EMIT zoomChanged();
  if (m_asked || m_image.isNull() || m_image.width() >= m_natural.width()) return;
  if (zoom() * m_natural.width() <= m_image.width() * 1.01) return;
  m_asked = true;
  Q_EMIT wholeWanted();
}

void PictureView::zoomToFit() {
  m_fitted = true;
  clampCentre();
  tellZoom();
}

void PictureView::zoomToNatural() {
  setScale(1 / devicePixelRatioF(), QPointF(width() / 2.0, height() / 2.0));
}

void PictureView::toggleZoom() { m_fitted ? zoomToNatural() : zoomToFit(); }
void PictureView::zoomIn() { setScale(scale() * kStep, QPointF(width() / 2.0, height() / 2.0)); }
void PictureView::zoomOut() { setScale(scale() / kStep, QPointF(width() / 2.0, height() / 2.0)); }

QRectF PictureView::target() const {
  const double factor = scale();
  const QSizeF size(m_natural.width() * factor, m_natural.height() * factor);
  QPointF corner(width() / 2.0 - m_centre.x() * factor, height() / 2.0 - m_centre.y() * factor);
  // On whole device pixels a copy of the fitting size is drawn as it is.
  const double ratio = devicePixelRatioF();
  corner = {std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio};
  return {corner, size};
}

void PictureView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().color(QPalette::Base));
  if (m_image.isNull()) {
    if (!m_message.isEmpty()) paintMessage(painter);
  } else {
    const QRectF where = target();
    const double ratio = devicePixelRatioF();
    const double pixels = where.width() * ratio;
    if (std::abs(pixels - m_image.width()) < 1.5) {
      QImage image(m_image);  // shares its pixels
      image.setDevicePixelRatio(ratio);
      painter.drawImage(where.topLeft(), image);
    } else {
      // Enlarged pixels are shown as pixels; anything else is smoothed.
      painter.setRenderHint(QPainter::SmoothPixmapTransform, pixels < m_image.width() * 2.0);
      painter.drawImage(where, m_image);
    }
  }
  if (hasFocus()) {
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
  if (!m_announced) {
    m_announced = true;
    Q_EMIT shownPicture();
  }
}

void PictureView::paintMessage(QPainter& painter) const {
  const QRect middle = rect().adjusted(kSpace, kSpace, -kSpace, -kSpace);
  const int wide = std::min(kMessageWidth, middle.width());
  const QRect text = fontMetrics().boundingRect(QRect(0, 0, wide, middle.height()),
                                                Qt::AlignHCenter | Qt::TextWordWrap, m_message);
  constexpr int kIcon = 32;
  const int top = middle.center().y() - (kIcon + kSpace + text.height()) / 2;
  icon(m_iconName, mutedColour(palette()))
      .paint(&painter, QRect(middle.center().x() - kIcon / 2, top, kIcon, kIcon));
  painter.setPen(mutedColour(palette()));
  painter.drawText(QRect(middle.center().x() - wide / 2, top + kIcon + kSpace, wide, text.height()),
                   Qt::AlignHCenter | Qt::TextWordWrap, m_message);
}

void PictureView::resizeEvent(QResizeEvent*) {
  clampCentre();
  Q_EMIT fitBoxChanged();
  tellZoom();
}

void PictureView::wheelEvent(QWheelEvent* event) {
  if (m_image.isNull()) return event->ignore();
  setScale(scale() * std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_fitted) return QWidget::mousePressEvent(event);
  m_dragging = true;
  m_grabbed = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
  if (!m_dragging) return;
  m_centre -= (event->position() - m_grabbed) / scale();
  m_grabbed = event->position();
  clampCentre();
  update();
}

void PictureView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && m_dragging) {
    m_dragging = false;
    unsetCursor();
  }
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (m_image.isNull()) return;
  m_fitted ? setScale(1 / devicePixelRatioF(), event->position()) : zoomToFit();
}

void PictureView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Space:
      return toggleZoom();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomIn();
    case Qt::Key_Minus:
      return zoomOut();
    case Qt::Key_0:
      return zoomToFit();
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace wordsight::ui
