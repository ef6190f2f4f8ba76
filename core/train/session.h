#pragma once
// Training from a model folder, for callers that hold no tensors: jobs and the command line.

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "domain/example.h"
#include "domain/json.h"
#include "domain/train_spec.h"
#include "train/trainer.h"

namespace wordsight::train {

struct TrainRequest {
  TrainSpec spec;
  std::filesystem::path model;   // checkpoint folder; only its language part is read
  std::filesystem::path out;     // the adapter and checkpoints/ go here
  std::filesystem::path resume;  // a checkpoint folder; empty: from the start
  int threads = 0;               // torch's own threads; 0: as many as there are cores
  Json origin = Json::object();  // where the training belongs; kept in the adapter's record
  double waitForRoom = 600;      // seconds, for a finished adapter that cannot be written
};

/// A complete checkpoint on disk.
struct SavedStep {
  std::int64_t step = 0;
  std::filesystem::path folder;
};
/// The newest one in an output folder.
std::optional<SavedStep> newestCheckpoint(const std::filesystem::path& out);

/// What trainFolder() would refuse about the output folder before it loads anything: an adapter or
/// checkpoints that are there, another training that is writing.
Status checkOutputFolder(const std::filesystem::path& out,
                         const std::filesystem::path& resume = {});

/// Loads model, tokenizer and chat template, then trains. Exceptions of torch (memory above all)
/// become errors.
Result<TrainOutcome> trainFolder(const TrainRequest& request, const TrainingData& data,
                                 const TrainHooks& hooks, std::stop_token stop);

}  // namespace wordsight::train
