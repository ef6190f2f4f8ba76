#include "project.h"

#include <algorithm>

#include "jobs/commands.h"
#include "store/run_repository.h"

namespace wordsight::cli {

Result<store::Project> openForWriting(Session& session, const std::string& path) {
  WORDSIGHT_TRY(auto project, store::Project::open(path, store::OpenMode::ReadWrite));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::RunRepository runs(*connection);
  WORDSIGHT_TRY(const auto interrupted, runs.markInterrupted());
  for (const auto id : interrupted) {
    WORDSIGHT_TRY(const auto run, runs.get(id));
    const auto resume = jobs::resumeCommand(path, run.kind, id);
    session.console->warning(
        "Run " + std::to_string(id.value) + " (" + toText(run.kind) +
        ") was interrupted earlier; " +
        (resume ? "`" + *resume + "` goes on with it." : "start it again, it cannot be resumed."));
  }
  if (!project.copyBeforeMigration().empty())
    session.console->warning("The project was of an older version; a copy of it is " +
                             project.copyBeforeMigration().string() + ".");
  return project;
}

Result<store::Project> openForReading(const std::string& path) {
  return store::Project::open(path, store::OpenMode::ReadOnly);
}

Result<store::Project> openForRecord(Session& session, const std::string& path) {
  auto project = openForWriting(session, path);
  if (project || project.error().kind != ErrorKind::Io) return project;
  auto read = openForReading(path);
  if (!read) return project;  // the first reason says more
  session.console->warning(project.error().message + " No run is kept of this.");
  return read;
}

jobs::JobContext contextOf(Session& session, const store::Project& project) {
  return {project, session.console->sink(), session.stop.get_token()};
}

Result<RunId> runIdFromText(const std::string& text) {
  if (text.empty() || text.size() > 18 ||
      text.find_first_not_of("0123456789") != std::string::npos || text == "0")
    return fail("\"" + text + "\" is not a run's number; `runs P list` shows them.");
  return RunId(std::stoll(text));
}

std::string firstLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  constexpr std::size_t kWidth = 90;
  if (text.size() <= kWidth) return text;
  std::size_t cut = kWidth;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

Result<Json> resultOf(const Result<jobs::JobOutcome>& outcome, const std::string& resumeHint) {
  if (!outcome) return fail(outcome.error());
  if (outcome->status == RunStatus::Cancelled)
    return fail("Stopped; run " + std::to_string(outcome->run.value) + " was kept." +
                    (resumeHint.empty() ? ""
                                        : " Go on with " + resumeHint + " --resume " +
                                              std::to_string(outcome->run.value) + "."),
                ErrorKind::Cancelled);
  Json json{{"run", outcome->run.value}};
  for (const auto& [key, value] : outcome->summary.items()) json[key] = value;
  return json;
}

}  // namespace wordsight::cli
