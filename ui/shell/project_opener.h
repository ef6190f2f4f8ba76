#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

#include "base/result.h"
#include "domain/run.h"
#include "store/project.h"

namespace wordsight::ui {

/// A project as found when it was opened.
struct OpenedProject {
  store::Project project;
  std::vector<Run> interrupted;  // by a crash, found now
  std::vector<Run> toResume;     // stopped when the window was closed, to go on now
  QString notice;                // opened read-only, migrated: a sentence; may be empty
};

/// Opens a project away from the window's thread (a migration copies the file first; a network
/// folder may be slow). A file that may not be written is opened for reading, with a notice. `then`
/// comes on the window's thread while `receiver` lives.
void openProject(QObject* receiver, const QString& path,
                 std::function<void(Result<OpenedProject>)> then);
/// Makes a new one.
void createProject(QObject* receiver, const QString& path,
                   std::function<void(Result<OpenedProject>)> then);

/// Notes in the project which runs are to go on when it is opened next.
Status rememberToResume(store::Connection& connection, const std::vector<RunId>& runs);

/// Where "Open the demo project" puts it: a "Wordsight" folder in the person's documents.
QString demoProjectPath();

}  // namespace wordsight::ui
