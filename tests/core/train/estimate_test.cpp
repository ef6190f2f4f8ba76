#include "train/estimate.h"

#include <vector>

#include "support.h"

namespace wordsight::train {
namespace {

CostShape smollm2() {
  CostShape shape;
  shape.width = 576;
  shape.layers = 30;
  shape.heads = 9;
  shape.kvHeads = 3;
  shape.headSize = 64;
  shape.inner = 1536;
  shape.vocabulary = 49152;
  shape.parameters = 134'515'008;
  shape.adapterParameters = 9'768'960;
  shape.bytesPerValue = 2;
  return shape;
}

TEST(Estimate, CountsWeightsAndOptimiser) {
  const auto cost = estimateCost(smollm2(), 4096, 150);
  EXPECT_NEAR(cost.weightsMiB, 256.6, 0.1);
  EXPECT_NEAR(cost.optimizerMiB, 149.1, 0.1);
  EXPECT_GT(cost.flopsPerToken, 4.0 * 134e6);
}

TEST(Estimate, ActivationsGrowWithTokensAndRecomputationSavesMost) {
  const auto small = estimateCost(smollm2(), 1024, 150), large = estimateCost(smollm2(), 4096, 150);
  EXPECT_NEAR(large.activationsMiB / small.activationsMiB, 4, 1e-9);
  EXPECT_LT(large.activationsRecomputedMiB, 0.2 * large.activationsMiB);
}

TEST(Estimate, TellsThisMachinesMemory) {
  EXPECT_GT(availableMemoryMiB(), 0);
  const double before = processMemoryMiB();
  EXPECT_GT(before, 1);
  std::vector<char> block(64 << 20, 1);
  EXPECT_GT(processMemoryMiB() + static_cast<double>(block[1000] - 1), before + 48);
}

}  // namespace
}  // namespace wordsight::train
