#pragma once
// What a training would be, before it starts: its size, its cost, its first batch.

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/model_jobs.h"
#include "store/project.h"

namespace wordsight::jobs {

/// Neighbouring characters of a sample that count alike: usually one token. Characters that
/// several tokens make together stand in one piece.
struct PreviewPiece {
  std::string text;      // valid UTF-8, special tokens included
  int tokens = 1;        // that it stands for
  bool counted = false;  // the loss looks at it
  bool letter = false;   // the letter of the choice, which has a weight of its own
};
struct PreviewSample {
  std::string id;  // "revision 17"
  std::vector<PreviewPiece> pieces;
  std::int64_t tokens = 0, counted = 0;
};
/// An example that the training would refuse to start with.
struct PreviewFault {
  std::string id, problem;  // the sentence
  bool tooLong = false;
};

struct TrainPreview {
  std::int64_t samples = 0, heldOut = 0, steps = 0;
  double epochs = 0;  // that the steps cover
  // Lengths of the training split. `looked` < samples: so many, evenly spread, stand for all.
  std::int64_t looked = 0;
  std::int64_t tokensPerEpoch = 0, shortest = 0, longest = 0;
  double meanLength = 0;
  double countedShare = 0;                 // of tokens: those that the loss counts
  std::int64_t tooLong = 0, unusable = 0;  // among those that were looked at, held-out ones too
  std::vector<PreviewFault> faults;        // the first of them

  // Memory, MiB. Everything that the program would hold, with activations kept or computed again.
  double weightsMiB = 0, optimizerMiB = 0, keptMiB = 0, recomputedMiB = 0;
  bool recompute = false;   // what this spec comes to on this machine as it is now
  double memoryMiB = 0;     // accordingly
  double availableMiB = 0;  // 0: cannot be told

  double seconds = 0;  // of the whole training, evaluations included; 0: cannot be told
  enum class Rate {
    SameModel,  // measured in the project's trainings on this model in this precision
    SamePrecision,
    Calibrated  // a short matrix product, halved
  } rate = Rate::Calibrated;
  double flopsPerSecond = 0;

  std::vector<PreviewSample> firstBatch;  // at most 32, options in the order of their first use
  std::int64_t firstBatchSamples = 0;     // of the whole batch
  std::vector<std::string> warnings;      // an unknown chat template, …
};

/// No weight is loaded. Errors are those that the training would end with before its first step,
/// apart from faulty examples, which are listed. Any thread; with 10,000 scenarios well below a
/// second.
Result<TrainPreview> previewTraining(const store::Project& project, const TrainingSpec& spec,
                                     std::stop_token stop = {});

}  // namespace wordsight::jobs
