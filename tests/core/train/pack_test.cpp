#include "train/pack.h"

#include <torch/torch.h>

#include <numeric>
#include <set>

#include "fixture.h"

namespace wordsight::train {
namespace {

using Packs = std::vector<std::vector<std::size_t>>;

TEST(PlanPacks, FillsByFallingLength) {
  EXPECT_EQ(planPacks({3, 5, 2, 5}, 8), (Packs{{1, 0}, {3, 2}}));
  EXPECT_EQ(planPacks({4, 4, 4}, 8), (Packs{{0, 1}, {2}}));
}

TEST(PlanPacks, ALongerSampleGoesAlone) {
  EXPECT_EQ(planPacks({20, 1, 20}, 8), (Packs{{0}, {2}, {1}}));
  EXPECT_EQ(planPacks({9}, 1), (Packs{{0}}));
  EXPECT_TRUE(planPacks({}, 8).empty());
}

TEST(PlanPacks, KeepsEverySampleOnceAndTheBudget) {
  std::vector<std::int64_t> lengths;
  for (int i = 0; i < 100; ++i) lengths.push_back(1 + (i * 37) % 61);
  std::multiset<std::size_t> seen;
  for (const auto& pack : planPacks(lengths, 128)) {
    std::int64_t tokens = 0;
    for (const auto i : pack) {
      tokens += lengths[i];
      seen.insert(i);
    }
    EXPECT_LE(tokens, 128);
  }
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(std::set<std::size_t>(seen.begin(), seen.end()).size(), 100U);
}

TEST(MakePack, LaysSamplesEndToEnd) {
  TokenSample a{{10, 11, 12, 13}, 2, 4, 2}, b{{20, 21, 22}, 1, 3, -1};
  const auto pack = makePack({a, b}, {1, 0}, torch::arange(10), 7.0);
  EXPECT_EQ(pack.tokens, 7);
  EXPECT_EQ(pack.counted, 4);
  EXPECT_EQ(pack.layout.lengths, (std::vector<std::int64_t>{3, 4}));
  EXPECT_TRUE(torch::equal(pack.ids_T, torch::tensor({20, 21, 22, 10, 11, 12, 13}, torch::kInt64)));
  EXPECT_TRUE(
      torch::equal(pack.layout.positions, torch::tensor({0, 1, 2, 0, 1, 2, 3}, torch::kInt64)));
  // The row before each counted token predicts it.
  EXPECT_TRUE(torch::equal(pack.wanted_N, torch::tensor({0, 1, 4, 5}, torch::kInt64)));
  EXPECT_TRUE(torch::equal(pack.targets_N, torch::tensor({21, 22, 12, 13}, torch::kInt64)));
  EXPECT_TRUE(torch::equal(pack.weights_N, torch::tensor({1.0, 1.0, 7.0, 1.0}, torch::kFloat32)));
  EXPECT_DOUBLE_EQ(pack.weights_N.sum().item<double>(), a.weightSum(7) + b.weightSum(7));
}

TEST(MakePack, KeepsAllRowsOfPositions) {
  const auto positions = torch::arange(6).repeat({3, 1});
  const auto pack = makePack({{{1, 2}, 1, 2, -1}, {{3, 4, 5}, 1, 3, -1}}, {0, 1}, positions, 1);
  EXPECT_EQ(pack.layout.positions.sizes(), (std::vector<std::int64_t>{3, 5}));
}

class Packed : public ::testing::TestWithParam<const char*> {};

TEST_P(Packed, EqualsUnpackedInLossAndGradient) {
  const auto tiny = test::Tiny::load(GetParam());
  ASSERT_OK(
      tiny.model->loadLora(wordsight::test::data(std::string("models/") + GetParam()) / "adapter"));
  auto samples = tiny.samples();
  samples[0].letter = samples[0].countedBegin;
  AdamW optimizer(tiny.model->loraParameters(), {});
  const double alone = test::lossAndGradient(*tiny.model, optimizer, samples, 1, 5);
  const auto gradient = optimizer.flatGradients().clone();
  const double largest = gradient.abs().max().item<double>();
  ASSERT_GT(largest, 0);
  for (const std::int64_t micro : {40, 64, 100000}) {
    for (const bool recompute : {false, true}) {
      const double packed =
          test::lossAndGradient(*tiny.model, optimizer, samples, micro, 5, recompute);
      EXPECT_NEAR(packed, alone, 1e-6) << micro;
      EXPECT_LT((optimizer.flatGradients() - gradient).abs().max().item<double>(),
                2e-6 * std::max(1.0, largest))
          << micro;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Families, Packed,
                         ::testing::Values("llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub"));

}  // namespace
}  // namespace wordsight::train
