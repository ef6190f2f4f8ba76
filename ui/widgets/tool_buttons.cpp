#include "widgets/tool_buttons.h"

#include <QPushButton>
#include <QToolButton>

#include "widgets/icons.h"

namespace wordsight::ui {

QPushButton* textButton(const QString& name, const QString& iconName, const QString& text,
                        const QString& tip, QWidget* parent) {
  auto* button = new QPushButton(icon(iconName), text, parent);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(text);
  button->setAutoDefault(false);
  return button;
}

QToolButton* iconButton(const QString& name, const QString& iconName, const QString& tip,
                        QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(name);
  button->setIcon(icon(iconName));
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setAutoRaise(true);
  return button;
}

}  // namespace wordsight::ui
