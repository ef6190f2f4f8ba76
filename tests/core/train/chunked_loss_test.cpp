#include "train/chunked_loss.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

#include "fixture.h"
#include "train/loss_rows.h"

namespace wordsight::train {
namespace {

struct Rows {
  torch::Tensor hidden, targets, weights;
};

Rows randomRows(const neural::LanguageModel& model, std::int64_t n, torch::ScalarType dtype) {
  torch::manual_seed(3);
  return {torch::randn({n, model.info().width}).to(dtype),
          torch::randint(model.info().vocabulary, {n}, torch::kInt64), torch::rand({n}) * 4};
}

/// The whole logits at once, by torch's own cross-entropy and autograd.
std::pair<double, torch::Tensor> plain(const neural::LanguageModel& model, const Rows& rows,
                                       double divisor) {
  auto hidden = rows.hidden.detach().clone().requires_grad_();
  const auto logits = model.head(hidden).to(torch::kFloat32);
  const auto nll = torch::nn::functional::cross_entropy(
      logits, rows.targets,
      torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kNone));
  const auto sum = (nll * rows.weights).sum();
  (sum / divisor).backward();
  return {sum.item<double>(), hidden.grad()};
}

TEST(ChunkedLoss, IsCrossEntropyWhateverTheChunk) {
  const auto tiny = test::Tiny::load("llama_tied");
  const auto rows = randomRows(*tiny.model, 37, torch::kFloat32);
  const auto [sum, gradient] = plain(*tiny.model, rows, 50);
  for (const std::int64_t chunk : {1, 5, 16, 37, 100, 0}) {
    const auto loss =
        chunkedLoss(*tiny.model, rows.hidden, rows.targets, rows.weights, 50, true, chunk);
    EXPECT_NEAR(loss.sum / sum, 1, 1e-6) << chunk;
    EXPECT_LT((loss.gradient_ND - gradient).abs().max().item<double>(), 1e-6) << chunk;
  }
}

TEST(ChunkedLoss, GradientIsTheSlopeOfTheLoss) {
  const auto tiny = test::Tiny::load("llama_tied");
  auto rows = randomRows(*tiny.model, 6, torch::kFloat32);
  const auto loss = chunkedLoss(*tiny.model, rows.hidden, rows.targets, rows.weights, 1, true, 4);
  const auto direction = torch::randn_like(rows.hidden);
  const double h = 1e-3;  // central difference: error h², rounding 1e-7 / h
  const auto at = [&](double t) {
    return chunkedLoss(*tiny.model, rows.hidden + t * direction, rows.targets, rows.weights, 1,
                       false)
        .sum;
  };
  const double slope = (at(h) - at(-h)) / (2 * h);
  const double claimed = (loss.gradient_ND * direction).sum().item<double>();
  EXPECT_NEAR(claimed / slope, 1, 5e-3);
}

TEST(ChunkedLoss, WorksInBfloat16WithSoftmaxInFloat32) {
  const auto tiny = test::Tiny::load("llama_tied", torch::kBFloat16);
  const auto rows = randomRows(*tiny.model, 20, torch::kBFloat16);
  const auto [sum, gradient] = plain(*tiny.model, rows, 20);
  const auto loss = chunkedLoss(*tiny.model, rows.hidden, rows.targets, rows.weights, 20, true, 8);
  EXPECT_NEAR(loss.sum / sum, 1, 1e-6);
  EXPECT_EQ(loss.gradient_ND.scalar_type(), torch::kBFloat16);
  EXPECT_LT((loss.gradient_ND - gradient).abs().max().item<double>(),
            0.01 * gradient.abs().max().item<double>());
}

TEST(ChunkedLoss, WithoutGradientKeepsNone) {
  const auto tiny = test::Tiny::load("llama_tied");
  const auto rows = randomRows(*tiny.model, 5, torch::kFloat32);
  const auto loss = chunkedLoss(*tiny.model, rows.hidden, rows.targets, rows.weights, 1, false);
  EXPECT_FALSE(loss.gradient_ND.defined());
  EXPECT_GT(loss.sum, 0);
}

TEST(ChunkedLoss, ChunksAreBoundedByTheVocabulary) {
  EXPECT_EQ(lossChunkRows(1408) % 16, 0);
  EXPECT_LE(lossChunkRows(49152) * 49152 * 4, std::int64_t{64} << 20);
  EXPECT_EQ(lossChunkRows(std::int64_t{1} << 40), 128);
  EXPECT_GT(lossChunkRows(0), 0);
}

TEST(CrossEntropyRows, IsThePlainOnesInBothPrecisions) {
  torch::manual_seed(5);
  const auto logits = torch::randn({9, 1001}) * 6;
  const auto targets = torch::randint(1001, {9}, torch::kInt64), scale = torch::rand({9});
  for (const auto dtype : {torch::kFloat32, torch::kBFloat16}) {
    auto fast = logits.to(dtype).clone(), plain = logits.to(dtype).clone();
    const auto nll = crossEntropyRows(fast, targets, scale);
    const auto expected = crossEntropyRowsPlain(plain, targets, scale);
    EXPECT_LT((nll - expected).abs().max().item<double>(), 5e-6);
    const double ulp = dtype == torch::kFloat32 ? 1e-6 : 1.0 / 256;
    EXPECT_LT(((fast - plain).abs().to(torch::kFloat32) / (plain.abs().to(torch::kFloat32) + 1e-6))
                  .max()
                  .item<double>(),
              4 * ulp);
  }
}

TEST(CrossEntropyRows, HoldsAtTheEndsOfTheScale) {
  const float inf = std::numeric_limits<float>::infinity(),
              nan = std::numeric_limits<float>::quiet_NaN();
  auto logits =
      torch::tensor({{1e4F, -1e4F, 0.F}, {-inf, 2.F, -inf}, {inf, 0.F, 0.F}, {nan, 0.F, 0.F}});
  const auto nll =
      crossEntropyRows(logits, torch::tensor({0, 1, 1, 1}, torch::kInt64), torch::ones({4}));
  EXPECT_EQ(nll[0].item<float>(), 0);
  EXPECT_EQ(nll[1].item<float>(), 0);
  EXPECT_FALSE(std::isfinite(nll[2].item<float>()));
  EXPECT_TRUE(std::isnan(nll[3].item<float>()));
}

TEST(CrossEntropyRows, RefusesTargetsOutsideTheVocabulary) {
  auto logits = torch::zeros({2, 4});
  EXPECT_THROW(crossEntropyRows(logits, torch::tensor({0, 4}, torch::kInt64), {}), c10::Error);
  EXPECT_THROW(crossEntropyRows(logits, torch::tensor({-1, 0}, torch::kInt64), {}), c10::Error);
}

}  // namespace
}  // namespace wordsight::train
