#pragma once
// What a training reads of a dataset: one place for the job and for its preview. Inside jobs only.

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/example.h"
#include "jobs/model_jobs.h"
#include "store/dataset_repository.h"

namespace wordsight::jobs {

/// A dataset's splits, and what messages call each item ("revision 17"). With `control`, keys and
/// rationales of the training split are shuffled.
struct TrainingContents {
  std::vector<ScenarioContent> train, heldOut;
  std::vector<std::string> trainIds, heldOutIds;
};
Result<TrainingContents> trainingContents(store::Connection& connection, const TrainingSpec& spec,
                                          const store::Dataset& dataset);

/// The same as examples; an item without a key is an error that names it.
Result<TrainingData> trainingData(store::Connection& connection, const TrainingSpec& spec,
                                  const store::Dataset& dataset, const DecisionPrompt& prompt);

}  // namespace wordsight::jobs
