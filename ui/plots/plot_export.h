#pragma once
#include <QSize>
#include <QString>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

class QCPPainter;
class QImage;
class QMenu;
class QRectF;
class QWidget;

namespace wordsight::ui {

/// What is saved: a page of `size` pixels (at 96 dpi) and how to paint it. A QCPPainter is a
/// QPainter that QCustomPlot can draw with.
struct PlotPage {
  QSize size;
  std::function<void(QCPPainter& painter, const QRectF& area)> paint;
};

/// A table as it is saved. Numbers are written by csvNumber, the same on every machine.
struct CsvTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// Writes a file; owns what it writes, may run on any thread, once.
using ExportJob = std::function<Status()>;

/// Renders the page now, on the window's thread: PNG at twice the resolution, PDF or SVG, by the
/// name's ending. The job only writes; the file appears whole or not at all.
Result<ExportJob> pictureJob(const PlotPage& page, const std::filesystem::path& path);
ExportJob csvJob(CsvTable table, const std::filesystem::path& path);
bool isCsv(const std::filesystem::path& path);
/// The page at twice its size, for the clipboard.
QImage pageImage(const PlotPage& page);

/// Fields with commas, quotes or line ends are quoted (RFC 4180).
std::string csvLine(const std::vector<std::string>& fields);
/// The shortest text that reads back as the same number; also "nan", "inf".
std::string csvNumber(double value);

/// Entries "Copy picture", "Save picture…" and "Save data…" for a context menu. Files are chosen by
/// the person, rendered by `prepare` and written on a thread of their own; `done` is called on the
/// window's thread with the outcome, unless `owner` is gone by then.
struct SaveActions {
  QWidget* owner = nullptr;
  QString name;  // of the file, without ending
  std::function<PlotPage()> page;
  std::function<Result<ExportJob>(const std::filesystem::path&)> prepare;
  std::function<void(const QString& path, const Status& status)> done;
};
void addSaveActions(QMenu& menu, const SaveActions& actions);
/// Asks for a file with one of the endings ("png", …) and saves to it, as the entries do.
void askAndSave(const SaveActions& actions, const QStringList& endings);
/// Runs the job on a thread of its own; the program waits for it before it ends.
void runExport(QWidget* owner, ExportJob job, std::function<void(const Status&)> done);

}  // namespace wordsight::ui
