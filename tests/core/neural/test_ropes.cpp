// Scaled rotary positions, held against transformers 5.17: see tests/oracle/ropes.py.
#include <gtest/gtest.h>

#include <iostream>

#include "oracle.h"
#include "support.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

constexpr double kTolerance = 1e-4;

class Ropes : public ::testing::Test {
 protected:
  Ropes() {
    const auto folder = wordsight::test::data("ropes");
    m_expected = loadTensors(folder / "expected.safetensors");
    m_cases = readJsonFile(folder / "cases.json").value();
  }
  static std::vector<Prompt> promptsOf(const Json& one) {
    std::vector<Prompt> prompts;
    for (const auto& prompt : one["prompts"])
      prompts.push_back({prompt["ids"].get<std::vector<std::int64_t>>(), {}});
    return prompts;
  }
  static std::unique_ptr<LanguageModel> modelOf(const Json& one) {
    const TinyFolder folder(one["model"].get<std::string>());
    folder.editConfig([&](Json& config) { config = one["config"]; });
    return folder.load();
  }
  std::map<std::string, torch::Tensor> m_expected;
  Json m_cases;
};

TEST_F(Ropes, LogitsWithinAndBeyondTheOriginalLength) {
  std::size_t compared = 0;
  for (const auto& one : m_cases) {
    const auto name = one["name"].get<std::string>();
    const auto model = modelOf(one);
    double worst = 0;
    const auto prompts = promptsOf(one);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      const auto& expected = m_expected.at(name + "." + std::to_string(i));
      const auto logits = allLogits(*model, prompts[i]);
      ASSERT_OK(logits);
      worst = std::max(
          worst,
          largestDifference(logits->narrow(0, logits->size(0) - expected.size(0), expected.size(0)),
                            expected));
      ++compared;
    }
    EXPECT_LE(worst, kTolerance) << name;
    std::cout << name << ": largest difference " << worst << "\n";
  }
  EXPECT_EQ(compared, m_expected.size());
}

TEST_F(Ropes, ScoresOfManyPromptsAreThoseOfEachAlone) {
  for (const auto& one : m_cases) {
    const auto model = modelOf(one);
    auto prompts = promptsOf(one);
    // Long shared beginnings, ends of unlike length: what would be computed once if it could be.
    Prompt shorter = prompts.back();
    shorter.ids.resize(shorter.ids.size() - 2);
    prompts.push_back(prompts.back());
    prompts.push_back(shorter);
    prompts.erase(prompts.begin(), prompts.end() - 3);
    const auto together = nextTokenLogProbs(*model, prompts, {65, 66, 67});
    ASSERT_OK(together);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      const auto alone = nextTokenLogProbs(*model, {prompts[i]}, {65, 66, 67});
      ASSERT_OK(alone);
      for (std::size_t k = 0; k < 3; ++k)
        EXPECT_NEAR((*together)[i][k], (*alone)[0][k], kTolerance) << one["name"];
    }
  }
}

TEST_F(Ropes, GreedyTextsAcrossTheOriginalLength) {
  int compared = 0;
  for (const auto& one : m_cases) {
    if (!one["prompts"][0].contains("greedy")) continue;
    const auto expected = one["prompts"][0]["greedy"].get<std::vector<std::int64_t>>();
    const auto model = modelOf(one);
    Sampling sampling;
    sampling.maxTokens = static_cast<int>(expected.size());
    const auto prompts = promptsOf(one);
    const auto alone = generate(*model, {prompts[0]}, sampling);
    ASSERT_OK(alone);
    EXPECT_EQ((*alone)[0], expected) << one["name"];
    const auto together = generate(*model, {prompts.back(), prompts[0], prompts[0]}, sampling);
    ASSERT_OK(together);
    EXPECT_EQ((*together)[1], expected) << one["name"];
    EXPECT_EQ((*together)[2], expected) << one["name"];
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

TEST_F(Ropes, DynamicScalingTakesFactorTimesThePositions) {
  for (const auto& one : m_cases) {
    if (one["name"] != "dynamic") continue;
    const auto model = modelOf(one);
    EXPECT_EQ(model->info().maxPositions, 128);
    Prompt prompt = promptsOf(one)[0];
    prompt.ids.resize(128, 65);
    EXPECT_OK(allLogits(*model, prompt));
    prompt.ids.push_back(65);
    EXPECT_FALSE(allLogits(*model, prompt));
  }
}

}  // namespace
}  // namespace wordsight::neural::test
