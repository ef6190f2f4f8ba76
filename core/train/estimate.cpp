#include "train/estimate.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace wordsight::train {
namespace {

constexpr double kMiB = 1024.0 * 1024.0;
constexpr double kShareOfMemory =
    0.6;  // of what is available: above it activations are computed again

}  // namespace

Cost estimateCost(const CostShape& shape, std::int64_t packTokens, double meanLength) {
  const auto T = static_cast<double>(packTokens);
  const auto D = static_cast<double>(shape.width);
  const auto L = static_cast<double>(shape.layers);
  const auto queries = static_cast<double>(shape.heads * shape.headSize);
  const auto keys = static_cast<double>(shape.kvHeads * shape.headSize);
  const auto F = static_cast<double>(shape.inner);
  // A layer keeps: its input, both norms' outputs, the residual between (4 D); q, k, v before and
  // after rotation and the attention's output (3 q + 3 k); gate, up, their product (4 F with silu's
  // input); probabilities (heads × length).
  const double perToken =
      4 * D + 3 * queries + 3 * keys + 4 * F + static_cast<double>(shape.heads) * meanLength;
  const double bytes = shape.bytesPerValue;
  Cost cost;
  cost.weightsMiB = static_cast<double>(shape.parameters) * bytes / kMiB;
  cost.optimizerMiB = static_cast<double>(shape.adapterParameters) * 4 * 4 / kMiB;
  cost.activationsMiB = T * perToken * L * bytes / kMiB;
  cost.activationsRecomputedMiB = T * (D * L + perToken) * bytes / kMiB;
  // Two multiplications and additions a weight forward and two backward (to the inputs only: the
  // base is frozen); the adapter's own need six.
  cost.flopsPerToken = 4.0 * static_cast<double>(shape.parameters) +
                       6.0 * static_cast<double>(shape.adapterParameters) +
                       6.0 * L * queries * meanLength;
  return cost;
}

std::int64_t largestPack(int samples, std::int64_t microTokens, double meanLength,
                         std::int64_t longest) {
  const auto ofStep = static_cast<std::int64_t>(meanLength * samples);
  return std::max(longest, std::min(microTokens, ofStep));
}

bool needsRecompute(const Cost& cost, double availableMiB) {
  return availableMiB > 0 && cost.activationsMiB > kShareOfMemory * availableMiB;
}

double availableMemoryMiB() {
  std::ifstream file("/proc/meminfo");
  std::string key, unit;
  double kib = 0;
  while (file >> key >> kib >> unit)
    if (key == "MemAvailable:") return kib / 1024;
  return 0;
}

double processMemoryMiB() {
  std::ifstream file("/proc/self/statm");
  double pages = 0, resident = 0;
  if (!(file >> pages >> resident)) return 0;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / kMiB;
}

}  // namespace wordsight::train
