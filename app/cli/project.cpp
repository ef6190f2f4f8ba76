#include "project.h"

#include <algorithm>

#include "store/run_repository.h"

namespace wordsight::cli {

Result<store::Project> openForWriting(Session& session, const std::string& path) {
  WORDSIGHT_TRY(auto project, store::Project::open(path, store::OpenMode::ReadWrite));
  WORDSIGHT_TRY(const auto connection, project.connect());
  WORDSIGHT_TRY(const auto interrupted, store::RunRepository(*connection).markInterrupted());
  for (const auto id : interrupted)
    session.console->warning("Run " + std::to_string(id.value) +
                             " was interrupted earlier; it can be resumed with --resume " +
                             std::to_string(id.value) + ".");
  if (!project.copyBeforeMigration().empty())
    session.console->warning("The project was of an older version; a copy of it is " +
                             project.copyBeforeMigration().string() + ".");
  return project;
}

Result<store::Project> openForReading(const std::string& path) {
  return store::Project::open(path, store::OpenMode::ReadOnly);
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
