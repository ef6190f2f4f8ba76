#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "domain/run.h"
#include "store/connection.h"

namespace wordsight::ui {

/// What the project knows of one training besides its curves. Plain data, read in the background.
struct TrainingRecord {
  Run run;  // with its spec
  std::vector<Sample> samples;
  std::vector<Checkpoint> checkpoints;
  std::optional<MetricPoint> firstLoss, lastLoss;
  std::optional<MetricPoint> firstEval, bestEval, lastEval;  // held-out loss
  std::optional<MetricPoint> firstProbe, bestProbe, lastProbe;
  double peakMemoryMiB = 0;
  double adapterBytes = 0;    // of the adapter's weights on disk
  bool adapterThere = false;  // its folder holds an adapter
};
Result<TrainingRecord> trainingRecord(store::Connection& connection, RunId run);

/// The newest finished evaluations, one for each benchmark and way of asking, of this adapter and
/// of its base alone; none while the adapter was not evaluated.
Result<std::vector<RunId>> evaluationsOf(store::Connection& connection, const std::string& model,
                                         const std::string& adapter);

/// Number from a run's summary; nothing when it is not there.
std::optional<double> summaryNumber(const Run& run, const char* key);
/// Text from a run's summary or spec; empty when it is not there.
std::string jsonText(const Json& json, const char* key);
/// "layers.2" before "layers.10"; what has no number comes first, by name.
std::vector<std::pair<std::string, double>> updateNorms(const Run& run);

/// Norms of the update by layer (from 0) and module ("q" … "down"); not a number where the adapter
/// has nothing.
struct ModuleNorms {
  std::vector<std::string> modules;
  std::vector<std::vector<double>> layers;  // each as long as modules
};
/// Empty for runs of earlier versions, which did not write it, and where it cannot be read.
ModuleNorms moduleNorms(const Run& run);

}  // namespace wordsight::ui
