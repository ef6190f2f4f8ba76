#include <cmath>

#include "infer/local_model.h"
#include "support.h"

namespace wordsight::infer {
namespace {

std::unique_ptr<LocalModel> demoModel(Precision precision) {
  auto model =
      LocalModel::load({test::sourceDir() / "resources/demo/model", {}, precision, false, 1});
  EXPECT_OK(model);
  return std::move(*model);
}

Query question(const std::string& text) { return {{Message::text("user", text)}, {}, 5}; }

const char* const kTexts[] = {
    "Question: What is the best action to take?\nA. Go.\nB. Stay.\nC. Call.\nD. Run.\nE. Wait.",
    "Situation: A boy walks onto thin ice in the park.\nQuestion: What is the best action to "
    "take?\n"
    "A. Go.\nB. Stay.\nC. Call.\nD. Run.\nE. Wait.",
    "Question: Who is there?"};

TEST(LocalModel, ScoresDoNotDependOnTheBatch) {
  const auto model = demoModel(Precision::F32);
  std::vector<Query> queries;
  for (const char* text : kTexts) queries.push_back(question(text));
  const auto together = model->score(queries, {});
  ASSERT_OK(together);
  double largest = 0;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const auto alone = model->score(std::span(&queries[i], 1), {});
    ASSERT_OK(alone);
    ASSERT_EQ((*alone)[0].letterLogProbs.size(), 5u);
    for (int k = 0; k < 5; ++k)
      largest = std::max(
          largest, std::abs((*alone)[0].letterLogProbs[k] - (*together)[i].letterLogProbs[k]));
    EXPECT_EQ((*alone)[0].promptTokens, (*together)[i].promptTokens);
  }
  std::printf("largest difference of a log-probability, alone and in a batch: %.2e\n", largest);
  EXPECT_LT(largest, 1e-4);
}

TEST(LocalModel, LettersDoNotTieInBfloat16) {
  const auto model = demoModel(Precision::BF16);
  std::vector<Query> queries;
  for (int i = 0; i < 60; ++i)
    queries.push_back(question("Note " + std::to_string(i) + ". " + kTexts[1]));
  const auto answers = model->score(queries, {});
  ASSERT_OK(answers);
  for (const auto& answer : *answers)
    for (std::size_t a = 0; a < 5; ++a)
      for (std::size_t b = 0; b < a; ++b)
        EXPECT_NE(answer.letterLogProbs[a], answer.letterLogProbs[b]);
}

TEST(LocalModel, StreamsWhatItGenerates) {
  const auto model = demoModel(Precision::F32);
  GenerateOptions options;
  options.maxTokens = 20;
  std::vector<Query> queries = {question(kTexts[0]), question(kTexts[2])};
  std::vector<std::string> streamed(2);
  const auto answers = model->generate(
      queries, options, {},
      [&](std::size_t query, const std::string& piece) { streamed[query] += piece; });
  ASSERT_OK(answers);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_FALSE((*answers)[i].text.empty());
    EXPECT_EQ((*answers)[i].text, streamed[i]);
    EXPECT_LE((*answers)[i].newTokens, 20);
  }
}

TEST(LocalModel, EndsBeforeStopStrings) {
  const auto model = demoModel(Precision::F32);
  GenerateOptions options;
  options.maxTokens = 20;
  const std::vector<Query> queries = {question(kTexts[0]), question(kTexts[2])};
  const auto whole = model->generate(queries, options, {}, {});
  ASSERT_OK(whole);
  const std::string text = (*whole)[0].text;
  ASSERT_GT(text.size(), 6u);
  options.stopStrings = {"no such text \x01", text.substr(3, 3)};
  std::vector<std::string> streamed(2);
  const auto ended = model->generate(
      queries, options, {},
      [&](std::size_t query, const std::string& piece) { streamed[query] += piece; });
  ASSERT_OK(ended);
  EXPECT_EQ((*ended)[0].text, text.substr(0, text.find(options.stopStrings[1])));
  EXPECT_LE((*ended)[0].newTokens, (*whole)[0].newTokens);
  const auto& other = (*whole)[1].text;
  EXPECT_EQ((*ended)[1].text, other.substr(0, other.find(options.stopStrings[1])));
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ((*ended)[i].text, streamed[i]);
}

TEST(LocalModel, StopsWhenAsked) {
  const auto model = demoModel(Precision::F32);
  std::stop_source stop;
  stop.request_stop();
  const Query query = question(kTexts[0]);
  const auto scored = model->score(std::span(&query, 1), stop.get_token());
  ASSERT_FALSE(scored);
  EXPECT_EQ(scored.error().kind, ErrorKind::Cancelled);
  const auto generated = model->generate(std::span(&query, 1), {}, stop.get_token(), {});
  ASSERT_FALSE(generated);
  EXPECT_EQ(generated.error().kind, ErrorKind::Cancelled);
}

TEST(LocalModel, ErrorsNameTheThing) {
  const auto model = demoModel(Precision::F32);
  EXPECT_NE(model->logits({{99'999'999}, {}}).error().message.find("99999999"), std::string::npos);
  EXPECT_FALSE(model->logits({{}, {}}));
  Query withPicture{{Message{"user", {{ContentPart::Kind::Image, "a.png"}}}}, {}, 5};
  EXPECT_FALSE(model->score(std::span(&withPicture, 1), {}))
      << "a picture was named, none was given";
  EXPECT_FALSE(LocalModel::load({"/nowhere", {}, Precision::F32, false, 1}));
}

}  // namespace
}  // namespace wordsight::infer
