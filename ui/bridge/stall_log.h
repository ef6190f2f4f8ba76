#pragma once
#include <QString>
#include <deque>
#include <mutex>

namespace wordsight::ui {

/// What held the window's thread too long: one event handled for more than the limit. Written by
/// the application's event loop (shell), read by tests and by the log page. Thread-safe.
class StallLog {
 public:
  struct Stall {
    QString receiver;  // class and object name
    int event = 0;     // QEvent::Type
    double milliseconds = 0;
  };
  static constexpr double kLimitMilliseconds = 10;

  void note(Stall stall);
  std::deque<Stall> stalls() const;
  double longest() const;
  void clear();

 private:
  mutable std::mutex m_mutex;
  std::deque<Stall> m_stalls;  // the newest thousand
};

}  // namespace wordsight::ui
