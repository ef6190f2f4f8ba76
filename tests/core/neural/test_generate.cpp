#include "neural/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "domain/json.h"
#include "neural/sampling.h"
#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

using Ids = std::vector<std::int64_t>;

std::vector<Prompt> randomPrompts(std::size_t count, std::size_t shared, std::size_t longest,
                                  std::uint64_t seed) {
  Random random(seed);
  Ids beginning;
  for (std::size_t i = 0; i < shared; ++i)
    beginning.push_back(static_cast<std::int64_t>(random.below(256)));
  std::vector<Prompt> prompts(count);
  for (Prompt& prompt : prompts) {
    prompt.ids = beginning;
    for (std::size_t n = 1 + random.below(longest); n > 0; --n)
      prompt.ids.push_back(static_cast<std::int64_t>(random.below(256)));
  }
  return prompts;
}

Sampling readSampling(const Json& json) {
  Sampling out;
  out.temperature = json.value("temperature", 0.0);
  out.topK = json.value("top_k", 0);
  out.topP = json.value("top_p", 1.0);
  out.minP = json.value("min_p", 0.0);
  out.repetitionPenalty = json.value("repetition_penalty", 1.0);
  return out;
}

TEST(Sampling, LeavesWhatTheReferenceLeaves) {
  const auto groups = readJsonFile(wordsight::test::data("sampling.json"));
  ASSERT_OK(groups);
  int compared = 0;
  for (const Json& group : *groups) {
    const auto logits = group["logits"].get<std::vector<float>>();
    const auto history = group["history"].get<Ids>();
    for (const Json& entry : group["cases"]) {
      const auto chances = distribution(logits, history, readSampling(entry["settings"]));
      EXPECT_EQ(chances.size(), entry["kept"].size()) << entry["settings"];
      double total = 0, last = 1;
      for (const TokenChance& chance : chances) {
        ASSERT_TRUE(entry["kept"].contains(std::to_string(chance.id)))
            << entry["settings"] << " " << chance.id;
        EXPECT_NEAR(chance.probability, entry["kept"][std::to_string(chance.id)].get<double>(),
                    1e-6);
        EXPECT_LE(chance.probability, last);
        last = chance.probability;
        total += chance.probability;
      }
      EXPECT_NEAR(total, 1, 1e-9);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 16);
}

TEST(Sampling, DrawsAsOftenAsTheDistributionSays) {
  const std::vector<float> logits = {0, 1, 2, -1, 0.5F};
  Sampling sampling;
  sampling.temperature = 0.8;
  sampling.minP = 0.06;
  std::map<std::int64_t, int> counts;
  Random random(5);
  constexpr int kDraws = 40000;
  for (int i = 0; i < kDraws; ++i) ++counts[chooseToken(logits, {}, sampling, random)];
  const auto chances = distribution(logits, {}, sampling);
  EXPECT_EQ(chances.size(), counts.size());
  for (const TokenChance& chance : chances) {
    const double sigma = std::sqrt(chance.probability * (1 - chance.probability) * kDraws);
    EXPECT_NEAR(counts[chance.id], chance.probability * kDraws, 5 * sigma) << chance.id;
  }
}

TEST(Sampling, KeepsTheBestTokenWhateverTheSettings) {
  const std::vector<float> logits = {1, 5, 1};
  Sampling sampling;
  sampling.temperature = 100;
  sampling.topP = 1e-9;
  ASSERT_EQ(distribution(logits, {}, sampling).size(), 1U);
  sampling.topP = 1;
  sampling.minP = 1;
  ASSERT_EQ(distribution(logits, {}, sampling).size(), 1U);
  sampling.minP = 0;
  sampling.topK = 1;
  const auto one = distribution(logits, {}, sampling);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].id, 1);
  EXPECT_EQ(one[0].probability, 1);
}

class Generate : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { s_model = loadModel("qwen2"); }
  static void TearDownTestSuite() { s_model.reset(); }
  const LanguageModel& model() const { return *s_model; }
  static std::unique_ptr<LanguageModel> s_model;
};
std::unique_ptr<LanguageModel> Generate::s_model;

