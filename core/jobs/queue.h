#pragma once
// Lanes: jobs of one lane run one after another in its own thread, lanes run beside each other.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "jobs/job.h"

namespace wordsight::jobs {

using JobNumber = std::uint64_t;
/// A job's function; what it returns is also in the events that it sent.
using JobFunction = std::function<Result<JobOutcome>(const JobContext&)>;

struct QueuedJob {
  JobNumber number = 0;
  std::string lane, label;
  bool running = false;
  bool paused = false;  // asked to stand still; a waiting one will, as soon as it began
  RunId run;            // the run that it works on, once that is known
};

/// Thread-safe. Every event of a job goes to `onEvent` from the lane's thread, in order; `onDone`
/// comes after the job's last event, when jobs() lists it no more, and also for jobs that were
/// taken out of the queue before they began (outcome: an error of kind Cancelled). Neither may wait
/// for the queue.
class JobQueue {
 public:
  using OnEvent = std::function<void(JobNumber, const Event&)>;
  using OnDone = std::function<void(JobNumber, const Result<JobOutcome>&)>;

  JobQueue(store::Project project, OnEvent onEvent, OnDone onDone = {});
  /// Asks everything to stop and waits for it.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  JobNumber submit(const std::string& lane, const std::string& label, JobFunction job);
  /// Running: asked to stop, paused or not. Waiting: taken out. False when it is neither.
  bool cancel(JobNumber number);
  /// Holds a job between two pieces of its work, and lets it go on. False when it neither runs nor
  /// waits.
  bool pause(JobNumber number);
  bool resume(JobNumber number);
  /// Waiting jobs of a lane in a new order; numbers that are no longer waiting are ignored.
  void reorder(const std::string& lane, const std::vector<JobNumber>& order);
  /// Lane by lane: the running one, then the waiting ones in order.
  std::vector<QueuedJob> jobs() const;
  /// Until no job runs or waits, and every onDone has returned.
  void waitIdle();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace wordsight::jobs
