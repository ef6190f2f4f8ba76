// How a person saves a plot: menu entries, the file dialog, and the thread that writes.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QMenu>
#include <QThread>
#include <memory>

#include "plots/plot_export.h"

namespace wordsight::ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("plots", source); }

QString filterOf(const QString& ending) {
  if (ending == QLatin1String("png"))
    return text(QT_TRANSLATE_NOOP("plots", "PNG picture (*.png)"));
  if (ending == QLatin1String("pdf"))
    return text(QT_TRANSLATE_NOOP("plots", "PDF document (*.pdf)"));
  if (ending == QLatin1String("svg"))
    return text(QT_TRANSLATE_NOOP("plots", "SVG drawing (*.svg)"));
  return text(QT_TRANSLATE_NOOP("plots", "CSV table (*.csv)"));
}

void save(const SaveActions& actions, const QString& file) {
  const std::filesystem::path path(file.toStdString());
  auto job = actions.prepare(path);
  if (!job) return actions.done(file, fail(std::move(job).error()));
  runExport(actions.owner, std::move(*job),
            [done = actions.done, file](const Status& status) { done(file, status); });
}

}  // namespace

void runExport(QWidget* owner, ExportJob job, std::function<void(const Status&)> done) {
  auto status = std::make_shared<Status>();
  QThread* thread = QThread::create([job = std::move(job), status] { *status = job(); });
  QObject::connect(thread, &QThread::finished, owner, [status, done] { done(*status); });
  QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
  QObject::connect(qApp, &QCoreApplication::aboutToQuit, thread, [thread] { thread->wait(); });
  thread->start();
}

void askAndSave(const SaveActions& actions, const QStringList& endings) {
  QStringList filters;
  for (const QString& ending : endings) filters += filterOf(ending);
  auto* dialog = new QFileDialog(actions.owner, text(QT_TRANSLATE_NOOP("plots", "Save plot")));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilters(filters);
  dialog->setDefaultSuffix(endings.front());
  dialog->selectFile(actions.name + QLatin1Char('.') + endings.front());
  QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [=](const QString& filter) {
    dialog->setDefaultSuffix(endings.value(filters.indexOf(filter), endings.front()));
  });
  QObject::connect(dialog, &QFileDialog::fileSelected, actions.owner,
                   [actions](const QString& file) { save(actions, file); });
  dialog->open();
}

void addSaveActions(QMenu& menu, const SaveActions& actions) {
  menu.addAction(text(QT_TRANSLATE_NOOP("plots", "&Copy picture")), actions.owner,
                 [page = actions.page] { QApplication::clipboard()->setImage(pageImage(page())); });
  menu.addAction(text(QT_TRANSLATE_NOOP("plots", "&Save picture…")), actions.owner, [actions] {
    askAndSave(actions, {QStringLiteral("png"), QStringLiteral("pdf"), QStringLiteral("svg")});
  });
  menu.addAction(text(QT_TRANSLATE_NOOP("plots", "Save &data…")), actions.owner,
                 [actions] { askAndSave(actions, {QStringLiteral("csv")}); });
}

}  // namespace wordsight::ui
