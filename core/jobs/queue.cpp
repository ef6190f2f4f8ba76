#include "jobs/queue.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace wordsight::jobs {
namespace {

struct Waiting {
  JobNumber number;
  std::string label;
  JobFunction job;
};

struct Lane {
  std::deque<Waiting> waiting;
  JobNumber running = 0;
  std::string runningLabel;
  std::stop_source stop;  // of the running job
  std::jthread thread;    // last: joins before the rest goes
};

}  // namespace

struct JobQueue::State {
  store::Project project;
  EventSink sink;
  OnDone onDone;
  mutable std::mutex mutex;
  std::condition_variable_any changed;
  std::map<std::string, std::unique_ptr<Lane>> lanes;
  JobNumber next = 1;
  bool closing = false;

  void work(Lane& lane, std::stop_token laneStop);
  void done(JobNumber number, const Result<JobOutcome>& outcome) const {
    if (onDone) onDone(number, outcome);
  }
};

void JobQueue::State::work(Lane& lane, std::stop_token laneStop) {
  std::unique_lock lock(mutex);
  while (changed.wait(lock, laneStop, [&] { return !lane.waiting.empty(); })) {
    if (laneStop.stop_requested()) break;
    Waiting job = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    lane.running = job.number;
    lane.runningLabel = job.label;
    lane.stop = std::stop_source();
    const JobContext context{project, sink, lane.stop.get_token()};
    lock.unlock();
    const auto outcome = job.job(context);
    done(job.number, outcome);
    lock.lock();
    lane.running = 0;
    changed.notify_all();
  }
}

JobQueue::JobQueue(store::Project project, EventSink sink, OnDone onDone)
    : m_state(new State{
          std::move(project), std::move(sink), std::move(onDone), {}, {}, {}, 1, false}) {}

JobQueue::~JobQueue() {
  std::vector<JobNumber> dropped;
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->closing = true;
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
  lane->waiting.push_back({number, label, std::move(job)});
  m_state->changed.notify_all();
  return number;
}

bool JobQueue::cancel(JobNumber number) {
  {
    const std::lock_guard lock(m_state->mutex);
    bool found = false;
    for (auto& [name, lane] : m_state->lanes) {
      if (lane->running == number) {
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
    if (lane->running) all.push_back({lane->running, name, lane->runningLabel, true});
    for (const auto& job : lane->waiting) all.push_back({job.number, name, job.label, false});
  }
  return all;
}

void JobQueue::waitIdle() {
  std::unique_lock lock(m_state->mutex);
  m_state->changed.wait(lock, [&] {
    return std::all_of(m_state->lanes.begin(), m_state->lanes.end(), [](const auto& entry) {
      return entry.second->running == 0 && entry.second->waiting.empty();
    });
  });
}

}  // namespace wordsight::jobs
