#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace wordsight {

/// Milliseconds since 1970-01-01 UTC: how every time is stored.
using UnixMillis = std::int64_t;

UnixMillis nowMillis();
/// "2026-03-01T12:30:05.123Z"
std::string isoTime(UnixMillis time);

/// Wall time since construction or restart(), from the steady clock.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  }
  void restart() { m_start = std::chrono::steady_clock::now(); }

 private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// "850 ms", "12.3 s", "4 min 05 s", "2 h 03 min": for people.
std::string humanDuration(double seconds);

}  // namespace wordsight
