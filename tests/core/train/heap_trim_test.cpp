#include "train/heap_trim.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <vector>

#include "train/estimate.h"

namespace wordsight::train {
namespace {

TEST(HeapTrim, ActsOnGrowthAloneAndNotAtEveryStep) {
  HeapTrim trim;
  EXPECT_FALSE(trim.afterStep(1000));
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(trim.afterStep(1200)) << "a fifth more is usual";
  EXPECT_TRUE(trim.afterStep(1300));
  EXPECT_FALSE(trim.afterStep(1250)) << "the first step afterwards is the new measure";
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(trim.afterStep(5000)) << "too soon after the last";
}

TEST(HeapTrim, GivesBackWhatLiesFreeBetweenBlocksInUse) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
  GTEST_SKIP() << "another malloc";
#endif
  constexpr std::size_t kBlock = 100 << 10, kBlocks = 1000;  // below malloc's threshold for mmap
  std::vector<std::unique_ptr<char[]>> blocks(kBlocks);
  for (auto& block : blocks) {
    block.reset(new char[kBlock]);
    std::memset(block.get(), 1, kBlock);
  }
  HeapTrim trim;
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(trim.afterStep(1));
  for (std::size_t i = 0; i < kBlocks; i += 2) blocks[i].reset();
  const double before = processMemoryMiB();
  ASSERT_TRUE(trim.afterStep(before));
  EXPECT_LT(processMemoryMiB(), before - 30) << "of the 49 MiB that were freed";
}

}  // namespace
}  // namespace wordsight::train
