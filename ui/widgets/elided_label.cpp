#include "widgets/elided_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/theme.h"

namespace wordsight::ui {

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode) : QFrame(parent), m_mode(mode) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
  if (text == m_text) return;
  m_text = text;
  setAccessibleName(text);
  updateGeometry();
  update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
  m_mode = mode;
  update();
}

void ElidedLabel::setMuted(bool muted) {
  m_muted = muted;
  update();
}

void ElidedLabel::setWholeOnly(bool whole) {
  m_wholeOnly = whole;
  update();
}

QSize ElidedLabel::sizeHint() const {
  return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 6, fontMetrics().height() + 2};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  if (m_wholeOnly && sizeHint().width() > width()) return;
  QPainter painter(this);
  painter.setPen(m_muted ? mutedColour(palette()) : palette().color(foregroundRole()));
  const QString line = QString(m_text).replace(QLatin1Char('\n'), QLatin1Char(' '));
  painter.drawText(rect(), int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine),
                   fontMetrics().elidedText(line, m_mode, width()));
}

bool ElidedLabel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
    const bool cut = fontMetrics().horizontalAdvance(m_text) > width();
    const auto* help = static_cast<QHelpEvent*>(event);
    if (cut)
      QToolTip::showText(help->globalPos(), m_text.toHtmlEscaped(), this);
    else
      QToolTip::hideText();
    return true;
  }
  return QFrame::event(event);
}

}  // namespace wordsight::ui
