// What must hold whatever the weights are: packing, caching, recomputation and chosen rows change
// how something is computed, never what.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "base/random.h"
#include "neural/kv_cache.h"
#include "oracle.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

class Invariants : public ::testing::TestWithParam<const char*> {
 protected:
  Invariants() : m_model(loadModel(GetParam())) {}

  void attach(double dropout = 0) {
    LoraSpec spec;
    spec.rank = 3;
    spec.alpha = 6;
    spec.dropout = dropout;
    spec.targets = kAllTargets;
    ASSERT_OK(m_model->attachLora(spec, 5));
  }

  /// Gradients of all adapter weights for a loss over the given rows.
  std::vector<torch::Tensor> gradients(const Batch& batch, bool recompute,
                                       const torch::Tensor& wanted) {
    for (auto& [name, tensor] : m_model->loraParameters()) tensor.mutable_grad() = torch::Tensor();
    const auto hidden =
        m_model->forward(m_model->embed(batch.ids_T), batch.layout, nullptr, recompute, wanted);
    m_model->head(hidden).to(torch::kFloat32).pow(2).mean().backward();
    std::vector<torch::Tensor> all;
    for (auto& [name, tensor] : m_model->loraParameters()) all.push_back(tensor.grad().clone());
    return all;
  }

  std::unique_ptr<LanguageModel> m_model;
};

TEST_P(Invariants, FreshAdapterChangesNotABit) {
  for (const auto dtype : {torch::kFloat32, torch::kBFloat16}) {
    m_model = loadModel(GetParam(), dtype);
    for (const std::vector<std::int64_t>& lengths : {std::vector<std::int64_t>{3}, {20, 1, 33}}) {
      const auto batch = randomBatch(*m_model, lengths, 1);
      const auto base = hiddenOf(*m_model, batch);
      attach();
      EXPECT_TRUE(torch::equal(hiddenOf(*m_model, batch), base));
      randomizeAdapter(*m_model, 3);
      EXPECT_FALSE(torch::equal(hiddenOf(*m_model, batch), base)) << "the adapter is not in use";
      m_model->detachLora();
      EXPECT_TRUE(torch::equal(hiddenOf(*m_model, batch), base));
    }
  }
}

TEST_P(Invariants, PackedEqualsAlone) {
  const std::vector<std::int64_t> lengths = {7, 1, 40, 38, 16, 3};
  const auto packed = randomBatch(*m_model, lengths, 2);
  const auto together = hiddenOf(*m_model, packed);
  std::int64_t row = 0;
  for (const std::int64_t length : lengths) {
    const Batch alone{packed.ids_T.narrow(0, row, length),
                      {packed.layout.positions.narrow(0, row, length), {length}}};
    EXPECT_LE(largestDifference(hiddenOf(*m_model, alone), together.narrow(0, row, length)), 1e-5);
    row += length;
  }
}

TEST_P(Invariants, WantedRowsAreTheRowsOfTheWhole) {
  const auto batch = randomBatch(*m_model, {12, 30, 5}, 3);
  const auto whole = hiddenOf(*m_model, batch);
  for (const std::vector<std::int64_t>& rows :
       {std::vector<std::int64_t>{46}, {11, 41, 46}, {3, 0, 20, 21, 46, 40}}) {
    const auto wanted = torch::tensor(rows, torch::kInt64);
    EXPECT_LE(largestDifference(hiddenOf(*m_model, batch, wanted), whole.index_select(0, wanted)),
              1e-5);
  }
  EXPECT_EQ(hiddenOf(*m_model, batch, torch::empty({0}, torch::kInt64)).size(0), 0);
  EXPECT_THROW(hiddenOf(*m_model, batch, torch::tensor({47}, torch::kInt64)),
               std::invalid_argument);
}

