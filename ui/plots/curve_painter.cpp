#include "plots/curve_painter.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plots/curve_scene.h"

namespace wordsight::ui {
namespace {

using Which = SeriesStore::Which;

// Pixels up and down per pixel across from which a dense curve fills an area.
constexpr double kBandTravel = 3;
constexpr double kLineWidth = 1.75, kBoldWidth = 2.75;
// Qt's rasteriser counts in 1/64 pixel in 32 bits; beyond this a line leaves the plot anyway.
constexpr double kFarAway = 20000;
// Fewer points than one in this many pixels are marked one by one.
constexpr int kMarkerSpacing = 14;
constexpr double kSignSpacing = 160;
// A gap of a dash must not swallow a spike: steps this high are drawn whole, and curves whose
// points stand closer than this have no dash unless they are smoothed.
constexpr double kWholeStep = 6, kDashedSpacing = 4;
// More curves than these are a thicket: drawn thin, without dashes, and without the raw curves of
// those that are neither live nor pointed at. Fifty of 2,000 points take 12 ms that way, not 46.
constexpr std::size_t kFewSeries = 12;

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
    SeriesStyle style;
    double width = 1;
    int columns = 0;
  };
  bool crowded() const { return m_scene.series.size() > kFewSeries; }
  bool vectorised(const QCPPainter& painter) const {
    return painter.modes().testFlag(QCPPainter::pmVectorized);
  }
  void drawReferences(QCPPainter& painter) const;
  void labelReferences(QCPPainter& painter) const;
  void drawRaw(QCPPainter& painter, const CurveScene::Entry& entry);
  void drawMain(QCPPainter& painter, const CurveScene::Entry& entry);
  void strokeSeries(QCPPainter& painter, const SeriesStore& points, Which which, Stroke stroke);
  void strokeSegments(QCPPainter& painter, qsizetype from, qsizetype to, const Stroke& stroke);
  void addDashes(const QPointF& a, const QPointF& b, const QList<qreal>& dash, double origin);
  void markPoints(QCPPainter& painter, const SeriesStyle& style, double size, double spacing) const;
  void toPixels();
  double travel() const;
  SeriesStyle shownStyle(const CurveScene::Entry& entry) const;

  const CurveScene& m_scene;
  std::vector<PlotPoint> m_points;  // these are kept between replots for their memory
  QList<QPointF> m_line;
  QList<QLineF> m_segments;
};

// Others step back while one is pointed at; what runs now stays as it is.
SeriesStyle CurvePainter::shownStyle(const CurveScene::Entry& entry) const {
  SeriesStyle style = entry.who.style;
  if (crowded()) style.dash.clear();
  if (m_scene.highlighted != kNoSeries && m_scene.highlighted != entry.who.id && !entry.who.live)
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
    if (entry->points.smoothing() > 0 && (!crowded() || rank(entry) > 0)) drawRaw(*painter, *entry);
  for (const auto* entry : order) drawMain(*painter, *entry);
  labelReferences(*painter);
}

void CurvePainter::drawReferences(QCPPainter& painter) const {
  const QRectF rect = clipRect();
  painter.setAntialiasing(false);
  painter.setPen(QPen(m_scene.theme.quiet, 1, Qt::DashLine));
  for (const ReferenceLine& line : m_scene.references) {
    const double y = mValueAxis->coordToPixel(line.value);
    if (y > rect.top() && y < rect.bottom())
      painter.drawLine(QLineF(rect.left(), y, rect.right(), y));
  }
}

