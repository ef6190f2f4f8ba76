// How a CurvePlot is saved: as a picture with title and legend, or as all its points.
#include <algorithm>
#include <memory>

#include "base/file.h"
#include "plots/curve_csv.h"
#include "plots/curve_parts.h"

namespace wordsight::ui {
namespace {

constexpr double kMargin = 8, kAxesWidth = 80, kAxesHeight = 48;
constexpr int kLegendRows = 3;

// The widget's own look must come back whatever the painting does.
template <class Restore>
class Finally {
 public:
  explicit Finally(Restore restore) : m_restore(std::move(restore)) {}
  ~Finally() { m_restore(); }
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;

 private:
  Restore m_restore;
};

}  // namespace

PlotPage CurvePlot::page(bool withLegend) {
  PlotPage page;
  page.size = size().expandedTo(QSize(560, 340)).boundedTo(QSize(2400, 1600));
  page.paint = [this, withLegend](QCPPainter& painter, const QRectF& area) {
    Parts& p = *m_parts;
    refresh();
    const PlotTheme screen = p.scene.theme, paper = PlotTheme::paper(font());
    const SeriesId highlighted = std::exchange(p.scene.highlighted, kNoSeries);
    const Finally restore([&] {
      applyTheme(screen);
      p.scene.highlighted = highlighted;
      schedule();
    });
    applyTheme(paper);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(area, paper.background);
    QFont strong = paper.font;
    strong.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(strong);
    const QRectF head(area.left() + kMargin, area.top() + kMargin, area.width() - 2 * kMargin,
                      metrics.height());
    painter.setPen(paper.text);
    painter.setFont(strong);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, p.scene.title);
    painter.setFont(paper.font);
    painter.drawText(head.adjusted(metrics.horizontalAdvance(p.scene.title) + kMargin, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, p.scene.unit);
    const auto entries = withLegend ? CurveLegend::entries(series()) : std::vector<LegendEntry>();
    const QRectF below(head.left(), head.bottom() + 4, head.width(), area.height());
    const LegendLayout legend = layOutLegend(entries, below, paper.font, kLegendRows);
    paintLegend(painter, entries, legend, paper);
    painter.restore();
    const double top = below.top() + legend.height;
    const QSize place(static_cast<int>(area.width()), static_cast<int>(area.bottom() - top - 4));
    // What the axes' labels take away is not known before they are drawn; ticks need no more.
    updateTickers(QSizeF(place.width() - kAxesWidth, place.height() - kAxesHeight));
    painter.save();
    painter.translate(area.left(), top);
    p.plot->toPainter(&painter, place.width(), place.height());
    painter.restore();
  };
  return page;
}

Result<ExportJob> CurvePlot::prepareExport(const std::filesystem::path& path) {
  const Parts& p = *m_parts;
  if (!p.scene.hasPoints())
    return fail("\"" + p.scene.title.toStdString() +
                "\" has no points yet; there is nothing to save until the run has made its first "
                "step.");
  if (isCsv(path)) return curveCsvJob({curveTable(p.scene)}, path);
  return pictureJob(page(), path);
}

Status CurvePlot::exportTo(const std::filesystem::path& path) {
  WORDSIGHT_TRY(const ExportJob job, prepareExport(path));
  return job();
}

SaveActions CurvePlot::saveActions() {
  SaveActions actions;
  actions.owner = this;
  actions.name = m_parts->scene.title.isEmpty() ? tr("curves") : m_parts->scene.title.toLower();
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
