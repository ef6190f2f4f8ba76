#include "bridge/stall_log.h"

#include <algorithm>

namespace wordsight::ui {

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
