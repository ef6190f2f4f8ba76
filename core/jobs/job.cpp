#include "jobs/job.h"

#include "store/run_repository.h"

namespace wordsight::jobs {

void RunScope::progress(const std::string& stage, std::int64_t done, std::int64_t total,
                        const std::string& unit, const std::string& detail) {
  if (stage != m_stage) {
    m_stage = stage;
    m_stageStart = done;
    m_stagePaused = m_pausedSeconds;
    m_stageWatch.restart();
  } else if (done != total && m_lastProgress.seconds() < 0.1) {
    return;
  }
  m_lastProgress.restart();
  const double seconds = m_stageWatch.seconds() - (m_pausedSeconds - m_stagePaused);
  const double rate = seconds > 0.05 ? static_cast<double>(done - m_stageStart) / seconds : 0;
  emit(Progress{stage, done, total, rate, unit, detail});
}

double RunScope::waitWhilePaused(const std::string& where) {
  if (!pauseRequested() || stopRequested()) return 0;
  log(LogLine::Level::Info, "Paused " + where + ".");
  const Stopwatch watch;
  m_context.pause->wait(m_context.stop);
  const double seconds = watch.seconds();
  m_pausedSeconds += seconds;
  if (!stopRequested()) log(LogLine::Level::Info, "Resumed.");
  return seconds;
}

void RunScope::log(LogLine::Level level, const std::string& text) {
  const LogLine line{level, text};
  // A log line that cannot be stored must not end the work it tells of; the listener still gets it.
  if (m_id) (void)store::RunRepository(m_connection).appendLog(m_id, line);
  emit(line);
}

namespace {

Status runGuarded(RunScope& scope, const std::function<Status(RunScope&)>& body) {
  try {
    return body(scope);
  } catch (const std::bad_alloc&) {
    return fail("Not enough memory to go on.", ErrorKind::Io);
  } catch (const std::exception& e) {
    return fail(std::string("An unexpected error ended the work: ") + e.what() + ".",
                ErrorKind::Internal);
  }
}

/// Runs the body; how it ended, and what came of it, in `outcome`; the sentence when it failed.
Status runBody(RunScope& scope, JobOutcome& outcome, const std::function<Status(RunScope&)>& body) {
  const Stopwatch watch;
  const Status status = runGuarded(scope, body);
  if (!status)
    outcome.status =
        status.error().kind == ErrorKind::Cancelled ? RunStatus::Cancelled : RunStatus::Failed;
  else if (scope.summary.contains("stopped"))
    outcome.status = RunStatus::Cancelled;
  scope.summary["seconds"] = watch.seconds() - scope.pausedSeconds();
  if (scope.pausedSeconds() > 0) scope.summary["paused_seconds"] = scope.pausedSeconds();
  outcome.summary = scope.summary;
  return outcome.status == RunStatus::Failed ? status : Status();
}

}  // namespace

Result<JobOutcome> runJob(const JobContext& context, const Run& run, std::optional<RunId> resume,
                          const std::function<Status(RunScope&)>& body) {
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  store::RunRepository runs(*connection);
  RunId id;
  if (resume)
    id = *resume;
  else {
    WORDSIGHT_TRY(id, runs.create(run));
  }
  WORDSIGHT_CHECK(runs.start(id));
  RunScope scope(context, *connection, id);
  scope.emit(Started{run.kind, run.name});
  JobOutcome outcome{id, RunStatus::Done, {}};
  const Status status = runBody(scope, outcome, body);
  std::string error = status ? std::string() : status.error().message;
  const Status finished = runs.finish(id, outcome.status, scope.summary, error);
  if (!finished && error.empty()) {
    outcome.status = RunStatus::Failed;
    error = finished.error().message;
  }
  scope.emit(Finished{outcome.status, error, scope.summary});
  if (outcome.status == RunStatus::Failed)
    return fail(error, status ? ErrorKind::Io : status.error().kind);
  return outcome;
}

Result<JobOutcome> runUnrecorded(const JobContext& context,
                                 const std::function<Status(RunScope&)>& body) {
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  RunScope scope(context, *connection, RunId());
  JobOutcome outcome;
  const Status status = runBody(scope, outcome, body);
  scope.emit(
      Finished{outcome.status, status ? std::string() : status.error().message, scope.summary});
  if (!status) return fail(status.error());
  return outcome;
}

Result<Run> resumableRun(const store::Project& project, RunId id, RunKind kind) {
  WORDSIGHT_TRY(const auto connection, project.connect());
  WORDSIGHT_TRY(auto run, store::RunRepository(*connection).get(id));
  const std::string name = "Run " + std::to_string(id.value);
  if (run.kind != kind)
    return fail(name + " is of kind " + toText(run.kind) + ", not " + toText(kind) +
                "; choose another run.");
  if (run.status == RunStatus::Done) return fail(name + " is done: there is nothing to resume.");
  if (run.status == RunStatus::Running)
    return fail(name + " is running in another process; stop it there first.", ErrorKind::Busy);
  return run;
}

}  // namespace wordsight::jobs
