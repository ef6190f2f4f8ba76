#include "pages/scenarios/decision_button.h"

#include <QEvent>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

DecisionButton::DecisionButton(ReviewStatus status, const QString& iconName, QWidget* parent)
    : QToolButton(parent), m_status(status), m_icon(iconName) {
  setObjectName(iconName + QStringLiteral("Button"));
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setCheckable(true);
  connect(this, &QToolButton::toggled, this, &DecisionButton::dress);
  dress();
}

void DecisionButton::changeEvent(QEvent* event) {
  QToolButton::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) dress();
}

void DecisionButton::dress() {
  const QColor colour = m_status == ReviewStatus::Accepted   ? goodColour(palette())
                        : m_status == ReviewStatus::Rejected ? badColour(palette())
                                                             : QColor();
  setIcon(isChecked() ? ui::icon(m_icon, colour) : ui::icon(m_icon));
  QFont own = parentWidget()->font();
  own.setBold(isChecked());
  setFont(own);
}

}  // namespace wordsight::ui
