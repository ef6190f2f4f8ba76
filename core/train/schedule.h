#pragma once
#include <cstdint>

#include "base/result.h"
#include "domain/train_spec.h"

namespace wordsight::train {

/// How many steps the rate rises: `warmup` below 1 is a share of all steps, rounded up; from 1 on
/// it is steps.
std::int64_t warmupSteps(double warmup, std::int64_t totalSteps);

/// The learning rate of optimiser step `step` (0-based) out of `totalSteps`.
/// constant, linear and cosine are transformers' schedules of these names (optimization.py,
/// version 5.17): with w steps of warm-up the factor is step / w for step < w, so the first step of
/// a warm-up has rate 0; afterwards, with u = (step - w) / (total - w), it is 1, 1 - u or (1 +
/// cos(pi u)) / 2. hold_linear is min(1, (step + 1) / w) * min(1, 2 (total - step) / total): flat
/// to the half, then linear to 0. Fails when the schedule's name is unknown.
Result<double> learningRate(const TrainSpec& spec, std::int64_t step, std::int64_t totalSteps);

}  // namespace wordsight::train