TEST_F(Generate, OneAndThirtyTwoAtATimeGiveTheSame) {
  for (const std::size_t shared : {std::size_t{0}, std::size_t{50}}) {
    const auto prompts = randomPrompts(32, shared, 60, 3 + shared);
    const Ids letters = {65, 66, 67, 68, 69};
    Sampling sampling;
    sampling.maxTokens = 12;
    const auto texts = generate(model(), prompts, sampling);
    const auto scores = nextTokenLogProbs(model(), prompts, letters);
    ASSERT_OK(texts);
    ASSERT_OK(scores);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      const auto text = generate(model(), {prompts[i]}, sampling);
      const auto score = nextTokenLogProbs(model(), {prompts[i]}, letters);
      ASSERT_OK(text);
      ASSERT_OK(score);
      EXPECT_EQ((*text)[0], (*texts)[i]) << i;
      const auto& one = (*score)[0];
      const auto& many = (*scores)[i];
      EXPECT_EQ(std::max_element(one.begin(), one.end()) - one.begin(),
                std::max_element(many.begin(), many.end()) - many.begin());
      for (std::size_t k = 0; k < letters.size(); ++k) EXPECT_NEAR(one[k], many[k], 1e-4);
    }
  }
}

TEST_F(Generate, SampledTextsDependOnSeedAndPlaceButNotOnCompany) {
  auto prompts = randomPrompts(6, 0, 20, 11);
  prompts[1] = prompts[0];
  Sampling sampling;
  sampling.temperature = 1;
  sampling.topP = 0.95;
  sampling.maxTokens = 20;
  sampling.seed = 4;
  const auto texts = generate(model(), prompts, sampling);
  const auto again = generate(model(), prompts, sampling);
  const auto fewer = generate(model(), {prompts[0], prompts[1]}, sampling);
  sampling.seed = 5;
  const auto other = generate(model(), prompts, sampling);
  ASSERT_OK(texts);
  ASSERT_OK(again);
  ASSERT_OK(fewer);
  ASSERT_OK(other);
  EXPECT_EQ(*texts, *again);
  EXPECT_EQ((*texts)[0], (*fewer)[0]);
  EXPECT_EQ((*texts)[1], (*fewer)[1]);
  EXPECT_NE((*texts)[0], (*texts)[1]) << "the same prompt twice must give two samples";
  EXPECT_NE(*texts, *other);
}

TEST_F(Generate, StopsBeforeStopTokensAndWhenTheCallbackSaysSo) {
  const auto prompts = randomPrompts(3, 0, 30, 21);
  Sampling sampling;
  sampling.maxTokens = 16;
  const auto whole = generate(model(), prompts, sampling);
  ASSERT_OK(whole);
  const Ids& text = (*whole)[1];
  ASSERT_EQ(text.size(), 16U);

  sampling.stopIds = {text[5], 271};
  const auto first = std::find(text.begin(), text.end(), text[5]) - text.begin();
  const auto stopped = generate(model(), prompts, sampling);
  ASSERT_OK(stopped);
  EXPECT_EQ((*stopped)[1], Ids(text.begin(), text.begin() + first));

  sampling.stopIds.clear();
  std::vector<Ids> heard(prompts.size());
  const auto cut =
      generate(model(), prompts, sampling, [&](std::size_t prompt, std::int64_t token) {
        heard[prompt].push_back(token);
        return prompt != 1 || heard[1].size() < 3;
      });
  ASSERT_OK(cut);
  EXPECT_EQ((*cut)[1], Ids(text.begin(), text.begin() + 3));
  EXPECT_EQ((*cut)[0], (*whole)[0]);
  EXPECT_EQ((*cut)[2], (*whole)[2]);
  EXPECT_EQ(*cut, heard);
}

TEST_F(Generate, CanBeCancelled) {
  std::stop_source source;
  Sampling sampling;
  sampling.maxTokens = 500;
  int tokens = 0;
  const auto cancelled = generate(
      model(), randomPrompts(1, 0, 5, 1), sampling,
      [&](std::size_t, std::int64_t) {
        if (++tokens == 4) source.request_stop();
        return true;
      },
      source.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(tokens, 4);
}

TEST_F(Generate, EndsWhereTheModelsPositionsEnd) {
  const auto small = loadModel("llama_tied");  // 256 positions
  Sampling sampling;
  sampling.maxTokens = 100;
  Prompt prompt = randomPrompts(1, 249, 1, 2)[0];
  ASSERT_EQ(prompt.ids.size(), 250U);
  const auto text = generate(*small, {prompt}, sampling);
  ASSERT_OK(text);
  EXPECT_EQ((*text)[0].size(),
            7U);  // positions 250 … 255 are computed, and the last gives one more token
  prompt.ids.resize(257, 1);
  const auto refused = generate(*small, {prompt}, sampling);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("257 tokens"), std::string::npos)
      << refused.error().message;
}

