#include "eval/calibration.h"

#include <algorithm>
#include <cmath>

namespace wordsight::eval {

std::optional<double> confidenceOf(const CellAnswer& answer) {
  const auto& p = answer.probabilities;
  if (p.empty()) return std::nullopt;
  const int option = answer.choice.option;
  if (option >= 0 && option < static_cast<int>(p.size()))
    return p[static_cast<std::size_t>(option)];
  return *std::max_element(p.begin(), p.end());
}

std::optional<Reliability> reliability(const Cell& cell, int bins) {
  if (cell.answers.empty() || bins <= 0) return std::nullopt;
  struct Sums {
    double confidence = 0;
    int right = 0, n = 0;
  };
  std::vector<Sums> sums(static_cast<std::size_t>(bins));
  for (std::size_t i = 0; i < cell.answers.size(); ++i) {
    const auto confidence = confidenceOf(cell.answers[i]);
    if (!confidence || !std::isfinite(*confidence)) return std::nullopt;
    // Open at the left and closed at the right, as in the paper.
    const double place = std::ceil(std::clamp(*confidence, 0.0, 1.0) * bins) - 1;
    auto& sum = sums[static_cast<std::size_t>(std::max(0.0, place))];
    sum.confidence += *confidence;
    sum.right += cell.right[i] != 0;
    ++sum.n;
  }
  Reliability out;
  out.n = static_cast<int>(cell.answers.size());
  for (int b = 0; b < bins; ++b) {
    const auto& sum = sums[static_cast<std::size_t>(b)];
    ReliabilityBin bin;
    bin.low = static_cast<double>(b) / bins;
    bin.high = static_cast<double>(b + 1) / bins;
    bin.accuracy = wilson(sum.right, sum.n);
    bin.confidence = sum.n > 0 ? sum.confidence / sum.n : (bin.low + bin.high) / 2;
    out.error += std::abs(sum.right - sum.confidence) / out.n;
    out.bins.push_back(bin);
  }
  return out;
}

}  // namespace wordsight::eval
