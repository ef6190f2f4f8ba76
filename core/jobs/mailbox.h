#pragma once
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace wordsight::jobs {

/// Events on their way to a thread that must not be flooded (a window's): any thread posts, one
/// thread takes all that is there. `wake` is called once for each time that the box goes from empty
/// to not empty: at most one wake-up is pending, however many events arrive. Order is kept, nothing
/// is lost.
template <class T>
class Mailbox {
 public:
  explicit Mailbox(std::function<void()> wake) : m_wake(std::move(wake)) {}

  void post(T item) {
    bool first = false;
    {
      const std::lock_guard lock(m_mutex);
      first = m_items.empty();
      m_items.push_back(std::move(item));
    }
    if (first && m_wake) m_wake();
  }
  std::vector<T> takeAll() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_items, {});
  }

 private:
  std::function<void()> m_wake;
  std::mutex m_mutex;
  std::vector<T> m_items;
};

}  // namespace wordsight::jobs
