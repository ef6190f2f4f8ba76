#pragma once
#include <QRectF>
#include <span>

class QColor;
class QPainter;
class QPalette;

namespace wordsight::ui {

/// A curve without axes, for a table's cell: the whole of `values` over `area`, with a dot at the
/// last finite one. Each pixel column keeps its smallest and largest value; what is not finite is a
/// gap. Cheap: one pass over the values. Fewer than two finite values draw the dot or nothing.
void paintSparkline(QPainter& painter, const QRectF& area, std::span<const double> values,
                    const QPalette& palette, const QColor& colour);

}  // namespace wordsight::ui
