#include "train/chunked_loss.h"

#include <torch/torch.h>

#include "fixture.h"

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
  EXPECT_LE(lossChunkRows(152064) * 152064 * 4, std::int64_t{33} << 20);
  EXPECT_EQ(lossChunkRows(std::int64_t{1} << 40), 16);
  EXPECT_GT(lossChunkRows(0), 0);
}

}  // namespace
}  // namespace wordsight::train
