#include "base/time.h"

#include <cmath>
#include <cstdio>
#include <ctime>

namespace wordsight {

UnixMillis nowMillis() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string isoTime(UnixMillis time) {
  std::time_t seconds = static_cast<std::time_t>(time / 1000);
  int millis = static_cast<int>(time % 1000);
  if (millis < 0) {
    millis += 1000;
    --seconds;
  }
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char buffer[80];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, millis);
  return buffer;
}

std::string humanDuration(double seconds) {
  char buffer[64];
  if (!(seconds >= 0) || seconds > 1e9) return "?";
  if (seconds < 1) {
    std::snprintf(buffer, sizeof buffer, "%.0f ms", seconds * 1000);
  } else if (seconds < 60) {
    std::snprintf(buffer, sizeof buffer, "%.1f s", seconds);
  } else if (seconds < 3600) {
    const int whole = static_cast<int>(std::lround(seconds));
    std::snprintf(buffer, sizeof buffer, "%d min %02d s", whole / 60, whole % 60);
  } else {
    const int minutes = static_cast<int>(std::lround(seconds / 60));
    std::snprintf(buffer, sizeof buffer, "%d h %02d min", minutes / 60, minutes % 60);
  }
  return buffer;
}

}  // namespace wordsight
