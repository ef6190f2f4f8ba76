#pragma once
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "domain/example.h"
#include "domain/train_spec.h"
#include "neural/model.h"
#include "text/chat.h"
#include "text/tokenizer.h"

namespace wordsight::train {

/// What one run of training needs beside the spec. All references outlive the call.
struct TrainInput {
  neural::LanguageModel&
      model;  // loaded without vision, in the spec's precision; the trainer attaches the adapter
  const text::Tokenizer& tokenizer;
  const text::ChatTemplate& chat;
  const TrainingData& data;
  std::filesystem::path out;  // adapter and checkpoints/step-N/ go here
  std::string baseModel;      // recorded in adapter_config.json
  std::filesystem::path
      resume;  // a checkpoint folder to continue bit for bit; empty: from the start
};

/// Called from the training thread; they return quickly.
struct TrainHooks {
  std::function<void(const StepMetrics&)> onStep;
  std::function<void(const EvalMetrics&)> onEval;
  std::function<void(const Sample&)>
      onSample;  // what the first batch looks like, answers then and now
  std::function<void(const LogLine&)> onLog;
  std::function<Status(const Checkpoint&)> onCheckpoint;  // after the folder is complete on disk
};

struct TrainOutcome {
  bool cancelled = false;  // stopped by request: a checkpoint of the last step was written
  std::int64_t steps = 0, samples = 0, tokens = 0, countedTokens = 0;
  double seconds = 0, finalLoss = 0;
  std::vector<double> losses;  // one a step
  std::map<std::string, double>
      updateNorms;  // per layer: norm of scale*B*A summed over its targets
  std::map<std::string, std::string> hashesBefore,
      hashesAfter;  // per module of the base: equal, or it is a bug
};

/// The training loop: LoRA on the language part, text only, packed.
Result<TrainOutcome> train(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks,
                           std::stop_token stop);

}  // namespace wordsight::train
