#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "domain/example.h"
#include "domain/json.h"
#include "domain/train_spec.h"
#include "text/chat.h"
#include "text/tokenizer.h"

namespace wordsight::neural {
class LanguageModel;  // neural/model.h; not included, so that callers such as jobs need no tensor
                      // header
}

namespace wordsight::train {

/// What one run of training needs beside the spec. All references outlive the call.
struct TrainInput {
  /// Loaded without vision, in the spec's precision, without an adapter: the trainer attaches one
  /// and leaves it attached.
  neural::LanguageModel& model;
  const text::Tokenizer& tokenizer;
  const text::ChatTemplate& chat;
  const TrainingData& data;
  /// The adapter and checkpoints/step-N/ go here. It must hold neither an adapter nor checkpoints,
  /// unless `resume` is one of these, and no other training may be writing there.
  std::filesystem::path out;
  std::string baseModel;  // recorded in adapter_config.json
  std::filesystem::path
      resume;               // a checkpoint folder to continue bit for bit; empty: from the start
  int keepCheckpoints = 0;  // newest ones that stay on disk; 0: all
  Json origin = Json::object();  // "origin" of the adapter's record: project, run, dataset
  /// Seconds for which a finished adapter that cannot be written is tried again.
  double waitForRoom = 600;
};

/// Called from the training thread; they return quickly. Each may be empty.
struct TrainHooks {
  std::function<void(const StepMetrics&)> onStep;
  std::function<void(const EvalMetrics&)> onEval;
  /// What the first batch looks like (label "first batch: …"), and the same few probe items
  /// answered then and now (label "probe: …").
  std::function<void(const Sample&)> onSample;
  std::function<void(const LogLine&)> onLog;
  /// After the folder is complete on disk. An error ends the training.
  std::function<Status(const Checkpoint&)> onCheckpoint;
  /// Between whole steps (`step` are done). It may wait, for a paused run, and gives the seconds
  /// that it waited: they are no part of the run's time. It returns at once when a stop is
  /// requested.
  std::function<double(std::int64_t step)> onBetweenSteps;
};

struct TrainOutcome {
  bool cancelled = false;  // stopped by request: a checkpoint of the last whole step was written
  std::int64_t steps = 0, samples = 0, tokens = 0, countedTokens = 0;  // with those before a resume
  double seconds = 0, finalLoss = 0;
  std::vector<double> losses;  // one a step
  std::map<std::string, double>
      updateNorms;   // "layers.3": Frobenius norm of scale * B A, its targets together
  Json moduleNorms;  // the same by layer and module (train/update_norms.h)
  std::map<std::string, std::string> hashesBefore,
      hashesAfter;  // per module of the base: equal, or it is a bug
};

/// The training loop: LoRA on the language part, text only, packed.
///
/// One optimiser step: `batch.samples` samples, laid end to end in packs of `batch.microTokens`
/// tokens; the loss is the weighted sum over counted tokens divided by the sum of weights of the
/// whole step, so that packing cannot change it; gradients of the packs add up, are cut to
/// `maxGradNorm` and used by AdamW at the schedule's rate. A run is the same bit for bit each time
/// with the same number of threads, and so is one that was stopped and resumed.
///
/// `stop` is looked at before each pack: a step that was begun is dropped, a checkpoint of the last
/// whole step is written and the outcome says `cancelled`. A checkpoint that cannot be written
/// because the disk is full costs one warning, the training goes on and tries again at each tenth
/// of the interval. A finished adapter that cannot be written is tried again for a while; then the
/// error names the last good checkpoint. A loss that is no number ends the run with an error that
/// names the last checkpoint.
Result<TrainOutcome> train(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks,
                           std::stop_token stop);

}  // namespace wordsight::train
