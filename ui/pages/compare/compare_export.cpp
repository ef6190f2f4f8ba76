#include "pages/compare/compare_export.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>

#include "base/file.h"
#include "bridge/format.h"
#include "eval/export_table.h"
#include "jobs/commands.h"
#include "jobs/report_job.h"
#include "pages/compare/statistics_panel.h"
#include "plots/chart.h"
#include "plots/plot_export.h"
#include "widgets/icons.h"

namespace wordsight::ui {

namespace {

constexpr double kPictureRatio = 2;  // pixels a widget's pixel: sharp on paper

/// Tables want the intervals too; they are added when they have not come yet.
ComparisonPtr whole(const ComparisonPtr& data) {
  for (const auto& pair : data->comparison.pairs)
    if (!pair.intervalKnown) return withIntervals(*data, {});
  return data;
}

}  // namespace

CompareExport::CompareExport(StatisticsPanel& statistics, QWidget* page)
    : QObject(page), m_statistics(statistics), m_page(page), m_menu(new QMenu(page)) {
  m_menu->setObjectName(QStringLiteral("exportMenu"));
  m_menu->setToolTipsVisible(true);
  m_ask = [this](const QString& title, const QString& suggested, const QString& filter) {
    return QFileDialog::getSaveFileName(m_page, title, suggested, filter);
  };
  const auto add = [this](const QString& text, const char* name, const QString& tip,
                          const char* iconName, void (CompareExport::*slot)()) {
    QAction* action = m_menu->addAction(icon(QString::fromLatin1(iconName)), text, this, slot);
    action->setObjectName(QString::fromLatin1(name));
    action->setToolTip(tip);
  };
  add(tr("Report with pictures (HTML)…"), "exportReport",
      tr("One file that needs nothing else: statistics, every item, its picture and answers"),
      "file", &CompareExport::saveReport);
  m_menu->addSeparator();
  const QString csv = tr("CSV table (*.csv)");
  addTable(tr("Items and answers (CSV)…"), "exportItems", QStringLiteral("items.csv"), csv,
           [](const ComparisonData& data) { return eval::itemsCsv(data.comparison); });
  addTable(tr("Cells (CSV)…"), "exportCells", QStringLiteral("cells.csv"), csv,
           [this](const ComparisonData& data) {
             return eval::cellsCsv(data.comparison, data.published && m_published);
           });
  addTable(tr("Pairs of cells (CSV)…"), "exportPairs", QStringLiteral("pairs.csv"), csv,
           [](const ComparisonData& data) { return eval::pairsCsv(data.comparison); });
  addTable(tr("Tables for a paper (LaTeX)…"), "exportLatex", QStringLiteral("tables.tex"),
           tr("LaTeX (*.tex)"), [this](const ComparisonData& data) {
             eval::LatexOptions options;
             options.published = data.published && m_published;
             return eval::cellsLatex(data.comparison, options) + "\n" +
                    eval::pairsLatex(data.comparison);
           });
  m_menu->addSeparator();
  add(tr("Statistics as a picture (PNG)…"), "exportPicture",
      tr("The statistics at the bottom of this page as they are shown"), "picture",
      &CompareExport::savePicture);
  for (const auto& [name, chart] : m_statistics.charts()) {
    auto* action = m_menu->addAction(tr("Plot “%1”…").arg(name), this, [chart = chart] {
      askAndSave(chart->saveActions(), {QStringLiteral("png"), QStringLiteral("pdf"),
                                        QStringLiteral("svg"), QStringLiteral("csv")});
    });
    action->setToolTip(tr("As PNG, PDF or SVG, or its numbers as CSV"));
  }
  m_menu->addSeparator();
  add(tr("Copy the command"), "copyCommand", tr("The command line that makes the same comparison"),
      "command", &CompareExport::copyCommand);
}

void CompareExport::addTable(const QString& text, const char* name, const QString& file,
                             const QString& filter, Render render) {
  QAction* action = m_menu->addAction(text, this, [this, text, file, filter, render] {
    saveText(text, suggestion(file), filter, render);
  });
  action->setObjectName(QString::fromLatin1(name));
}

void CompareExport::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_reportJob = 0;
  if (session) connect(session, &Session::jobEnded, this, &CompareExport::jobEnded);
}

void CompareExport::setComparison(ComparisonPtr data) { m_data = std::move(data); }

/// Beside the project's file: "demo-comparison-items.csv".
QString CompareExport::suggestion(const QString& ending) const {
  if (!m_session) return ending;
  const QFileInfo project(m_session->path());
  return project.absolutePath() + u'/' + m_session->name() + QStringLiteral("-comparison") +
         (ending.startsWith(u'.') ? ending : u'-' + ending);
}

void CompareExport::write(const QString& file, std::function<Status()> job) {
  const QPointer<CompareExport> alive(this);
  runExport(m_page, std::move(job), [alive, file](const Status& status) {
    if (!alive) return;
    if (status)
      Q_EMIT alive->saved(file);
    else
      Q_EMIT alive->failed(toQt(status.error().message));
  });
}

void CompareExport::saveText(const QString& title, const QString& suggested, const QString& filter,
                             const Render& render) {
  if (!m_data) return;
  const QString file = m_ask(title, suggested, filter);
  if (file.isEmpty()) return;
  write(file, [data = m_data, render, path = std::filesystem::path(fromQt(file))]() -> Status {
    return writeFileAtomically(path, render(*whole(data)));
  });
}

void CompareExport::savePicture() {
  if (!m_data) return;
  const QString file = m_ask(tr("Save statistics"), suggestion(QStringLiteral("statistics.png")),
                             tr("PNG picture (*.png)"));
  if (file.isEmpty()) return;
  QImage image(m_statistics.size() * kPictureRatio, QImage::Format_RGB32);
  image.setDevicePixelRatio(kPictureRatio);
  image.fill(m_statistics.palette().color(QPalette::Window));
  m_statistics.render(&image);
  write(file, [image, path = std::filesystem::path(fromQt(file))]() -> Status {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!image.save(&buffer, "PNG")) return fail("The picture could not be encoded as PNG.");
    return writeFileAtomically(
        path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  });
}

void CompareExport::saveReport() {
  if (!m_data || !m_session) return;
  const QString file =
      m_ask(tr("Save report"), suggestion(QStringLiteral(".html")), tr("HTML page (*.html)"));
  if (file.isEmpty()) return;
  jobs::ReportSpec spec;
  spec.runs = m_data->runs();
  spec.title = fromQt(tr("%1: comparison on %2").arg(m_session->name(), toQt(m_data->benchmark)));
  spec.file = fromQt(file);
  m_reportFile = file;
  m_reportJob = m_session->submit(
      Session::kDataLane, tr("Report: %1").arg(QFileInfo(file).fileName()),
      [spec](const jobs::JobContext& context) { return jobs::writeReport(context, spec); });
}

void CompareExport::jobEnded(quint64 number, RunStatus status, const QString& error) {
  if (number != m_reportJob || number == 0) return;
  m_reportJob = 0;
  if (status == RunStatus::Done)
    Q_EMIT saved(m_reportFile);
  else if (status == RunStatus::Failed)
    Q_EMIT failed(error);
}

void CompareExport::copyCommand() {
  if (!m_data || !m_session) return;
  QGuiApplication::clipboard()->setText(
      toQt(jobs::compareCommand(m_session->project().path(), m_data->runs())));
}

}  // namespace wordsight::ui
