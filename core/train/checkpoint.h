#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/file_lock.h"
#include "base/result.h"
#include "domain/example.h"
#include "domain/json.h"
#include "domain/train_spec.h"
#include "neural/model.h"
#include "train/adamw.h"

namespace wordsight::train {

/// Where a run is after a whole number of optimiser steps: everything but tensors. Order of
/// samples, order of options and dropout depend on seed and step alone, so no generator has a state
/// to keep.
struct RunState {
  std::int64_t step = 0, samples = 0, tokens = 0, countedTokens = 0;
  double seconds = 0;
  std::vector<double> losses;  // one a step
};

/// What must be the same for a run to go on as if it had never stopped.
struct RunIdentity {
  Json spec;
  std::string dataHash;
  std::map<std::string, std::string> baseHashes;  // per module of the base
};

/// sha256 over what training reads of the examples (messages, scenarios, wording), in order.
std::string dataHash(const TrainingData& data);

/// checkpoints/step-000120: so that names sort as steps do.
std::filesystem::path checkpointFolder(const std::filesystem::path& out, std::int64_t step);
/// Complete checkpoints under `out`, oldest first.
std::vector<std::filesystem::path> listCheckpoints(const std::filesystem::path& out);

/// Whether a training may write into `out`: not over an adapter or checkpoints that are there,
/// unless it goes on from a checkpoint in that folder.
Status checkOutput(const std::filesystem::path& out, const std::filesystem::path& resume);
/// Held while a training writes into `out`, which is made when it is missing. Error (Busy): another
/// one is at work there.
Result<std::unique_ptr<FileLock>> lockOutput(const std::filesystem::path& out);

/// Writes a checkpoint: the adapter in PEFT's format, optimizer.safetensors (values and both
/// moments in float32) and state.json, into a folder beside it that is renamed when complete; an
/// older folder of the same step is replaced. On failure nothing of it is left and older
/// checkpoints are as they were.
Status saveCheckpoint(const std::filesystem::path& folder, const neural::LanguageModel& model,
                      const AdamW& optimizer, const RunState& state, const RunIdentity& identity,
                      const std::string& baseModel);

/// Reads a checkpoint into the attached adapter and the optimiser. Errors say what differs: spec
/// key, data, base weights, a tensor that is missing or of another shape.
Result<RunState> loadCheckpoint(const std::filesystem::path& folder, const RunIdentity& identity,
                                AdamW& optimizer);

/// Removes what a killed run left behind of checkpoints that it had not completed.
void removeUnfinished(const std::filesystem::path& out);

/// Removes all but the newest `keep` checkpoints (0: keeps all).
void pruneCheckpoints(const std::filesystem::path& out, int keep);

/// Writes the finished adapter into `out`: adapter_model.safetensors, wordsight.json and
/// adapter_config.json, each renamed into place when all are complete.
Status saveAdapter(const std::filesystem::path& out, const neural::LanguageModel& model,
                   const std::string& baseModel, const Json& record);

/// Starts the attached adapter from the tensors of an adapter folder in PEFT's format. Rank, alpha,
/// rslora and targets must be those of the spec; the error names what differs.
Status startFromAdapter(const std::filesystem::path& folder, neural::LanguageModel& model,
                        const TrainSpec& spec);

}  // namespace wordsight::train
