#include "plots/curve_painter.h"

#include <qcustomplot.h>

#include <cmath>

#include "plots/curve_scene.h"

namespace wordsight::ui {
namespace {

using Which = SeriesStore::Which;

constexpr double kLineWidth = 1.75, kBoldWidth = 2.75;
// Qt's rasteriser counts in 1/64 pixel in 32 bits; beyond this a line leaves the plot anyway.
constexpr double kFarAway = 20000;
// Fewer points than one in this many pixels are marked one by one.
constexpr int kMarkerSpacing = 14;
// Curves more than these are told apart by hovering; dashes would cost a frame each 12 of them.
constexpr std::size_t kDashedSeries = 12;

class CurvePainter final : public QCPAbstractPlottable {
 public:
  CurvePainter(QCPAxis* x, QCPAxis* y, const CurveScene& scene)
      : QCPAbstractPlottable(x, y), m_scene(scene) {}

  double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override {
    const auto range = m_scene.extentX();
    found = range.has_value();
    return found ? QCPRange(range->low, range->high) : QCPRange();
  }
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange& inKeyRange) const override {
    const auto range = m_scene.extentY({inKeyRange.lower, inKeyRange.upper});
    found = range.has_value();
    return found ? QCPRange(range->low, range->high) : QCPRange();
  }

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  struct Stroke {
    QPen pen;
    int columns = 0;
    bool smoothEdges = true;
  };
  bool vectorised(const QCPPainter& painter) const {
    return painter.modes().testFlag(QCPPainter::pmVectorized);
  }
  void drawReferences(QCPPainter& painter) const;
  void drawRaw(QCPPainter& painter, const CurveScene::Entry& entry);
  void drawMain(QCPPainter& painter, const CurveScene::Entry& entry);
  void strokeSeries(QCPPainter& painter, const SeriesStore& points, Which which,
                    const Stroke& stroke);
  void markPoints(QCPPainter& painter, const SeriesStyle& style, double size) const;
  void toPixels();
  SeriesStyle shownStyle(const CurveScene::Entry& entry) const;

  const CurveScene& m_scene;
  std::vector<PlotPoint> m_points;  // both kept between replots for their memory
  QList<QPointF> m_line;
};

// Others step back while one is pointed at.
SeriesStyle CurvePainter::shownStyle(const CurveScene::Entry& entry) const {
  SeriesStyle style = entry.who.style;
  if (m_scene.series.size() > kDashedSeries) style.dash.clear();
  if (m_scene.highlighted != kNoSeries && m_scene.highlighted != entry.who.id)
    style.colour = blend(style.colour, m_scene.theme.background, 0.25);
  return style;
}

void CurvePainter::draw(QCPPainter* painter) {
  drawReferences(*painter);
  std::vector<const CurveScene::Entry*> order;
  order.reserve(m_scene.series.size());
  const auto rank = [this](const CurveScene::Entry* entry) {
    return entry->who.id == m_scene.highlighted ? 2 : entry->who.live ? 1 : 0;
  };
  for (const auto& entry : m_scene.series) order.push_back(entry.get());
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
  for (const auto* entry : order)
    if (entry->points.smoothing() > 0) drawRaw(*painter, *entry);
  for (const auto* entry : order) drawMain(*painter, *entry);
}

void CurvePainter::drawReferences(QCPPainter& painter) const {
  const QRectF rect = clipRect();
  const QFontMetricsF metrics(m_scene.theme.font);
  painter.setFont(m_scene.theme.font);
  for (const ReferenceLine& line : m_scene.references) {
    const double y = mValueAxis->coordToPixel(line.value);
    if (!(y > rect.top() && y < rect.bottom())) continue;
    painter.setAntialiasing(false);
    painter.setPen(QPen(m_scene.theme.quiet, 1, Qt::DashLine));
    painter.drawLine(QLineF(rect.left(), y, rect.right(), y));
    const QString label = metrics.elidedText(line.label, Qt::ElideRight, rect.width() - 8);
    const bool above = y - metrics.height() > rect.top();
    const QRectF box(rect.left() + 4, above ? y - metrics.height() - 1 : y + 2, rect.width() - 8,
                     metrics.height());
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label);
  }
}

