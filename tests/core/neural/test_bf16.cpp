// bfloat16 beside transformers' own: see tests/oracle/bf16.py.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

/// Differences of all prompts of a model together.
struct Apart {
  double largest = 0, squares = 0, count = 0;
  void add(const torch::Tensor& a, const torch::Tensor& b) {
    largest = std::max(largest, largestDifference(a, b));
    squares += (a.to(torch::kFloat64) - b.to(torch::kFloat64)).pow(2).sum().item<double>();
    count += static_cast<double>(a.numel());
  }
  double rootMeanSquare() const { return std::sqrt(squares / count); }
};

class Bfloat16 : public ::testing::TestWithParam<const char*> {};

TEST_P(Bfloat16, IsNoWorseThanTheReferences) {
  const auto reference = loadCase(GetParam());
  const auto theirs = loadTensors(wordsight::test::data("bf16.safetensors"));
  const auto model = loadModel(GetParam(), torch::kBFloat16);
  Apart ours, others, between;
  for (std::size_t i = 0; i < reference.prompts(); ++i) {
    const auto logits = allLogits(*model, reference.prompt(i));
    ASSERT_OK(logits);
    const auto& exact = reference.expected.at("logits." + std::to_string(i));
    const auto& rough = theirs.at(std::string(GetParam()) + "." + std::to_string(i));
    ours.add(*logits, exact);
    others.add(rough, exact);
    between.add(*logits, rough);
  }
  const auto show = [](const char* what, const Apart& apart) {
    std::cout << "  " << what << ": largest " << apart.largest << ", root mean square "
              << apart.rootMeanSquare() << "\n";
  };
  std::cout << GetParam() << " in bfloat16\n";
  show("Wordsight to float32", ours);
  show("transformers to float32", others);
  show("Wordsight to transformers", between);
  EXPECT_LE(ours.rootMeanSquare(), others.rootMeanSquare());
  // One number of ten thousand: luck has a part in it (measured 0.5 to 1.3 times theirs).
  EXPECT_LE(ours.largest, 1.5 * others.largest);
}

INSTANTIATE_TEST_SUITE_P(Each, Bfloat16,
                         ::testing::Values("llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub",
                                           "qwen2_5_vl_hub", "llava_onevision_hub", "mllama_hub"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace wordsight::neural::test