// On a patch of the background, over the curves.
void CurvePainter::labelReferences(QCPPainter& painter) const {
  const QRectF rect = clipRect();
  const QFontMetricsF metrics(m_scene.theme.font);
  painter.setAntialiasing(true);
  painter.setFont(m_scene.theme.font);
  QColor back = m_scene.theme.background;
  back.setAlphaF(0.7f);
  for (const ReferenceLine& line : m_scene.references) {
    const double y = mValueAxis->coordToPixel(line.value);
    if (!(y > rect.top() && y < rect.bottom())) continue;
    const QString label = metrics.elidedText(line.label, Qt::ElideRight, rect.width() - 16);
    const double width = std::ceil(metrics.horizontalAdvance(label)) + 8;
    const bool above = y - metrics.height() - 2 > rect.top();
    const QRectF box(rect.right() - width - 4, above ? y - metrics.height() - 2 : y + 2, width,
                     metrics.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(back);
    painter.drawRect(box);
    painter.setPen(m_scene.theme.text);
    painter.drawText(box, Qt::AlignCenter, label);
  }
}

void CurvePainter::drawRaw(QCPPainter& painter, const CurveScene::Entry& entry) {
  SeriesStyle style = shownStyle(entry);
  style.colour = blend(style.colour, m_scene.theme.background, 0.32);
  style.dash.clear();
  strokeSeries(painter, entry.points, Which::Raw, {style, 1, clipRect().width()});
}

void CurvePainter::drawMain(QCPPainter& painter, const CurveScene::Entry& entry) {
  const bool bold = entry.who.id == m_scene.highlighted;
  const SeriesStyle style = shownStyle(entry);
  const int width = clipRect().width();
  const bool thin = crowded() && !bold && !entry.who.live;
  const bool smooth = entry.points.smoothing() > 0;
  // A smooth line needs no more than two points a pixel; spikes are in the raw one behind it.
  strokeSeries(painter, entry.points, smooth ? Which::Smooth : Which::Raw,
               {style,
                bold   ? kBoldWidth
                : thin ? 1
                       : kLineWidth,
                smooth ? width / (thin ? 4 : 2) : width});
  const bool sparse =
      static_cast<int>(m_points.size()) * kMarkerSpacing <= width + 2 * kMarkerSpacing;
  if (sparse || (m_scene.series.size() > 1 && !thin))
    markPoints(painter, style, bold ? 8 : 6, sparse ? 0 : kSignSpacing);
}

void CurvePainter::strokeSeries(QCPPainter& painter, const SeriesStore& points, Which which,
                                Stroke stroke) {
  const QCPRange x = mKeyAxis->range();
  points.thin(m_scene.xAxis, which, x.lower, x.upper, std::max(1, stroke.columns), m_points);
  const bool dense = m_points.size() > static_cast<std::size_t>(2 * stroke.columns);
  if (which == Which::Raw && static_cast<double>(m_points.size()) * kDashedSpacing > stroke.columns)
    stroke.style.dash.clear();
  toPixels();
  // Where several points share each column and noise moves them, the curve is a filled band: its
  // edges need no smoothing.
  const bool band = dense && which == Which::Raw && !vectorised(painter) && travel() > kBandTravel;
  painter.setAntialiasing(!band);
  const auto flush = [&](qsizetype from, qsizetype to) {
    if (to - from == 1) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(stroke.style.colour);
      painter.drawEllipse(m_line[from], stroke.width, stroke.width);
    } else if (to - from > 1) {
      painter.setBrush(Qt::NoBrush);
      if (band) {
        painter.setPen(QPen(stroke.style.colour, 0));
        painter.drawPolyline(m_line.constData() + from, static_cast<int>(to - from));
      } else if (vectorised(painter)) {
        painter.setPen(seriesPen(stroke.style, stroke.width));
        painter.drawPolyline(m_line.constData() + from, static_cast<int>(to - from));
      } else {
        strokeSegments(painter, from, to, stroke);
      }
    }
  };
  qsizetype from = 0;
  for (qsizetype i = 0; i < m_line.size(); ++i) {
    if (std::isfinite(m_line[i].y())) continue;
    flush(from, i);
    from = i + 1;
  }
  flush(from, m_line.size());
}

