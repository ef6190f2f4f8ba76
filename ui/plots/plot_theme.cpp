#include "plots/plot_theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <algorithm>
#include <array>

namespace wordsight::ui {
namespace {

// Okabe and Ito 2008, without black and yellow: black is the text's colour, yellow is lost on
// white.
constexpr std::array<QRgb, 6> kColours{0xff0072b2, 0xffe69f00, 0xff009e73,
                                       0xffd55e00, 0xffcc79a7, 0xff56b4e9};
constexpr int kStyles = static_cast<int>(kColours.size());

QList<qreal> dashOf(int index) {
  switch (index) {
    case 1:
      return {8, 4};
    case 2:
      return {2, 3};
    case 3:
      return {10, 4, 2, 4};
    case 4:
      return {5, 3};
    case 5:
      return {10, 3, 2, 3, 2, 3};
    default:
      return {};
  }
}

struct DigitWidths {
  double least = 1e9, most = 0;
};

DigitWidths digitWidths(const QFontMetricsF& metrics) {
  DigitWidths widths;
  for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
    const double width = metrics.horizontalAdvance(QChar(digit));
    widths.least = std::min(widths.least, width);
    widths.most = std::max(widths.most, width);
  }
  return widths;
}

QPainterPath markerPath(Marker marker, const QPointF& centre, double size) {
  const double r = size / 2, x = centre.x(), y = centre.y();
  QPainterPath path;
  const auto polygon = [&](std::initializer_list<QPointF> points) {
    path.addPolygon(QPolygonF(QList<QPointF>(points)));
    path.closeSubpath();
  };
  switch (marker) {
    case Marker::Circle:
      path.addEllipse(centre, r, r);
      break;
    case Marker::Square:
      path.addRect(x - 0.86 * r, y - 0.86 * r, 1.72 * r, 1.72 * r);
      break;
    case Marker::Diamond:
      polygon({{x, y - 1.2 * r}, {x + 1.2 * r, y}, {x, y + 1.2 * r}, {x - 1.2 * r, y}});
      break;
    case Marker::Up:
      polygon({{x, y - 1.1 * r}, {x + 1.1 * r, y + 0.8 * r}, {x - 1.1 * r, y + 0.8 * r}});
      break;
    case Marker::Down:
      polygon({{x, y + 1.1 * r}, {x + 1.1 * r, y - 0.8 * r}, {x - 1.1 * r, y - 0.8 * r}});
      break;
    case Marker::Cross: {
      const double a = 0.35 * r, b = 1.05 * r;
      polygon({{x - a, y - b},
               {x + a, y - b},
               {x + a, y - a},
               {x + b, y - a},
               {x + b, y + a},
               {x + a, y + a},
               {x + a, y + b},
               {x - a, y + b},
               {x - a, y + a},
               {x - b, y + a},
               {x - b, y - a},
               {x - a, y - a}});
      break;
    }
  }
  return path;
}

}  // namespace

QColor blend(const QColor& over, const QColor& under, double amount) {
  const auto mix = [amount](float a, float b) {
    return static_cast<float>(amount * a + (1 - amount) * b);
  };
  return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                          mix(over.blueF(), under.blueF()));
}

PlotTheme PlotTheme::of(const QPalette& palette, const QFont& font) {
  PlotTheme theme;
  theme.background = palette.color(QPalette::Base);
  theme.text = palette.color(QPalette::Text);
  theme.accent = palette.color(QPalette::Highlight);
  // 0.68 keeps 4.5 : 1 for small text on both Fusion palettes.
  theme.quiet = blend(theme.text, theme.background, 0.68);
  theme.axis = blend(theme.text, theme.background, 0.40);
  theme.grid = blend(theme.text, theme.background, 0.10);
  theme.font = font;
  return theme;
}

PlotTheme PlotTheme::paper(const QFont& font) {
  QPalette palette;
  palette.setColor(QPalette::Base, Qt::white);
  palette.setColor(QPalette::Text, Qt::black);
  return of(palette, font);
}

SeriesStyle seriesStyle(int index) {
  index = std::max(index, 0);
  const int colour = index % kStyles, form = (index + index / kStyles) % kStyles;
  return {QColor::fromRgb(kColours[static_cast<std::size_t>(colour)]), dashOf(form),
          static_cast<Marker>(form), form};
}

QPen seriesPen(const SeriesStyle& style, double width, bool dashed) {
  QPen pen(style.colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (dashed && !style.dash.isEmpty()) {
    // Qt counts dashes in pen widths.
    QList<qreal> pattern = style.dash;
    for (qreal& length : pattern) length /= std::max(width, 0.1);
    pen.setDashPattern(pattern);
  }
  return pen;
}

void paintBar(QPainter& painter, const QRectF& bar, const SeriesStyle& style,
              const PlotTheme& theme) {
  static constexpr std::array<Qt::BrushStyle, kStyles> kPatterns{
      Qt::SolidPattern, Qt::BDiagPattern, Qt::Dense5Pattern,
      Qt::FDiagPattern, Qt::HorPattern,   Qt::DiagCrossPattern};
  const auto pattern =
      kPatterns[static_cast<std::size_t>(std::clamp(style.pattern, 0, kStyles - 1))];
  const bool solid = pattern == Qt::SolidPattern;
  painter.save();
  painter.setPen(Qt::NoPen);
  painter.setBrush(blend(style.colour, theme.background, solid ? 0.85 : 0.25));
  painter.drawRect(bar);
  painter.setPen(QPen(style.colour, 1));
  painter.setBrush(solid ? QBrush(Qt::NoBrush) : QBrush(style.colour, pattern));
  painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
  painter.restore();
}

void paintMarker(QPainter& painter, const QPointF& centre, const SeriesStyle& style, double size,
                 const PlotTheme& theme, bool hollow) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  // A rim in the background's colour keeps markers apart where they overlap.
  painter.setPen(QPen(hollow ? style.colour : theme.background, hollow ? 1.5 : 1.0));
  painter.setBrush(hollow ? theme.background : style.colour);
  painter.drawPath(markerPath(style.marker, centre, size));
  painter.restore();
}

double figuresWidth(const QFont& font, const QString& text) {
  const QFontMetricsF metrics(font);
  const double digit = digitWidths(metrics).most;
  double width = 0;
  for (const QChar c : text) width += c.isDigit() ? digit : metrics.horizontalAdvance(c);
  return width;
}

void paintFigures(QPainter& painter, const QRectF& cell, const QString& text) {
  const QFontMetricsF metrics(painter.font(), painter.device());
  const DigitWidths digits = digitWidths(metrics);
  if (digits.most - digits.least < 0.05) {
    painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
    return;
  }
  const double baseline = cell.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  double right = cell.right();
  for (auto i = text.size(); i-- > 0;) {
    const double own = metrics.horizontalAdvance(text[i]);
    const double width = text[i].isDigit() ? digits.most : own;
    painter.drawText(QPointF(right - width + (width - own) / 2, baseline), text.mid(i, 1));
    right -= width;
  }
}

}  // namespace wordsight::ui
