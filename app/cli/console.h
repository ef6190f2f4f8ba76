#pragma once
// What the command line shows: progress and sentences for people, one JSON object a line for
// programs.

#include <mutex>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "domain/event.h"

namespace wordsight::cli {

/// Results go to standard output, progress and warnings to standard error. May be used from several
/// threads.
class Console {
 public:
  explicit Console(bool json);
  ~Console();

  bool json() const { return m_json; }
  /// Events of jobs: a progress line that is rewritten on a terminal (a line now and then
  /// elsewhere), or JSON lines.
  EventSink sink();
  /// A line for people; nothing with --json.
  void line(const std::string& text);
  /// A JSON object; nothing without --json.
  void object(const Json& json);
  void warning(const std::string& text);
  /// The last line of a verb: {"event":"finished","status":"done",…summary}. Nothing for people.
  void finished(const Json& summary);
  /// The sentence on standard error, or {"event":"finished","status":…,"error":…}. Returns the exit
  /// status.
  int failed(const Error& error);

 private:
  void show(const Event& event);
  void showProgress(const Progress& progress);
  void clearProgress();
  bool m_json, m_terminal;
  std::mutex m_mutex;
  std::string m_progress;  // what stands in the rewritten line now
  std::string m_stage, m_detail;
  Stopwatch m_lastLine;
};

/// Exit statuses (design: 0 done, 1 failed, 2 bad usage, 130 interrupted).
enum ExitStatus { kDone = 0, kFailed = 1, kBadUsage = 2, kInterrupted = 130 };

}  // namespace wordsight::cli
