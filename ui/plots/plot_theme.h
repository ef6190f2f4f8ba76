#pragma once
#include <QColor>
#include <QFont>
#include <QPen>

class QPainter;
class QPalette;
class QRectF;
class QPointF;

namespace wordsight::ui {

/// What every plot is drawn with, taken from the palette's roles: both themes come free.
struct PlotTheme {
  QColor background, text, quiet, axis, grid, accent;
  QFont font;

  static PlotTheme of(const QPalette& palette, const QFont& font);
  /// Black on white, for pictures that are saved: paper has no dark theme.
  static PlotTheme paper(const QFont& font);
};

/// Shapes that tell series apart where colours do not.
enum class Marker { Circle, Square, Diamond, Up, Down, Cross };

/// A series' colour, dash and marker.
struct SeriesStyle {
  QColor colour;
  QList<qreal> dash;  // in pixels, on and off in turn; empty is solid
  Marker marker = Marker::Circle;
  int pattern = 0;  // of filled areas
};

/// The Okabe–Ito colours in order, each with its own dash and marker; from the seventh on the
/// colours come again with another dash and marker: 36 combinations.
SeriesStyle seriesStyle(int index);

/// `amount` of `over` laid on `under`, opaque.
QColor blend(const QColor& over, const QColor& under, double amount);
/// A pen of the series' colour and dash; `dashed` false leaves the dash out.
QPen seriesPen(const SeriesStyle& style, double width, bool dashed = true);
/// Fills a bar: a pattern of its own for each style, with an outline in its full colour.
void paintBar(QPainter& painter, const QRectF& bar, const SeriesStyle& style,
              const PlotTheme& theme);
/// A marker of about `size` pixels across; hollow ones are filled with the background.
void paintMarker(QPainter& painter, const QPointF& centre, const SeriesStyle& style, double size,
                 const PlotTheme& theme, bool hollow = false);
/// Text in which every digit is as wide as the widest, right-aligned: columns of numbers line up in
/// fonts with proportional figures too.
void paintFigures(QPainter& painter, const QRectF& cell, const QString& text);
/// The width that paintFigures needs.
double figuresWidth(const QFont& font, const QString& text);

}  // namespace wordsight::ui
