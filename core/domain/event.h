#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "domain/ids.h"
#include "domain/json.h"
#include "domain/run.h"

namespace wordsight {

// What a running job says, in order. One stream a job; Started first, Finished last and exactly
// once.
struct Started {
  RunKind kind;
  std::string label;
};
struct Progress {
  std::string stage;
  std::int64_t done = 0, total = 0;
  double rate = 0;
  std::string unit;
  std::string detail;  // what else there is to say, as "14 attempts, 11 rejected"; may be empty
};
struct StepMetrics {
  std::int64_t step = 0, totalSteps = 0, samples = 0,
               tokens = 0;  // cumulative; tokens: all that went through the model
  double loss = 0, lr = 0, gradNorm = 0, tokensPerSecond = 0, memoryMiB = 0, seconds = 0;
};
struct EvalMetrics {
  std::int64_t step = 0, samples = 0, tokens = 0;
  double seconds = 0;
  std::optional<double> evalLoss, probeAccuracy;
  int probeItems = 0;
};
/// Right answers so far in an evaluation, with a 95 % interval (Wilson) of the share.
struct Tally {
  std::int64_t right = 0, n = 0;
  double accuracy = 0, low = 0, high = 1;
};
struct Sample {
  std::string label, prompt, text;
  std::int64_t step = 0;
};
struct LogLine {
  enum class Level { Info, Warning } level = Level::Info;
  std::string text;
};
struct Finished {
  RunStatus status = RunStatus::Done;
  std::string error;
  Json summary;
};

struct Event {
  RunId run;
  std::variant<Started, Progress, StepMetrics, EvalMetrics, Tally, Sample, LogLine, Finished> what;
};
using EventSink = std::function<void(const Event&)>;

/// {"event":"step","run":3,"step":1,"loss":…}: the lines of --json. Events: started, progress,
/// step, eval, tally, sample, log, finished.
Json toJson(const Event& event);

}  // namespace wordsight
