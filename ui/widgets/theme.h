#pragma once
#include <QColor>
#include <QPalette>
#include <QString>

#include "bridge/settings.h"

class QWidget;

namespace wordsight::ui {

/// Fusion with a light or dark palette, or the desktop's own colours. Call once at start (before
/// the first window) and whenever the choice changes; all widgets follow by QEvent::PaletteChange.
void applyTheme(ThemeChoice choice);
bool isDark(const QPalette& palette);

/// Distances of the 4 px grid.
constexpr int kSpaceSmall = 4, kSpace = 8, kSpaceLarge = 12, kSpacePage = 16, kSpaceHuge = 24;
constexpr int kRowHeight = 26;

/// Okabe–Ito colours, adjusted so that they are readable on the palette's base colour; `index`
/// wraps around. Never the only sign: pair with a letter, dash or marker.
QColor seriesColour(const QPalette& palette, int index);
/// Of options A, B, C, …: the same hues everywhere.
QColor letterColour(const QPalette& palette, int option);
/// For text and marks on the base colour: at least 4.5 : 1.
QColor goodColour(const QPalette& palette);
QColor badColour(const QPalette& palette);
QColor warnColour(const QPalette& palette);
/// Secondary text.
QColor mutedColour(const QPalette& palette);
/// Outlines of what one can tick or press: at least 3 : 1 against base and window.
QColor markColour(const QPalette& palette);
/// Hairlines between parts.
QColor lineColour(const QPalette& palette);
/// `share` of `b` in `a`.
QColor mixed(const QColor& a, const QColor& b, double share);
/// WCAG 2.1 contrast, 1 … 21.
double contrast(const QColor& a, const QColor& b);

/// Numbers in columns of equal width, in the widget's own font.
QFont tabularFont(const QFont& font);

}  // namespace wordsight::ui
