#include "jobs/queue.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

namespace wordsight::jobs {
namespace {

struct Waiting {
  JobNumber number = 0;
  std::string label;
  JobFunction job;
  std::shared_ptr<PauseGate> gate;
};

struct Lane {
  std::deque<Waiting> waiting;
  std::optional<Waiting> running;
  RunId run;              // that the running job works on
  bool busy = false;      // a job runs, or its end is being told
  std::stop_source stop;  // of the running job
  std::jthread thread;    // last: joins before the rest goes
};

/// A job that throws must not take the lane's thread, and the program, with it.
Result<JobOutcome> runGuarded(const JobFunction& job, const JobContext& context) {
  try {
    return job(context);
  } catch (const std::exception& e) {
    return fail(std::string("An unexpected error ended the work: ") + e.what() + ".",
                ErrorKind::Internal);
  }
}

}  // namespace

struct JobQueue::State {
  store::Project project;
  OnEvent onEvent;
  OnDone onDone;
  mutable std::mutex mutex;
  std::condition_variable_any changed;
  std::map<std::string, std::unique_ptr<Lane>> lanes;
  JobNumber next = 1;

  void work(Lane& lane, std::stop_token laneStop);
  JobContext begin(Lane& lane);
  PauseGate* gateOf(JobNumber number);
  void done(JobNumber number, const Result<JobOutcome>& outcome) const {
    if (onDone) onDone(number, outcome);
  }
};

/// Takes the next job up. Under the lock.
JobContext JobQueue::State::begin(Lane& lane) {
  lane.running = std::move(lane.waiting.front());
  lane.waiting.pop_front();
  lane.run = {};
  lane.busy = true;
  lane.stop = std::stop_source();
  EventSink sink = [this, &lane, number = lane.running->number](const Event& event) {
    if (event.run && std::holds_alternative<Started>(event.what)) {
      const std::lock_guard lock(mutex);
      lane.run = event.run;
    }
    if (onEvent) onEvent(number, event);
  };
  return {project, std::move(sink), lane.stop.get_token(), lane.running->gate};
}

void JobQueue::State::work(Lane& lane, std::stop_token laneStop) {
  std::unique_lock lock(mutex);
  while (changed.wait(lock, laneStop, [&] { return !lane.waiting.empty(); })) {
    if (laneStop.stop_requested()) break;
    const JobContext context = begin(lane);
    const JobNumber number = lane.running->number;
    const JobFunction job = std::move(lane.running->job);
    lock.unlock();
    const auto outcome = runGuarded(job, context);
    lock.lock();
    lane.running.reset();
    lock.unlock();
    done(number, outcome);
    lock.lock();
    lane.busy = false;
    changed.notify_all();
  }
}

/// Of a running or waiting job. Under the lock.
PauseGate* JobQueue::State::gateOf(JobNumber number) {
  for (auto& [name, lane] : lanes) {
    if (lane->running && lane->running->number == number) return lane->running->gate.get();
    for (const auto& job : lane->waiting)
      if (job.number == number) return job.gate.get();
  }
  return nullptr;
}

JobQueue::JobQueue(store::Project project, OnEvent onEvent, OnDone onDone)
    : m_state(new State{std::move(project), std::move(onEvent), std::move(onDone), {}, {}, {}, 1}) {
}

JobQueue::~JobQueue() {
  std::vector<JobNumber> dropped;
  {
    const std::lock_guard lock(m_state->mutex);
    for (auto& [name, lane] : m_state->lanes) {
      for (const auto& job : lane->waiting) dropped.push_back(job.number);
      lane->waiting.clear();
      lane->stop.request_stop();
      lane->thread.request_stop();
    }
  }
  for (auto& [name, lane] : m_state->lanes)
    if (lane->thread.joinable()) lane->thread.join();
  for (const auto number : dropped)
    m_state->done(number, fail("Taken out of the queue.", ErrorKind::Cancelled));
}

JobNumber JobQueue::submit(const std::string& laneName, const std::string& label, JobFunction job) {
  const std::lock_guard lock(m_state->mutex);
  auto& lane = m_state->lanes[laneName];
  if (!lane) {
    lane = std::make_unique<Lane>();
    lane->thread = std::jthread([state = m_state.get(), lane = lane.get()](std::stop_token stop) {
      state->work(*lane, stop);
    });
  }
  const JobNumber number = m_state->next++;
  lane->waiting.push_back({number, label, std::move(job), std::make_shared<PauseGate>()});
  m_state->changed.notify_all();
  return number;
}

bool JobQueue::cancel(JobNumber number) {
  {
    const std::lock_guard lock(m_state->mutex);
    bool found = false;
    for (auto& [name, lane] : m_state->lanes) {
      if (lane->running && lane->running->number == number) {
        lane->stop.request_stop();
        return true;
      }
      const auto it = std::find_if(lane->waiting.begin(), lane->waiting.end(),
                                   [&](const Waiting& job) { return job.number == number; });
      if (it == lane->waiting.end()) continue;
      lane->waiting.erase(it);
      m_state->changed.notify_all();
      found = true;
      break;
    }
    if (!found) return false;
  }
  m_state->done(number, fail("Taken out of the queue.", ErrorKind::Cancelled));
  return true;
}

bool JobQueue::pause(JobNumber number) {
  const std::lock_guard lock(m_state->mutex);
  PauseGate* gate = m_state->gateOf(number);
  if (gate) gate->pause();
  return gate != nullptr;
}

bool JobQueue::resume(JobNumber number) {
  const std::lock_guard lock(m_state->mutex);
  PauseGate* gate = m_state->gateOf(number);
  if (gate) gate->resume();
  return gate != nullptr;
}

void JobQueue::reorder(const std::string& laneName, const std::vector<JobNumber>& order) {
  const std::lock_guard lock(m_state->mutex);
  const auto it = m_state->lanes.find(laneName);
  if (it == m_state->lanes.end()) return;
  const auto rank = [&](const Waiting& job) {
    return std::find(order.begin(), order.end(), job.number) - order.begin();
  };
  auto& waiting = it->second->waiting;
  std::stable_sort(waiting.begin(), waiting.end(),
                   [&](const Waiting& a, const Waiting& b) { return rank(a) < rank(b); });
}

std::vector<QueuedJob> JobQueue::jobs() const {
  const std::lock_guard lock(m_state->mutex);
  std::vector<QueuedJob> all;
  for (const auto& [name, lane] : m_state->lanes) {
    if (const auto& job = lane->running)
      all.push_back({job->number, name, job->label, true, job->gate->paused(), lane->run});
    for (const auto& job : lane->waiting)
      all.push_back({job.number, name, job.label, false, job.gate->paused(), {}});
  }
  return all;
}

void JobQueue::waitIdle() {
  std::unique_lock lock(m_state->mutex);
  m_state->changed.wait(lock, [&] {
    return std::all_of(m_state->lanes.begin(), m_state->lanes.end(), [](const auto& entry) {
      return !entry.second->busy && entry.second->waiting.empty();
    });
  });
}

}  // namespace wordsight::jobs
