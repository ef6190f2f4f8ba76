#pragma once
// The frame that every job runs in: its row in the project, its events in order, its end recorded
// exactly once.

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "domain/event.h"
#include "domain/run.h"
#include "jobs/pause_gate.h"
#include "store/project.h"

namespace wordsight::jobs {

/// What a job gets: its project, somebody who listens, a token that asks it to stop, and a gate to
/// wait at while it is paused (may be null: never). By value; a job reads no setting later.
struct JobContext {
  store::Project project;
  EventSink sink;
  std::stop_token stop;
  std::shared_ptr<PauseGate> pause = nullptr;
};

/// How a job ended. Failure is the error of the Result around it (and of the run's row).
struct JobOutcome {
  RunId run;
  RunStatus status = RunStatus::Done;
  Json summary = Json::object();
};

/// What a job's body works with: one run, one connection of its thread. Not copied, not shared
/// between threads.
class RunScope {
 public:
  RunScope(const JobContext& context, store::Connection& connection, RunId id)
      : m_context(context), m_connection(connection), m_id(id) {}
  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;

  RunId id() const { return m_id; }
  const store::Project& project() const { return m_context.project; }
  store::Connection& connection() { return m_connection; }
  std::stop_token stop() const { return m_context.stop; }
  bool stopRequested() const { return m_context.stop.stop_requested(); }
  bool pauseRequested() const { return m_context.pause && m_context.pause->paused(); }

  /// Sends an event of this run.
  template <class What>
  void emit(What what) {
    if (m_context.sink) m_context.sink(Event{m_id, std::move(what)});
  }
  /// Waits while the job is paused; says so with "Paused `where`." and "Resumed.". Returns at once
  /// when a stop is requested. Gives the seconds that it waited; they are no part of any rate.
  double waitWhilePaused(const std::string& where);
  double pausedSeconds() const { return m_pausedSeconds; }
  /// At most ten a second go out, besides the last one of a stage.
  void progress(const std::string& stage, std::int64_t done, std::int64_t total,
                const std::string& unit, const std::string& detail = {});
  /// Into the run's log (where there is a run) and to the listener.
  void log(LogLine::Level level, const std::string& text);

  /// What came of it so far; kept with the run's row however it ends.
  Json summary = Json::object();

 private:
  const JobContext& m_context;
  store::Connection& m_connection;
  RunId m_id;
  std::string m_stage;
  std::int64_t m_stageStart = 0;
  double m_pausedSeconds = 0, m_stagePaused = 0;  // of all, and of what was before this stage
  Stopwatch m_stageWatch, m_lastProgress;
};

/// Makes the row (or, with `resume`, takes up an interrupted, cancelled or failed one), runs
/// `body`, records how it ended. An error of kind Cancelled, or success after a request to stop
/// with `scope.summary["stopped"]` set, is Cancelled. Started comes first, Finished last and once,
/// whatever happens; exceptions of the body become errors.
Result<JobOutcome> runJob(const JobContext& context, const Run& run, std::optional<RunId> resume,
                          const std::function<Status(RunScope&)>& body);

/// The same frame without a row: for work that changes nothing and is no news, as a dry run is, and
/// for projects that cannot be written. Events carry the run 0, and Started is not among them.
Result<JobOutcome> runUnrecorded(const JobContext& context,
                                 const std::function<Status(RunScope&)>& body);

/// The stored spec of a run that is to be resumed; it must be of this kind and not be done or
/// running.
Result<Run> resumableRun(const store::Project& project, RunId id, RunKind kind);

}  // namespace wordsight::jobs
