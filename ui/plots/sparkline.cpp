#include "plots/sparkline.h"

#include <QPainter>
#include <QPalette>
#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <vector>

namespace wordsight::ui {
namespace {

constexpr double kDot = 2.0, kPadding = 3.0;

struct Column {
  double low = 0, high = 0, first = 0, last = 0;
  bool any = false, broken = false;  // broken: something in it is not finite
  void add(double value) {
    if (!std::isfinite(value)) {
      broken = true;
      return;
    }
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    if (!any) first = value;
    last = value;
    any = true;
  }
};

// The columns as polylines, one a piece between gaps.
std::vector<QPolygonF> piecesOf(const std::vector<Column>& columns, const QRectF& area,
                                const Column& all) {
  const double height = all.high - all.low;
  const auto y = [&](double value) {
    if (!(height > 0)) return area.center().y();
    return area.bottom() - (value - all.low) / height * area.height();
  };
  const double pitch =
      columns.size() > 1 ? area.width() / static_cast<double>(columns.size() - 1) : 0;
  std::vector<QPolygonF> pieces(1);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    if (!column.any) {
      if (column.broken && !pieces.back().isEmpty()) pieces.emplace_back();
      continue;
    }
    const double x = area.left() + static_cast<double>(i) * pitch;
    QPolygonF& line = pieces.back();
    line << QPointF(x, y(column.first));
    if (!(column.low < column.high)) continue;
    // The extreme nearer to the next column comes second.
    const bool falling = column.last < column.first;
    line << QPointF(x, y(falling ? column.high : column.low))
         << QPointF(x, y(falling ? column.low : column.high)) << QPointF(x, y(column.last));
  }
  if (pieces.back().isEmpty()) pieces.pop_back();
  return pieces;
}

}  // namespace

void paintSparkline(QPainter& painter, const QRectF& area, std::span<const double> values,
                    const QPalette& palette, const QColor& colour) {
  const QRectF inside = area.adjusted(kPadding, kPadding, -kPadding, -kPadding);
  if (values.empty() || inside.width() < 4 || inside.height() < 2) return;
  const auto count = std::min<std::size_t>(values.size(), static_cast<std::size_t>(inside.width()));
  std::vector<Column> columns(count);
  Column all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    columns[i * count / values.size()].add(values[i]);
    all.add(values[i]);
  }
  const auto pieces = piecesOf(columns, inside, all);
  if (pieces.empty()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  for (const QPolygonF& piece : pieces) {
    if (piece.size() > 1) {
      painter.drawPolyline(piece);
    } else {
      painter.drawPoint(piece.first());
    }
  }
  painter.setPen(QPen(palette.color(QPalette::Base), 1));
  painter.setBrush(colour);
  painter.drawEllipse(pieces.back().last(), kDot + 0.5, kDot + 0.5);
  painter.restore();
}

}  // namespace wordsight::ui