TEST_F(Generate, ALongPromptAmongShortOnes) {
  auto prompts = randomPrompts(5, 0, 8, 9);
  prompts[2] = randomPrompts(1, 700, 1, 10)[0];
  Sampling sampling;
  sampling.maxTokens = 5;
  const auto together = generate(model(), prompts, sampling);
  ASSERT_OK(together);
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const auto alone = generate(model(), {prompts[i]}, sampling);
    ASSERT_OK(alone);
    EXPECT_EQ((*alone)[0], (*together)[i]) << i;
  }
}

TEST_F(Generate, MoreThanOneGroup) {
  const auto prompts = randomPrompts(300, 0, 12, 17);  // at most 128 run together
  Sampling sampling;
  sampling.maxTokens = 3;
  const auto all = generate(model(), prompts, sampling);
  const auto scores = nextTokenLogProbs(model(), prompts, {65});
  ASSERT_OK(all);
  ASSERT_OK(scores);
  for (const std::size_t i : {0, 129, 256, 299}) {
    EXPECT_EQ((*all)[i], (*generate(model(), {prompts[i]}, sampling))[0]) << i;
    EXPECT_NEAR((*scores)[i][0], (*nextTokenLogProbs(model(), {prompts[i]}, {65}))[0][0], 1e-4)
        << i;
  }
}

TEST_F(Generate, NothingToDo) {
  Sampling sampling;
  EXPECT_EQ(generate(model(), {}, sampling)->size(), 0U);
  EXPECT_EQ(nextTokenLogProbs(model(), {}, {65})->size(), 0U);
  EXPECT_TRUE(nextTokenLogProbs(model(), {{{1, 2}, {}}}, {})->at(0).empty());
  sampling.maxTokens = 0;
  EXPECT_EQ(*generate(model(), {{{1}, {}}, {{2}, {}}}, sampling), std::vector<Ids>(2));
}

TEST_F(Generate, WrongInputIsNamed) {
  const auto messageOf = [&](const Prompt& prompt) {
    const auto result = nextTokenLogProbs(model(), {{{1}, {}}, prompt}, {65});
    return result ? std::string() : result.error().message;
  };
  EXPECT_NE(messageOf({{}, {}}).find("Prompt 2 of 2 is empty"), std::string::npos);
  EXPECT_NE(messageOf({{3, 272}, {}}).find("272"), std::string::npos);
  EXPECT_NE(messageOf({{3, -1}, {}}).find("-1"), std::string::npos);
  PixelPack picture;
  picture.placeholders = 1;
  EXPECT_NE(messageOf({{3, 262}, {picture}}).find("cannot see"), std::string::npos);
  EXPECT_FALSE(nextTokenLogProbs(model(), {{{1}, {}}}, {272}));
  EXPECT_FALSE(nextTokenLogProbs(model(), {{{1}, {}}}, {-1}));
  EXPECT_FALSE(allLogits(model(), {{}, {}}));

  const auto refused = [&](auto change, const char* name) {
    Sampling sampling;
    change(sampling);
    const auto result = generate(model(), {{{1}, {}}}, sampling);
    ASSERT_FALSE(result) << name;
    EXPECT_NE(result.error().message.find(name), std::string::npos) << result.error().message;
  };
  refused([](Sampling& s) { s.temperature = -1; }, "temperature");
  refused([](Sampling& s) { s.temperature = std::nan(""); }, "temperature");
  refused([](Sampling& s) { s.topK = -1; }, "top_k");
  refused([](Sampling& s) { s.topP = 0; }, "top_p");
  refused([](Sampling& s) { s.minP = 1.5; }, "min_p");
  refused([](Sampling& s) { s.repetitionPenalty = 0; }, "repetition_penalty");
  refused([](Sampling& s) { s.maxTokens = -1; }, "max_tokens");
}

}  // namespace
}  // namespace wordsight::neural::test
