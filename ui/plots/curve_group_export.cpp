// How a CurveGroup is saved: its visible plots on one page under one legend, or all their points.
#include <qcustomplot.h>

#include <algorithm>

#include "plots/curve_csv.h"
#include "plots/curve_group.h"
#include "plots/curve_legend.h"

namespace wordsight::ui {
namespace {

constexpr int kPlotWidth = 560, kPlotHeight = 300, kMargin = 8, kLegendRows = 4;

}  // namespace

std::vector<CurvePlot*> CurveGroup::plotsToSave() const {
  std::vector<CurvePlot*> plots;
  for (const Member& member : m_members)
    if (member.metric.visible && member.plot->dataX()) plots.push_back(member.plot);
  return plots;
}

PlotPage CurveGroup::page() {
  const auto plots = plotsToSave();
  const int count = static_cast<int>(plots.size());
  const int columns = std::clamp(count, 1, 2);
  const PlotTheme paper = PlotTheme::paper(font());
  const auto entries = CurveLegend::entries(m_runs);
  const QRectF head(kMargin, kMargin, columns * kPlotWidth - 2 * kMargin, 1e6);
  const LegendLayout legend = layOutLegend(entries, head, paper.font, kLegendRows);
  const int top = static_cast<int>(legend.height) + 2 * kMargin;
  PlotPage page;
  page.size = QSize(columns * kPlotWidth, top + (count + columns - 1) / columns * kPlotHeight);
  page.paint = [=](QCPPainter& painter, const QRectF& area) {
    painter.fillRect(area, paper.background);
    paintLegend(painter, entries, legend, paper);
    for (int i = 0; i < count; ++i) {
      const QRectF place(i % columns * kPlotWidth, top + i / columns * kPlotHeight, kPlotWidth,
                         kPlotHeight);
      plots[static_cast<std::size_t>(i)]->page(false).paint(painter, place);
    }
  };
  return page;
}

Result<ExportJob> CurveGroup::prepareExport(const std::filesystem::path& path) {
  const auto plots = plotsToSave();
  if (plots.empty())
    return fail(
        "There are no points to save yet: choose a curve that has some, or wait for the "
        "run's first step.");
  if (!isCsv(path)) return pictureJob(page(), path);
  std::vector<CurveTable> tables;
  for (const Member& member : m_members) {
    if (!member.metric.visible) continue;
    CurveTable table{member.metric.name, {}};
    for (const CurveSeries& run : m_runs)
      if (const SeriesStore* points = member.plot->points(run.id))
        table.series.emplace_back(run.label.toStdString(), *points);
    tables.push_back(std::move(table));
  }
  return curveCsvJob(std::move(tables), path);
}

Status CurveGroup::exportTo(const std::filesystem::path& path) {
  WORDSIGHT_TRY(const ExportJob job, prepareExport(path));
  return job();
}

SaveActions CurveGroup::saveActions() {
  SaveActions actions;
  actions.owner = this;
  actions.name = tr("curves");
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
