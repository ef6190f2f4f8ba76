#include "plots/legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr double kSample = 20, kAfterSample = 4, kBetween = 16, kShortestLabel = 48,
                 kLongestLabel = 400;

QString moreText(int more) {
  return QCoreApplication::translate("plots", "+ %n more", nullptr, more);
}

void paintSample(QPainter& painter, const LegendEntry& entry, const QRectF& box,
                 const PlotTheme& theme) {
  const QPointF middle = box.center();
  switch (entry.sample) {
    case LegendEntry::Sample::Line:
      painter.setPen(seriesPen(entry.style, 2));
      painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()));
      paintMarker(painter, middle, entry.style, 7, theme);
      break;
    case LegendEntry::Sample::Dot:
      paintMarker(painter, middle, entry.style, 9, theme);
      break;
    case LegendEntry::Sample::HollowDot:
      paintMarker(painter, middle, entry.style, 8, theme, true);
      break;
    case LegendEntry::Sample::Bar:
      paintBar(painter, QRectF(box.left() + 4, middle.y() - 6, 12, 12), entry.style, theme);
      break;
    case LegendEntry::Sample::Dashed:
      painter.setPen(QPen(entry.style.colour, 1.5, Qt::DashLine));
      painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()));
      break;
  }
}

LegendLayout layOutRows(const std::vector<LegendEntry>& entries, const QRectF& area,
                        const QFontMetricsF& metrics, int rows, double longest) {
  const double row = std::ceil(metrics.height()) + 4;
  LegendLayout layout;
  layout.height = row;
  const double moreWidth =
      metrics.horizontalAdvance(moreText(static_cast<int>(entries.size()))) + 2;
  double x = area.left();
  int line = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const QString label = metrics.elidedText(entries[i].label, Qt::ElideMiddle, longest);
    const double width = kSample + kAfterSample + std::ceil(metrics.horizontalAdvance(label)) + 1;
    // The last row keeps room for "+ 3 more" unless this is the last entry.
    const double reserved = line == rows - 1 && i + 1 < entries.size() ? moreWidth + kBetween : 0;
    if (x > area.left() && x + width + reserved > area.right()) {
      if (line == rows - 1) {
        layout.more = static_cast<int>(entries.size() - i);
        layout.moreBox = QRectF(x, area.top() + line * row, moreWidth, row);
        return layout;
      }
      x = area.left();
      ++line;
      layout.height += row;
    }
    layout.places.push_back({i, QRectF(x, area.top() + line * row, width, row), label});
    x += width + kBetween;
  }
  return layout;
}

}  // namespace

LegendLayout layOutLegend(const std::vector<LegendEntry>& entries, const QRectF& area,
                          const QFont& font, int rows) {
  if (entries.empty() || rows < 1) return {};
  // Whole labels when they fit, shorter ones when that shows them all.
  LegendLayout layout;
  for (const double share : {1.0, 0.5, 0.33, 0.25}) {
    const double longest =
        std::clamp(area.width() * share - kSample - kBetween, kShortestLabel, kLongestLabel);
    layout = layOutRows(entries, area, QFontMetricsF(font), rows, longest);
    if (layout.more == 0) break;
  }
  return layout;
}

void paintLegend(QPainter& painter, const std::vector<LegendEntry>& entries,
                 const LegendLayout& layout, const PlotTheme& theme, int strong) {
  painter.save();
  painter.setFont(theme.font);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const LegendPlace& place : layout.places) {
    LegendEntry entry = entries[place.index];
    const bool weak = strong >= 0 && static_cast<std::size_t>(strong) != place.index;
    if (weak) entry.style.colour = blend(entry.style.colour, theme.background, 0.25);
    const QRectF sample(place.box.left(), place.box.top(), kSample, place.box.height());
    paintSample(painter, entry, sample, theme);
    painter.setPen(weak ? theme.quiet : theme.text);
    painter.drawText(place.box.adjusted(kSample + kAfterSample, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, place.label);
  }
  if (layout.more > 0) {
    painter.setPen(theme.quiet);
    painter.drawText(layout.moreBox, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     moreText(layout.more));
  }
  painter.restore();
}

}  // namespace wordsight::ui