TEST_P(Invariants, StepByStepThroughTheCacheEqualsTheWhole) {
  const torch::NoGradGuard noGrad;
  const std::vector<std::int64_t> lengths = {9, 24, 1};
  const auto batch = randomBatch(*m_model, lengths, 4);
  const auto whole = hiddenOf(*m_model, batch);
  // The first tokens of each sequence at once (none, some, and one), the rest one by one as far as
  // each goes.
  const std::vector<std::int64_t> firsts = {4, 19, 1};
  const auto cache = m_model->makeCache(3, 8);  // smaller than needed: it must grow
  const auto pick = [&](const std::vector<std::int64_t>& from,
                        const std::vector<std::int64_t>& counts) {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0, start = 0; i < lengths.size();
         start += static_cast<std::size_t>(lengths[i]), ++i)
      for (std::int64_t n = 0; n < counts[i]; ++n)
        rows.push_back(static_cast<std::int64_t>(start) + from[i] + n);
    return torch::tensor(rows, torch::kInt64);
  };
  const auto step = [&](const std::vector<std::int64_t>& from,
                        const std::vector<std::int64_t>& counts) {
    const auto rows = pick(from, counts);
    const Layout layout{batch.layout.positions.index_select(0, rows), counts};
    const auto hidden = m_model->forward(m_model->embed(batch.ids_T.index_select(0, rows)), layout,
                                         cache.get(), false, {});
    EXPECT_LE(largestDifference(hidden, whole.index_select(0, rows)), 1e-5);
  };
  step({0, 0, 0}, firsts);
  std::vector<std::int64_t> at = firsts;
  for (int i = 0; i < 2; ++i, ++at[0], ++at[1]) step(at, {1, 1, 0});
  const auto select = [&](std::size_t one, std::size_t two) { cache->select({one, two}); };
  select(0, 1);
  EXPECT_EQ(cache->sequences(), 2U);
  EXPECT_EQ(cache->length(1), 21);
  // All sequences by one token each: the short way of decoding.
  const auto rows = torch::tensor({at[0], lengths[0] + at[1]}, torch::kInt64);
  const Layout layout{batch.layout.positions.index_select(0, rows), {1, 1}};
  const auto hidden = m_model->forward(m_model->embed(batch.ids_T.index_select(0, rows)), layout,
                                       cache.get(), false, {});
  EXPECT_LE(largestDifference(hidden, whole.index_select(0, rows)), 1e-5);
}

TEST_P(Invariants, ForkedPrefixEqualsTheWhole) {
  const torch::NoGradGuard noGrad;
  const auto prefix = randomBatch(*m_model, {11}, 6);
  const auto cache = m_model->makeCache(1, 11);
  m_model->forward(m_model->embed(prefix.ids_T), prefix.layout, cache.get(), false, {});
  const std::vector<std::int64_t> tails = {5, 1, 18};
  const auto rest = randomBatch(*m_model, tails, 8);
  const auto forked = cache->fork(3, 30);
  const Layout layout{rest.layout.positions + 11, tails};
  const auto last = torch::tensor({4, 5, 23}, torch::kInt64);
  const auto hidden =
      m_model->forward(m_model->embed(rest.ids_T), layout, forked.get(), false, last);
  EXPECT_EQ(forked->length(2), 29);
  std::int64_t row = 0;
  for (std::size_t i = 0; i < tails.size(); row += tails[i], ++i) {
    const auto ids = torch::cat({prefix.ids_T, rest.ids_T.narrow(0, row, tails[i])});
    const Batch alone{ids, {torch::arange(ids.size(0), torch::kInt64), {ids.size(0)}}};
    EXPECT_LE(
        largestDifference(hidden[static_cast<std::int64_t>(i)], hiddenOf(*m_model, alone)[-1]),
        1e-5);
  }
}