// A wide polyline of thousands of points costs Qt's rasteriser half a second (2,000 points, noise
// of 80 pixels, 1.75 wide), the same as single lines 8 ms. Dashes are counted along x, so that
// noise does not crowd them, and from the axis' zero, so that they stand still under the data.
void CurvePainter::strokeSegments(QCPPainter& painter, qsizetype from, qsizetype to,
                                  const Stroke& stroke) {
  const QList<qreal>& dash = stroke.style.dash;
  m_segments.clear();
  if (dash.isEmpty()) {
    for (qsizetype i = from + 1; i < to; ++i) m_segments << QLineF(m_line[i - 1], m_line[i]);
  } else {
    const double origin = mKeyAxis->coordToPixel(0);
    for (qsizetype i = from + 1; i < to; ++i) addDashes(m_line[i - 1], m_line[i], dash, origin);
  }
  painter.setPen(QPen(stroke.style.colour, stroke.width, Qt::SolidLine,
                      dash.isEmpty() ? Qt::SquareCap : Qt::FlatCap));
  painter.drawLines(m_segments);
}

void CurvePainter::addDashes(const QPointF& a, const QPointF& b, const QList<qreal>& dash,
                             double origin) {
  if (std::abs(b.y() - a.y()) > kWholeStep && b.x() - a.x() < 2 * kDashedSpacing) {
    m_segments << QLineF(a, b);
    return;
  }
  const double period = std::accumulate(dash.begin(), dash.end(), 0.0);
  const double slope = b.x() > a.x() ? (b.y() - a.y()) / (b.x() - a.x()) : 0;
  double x = a.x();
  do {
    double phase = std::fmod(x - origin, period);
    if (phase < 0) phase += period;
    qsizetype part = 0;
    while (part + 1 < dash.size() && phase >= dash[part]) phase -= dash[part++];
    // A step of at least a hundredth of a pixel: rounding must not stop the walk.
    const double end = std::min(b.x(), x + std::max(0.01, dash[part] - phase));
    if (part % 2 == 0)
      m_segments << QLineF(QPointF(x, a.y() + slope * (x - a.x())),
                           end < b.x() ? QPointF(end, a.y() + slope * (end - a.x())) : b);
    x = end;
  } while (x < b.x());
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

double CurvePainter::travel() const {
  double vertical = 0;
  for (qsizetype i = 1; i < m_line.size(); ++i)
    if (const double way = std::abs(m_line[i].y() - m_line[i - 1].y()); std::isfinite(way))
      vertical += way;
  return vertical / std::max(1.0, m_line.last().x() - m_line.first().x());
}

// Every point with `spacing` 0; otherwise a point in so many pixels, so that curves are told apart
// without their colours. They stand still under the data and beside those of the other curves.
void CurvePainter::markPoints(QCPPainter& painter, const SeriesStyle& style, double size,
                              double spacing) const {
  // A marker on the plot's edge is shown whole.
  const QRectF rect = QRectF(clipRect()).adjusted(-1, -1, 1, 1);
  painter.save();
  painter.setClipRect(rect.adjusted(-size, -size, size, size));
  const double origin = mKeyAxis->coordToPixel(0) + 0.3 * spacing * style.pattern;
  double next = -1e300;
  for (const QPointF& point : m_line) {
    if (!std::isfinite(point.y()) || !rect.contains(point)) continue;
    if (spacing > 0 && next == -1e300)
      next = origin + std::ceil((point.x() - origin) / spacing) * spacing;
    if (point.x() < next) continue;
    paintMarker(painter, point, style, size, m_scene.theme);
    if (spacing > 0) next += spacing * std::ceil((point.x() - next + 1) / spacing);
  }
  painter.restore();
}

}  // namespace

void addCurvePainter(QCustomPlot& plot, const CurveScene& scene) {
  new CurvePainter(plot.xAxis, plot.yAxis, scene);  // registers with the plot, which deletes it
}

}  // namespace wordsight::ui
