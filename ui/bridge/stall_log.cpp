#include "bridge/stall_log.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace wordsight::ui {

namespace {

double milliseconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// How long this thread was ready to run and had no processor, in ms; nothing where the system
/// does not tell. 1 µs.
std::optional<double> heldUp() {
  thread_local const int file = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  char text[96];
  const auto size = file < 0 ? -1 : ::pread(file, text, sizeof text - 1, 0);
  if (size <= 0) return {};
  text[size] = '\0';
  unsigned long long ran = 0, waited = 0;  // ns
  if (std::sscanf(text, "%llu %llu", &ran, &waited) != 2) return {};
  return 1e-6 * static_cast<double>(waited);
}

}  // namespace

EventWatch::EventWatch() : m_wall(milliseconds(CLOCK_MONOTONIC)), m_heldUp(heldUp()) {}

double EventWatch::wall() const { return milliseconds(CLOCK_MONOTONIC) - m_wall; }

double EventWatch::counts() const {
  const auto held = heldUp();
  return held && m_heldUp ? std::max(0.0, wall() - (*held - *m_heldUp)) : wall();
}

void StallLog::note(Stall stall) {
  constexpr std::size_t kKept = 1000;
  const std::lock_guard lock(m_mutex);
  m_stalls.push_back(std::move(stall));
  if (m_stalls.size() > kKept) m_stalls.pop_front();
}

std::deque<StallLog::Stall> StallLog::stalls() const {
  const std::lock_guard lock(m_mutex);
  return m_stalls;
}

double StallLog::longest() const {
  const std::lock_guard lock(m_mutex);
  double most = 0;
  for (const Stall& stall : m_stalls) most = std::max(most, stall.milliseconds);
  return most;
}

void StallLog::clear() {
  const std::lock_guard lock(m_mutex);
  m_stalls.clear();
}

}  // namespace wordsight::ui
