// Real weights: SmolLM2-135M-Instruct against transformers. tests/oracle/smollm2.py makes the model
// folder and wrote tests/data/smollm2/reference.json. Without the folder these tests are skipped.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <iostream>

#include "base/time.h"
#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

std::filesystem::path modelFolder() {
  std::filesystem::path folder;
  if (const char* set = std::getenv("WORDSIGHT_SMOLLM2"))
    folder = set;
  else if (const char* home = std::getenv("HOME"))
    folder = std::filesystem::path(home) / ".cache" / "wordsight" / "smollm2";
  return std::filesystem::exists(folder / "model.safetensors") ? folder : std::filesystem::path();
}

class SmolLm2 : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (modelFolder().empty()) return;
    auto loaded = LanguageModel::load(modelFolder(), {torch::kFloat32, false});
    if (!loaded) throw std::runtime_error(loaded.error().message);
    s_model = std::move(*loaded);
  }
  static void TearDownTestSuite() { s_model.reset(); }
  void SetUp() override {
    if (!s_model)
      GTEST_SKIP()
          << "SmolLM2 is not here: run tests/oracle/smollm2.py ~/.cache/wordsight/smollm2, or set "
             "WORDSIGHT_SMOLLM2 to its folder";
    const auto file = readJsonFile(wordsight::test::data("smollm2/reference.json"));
    ASSERT_OK(file);
    m_prompts = (*file)["prompts"];
  }
  static std::unique_ptr<LanguageModel> s_model;
  Json m_prompts;
};
std::unique_ptr<LanguageModel> SmolLm2::s_model;

TEST_F(SmolLm2, Logits) {
  double worst = 0;
  for (const Json& entry : m_prompts) {
    const auto logits = allLogits(*s_model, {entry["ids"].get<std::vector<std::int64_t>>(), {}});
    ASSERT_OK(logits);
    for (const auto& [at, digest] : entry["logits"].items()) {
      const torch::Tensor row = (*logits)[std::stol(at)].to(torch::kFloat64);
      const auto compare = [&](double got, double expected, const char* what) {
        const double difference = std::abs(got - expected) / std::max(1.0, std::abs(expected));
        EXPECT_LE(difference, 1e-4) << what << " at token " << at;
        worst = std::max(worst, difference);
      };
      for (std::size_t k = 0; k < digest["best"].size(); ++k)
        compare(row[digest["best"][k].get<std::int64_t>()].item<double>(),
                digest["values"][k].get<double>(), "logit");
      compare(torch::logsumexp(row, -1).item<double>(), digest["logsumexp"].get<double>(),
              "logsumexp");
      compare(row.mean().item<double>(), digest["mean"].get<double>(), "mean");
    }
  }
  std::cout << "SmolLM2 logits: largest difference " << worst << "\n";
}

TEST_F(SmolLm2, GreedyTextsOfOneAndOfAllPrompts) {
  std::vector<Prompt> prompts;
  Sampling sampling;
  sampling.maxTokens = 64;
  for (const Json& entry : m_prompts)
    prompts.push_back({entry["ids"].get<std::vector<std::int64_t>>(), {}});
  const Stopwatch all;
  const auto together = generate(*s_model, prompts, sampling);
  ASSERT_OK(together);
  std::cout << "SmolLM2 f32, ten prompts together: "
            << static_cast<double>(prompts.size()) * 64 / all.seconds() << " tokens/s\n";
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const auto expected = m_prompts[i]["greedy"].get<std::vector<std::int64_t>>();
    auto text = (*together)[i];
    text.resize(expected.size());
    EXPECT_EQ(text, expected) << "prompt " << i << " among all";
  }
  for (const std::size_t i : {std::size_t{0}, std::size_t{9}}) {
    const Stopwatch one;
    const auto alone = generate(*s_model, {prompts[i]}, sampling);
    ASSERT_OK(alone);
    std::cout << "SmolLM2 f32, one prompt: " << 64 / one.seconds() << " tokens/s\n";
    EXPECT_EQ((*alone)[0], (*together)[i]) << "prompt " << i;
  }
}

}  // namespace
}  // namespace wordsight::neural::test
