#pragma once
#include <QString>
#include <deque>
#include <mutex>
#include <optional>

namespace wordsight::ui {

/// What held the window's thread too long: one event handled for more than the limit. What counts
/// is the thread's own time, so that a machine with other work does not look like a slow window; a
/// wait of the thread's own (for a disk, a lock) counts in full. Written by the application's event
/// loop (shell), read by tests and by the log page. Thread-safe.
class StallLog {
 public:
  struct Stall {
    QString receiver;         // class and object name
    int event = 0;            // QEvent::Type
    double milliseconds = 0;  // what counts
    double wall = 0;          // between beginning and end, whoever had the processor
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

/// What an event takes, from now on; for the thread that makes it. The time in which the thread was
/// ready and other work had its processor does not count; waits of its own do. Some 2 µs an event.
class EventWatch {
 public:
  EventWatch();
  double wall() const;    // ms
  double counts() const;  // ms

 private:
  double m_wall;
  std::optional<double> m_heldUp;
};

}  // namespace wordsight::ui
