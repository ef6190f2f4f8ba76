#pragma once
// What a run answered to each item: all shifts of an item made into one answer. Comparisons, the
// summaries of runs and the tally of a running evaluation count items by this.

#include <span>
#include <utility>
#include <vector>

#include "eval/comparison.h"
#include "store/prediction_repository.h"

namespace wordsight::jobs {

/// Predictions of one item, at least one, and their choices: `choices` with overrides, `byRule`
/// without. An override counts; else several shifts give the option of the highest mean probability
/// (letter scoring), or that of the majority.
eval::CellAnswer mergedAnswer(std::span<const Prediction> shifts,
                              const store::PredictionRepository::Choices& choices,
                              const store::PredictionRepository::Choices& byRule);

/// Of all items that the run answered, in order of items.
Result<std::vector<std::pair<ItemId, eval::CellAnswer>>> itemAnswers(store::Connection& connection,
                                                                     RunId run);

}  // namespace wordsight::jobs
