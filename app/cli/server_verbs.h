#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "domain/train_spec.h"
#include "session.h"

namespace wordsight::cli {

/// What may be said about a training on the command line. Unset options leave the spec's or the
/// preset's value.
struct TrainOptions {
  std::string project, spec, data, model, out, prompt = "default", resume, dataset;
  std::optional<std::string> preset, precision, loss, recompute, loraInit, loraTargets, schedule;
  std::optional<std::uint64_t> seed;
  std::optional<double> epochs, choiceWeight, loraAlpha, loraDropout, lr, beta1, beta2, eps,
      weightDecay, maxGradNorm, warmup;
  std::optional<std::int64_t> maxSteps, loraRank, batch, microTokens, maxLength, evalEvery,
      saveEvery, probeEvery;
  int probeItems = 100;  // in a project
  bool noShuffle = false, shuffleOptions = false, loraRslora = false, control = false;
};

Result<TrainSpec> trainSpecOf(const TrainOptions& options);
void addTrainOptions(CLI::App& verb, TrainOptions& options);
Result<Json> trainWithoutProject(Session& session, const TrainOptions& options);

}  // namespace wordsight::cli
