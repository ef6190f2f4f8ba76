#include "bridge/resume.h"

#include "bridge/format.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"

namespace wordsight::ui {

bool canResume(RunKind kind, RunStatus status) {
  const bool kindGoesOn =
      kind == RunKind::Training || kind == RunKind::Evaluation || kind == RunKind::Synthesis;
  const bool stopped = status == RunStatus::Interrupted || status == RunStatus::Cancelled ||
                       status == RunStatus::Failed;
  return kindGoesOn && stopped;
}

jobs::JobNumber resumeRun(Session& session, const Run& run) {
  const RunId id = run.id;
  switch (run.kind) {
    case RunKind::Training:
      return session.submit(Session::kModelLane, toQt(run.name), [id](const jobs::JobContext& c) {
        return jobs::trainAdapter(c, {}, id);
      });
    case RunKind::Evaluation:
      return session.submit(Session::kModelLane, toQt(run.name),
                            [id](const jobs::JobContext& c) { return jobs::evaluate(c, {}, id); });
    default:
      return session.submit(Session::kModelLane, toQt(run.name), [id](const jobs::JobContext& c) {
        return jobs::synthesize(c, {}, id);
      });
  }
}

}  // namespace wordsight::ui