void CurvePainter::drawRaw(QCPPainter& painter, const CurveScene::Entry& entry) {
  SeriesStyle style = shownStyle(entry);
  style.colour = blend(style.colour, m_scene.theme.background, 0.32);
  Stroke stroke{seriesPen(style, 1, false), static_cast<int>(clipRect().width()), true};
  strokeSeries(painter, entry.points, Which::Raw, stroke);
}

void CurvePainter::drawMain(QCPPainter& painter, const CurveScene::Entry& entry) {
  const bool bold = entry.who.id == m_scene.highlighted;
  const SeriesStyle style = shownStyle(entry);
  const int width = clipRect().width();
  const bool smooth = entry.points.smoothing() > 0;
  // A smooth line needs no more than two points a pixel; spikes are in the raw one behind it.
  Stroke stroke{seriesPen(style, bold ? kBoldWidth : kLineWidth), smooth ? width / 2 : width, true};
  strokeSeries(painter, entry.points, smooth ? Which::Smooth : Which::Raw, stroke);
  if (static_cast<int>(m_points.size()) * kMarkerSpacing <= width + 2 * kMarkerSpacing)
    markPoints(painter, style, bold ? 8 : 6);
}

void CurvePainter::strokeSeries(QCPPainter& painter, const SeriesStore& points, Which which,
                                const Stroke& stroke) {
  const QCPRange x = mKeyAxis->range();
  points.thin(m_scene.xAxis, which, x.lower, x.upper, std::max(1, stroke.columns), m_points);
  const bool dense = m_points.size() > static_cast<std::size_t>(2 * stroke.columns);
  toPixels();
  // Where several points share each column, the curve is a filled band: edges need no smoothing,
  // and one-pixel lines take a tenth of the time.
  const bool fast = dense && which == Which::Raw && !vectorised(painter);
  painter.setAntialiasing(!fast);
  painter.setPen(fast ? QPen(stroke.pen.color(), 0) : stroke.pen);
  painter.setBrush(Qt::NoBrush);
  const auto flush = [&](qsizetype from, qsizetype to) {
    if (to - from > 1) painter.drawPolyline(m_line.constData() + from, static_cast<int>(to - from));
    if (to - from == 1) painter.drawEllipse(m_line[from], 1.0, 1.0);
  };
  qsizetype from = 0;
  for (qsizetype i = 0; i < m_line.size(); ++i) {
    if (std::isfinite(m_line[i].y())) continue;
    flush(from, i);
    from = i + 1;
  }
  flush(from, m_line.size());
}

void CurvePainter::toPixels() {
  const QRect rect = clipRect();
  const double top = rect.top() - kFarAway, bottom = rect.bottom() + kFarAway;
  m_line.resize(static_cast<qsizetype>(m_points.size()));
  for (qsizetype i = 0; i < m_line.size(); ++i) {
    const PlotPoint& point = m_points[static_cast<std::size_t>(i)];
    double y = point.y;
    if (std::isfinite(y)) y = std::clamp(mValueAxis->coordToPixel(y), top, bottom);
    m_line[i] = QPointF(mKeyAxis->coordToPixel(point.x), y);
  }
  // The neighbours outside may be a million pixels away: the line is cut just beyond the edge.
  const auto cut = [&](QPointF& outside, const QPointF& inside, double edge) {
    if (!std::isfinite(outside.y()) || !std::isfinite(inside.y())) return;
    const double share = (edge - inside.x()) / (outside.x() - inside.x());
    outside = QPointF(edge, inside.y() + share * (outside.y() - inside.y()));
  };
  const auto count = m_line.size();
  if (count < 2) return;
  const double left = rect.left() - 8, right = rect.right() + 8;
  if (m_line[0].x() < left) cut(m_line[0], m_line[1], left);
  if (m_line[count - 1].x() > right) cut(m_line[count - 1], m_line[count - 2], right);
}

void CurvePainter::markPoints(QCPPainter& painter, const SeriesStyle& style, double size) const {
  for (const QPointF& point : m_line)
    if (std::isfinite(point.y())) paintMarker(painter, point, style, size, m_scene.theme);
}

}  // namespace

void addCurvePainter(QCustomPlot& plot, const CurveScene& scene) {
  new CurvePainter(plot.xAxis, plot.yAxis, scene);  // registers with the plot, which deletes it
}

}  // namespace wordsight::ui
