#pragma once
#include <QIcon>
#include <QString>

namespace wordsight::ui {

/// An icon of the set in resources/icons by name ("train"), drawn in the palette's text colour of
/// wherever it appears: it follows the theme, the disabled state and the screen's pixel ratio.
/// Unknown names give an empty icon.
QIcon icon(const QString& name);
/// The same in one fixed role, for marks whose colour means something.
QIcon icon(const QString& name, const QColor& colour);
/// The application's own, coloured.
QIcon applicationIcon();

}  // namespace wordsight::ui
