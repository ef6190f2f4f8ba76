#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bridge/database.h"
#include "domain/event.h"
#include "jobs/queue.h"

class QUndoStack;

namespace wordsight::ui {

/// What changed in a project, so that pages know what to ask for anew.
enum class Content { Scenarios, Datasets, Runs, Benchmarks, Predictions, Prompts, Models };

/// A job as the window sees it, from its first place in the queue until after its end.
struct JobView {
  jobs::JobNumber number = 0;
  QString lane, label;
  enum class State { Waiting, Running, Paused, Ended } state = State::Waiting;
  RunId run;  // known once it has started; none for jobs without a row
  RunKind kind = RunKind::Import;
  Progress progress;                     // the newest
  double seconds = 0;                    // since it started
  RunStatus status = RunStatus::Queued;  // once ended
  QString error;                         // once failed: the sentence
};

/// One open project: its file, its queue of jobs, its database threads and its undo stack. Lives on
/// the window's thread; every signal comes there. Destroying it stops all jobs (each saves what it
/// has: a training writes a checkpoint) and waits for them.
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(store::Project project, QObject* parent = nullptr);
  ~Session() override;

  const store::Project& project() const { return m_project; }
  QString path() const;
  QString name() const;  // the file's name without its ending
  bool readOnly() const;
  Database& database() { return *m_database; }
  QUndoStack& undoStack() { return *m_undoStack; }

  /// Lanes: "model" for what computes with a model (one at a time), "data" for the rest.
  static const char* const kModelLane;
  static const char* const kDataLane;
  jobs::JobNumber submit(const char* lane, const QString& label, jobs::JobFunction job);
  bool cancel(jobs::JobNumber number);
  bool pause(jobs::JobNumber number);
  bool resume(jobs::JobNumber number);
  void reorder(const char* lane, const std::vector<jobs::JobNumber>& order);
  /// Waiting and running ones in order of their lanes, then those that ended in this session,
  /// newest last (at most fifty).
  std::vector<JobView> jobs() const;
  const JobView* job(jobs::JobNumber number) const;
  /// The job that works on a run, or null.
  const JobView* jobOfRun(RunId run) const;
  /// Whether any job waits or runs.
  bool busy() const;
  /// Asks every job to stop; they end with their own Finished events.
  void stopAll();

  /// Pages that wrote something themselves say so.
  void noteChange(Content content) { Q_EMIT contentChanged(content); }

 Q_SIGNALS:
  /// Every event of every job, in order.
  void jobEvent(quint64 number, const wordsight::Event& event);
  /// A job came, started, moved, paused or ended; not for mere progress.
  void jobsChanged();
  /// Progress of a running job; at most some ten a second and job.
  void jobProgress(quint64 number);
  /// After a job's last event. `error` is empty unless it failed.
  void jobEnded(quint64 number, wordsight::RunStatus status, const QString& error);
  void contentChanged(wordsight::ui::Content content);

 private:
  struct Feed;
  void drain();
  void apply(jobs::JobNumber number, const Event& event);
  void finish(jobs::JobNumber number, const Result<jobs::JobOutcome>& outcome);
  void announceChanges(RunKind kind);

  store::Project m_project;
  std::unique_ptr<Database> m_database;
  QUndoStack* m_undoStack;
  std::shared_ptr<Feed> m_feed;
  std::unordered_map<jobs::JobNumber, JobView> m_jobs;
  std::unordered_map<jobs::JobNumber, Stopwatch> m_watches;
  std::vector<jobs::JobNumber> m_ended;
  std::unique_ptr<jobs::JobQueue> m_queue;  // last: its threads end before the rest goes
};

}  // namespace wordsight::ui

Q_DECLARE_METATYPE(wordsight::Event)