TEST_P(Invariants, RecomputationGivesTheSameGradientsBitForBit) {
  attach(0.2);
  randomizeAdapter(*m_model, 9);
  m_model->setTraining(true);
  const auto batch = randomBatch(*m_model, {14, 30, 31}, 10);
  for (const auto& wanted : {torch::Tensor(), torch::tensor({13, 40, 43, 74}, torch::kInt64)}) {
    m_model->seedDropout(1);
    const auto kept = gradients(batch, false, wanted);
    m_model->seedDropout(1);
    const auto again = gradients(batch, true, wanted);
    m_model->seedDropout(2);
    const auto other = gradients(batch, false, wanted);
    bool differs = false;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      EXPECT_TRUE(torch::equal(kept[i], again[i]));
      EXPECT_GT(kept[i].abs().max().item<double>(), 0);
      differs = differs || !torch::equal(kept[i], other[i]);
    }
    EXPECT_TRUE(differs) << "dropout does nothing";
  }
}

TEST_P(Invariants, DropoutIsOnlyForTraining) {
  attach(0.5);
  randomizeAdapter(*m_model, 9);
  const auto batch = randomBatch(*m_model, {10}, 1);
  const auto calm = hiddenOf(*m_model, batch);
  EXPECT_TRUE(torch::equal(hiddenOf(*m_model, batch), calm));
  m_model->setTraining(true);
  const auto first = hiddenOf(*m_model, batch);
  EXPECT_FALSE(torch::equal(first, calm));
  EXPECT_FALSE(torch::equal(first, hiddenOf(*m_model, batch))) << "each pass has masks of its own";
  m_model->setTraining(false);
  EXPECT_TRUE(torch::equal(hiddenOf(*m_model, batch), calm));
}

TEST_P(Invariants, GradientsEqualFiniteDifferences) {
  attach();
  randomizeAdapter(*m_model, 11);
  const auto batch = randomBatch(*m_model, {6, 9}, 12);
  const auto wanted = torch::tensor({5, 10, 14}, torch::kInt64);
  const auto computed = gradients(batch, false, wanted);
  const auto loss = [&] {
    return m_model->head(hiddenOf(*m_model, batch, wanted))
        .to(torch::kFloat64)
        .pow(2)
        .mean()
        .item<double>();
  };
  const torch::NoGradGuard noGrad;
  const auto parameters = m_model->loraParameters();
  Random random(13);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    // Along a random direction, by central differences.
    const auto& tensor = parameters[i].second;
    auto direction = torch::empty_like(tensor);
    for (std::int64_t k = 0; k < tensor.numel(); ++k)
      direction.data_ptr<float>()[k] = static_cast<float>(random.normal());
    constexpr double kStep = 2e-3;
    tensor.add_(direction, kStep);
    const double up = loss();
    tensor.add_(direction, -2 * kStep);
    const double down = loss();
    tensor.add_(direction, kStep);
    const double expected = (up - down) / (2 * kStep),
                 value = (computed[i] * direction).sum().item<double>();
    EXPECT_NEAR(value, expected, 2e-2 * std::abs(expected) + 2e-4) << parameters[i].first;
  }
}

TEST_P(Invariants, SameInputSameBits) {
  attach();
  randomizeAdapter(*m_model, 14);
  const auto batch = randomBatch(*m_model, {50, 20}, 15);
  const auto first = gradients(batch, false, {});
  const auto second = gradients(batch, false, {});
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_TRUE(torch::equal(first[i], second[i]));
}

TEST_P(Invariants, WrongLayoutsAreRefused) {
  const auto batch = randomBatch(*m_model, {5, 6}, 1);
  Batch wrong = batch;
  wrong.layout.lengths = {5, 5};
  EXPECT_THROW(hiddenOf(*m_model, wrong), std::invalid_argument);
  wrong.layout.lengths = {12, -1};
  EXPECT_THROW(hiddenOf(*m_model, wrong), std::invalid_argument);
  const auto cache = m_model->makeCache(1, 4);
  EXPECT_THROW(m_model->forward(m_model->embed(batch.ids_T), batch.layout, cache.get(), false, {}),
               std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(Models, Invariants,
                         ::testing::Values("llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace wordsight::neural::test
