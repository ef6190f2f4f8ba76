#include "store/prediction_repository.h"

#include <limits>

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Predictions : public ::testing::Test {
 protected:
  TestProject t;
  PredictionRepository predictions{*t.connection};
  RunId run;
  std::vector<ItemId> items;

  void SetUp() override {
    std::vector<BenchmarkItem> list;
    for (int i = 0; i < 4; ++i) list.push_back(benchmarkItem(i));
    BenchmarkRepository benchmarks(*t.connection);
    const auto id = must(benchmarks.add("b", "b.json", "", list, {}));
    for (const auto& item : must(benchmarks.items(id))) items.push_back(item.id);
    run = must(RunRepository(*t.connection).create(newRun(RunKind::Evaluation)));
  }
  Prediction prediction(int item, int shift = 0) const {
    Prediction p;
    p.run = run;
    p.item = items[item];
    p.shift = shift;
    p.rawText = "The answer is B.";
    p.letterLogProbs = {-0.1, -2.5, -1e-300};
    p.milliseconds = 12.5;
    p.promptTokens = 100;
    p.newTokens = 7;
    return p;
  }
};

TEST_F(Predictions, ComeBackBitForBit) {
  auto made = prediction(0);
  made.letterLogProbs = {0.1 + 0.2, -std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::denorm_min()};
  made.rawText = "line\n\xC3\xA9 \"quoted\"";
  const auto id = must(predictions.append(made));
  const auto empty = [&] {
    auto p = prediction(1);
    p.letterLogProbs = {};
    p.rawText = "";
    return must(predictions.append(p));
  }();
  t.reopen();
  PredictionRepository again(*t.connection);
  const auto got = must(again.get(id));
  EXPECT_EQ(got.letterLogProbs, made.letterLogProbs);
  EXPECT_EQ(got.rawText, made.rawText);
  EXPECT_EQ(got.milliseconds, 12.5);
  EXPECT_EQ(got.promptTokens, 100);
  EXPECT_EQ(got.newTokens, 7);
  EXPECT_EQ(got.run, run);
  EXPECT_EQ(got.item, items[0]);
  EXPECT_GT(got.createdAt, 0);
  EXPECT_THAT(must(again.get(empty)).letterLogProbs, IsEmpty());
}

TEST_F(Predictions, SayWhereToGoOn) {
  EXPECT_THAT(must(predictions.done(run)), IsEmpty());
  const std::vector<Prediction> some = {prediction(2, 1), prediction(0), prediction(2)};
  EXPECT_THAT(must(predictions.appendMany(some)), SizeIs(3));
  EXPECT_THAT(must(predictions.done(run)),
              ElementsAre(Pair(items[0], 0), Pair(items[2], 0), Pair(items[2], 1)));
  EXPECT_EQ(must(predictions.count(run)), 3);
  const auto list = must(predictions.list(run));
  ASSERT_THAT(list, SizeIs(3));
  EXPECT_EQ(list[0].item, items[0]);
  EXPECT_EQ(list[2].shift, 1);
}

TEST_F(Predictions, AreStoredOnce) {
  ASSERT_OK(predictions.append(prediction(0)));
  auto other = prediction(0);
  other.rawText = "Changed my mind.";
  EXPECT_THAT(sentence(predictions.append(other), ErrorKind::Invalid), HasSubstr("already"));
  const std::vector<Prediction> many = {prediction(1), prediction(0)};
  EXPECT_FALSE(predictions.appendMany(many));
  EXPECT_EQ(must(predictions.count(run)), 1) << "half of a refused batch was kept";
  EXPECT_EQ(must(predictions.list(run))[0].rawText, "The answer is B.");
  auto orphan = prediction(1);
  orphan.item = ItemId(999);
  EXPECT_FALSE(predictions.append(orphan));
}

TEST_F(Predictions, ChoicesMayBeReadAgain) {
  const auto a = must(predictions.append(prediction(0)));
  const auto b = must(predictions.append(prediction(1)));
  std::vector<std::pair<PredictionId, Choice>> choices = {{a, {1, "letter-first"}},
                                                          {b, {-1, "none"}}};
  ASSERT_OK(predictions.putChoices(choices));
  choices[0].second = {2, "answer-phrase"};
  ASSERT_OK(predictions.putChoices(choices));
  const auto got = must(predictions.ruleChoices(run));
  ASSERT_THAT(got, SizeIs(2));
  EXPECT_EQ(got.at(a).option, 2);
  EXPECT_EQ(got.at(a).rule, "answer-phrase");
  EXPECT_EQ(got.at(b).option, -1);
  choices.push_back({PredictionId(999), {0, "x"}});
  EXPECT_FALSE(predictions.putChoices(choices));
}

TEST_F(Predictions, APersonsReadingHoldsUntilWithdrawn) {
  const auto a = must(predictions.append(prediction(0)));
  const std::vector<std::pair<PredictionId, Choice>> rule = {{a, {1, "letter-first"}}};
  ASSERT_OK(predictions.putChoices(rule));
  ASSERT_OK(predictions.overrideChoice(a, 3, "anna", "it says D below"));
  EXPECT_EQ(must(predictions.choices(run)).at(a).option, 3);
  EXPECT_EQ(must(predictions.choices(run)).at(a).rule, "override");
  EXPECT_EQ(must(predictions.ruleChoices(run)).at(a).option, 1);
  ASSERT_OK(predictions.overrideChoice(a, -1, "ben", "says none"));
  EXPECT_EQ(must(predictions.choices(run)).at(a).option, -1);
  ASSERT_OK(predictions.withdrawOverride(a, "anna"));
  EXPECT_EQ(must(predictions.choices(run)).at(a).option, 1);
  EXPECT_EQ(must(predictions.choices(run)).at(a).rule, "letter-first");
  const auto history = must(predictions.overrides(a));
  ASSERT_THAT(history, SizeIs(3));
  EXPECT_EQ(history[0].option, 3);
  EXPECT_EQ(history[0].person, "anna");
  EXPECT_EQ(history[0].note, "it says D below");
  EXPECT_FALSE(history[1].withdrawn);
  EXPECT_EQ(history[1].option, -1);
  EXPECT_TRUE(history[2].withdrawn);
  EXPECT_EQ(must(predictions.get(a)).rawText, "The answer is B.") << "the answer itself stays";

  EXPECT_THAT(sentence(predictions.overrideChoice(a, 5, "anna"), ErrorKind::Invalid),
              HasSubstr("5 options"));
  EXPECT_FALSE(predictions.overrideChoice(a, -2, "anna"));
  EXPECT_FALSE(predictions.overrideChoice(PredictionId(99), 0, "anna"));
  EXPECT_FALSE(predictions.withdrawOverride(PredictionId(99), "anna"));
}

TEST_F(Predictions, OverridesCountWithoutARule) {
  const auto a = must(predictions.append(prediction(0)));
  ASSERT_OK(predictions.overrideChoice(a, 2, "anna"));
  EXPECT_EQ(must(predictions.choices(run)).at(a).option, 2);
}

TEST_F(Predictions, ChoicesSurviveARebuildOfDerivedTables) {
  const auto a = must(predictions.append(prediction(0)));
  const std::vector<std::pair<PredictionId, Choice>> rule = {{a, {1, "letter-first"}}};
  ASSERT_OK(predictions.putChoices(rule));
  ASSERT_OK(t.connection->rebuildDerived());
  EXPECT_EQ(must(predictions.choices(run)).at(a).option, 1);
}

}  // namespace
}  // namespace wordsight::store
