#include "train/heap_trim.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace wordsight::train {
namespace {

constexpr double kGrowth = 1.2, kSlackMiB = 64;
constexpr std::int64_t kLeastSteps = 4;  // between two trims

void giveBack() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace

bool HeapTrim::afterStep(double residentMiB) {
  ++m_steps;
  if (m_usualMiB <= 0) {
    m_usualMiB = residentMiB;
    return false;
  }
  if (m_steps < kLeastSteps || residentMiB < kGrowth * m_usualMiB + kSlackMiB) return false;
  giveBack();
  m_usualMiB = 0;
  m_steps = 0;
  return true;
}

}  // namespace wordsight::train
