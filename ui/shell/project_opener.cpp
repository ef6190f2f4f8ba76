#include "shell/project_opener.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include "bridge/background.h"
#include "bridge/format.h"
#include "store/run_repository.h"
#include "store/setting_repository.h"

namespace wordsight::ui {

namespace {

constexpr const char* kResumeSetting = "resume_on_open";

struct ProjectOpener {
  Q_DECLARE_TR_FUNCTIONS(ProjectOpener)
};

Result<std::vector<Run>> runsOf(store::Connection& connection, const std::vector<RunId>& ids) {
  store::RunRepository runs(connection);
  std::vector<Run> found;
  for (const RunId id : ids) {
    WORDSIGHT_TRY(auto run, runs.get(id));
    found.push_back(std::move(run));
  }
  return found;
}

/// The list that was left when the window closed; read once and taken away.
Result<std::vector<RunId>> takeResumes(store::Connection& connection) {
  store::SettingRepository settings(connection);
  WORDSIGHT_TRY(const auto stored, settings.get(kResumeSetting));
  std::vector<RunId> ids;
  if (!stored || !stored->is_array()) return ids;
  for (const auto& id : *stored)
    if (id.is_number_integer()) ids.emplace_back(id.get<std::int64_t>());
  WORDSIGHT_CHECK(settings.remove(kResumeSetting));
  return ids;
}

Result<OpenedProject> lookAround(store::Project project) {
  OpenedProject opened{std::move(project), {}, {}, {}};
  WORDSIGHT_TRY(const auto connection, opened.project.connect());
  WORDSIGHT_TRY(const auto interrupted, store::RunRepository(*connection).markInterrupted());
  WORDSIGHT_TRY(opened.interrupted, runsOf(*connection, interrupted));
  WORDSIGHT_TRY(const auto resumes, takeResumes(*connection));
  WORDSIGHT_TRY(opened.toResume, runsOf(*connection, resumes));
  if (const auto& copy = opened.project.copyBeforeMigration(); !copy.empty())
    opened.notice = ProjectOpener::tr(
                        "This project is from an older version and was brought up to date. "
                        "The file as it was is kept as %1.")
                        .arg(toQt(copy.filename().string()));
  return opened;
}

Result<OpenedProject> openNow(const std::filesystem::path& path) {
  auto project = store::Project::open(path, store::OpenMode::ReadWrite);
  if (project) return lookAround(std::move(*project));
  const QFileInfo file(toQt(path.string()));
  if (file.exists() && !(file.isWritable() && QFileInfo(file.absolutePath()).isWritable())) {
    WORDSIGHT_TRY(auto reading, store::Project::open(path, store::OpenMode::ReadOnly));
    return OpenedProject{
        std::move(reading),
        {},
        {},
        ProjectOpener::tr("%1 may not be written here: it is open for reading. Copy it to "
                          "a folder of your own to change it.")
            .arg(file.fileName())};
  }
  return fail(project.error());
}

}  // namespace

void openProject(QObject* receiver, const QString& path,
                 std::function<void(Result<OpenedProject>)> then) {
  inBackground(
      receiver, [path = std::filesystem::path(fromQt(path))] { return openNow(path); },
      std::move(then));
}

void createProject(QObject* receiver, const QString& path,
                   std::function<void(Result<OpenedProject>)> then) {
  inBackground(
      receiver,
      [path]() -> Result<OpenedProject> {
        QDir().mkpath(QFileInfo(path).absolutePath());
        WORDSIGHT_TRY(auto project, store::Project::create(fromQt(path)));
        return lookAround(std::move(project));
      },
      std::move(then));
}

Status rememberToResume(store::Connection& connection, const std::vector<RunId>& runs) {
  Json ids = Json::array();
  for (const RunId run : runs) ids.push_back(run.value);
  return store::SettingRepository(connection).put(kResumeSetting, ids);
}

QString demoProjectPath() {
  return QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
      .filePath(QStringLiteral("Wordsight/demo.wordsight"));
}

}  // namespace wordsight::ui
