#pragma once
#include <QString>

class QPushButton;
class QToolButton;
class QWidget;

namespace wordsight::ui {

/// A button with its icon and text, named for tests and screen readers. Return presses it only
/// while it has the focus.
QPushButton* textButton(const QString& name, const QString& iconName, const QString& text,
                        const QString& tip, QWidget* parent);
/// A small flat button that shows its icon alone; the tooltip is its spoken name.
QToolButton* iconButton(const QString& name, const QString& iconName, const QString& tip,
                        QWidget* parent);

}  // namespace wordsight::ui
