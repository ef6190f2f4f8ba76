#include "train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wordsight::train {

std::int64_t warmupSteps(double warmup, std::int64_t totalSteps) {
  if (!(warmup > 0)) return 0;
  if (warmup >= 1) return static_cast<std::int64_t>(warmup);
  return static_cast<std::int64_t>(std::ceil(warmup * static_cast<double>(totalSteps)));
}

Result<double> learningRate(const TrainSpec& spec, std::int64_t step, std::int64_t totalSteps) {
  const auto& kind = spec.schedule.kind;
  const auto now = static_cast<double>(step);
  const auto total = static_cast<double>(totalSteps);
  const auto warm = static_cast<double>(warmupSteps(spec.schedule.warmup, totalSteps));

  if (kind == "hold_linear") {
    const double rise = warm > 0 ? std::min(1.0, (now + 1) / warm) : 1.0;
    return spec.optimizer.lr * rise * std::clamp(2.0 * (total - now) / total, 0.0, 1.0);
  }
  double factor = 1;
  if (now < warm) {
    factor = now / warm;
  } else if (kind != "constant") {
    const double progress = (now - warm) / std::max(1.0, total - warm);
    if (kind == "linear")
      factor = std::max(0.0, 1.0 - progress);
    else if (kind == "cosine")
      factor = std::max(0.0, 0.5 * (1.0 + std::cos(std::numbers::pi * progress)));
    else
      return fail("schedule.kind: '" + kind +
                  "' is not known; choose constant, linear, cosine or hold_linear.");
  }
  return spec.optimizer.lr * factor;
}

}  // namespace wordsight::train
