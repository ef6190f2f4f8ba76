#pragma once
// Whether a cell's confidence can be believed: of the answers given with 70 %, are 70 % right?

#include <optional>
#include <vector>

#include "eval/comparison.h"

namespace wordsight::eval {

/// Answers whose confidence lies in (low, high]; the first bin holds 0 as well.
struct ReliabilityBin {
  double low = 0, high = 0;
  double confidence = 0;  // mean of its answers; the bin's middle when it has none
  Proportion accuracy;    // right of n, with Wilson's interval
};

/// Guo et al. 2017. `error` is the expected calibration error: the mean distance between confidence
/// and accuracy of the bins, weighted by their answers.
struct Reliability {
  std::vector<ReliabilityBin> bins;
  double error = 0;
  int n = 0;
};

/// Confidence is the probability of the option that counts as chosen; where none does (a tie), the
/// highest one. None when an answer has no probabilities (generation, recorded answers).
std::optional<Reliability> reliability(const Cell& cell, int bins = 10);

/// That confidence of one answer; none without probabilities.
std::optional<double> confidenceOf(const CellAnswer& answer);

}  // namespace wordsight::eval
