#pragma once
#include <cstdint>

#include "domain/train_spec.h"

namespace wordsight::infer {

/// Floating-point operations a second of this machine's matrix products in this precision, with
/// torch's present number of threads: a product of at most 256 × 1024 × 1024 again and again for
/// some 30 ms. An upper bound for what a model of this width can reach. Any thread.
double matmulRate(Precision precision, std::int64_t width, std::int64_t inner);

}  // namespace wordsight::infer
