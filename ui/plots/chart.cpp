#include "plots/chart.h"

#include <qcustomplot.h>

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QToolTip>

namespace wordsight::ui {
namespace {

constexpr double kMargin = 8;

}  // namespace

void takeLegend(QPainter& painter, QRectF& area, const std::vector<LegendEntry>& entries,
                const PlotTheme& theme, int rows) {
  if (entries.empty()) return;
  const LegendLayout layout = layOutLegend(entries, area, theme.font, rows);
  paintLegend(painter, entries, layout, theme);
  area.setTop(area.top() + layout.height + 4);
}

Chart::Chart(QWidget* parent) : QWidget(parent), m_message(tr("Nothing to show yet.")) {
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
}

void Chart::setTitle(const QString& title) {
  m_title = title;
  setAccessibleName(title);
  update();
}

void Chart::setMessage(const QString& message) {
  m_message = message;
  dataChanged();
}

void Chart::dataChanged() {
  setAccessibleDescription(hasData() ? summary().join(QStringLiteral("; ")) : m_message);
  updateGeometry();
  update();
}

void Chart::paintAll(QPainter& painter, const QRectF& area, const PlotTheme& theme,
                     std::vector<Spot>& spots) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(area, theme.background);
  QRectF inside = area.adjusted(kMargin, kMargin, -kMargin, -kMargin);
  if (!m_title.isEmpty()) {
    QFont strong = theme.font;
    strong.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(strong);
    painter.setFont(strong);
    painter.setPen(theme.text);
    painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_title, Qt::ElideRight, inside.width()));
    inside.setTop(inside.top() + metrics.height() + 4);
  }
  painter.setFont(theme.font);
  if (hasData()) {
    Canvas canvas{painter, inside, theme, spots};
    paint(canvas);
  } else {
    painter.setPen(theme.quiet);
    painter.drawText(inside.adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_message);
  }
  painter.restore();
}

void Chart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const PlotTheme theme = PlotTheme::of(palette(), font());
  m_spots.clear();
  paintAll(painter, rect(), theme, m_spots);
  if (!m_ring.shown()) return;
  painter.setPen(QPen(theme.accent, 1));
  painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

bool Chart::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  // Later spots lie on top of earlier ones.
  for (auto spot = m_spots.rbegin(); spot != m_spots.rend(); ++spot) {
    if (!spot->area.contains(help->pos())) continue;
    const QString text =
        spot->text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    QToolTip::showText(help->globalPos(), text, this, spot->area.toAlignedRect());
    return true;
  }
  QToolTip::hideText();
  event->ignore();
  return true;
}

void Chart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

void Chart::focusInEvent(QFocusEvent* event) {
  m_ring.focusIn(event->reason());
  QWidget::focusInEvent(event);
}

void Chart::focusOutEvent(QFocusEvent* event) {
  m_ring.focusOut(event->reason());
  QWidget::focusOutEvent(event);
}

void Chart::contextMenuEvent(QContextMenuEvent* event) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  addSaveActions(*menu, saveActions());
  menu->popup(event->globalPos());
}

PlotPage Chart::page() const {
  PlotPage page;
  page.size = size().expandedTo(QSize(480, 200)).boundedTo(QSize(2400, 2400));
  page.paint = [this](QCPPainter& painter, const QRectF& area) {
    std::vector<Spot> spots;
    paintAll(painter, area, PlotTheme::paper(font()), spots);
  };
  return page;
}

Result<ExportJob> Chart::prepareExport(const std::filesystem::path& path) const {
  if (!hasData())
    return fail("\"" + m_title.toStdString() +
                "\" shows nothing yet; there is something to save after the first results.");
  if (isCsv(path)) return csvJob(table(), path);
  return pictureJob(page(), path);
}

Status Chart::exportTo(const std::filesystem::path& path) const {
  WORDSIGHT_TRY(const ExportJob job, prepareExport(path));
  return job();
}

SaveActions Chart::saveActions() {
  SaveActions actions;
  actions.owner = this;
  actions.name = m_title.isEmpty() ? tr("plot") : m_title.toLower();
  actions.page = [this] { return page(); };
  actions.prepare = [this](const std::filesystem::path& path) { return prepareExport(path); };
  actions.done = [this](const QString& path, const Status& status) {
    if (status) {
      Q_EMIT saved(path);
    } else {
      Q_EMIT saveFailed(QString::fromStdString(status.error().message));
    }
  };
  return actions;
}

}  // namespace wordsight::ui
