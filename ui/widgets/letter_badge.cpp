#include "widgets/letter_badge.h"

#include <QPainter>
#include <QPainterPath>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kBadge = 20, kMark = 14;
}

void paintLetterBadge(QPainter& painter, const QRectF& box, int option, const QPalette& palette,
                      const QFont& font) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QFont bold(font);
  bold.setWeight(QFont::DemiBold);
  bold.setPixelSize(std::max(8, qRound(box.height() * 0.62)));
  painter.setFont(bold);
  const QRectF inner = box.adjusted(0.5, 0.5, -0.5, -0.5);
  if (option < 0) {
    QPen pen(mutedColour(palette), 1, Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(inner, 3, 3);
    painter.setPen(mutedColour(palette));
  } else {
    const QColor colour = letterColour(palette, option);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(inner, 3, 3);
    const QColor dark(0x101214U), light(0xffffffU);
    painter.setPen(contrast(colour, light) >= contrast(colour, dark) ? light : dark);
  }
  painter.drawText(box, Qt::AlignCenter, letterText(option));
  painter.restore();
}

void paintOutcome(QPainter& painter, const QRectF& box, bool right, const QPalette& palette) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(right ? goodColour(palette) : badColour(palette), std::max(1.5, box.height() / 7),
           Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  painter.setPen(pen);
  const auto at = [&box](double x, double y) {
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
  };
  QPainterPath path;
  if (right) {
    path.moveTo(at(0.15, 0.55));
    path.lineTo(at(0.4, 0.8));
    path.lineTo(at(0.85, 0.22));
  } else {
    path.moveTo(at(0.2, 0.2));
    path.lineTo(at(0.8, 0.8));
    path.moveTo(at(0.8, 0.2));
    path.lineTo(at(0.2, 0.8));
  }
  painter.drawPath(path);
  painter.restore();
}

LetterBadge::LetterBadge(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LetterBadge::setLetter(int option, Outcome outcome) {
  m_option = option;
  m_outcome = outcome;
  const QString letter = option < 0 ? tr("no option") : letterText(option);
  const QString text = outcome == Outcome::None    ? letter
                       : outcome == Outcome::Right ? tr("%1, right").arg(letter)
                                                   : tr("%1, wrong").arg(letter);
  setToolTip(text);
  setAccessibleName(text);
  updateGeometry();
  update();
}

QSize LetterBadge::sizeHint() const {
  return {kBadge + (m_outcome == Outcome::None ? 0 : kSpaceSmall + kMark), kBadge};
}

void LetterBadge::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const double top = (height() - kBadge) / 2.0;
  paintLetterBadge(painter, QRectF(0, top, kBadge, kBadge), m_option, palette(), font());
  if (m_outcome != Outcome::None)
    paintOutcome(painter, QRectF(kBadge + kSpaceSmall, (height() - kMark) / 2.0, kMark, kMark),
                 m_outcome == Outcome::Right, palette());
}

}  // namespace wordsight::ui
