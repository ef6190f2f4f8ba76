#pragma once
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace wordsight::jobs {

/// Where a job stands still between two pieces of its work while a person wants it to. Shared by
/// the job and whoever pauses it; thread-safe. Nothing is lost by pausing: models stay loaded, and
/// a request to stop ends the wait at once.
class PauseGate {
 public:
  void pause() { set(true); }
  void resume() { set(false); }
  bool paused() const {
    const std::lock_guard lock(m_mutex);
    return m_paused;
  }
  /// Returns when the gate is open or a stop was requested: at once when it is open.
  void wait(const std::stop_token& stop) const {
    std::unique_lock lock(m_mutex);
    m_opened.wait(lock, stop, [this] { return !m_paused; });
  }

 private:
  void set(bool paused) {
    {
      const std::lock_guard lock(m_mutex);
      m_paused = paused;
    }
    m_opened.notify_all();
  }
  mutable std::mutex m_mutex;
  mutable std::condition_variable_any m_opened;
  bool m_paused = false;
};

}  // namespace wordsight::jobs
