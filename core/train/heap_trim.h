#pragma once

#include <cstdint>

namespace wordsight::train {

/// Gives memory back that malloc keeps though nothing uses it. Packs of different lengths leave
/// holes in the heap, and a training of hours would grow by gigabytes (SmolLM2-135M, packs of some
/// 4,500 tokens: from 3.5 to 8.7 GiB in 70 steps). Trimming costs page faults in the next step, so
/// it is done only when a step left notably more than usual. One thread.
class HeapTrim {
 public:
  /// After a step, with what the process holds then. True: memory was given back.
  bool afterStep(double residentMiB);

 private:
  double m_usualMiB = 0;     // after the first step, and after the first one since trimming
  std::int64_t m_steps = 0;  // since then
};

}  // namespace wordsight::train
