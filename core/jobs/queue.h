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
};

/// Thread-safe. Every event of a job goes to the sink from the lane's thread, in order; `onDone`
/// comes after the job's last event, also for jobs that were taken out of the queue before they
/// began (outcome: an error of kind Cancelled).
class JobQueue {
 public:
  using OnDone = std::function<void(JobNumber, const Result<JobOutcome>&)>;

  JobQueue(store::Project project, EventSink sink, OnDone onDone = {});
  /// Asks everything to stop and waits for it.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  JobNumber submit(const std::string& lane, const std::string& label, JobFunction job);
  /// Running: asked to stop. Waiting: taken out. False when it is neither.
  bool cancel(JobNumber number);
  /// Waiting jobs of a lane in a new order; numbers that are no longer waiting are ignored.
  void reorder(const std::string& lane, const std::vector<JobNumber>& order);
  std::vector<QueuedJob> jobs() const;
  /// Until no job runs or waits.
  void waitIdle();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace wordsight::jobs
