#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/ids.h"
#include "domain/json.h"

namespace wordsight {

enum class RunKind {
  Synthesis,
  Import,
  Check,
  Freeze,
  Training,
  Evaluation,
  Benchmark,
  Comparison,
  Export,
  Merge
};
enum class RunStatus { Queued, Running, Done, Failed, Cancelled, Interrupted };
const char* toText(RunKind kind);
const char* toText(RunStatus status);
Result<RunKind> runKindFromText(std::string_view text);
Result<RunStatus> runStatusFromText(std::string_view text);

/// Anything that took time and left rows.
struct Run {
  RunId id;
  RunKind kind = RunKind::Import;
  RunStatus status = RunStatus::Queued;
  std::string name;
  std::string command;  // the command line that would do the same
  Json spec;            // everything that decided what it computed
  Json summary;         // what came out: counts, accuracy, seconds
  std::string error;    // the sentence, when it failed
  UnixMillis createdAt = 0, startedAt = 0, finishedAt = 0;
};

/// One point of one curve. Names: loss, eval_loss, probe_accuracy, lr, grad_norm, tokens_per_s,
/// memory_mib.
struct MetricPoint {
  std::string name;
  std::int64_t step = 0, samples = 0, tokens = 0;
  double seconds = 0;  // since the run's start
  double value = 0;
};

struct Checkpoint {
  CheckpointId id;
  RunId run;
  std::int64_t step = 0;
  std::string folder;
  std::optional<double> evalLoss;
  UnixMillis createdAt = 0;
};

}  // namespace wordsight
