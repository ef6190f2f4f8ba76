#include "pages/scenarios/captions.h"

#include <QEvent>

#include "widgets/theme.h"

namespace wordsight::ui {

Caption::Caption(const QString& text, QWidget* parent) : QLabel(text, parent) {
  setTextFormat(Qt::PlainText);
  dress();
}

void Caption::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) dress();
}

void Caption::dress() {
  const QColor muted = mutedColour(parentWidget() ? parentWidget()->palette() : palette());
  QPalette own = palette();
  if (own.color(QPalette::WindowText) == muted) return;
  own.setColor(QPalette::WindowText, muted);
  setPalette(own);
}

Caption* caption(const QString& text, QWidget* buddy) {
  auto* label = new Caption(text);
  if (buddy) label->setBuddy(buddy);
  return label;
}

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont bold = label->font();
  bold.setBold(true);
  label->setFont(bold);
  return label;
}

}  // namespace wordsight::ui
