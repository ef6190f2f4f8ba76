#include "widgets/readable_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include "widgets/theme.h"

namespace wordsight::ui {

ReadableStyle::ReadableStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ReadableStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const {
  QProxyStyle::drawPrimitive(element, option, painter, widget);
  const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
  if (!box && element != PE_IndicatorRadioButton) return;
  // Focus by the keyboard keeps Fusion's own ring.
  if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange)) return;
  const bool enabled = option->state & State_Enabled;
  painter->save();
  painter->setPen(enabled ? markColour(option->palette) : lineColour(option->palette));
  painter->setBrush(Qt::NoBrush);
  if (box) {
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
  } else {
    // On a circle a line of one pixel is spread over two and loses its contrast.
    painter->setPen(QPen(painter->pen().color(), 1.4));
    const qreal side = std::min(option->rect.width(), option->rect.height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawEllipse(QRectF(option->rect).center(), side / 2 - 0.5, side / 2 - 0.5);
  }
  painter->restore();
}

}  // namespace wordsight::ui
