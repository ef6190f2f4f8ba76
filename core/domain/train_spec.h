#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/json.h"

namespace wordsight {

enum class Precision { F32, BF16 };
const char* toText(Precision precision);

/// Everything that decides what a training run computes. Stored whole with each run.
struct TrainSpec {
  std::string preset = "corrected";  // or "as-published": names the defaults this spec started from
  Precision precision = Precision::BF16;
  std::uint64_t seed = 1;
  double epochs = 3;
  std::int64_t maxSteps =
      0;  // 0: as many as the epochs give; otherwise that many, whatever the epochs say
  bool shuffle = true;
  std::string loss =
      "answer";  // "answer": tokens of the last assistant turn; "sequence": every token
  bool shuffleOptions = false;  // a scenario's options get a new order at each use
  double choiceWeight = 1.0;    // weight of the letter's token in the loss
  struct Lora {
    int rank = 32;
    double alpha = 16;
    double dropout = 0;
    bool rslora = false;
    std::vector<std::string> targets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                        "gate_proj", "up_proj", "down_proj"};
    std::string init;  // adapter folder to start from; empty: fresh
  } lora;
  struct Optimizer {
    double lr = 1e-4, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0, maxGradNorm = 1;
  } optimizer;
  struct Schedule {
    std::string kind =
        "cosine";          // constant, linear, cosine, hold_linear (flat to half, then linear to 0)
    double warmup = 0.03;  // below 1: share of all steps; from 1: steps
  } schedule;
  struct Batch {
    int samples = 32;        // per optimiser step
    int microTokens = 8192;  // most tokens in one forward pass; a longer sample goes alone
  } batch;
  std::string recompute = "auto";  // auto, on, off: trade time for memory
  int maxLength = 4096;            // tokens; longer samples are an error that names them
  int evalEvery = 50, saveEvery = 100, probeEvery = 50;  // steps; 0: never
};

/// The defaults of a preset: "corrected" or "as-published" (facts of the authors' runs: loss on the
/// whole sequence, lr 2e-5 falling linearly without warm-up, dropout 0.05, 32 samples a step).
Result<TrainSpec> trainSpecPreset(const std::string& preset);
Json toJson(const TrainSpec& spec);
/// Keys are optional (the preset's value holds), unknown keys are errors, values are checked for
/// range.
Result<TrainSpec> trainSpecFromJson(const Json& json, const std::string& what);
Result<TrainSpec> trainSpecFromText(const std::string& text, const std::string& what);

}  // namespace wordsight
