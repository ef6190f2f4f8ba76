// The fused kernels and the batched attention, held against chains of torch's own operations.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "neural/attention.h"
#include "neural/kernels.h"
#include "oracle.h"

namespace wordsight::neural::test {
namespace {

class Kernels : public ::testing::TestWithParam<torch::ScalarType> {
 protected:
  Kernels() { torch::manual_seed(7); }
  /// float32 sums in another order, or one rounding to bfloat16.
  double tolerance() const { return GetParam() == torch::kFloat32 ? 3e-6 : 1.0 / 128; }
  torch::Tensor random(torch::IntArrayRef shape) const {
    return torch::randn(shape).to(GetParam());
  }
  /// A float32 leaf of the same values, for torch's own backward pass.
  static torch::Tensor leaf(const torch::Tensor& x) {
    return x.to(torch::kFloat32).clone().requires_grad_(true);
  }
  void expectNear(const torch::Tensor& value, const torch::Tensor& expected,
                  double times = 1) const {
    EXPECT_EQ(value.scalar_type(), GetParam());
    EXPECT_LE(largestDifference(value.detach(), expected.detach()), tolerance() * times);
  }
};

torch::Tensor plainNorm(const torch::Tensor& x, const torch::Tensor& weight, double eps) {
  return x * torch::rsqrt(x.pow(2).mean(-1, true) + eps) * weight;
}

TEST_P(Kernels, RmsNormForwardAndBackward) {
  for (const std::int64_t width : {1, 36, 192, 577}) {
    const auto x = random({5, width}), weight = random({width}), dy = random({5, width}),
               residual = random({5, width});
    torch::Tensor inverse;
    const auto y = kernels::rmsNorm(x, weight, 1e-5, &inverse);
    const auto xLeaf = leaf(x);
    const auto expected = plainNorm(xLeaf, weight.to(torch::kFloat32), 1e-5);
    expectNear(y, expected);
    EXPECT_TRUE(torch::equal(kernels::rmsNormAgain(x, weight, inverse), y));
    expected.backward(dy.to(torch::kFloat32));
    expectNear(kernels::rmsNormBackward(dy, x, weight, inverse, {}), xLeaf.grad(), 10);
    expectNear(kernels::rmsNormBackward(dy, x, weight, inverse, residual),
               xLeaf.grad() + residual.to(torch::kFloat32), 10);
  }
}

TEST_P(Kernels, SumAndNormInOnePass) {
  const auto x = random({7, 61}), more = random({7, 61}), weight = random({61});
  auto sum = x.clone();
  torch::Tensor inverse, expectedInverse;
  const auto y = kernels::addRmsNorm(sum, more, weight, 1e-6, &inverse);
  EXPECT_TRUE(torch::equal(sum, x + more));
  EXPECT_TRUE(torch::equal(y, kernels::rmsNorm(sum, weight, 1e-6, &expectedInverse)));
  EXPECT_TRUE(torch::equal(inverse, expectedInverse));
}

TEST_P(Kernels, SwigluForwardAndBackward) {
  auto gateUp = random({9, 2 * 61}) * 4;
  gateUp[0][0] = 95;  // beyond where the exponential is clamped
  gateUp[0][1] = -95;
  const auto gateUpLeaf = leaf(gateUp);
  const auto halves = gateUpLeaf.chunk(2, 1);
  const auto expected = torch::silu(halves[0]) * halves[1];
  expectNear(kernels::swiglu(gateUp), expected);
  const auto dy = random({9, 61});
  expected.backward(dy.to(torch::kFloat32));
  expectNear(kernels::swigluBackward(dy, gateUp), gateUpLeaf.grad(), 2);
}

TEST_P(Kernels, SoftmaxHidesWhatAQueryMayNotSee) {
  // 2 sequences of 2 key/value heads, 3 queries of 2 heads each, 5 keys.
  auto scores = random({4, 6, 5}) * 3;
  const std::vector<std::int32_t> limits = {1, 2, 5, 0, 4, 3};
  const kernels::Visible visible{limits.data(), 2, 3, 0, 2};
  auto expected = torch::zeros({4, 6, 5});
  for (int b = 0; b < 4; ++b)
    for (int row = 0; row < 6; ++row) {
      const int limit = limits[static_cast<std::size_t>(b / 2 * 3 + row / 2)];
      if (limit > 0)
        expected[b][row]
            .narrow(0, 0, limit)
            .copy_(torch::softmax(scores[b][row].narrow(0, 0, limit).to(torch::kFloat32) * 0.5, 0));
    }
  torch::Tensor logSum;
  auto p = scores.clone(), again = scores.clone();
  kernels::softmax(p, 0.5, visible, &logSum);
  expectNear(p, expected);
  kernels::softmaxAgain(again, 0.5, visible, logSum);
  expectNear(again, expected, 3);
  auto nan = scores.clone();
  nan[0][5][1] = std::numeric_limits<float>::quiet_NaN();
  kernels::softmax(nan, 0.5, visible, nullptr);
  EXPECT_TRUE(torch::isnan(nan[0][5]).all().item<bool>()) << "a NaN must not be hidden";
}

TEST_P(Kernels, DropoutIsSeededUnbiasedAndIndependentOfThreads) {
  const auto x = torch::ones({300, 1000}, GetParam());
  const auto y = kernels::dropout(x, 0.25, 42);
  EXPECT_NEAR((y == 0).to(torch::kFloat64).mean().item<double>(), 0.25, 0.004);
  EXPECT_NEAR(y.max().item<double>(), 1 / 0.75, 0.01);
  const int threads = at::get_num_threads();
  at::set_num_threads(1);
  EXPECT_TRUE(torch::equal(kernels::dropout(x, 0.25, 42), y));
  at::set_num_threads(threads);
  EXPECT_FALSE(torch::equal(kernels::dropout(x, 0.25, 43), y));
}

TEST_P(Kernels, FewRowsEqualTheProduct) {
  for (const std::int64_t rows : {1, 2, 4}) {
    const auto x = random({rows, 193}), weight = random({310, 193}) / 14, bias = random({310});
    const auto expected =
        torch::linear(x.to(torch::kFloat32), weight.to(torch::kFloat32), bias.to(torch::kFloat32));
    expectNear(kernels::fewRowsTimes(x, weight, bias), expected);
    expectNear(kernels::fewRowsTimes(x, weight, {}), expected - bias.to(torch::kFloat32), 2);
  }
}

struct Shapes {
  HeadSizes sizes;
  std::vector<std::int64_t> lengths;
};

/// Row by row, by torch's own operations: the definition.
torch::Tensor plainAttention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                             const HeadSizes& sizes, const std::vector<std::int64_t>& lengths) {
  std::vector<torch::Tensor> parts;
  std::int64_t row = 0;
  for (const std::int64_t length : lengths) {
    if (length == 0) continue;
    const auto heads = [&](const torch::Tensor& x, std::int64_t count) {
      return x.narrow(0, row, length).view({length, count, sizes.headSize}).transpose(0, 1);
    };
    const auto repeat = [&](const torch::Tensor& x) {
      return x.repeat_interleave(sizes.repeats(), 0);
    };
    const auto o =
        torch::scaled_dot_product_attention(heads(q, sizes.heads), repeat(heads(k, sizes.kvHeads)),
                                            repeat(heads(v, sizes.kvHeads)), {}, 0.0, true);
    parts.push_back(o.transpose(0, 1).reshape({length, sizes.heads * sizes.headSize}));
    row += length;
  }
  return torch::cat(parts);
}

TEST_P(Kernels, AttentionForwardAndBackwardOfPackedSequences) {
  const std::vector<Shapes> all = {
      {{3, 1, 12}, {1}},
      {{9, 3, 8}, {5, 17, 16, 1, 40}},
      {{4, 2, 16}, {0, 3, 0, 9}},
      {{2, 2, 6}, {600, 20, 530}},  // probabilities made again, blocks of queries
  };
  for (const Shapes& shapes : all) {
    const HeadSizes& s = shapes.sizes;
    std::int64_t rows = 0;
    for (const auto length : shapes.lengths) rows += length;
    const std::int64_t wide = s.heads * s.headSize, narrow = s.kvHeads * s.headSize;
    const auto qkv = random({rows, wide + 2 * narrow});
    AttentionInput input;
    input.q_TD = qkv.narrow(1, 0, wide);
    input.k_TD = qkv.narrow(1, wide, narrow);
    input.v_TD = qkv.narrow(1, wide + narrow, narrow);
    const auto plan = planAttention(s, shapes.lengths, nullptr, nullptr, 0);
    SavedAttention saved;
    const auto o = attend(plan, input, &saved);
    const auto qkvLeaf = leaf(qkv);
    const auto expected =
        plainAttention(qkvLeaf.narrow(1, 0, wide), qkvLeaf.narrow(1, wide, narrow),
                       qkvLeaf.narrow(1, wide + narrow, narrow), s, shapes.lengths);
    expectNear(o, expected, 3);
    expectNear(attend(plan, input, nullptr), expected, 3);
    const auto dO = random({rows, wide});
    expected.backward(dO.to(torch::kFloat32));
    auto dQkv = torch::zeros_like(qkv);
    attendBackward(plan, saved, dO, {}, {}, dQkv.narrow(1, 0, wide), dQkv.narrow(1, wide, narrow),
                   dQkv.narrow(1, wide + narrow, narrow));
    expectNear(dQkv, qkvLeaf.grad(), 8);
  }
}

INSTANTIATE_TEST_SUITE_P(Types, Kernels, ::testing::Values(torch::kFloat32, torch::kBFloat16),
                         [](const auto& info) {
                           return std::string(info.param == torch::kFloat32 ? "F32" : "BF16");
                         });

}  // namespace
}  // namespace wordsight::neural::test
