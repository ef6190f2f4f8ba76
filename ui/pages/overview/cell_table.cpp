#include "pages/overview/cell_table.h"

#include <QPainter>

#include "bridge/format.h"
#include "plots/sparkline.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kStripHeight = 44, kTableWidth = 560;

QString armText(const QString& arm) {
  if (arm == QLatin1String("image")) return CellTable::tr("picture");
  if (arm == QLatin1String("caption")) return CellTable::tr("caption");
  if (arm == QLatin1String("blind")) return CellTable::tr("blind");
  return arm;
}

}  // namespace

CellTable::CellTable(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("cellTable"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setMaximumWidth(kTableWidth);
}

void CellTable::setCells(const std::vector<CellFact>& cells) {
  m_cells = cells;
  m_labels.clear();
  m_arms.clear();
  for (const char* arm : {"caption", "image", "blind"})
    for (const auto& cell : cells)
      if (cell.arm == arm && !m_arms.contains(QLatin1String(arm))) m_arms << QLatin1String(arm);
  QStringList spoken;
  for (const auto& cell : cells) {
    if (!m_labels.contains(toQt(cell.label))) m_labels << toQt(cell.label);
    spoken << QStringLiteral("%1 %2 %3")
                  .arg(toQt(cell.label), armText(toQt(cell.arm)),
                       formatInterval(cell.accuracy.value, cell.accuracy.low, cell.accuracy.high));
  }
  setAccessibleName(tr("Accuracy by model and arm: %1").arg(spoken.join(QStringLiteral("; "))));
  setVisible(!cells.empty());
  updateGeometry();
  update();
}

QSize CellTable::sizeHint() const {
  return {200, (static_cast<int>(m_labels.size()) + 1) * kRowHeight};
}

void CellTable::paintEvent(QPaintEvent*) {
  if (m_labels.isEmpty() || m_arms.isEmpty()) return;
  QPainter painter(this);
  const int first = std::min(90, width() / 4);
  const int column = (width() - first) / static_cast<int>(m_arms.size());
  painter.setPen(mutedColour(palette()));
  for (int a = 0; a < m_arms.size(); ++a)
    painter.drawText(QRect(first + a * column, 0, column - kSpace, kRowHeight),
                     int(Qt::AlignRight | Qt::AlignVCenter), armText(m_arms[a]));
  painter.fillRect(QRect(0, kRowHeight - 1, width(), 1), lineColour(palette()));
  painter.setFont(tabularFont(font()));
  for (int l = 0; l < m_labels.size(); ++l) {
    const int top = (l + 1) * kRowHeight;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRect(0, top, first, kRowHeight), int(Qt::AlignLeft | Qt::AlignVCenter),
                     fontMetrics().elidedText(m_labels[l], Qt::ElideRight, first - kSpace));
    for (const auto& cell : m_cells) {
      if (toQt(cell.label) != m_labels[l]) continue;
      const auto a = m_arms.indexOf(toQt(cell.arm));
      const QRect place(first + int(a) * column, top, column - kSpace, kRowHeight);
      const QString whole =
          formatInterval(cell.accuracy.value, cell.accuracy.low, cell.accuracy.high);
      const bool fits = fontMetrics().horizontalAdvance(whole) <= place.width();
      painter.drawText(place, int(Qt::AlignRight | Qt::AlignVCenter),
                       fits ? whole : formatPercent(cell.accuracy.value));
    }
  }
}

CurveStrip::CurveStrip(QWidget* parent) : QWidget(parent) {
  setFixedHeight(kStripHeight);
  setObjectName(QStringLiteral("lossStrip"));
  setAccessibleName(tr("Loss of the newest training"));
  setToolTip(accessibleName());
}

void CurveStrip::setValues(std::vector<double> values) {
  m_values = std::move(values);
  setVisible(m_values.size() > 1);
  update();
}

void CurveStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintSparkline(painter, QRectF(rect()).adjusted(1, 4, -6, -4), m_values, palette(),
                 seriesColour(palette(), 0));
}

}  // namespace wordsight::ui
