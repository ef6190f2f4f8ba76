#include "train/samples.h"

#include <algorithm>
#include <map>
#include <set>

#include "fixture.h"

namespace wordsight::train {
namespace {

class Samples : public ::testing::Test {
 protected:
  void SetUp() override { m_learner = test::Learner::make(); }
  SampleMaker maker(const TrainingData& data) const {
    return {m_learner.spec, *m_learner.tokenizer, *m_learner.chat, data.prompt};
  }
  std::string text(const TokenSample& sample, std::int32_t from, std::int32_t to) const {
    return m_learner.tokenizer->decode({sample.ids.begin() + from, sample.ids.begin() + to}, false);
  }
  test::Learner m_learner;
};

TEST_F(Samples, CountTheAnswerAndItsEndAsTheReferenceDoes) {
  const auto made = tokeniseAll(maker(m_learner.data), m_learner.data.train);
  ASSERT_OK(made);
  const auto expected = m_learner.tiny.samples();
  ASSERT_EQ(made->size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    // The reference stops at <|im_end|>; the chat template puts a line break after it, which is not
    // counted.
    auto ids = made->at(i).ids;
    ASSERT_GE(ids.size(), expected[i].ids.size());
    ids.resize(expected[i].ids.size());
    EXPECT_EQ(ids, expected[i].ids);
    EXPECT_EQ(made->at(i).countedBegin, expected[i].countedBegin);
    EXPECT_EQ(made->at(i).countedEnd, expected[i].countedEnd);
    EXPECT_EQ(made->at(i).letter, expected[i].countedBegin);  // all answers begin with "A." …
  }
}

TEST_F(Samples, SequenceCountsAllButTheFirst) {
  m_learner.spec.loss = "sequence";
  const auto sample = maker(m_learner.data).asStored(m_learner.data.train[0]);
  ASSERT_OK(sample);
  EXPECT_EQ(sample->countedBegin, 1);
  EXPECT_EQ(sample->countedEnd, sample->length());
}

TEST_F(Samples, OnlyTheLastTurnIsCountedAndLettersAreRecognised) {
  TrainingExample example;
  example.id = "two turns";
  example.messages = {Message::text("user", "Hm?"), Message::text("assistant", "B. First answer"),
                      Message::text("user", "Again?"), Message::text("assistant", "Walk on")};
  auto sample = maker(m_learner.data).asStored(example);
  ASSERT_OK(sample);
  EXPECT_EQ(text(*sample, sample->countedBegin, sample->countedEnd), "Walk on<|im_end|>");
  EXPECT_EQ(sample->letter, -1);
  EXPECT_DOUBLE_EQ(sample->weightSum(10), static_cast<double>(sample->counted()));
  for (const char* answer : {"C. Go", "C) Go"}) {
    example.messages.back() = Message::text("assistant", answer);
    sample = maker(m_learner.data).asStored(example);
    ASSERT_OK(sample);
    EXPECT_EQ(text(*sample, sample->letter, sample->letter + 1), "C");
    EXPECT_DOUBLE_EQ(sample->weightSum(10), static_cast<double>(sample->counted()) + 9);
  }
  for (const char* answer : {"Call them", "c. Go", "A", "A: no"}) {
    example.messages.back() = Message::text("assistant", answer);
    EXPECT_EQ(maker(m_learner.data).asStored(example)->letter, -1) << answer;
  }
}

TEST_F(Samples, OptionsComeInANewOrderAtEachUseAndTheKeyFollows) {
  m_learner.spec.shuffleOptions = true;
  const auto data = test::scenarioData(1);
  const auto make = maker(data);
  const auto& scenario = *data.train[0].scenario;
  const std::string right = scenario.options[static_cast<std::size_t>(scenario.key)];
  std::map<char, int> letters;
  std::set<std::vector<std::int32_t>> orders;
  for (int use = 0; use < 100; ++use) {
    const auto sample = make.atUse(data.train[0], 0, use);
    ASSERT_OK(sample);
    const auto answer = text(*sample, sample->countedBegin, sample->countedEnd);
    EXPECT_EQ(answer.substr(1), ". " + right + " It is the safest.<|im_end|>");
    const auto question = text(*sample, 0, sample->countedBegin);
    EXPECT_NE(question.find(std::string(1, answer[0]) + ". " + right), std::string::npos);
    EXPECT_EQ(text(*sample, sample->letter, sample->letter + 1), answer.substr(0, 1));
    ++letters[answer[0]];
    orders.insert(sample->ids);
    EXPECT_EQ(make.atUse(data.train[0], 0, use)->ids,
              sample->ids);  // the same each time it is asked for
  }
  EXPECT_EQ(letters.size(), 4U);
  for (const auto& [letter, count] : letters) EXPECT_GT(count, 10) << letter;
  EXPECT_GT(orders.size(), 15U);
  EXPECT_NE(make.atUse(data.train[0], 0, 0)->ids, make.atUse(data.train[0], 1, 0)->ids);
}

TEST_F(Samples, WithoutShuffleOptionsAScenarioStaysAsItWasRendered) {
  const auto data = test::scenarioData(2);
  const auto make = maker(data);
  EXPECT_EQ(make.atUse(data.train[1], 1, 5)->ids, make.asStored(data.train[1])->ids);
  EXPECT_FALSE(make.reorders(data.train[1]));
}

TEST_F(Samples, BadExamplesAreErrorsThatNameThem) {
  const auto failure = [&](TrainingExample example) {
    example.id = "train.jsonl:7";
    const auto sample = maker(m_learner.data).asStored(example);
    EXPECT_FALSE(sample);
    const auto message = sample ? "" : sample.error().message;
    EXPECT_NE(message.find("train.jsonl:7"), std::string::npos) << message;
    return message;
  };
  TrainingExample example = m_learner.data.train[0];
  example.messages[0].parts.push_back({ContentPart::Kind::Image, "cat.png"});
  EXPECT_NE(failure(example).find("picture"), std::string::npos);
  example = m_learner.data.train[0];
  example.messages.pop_back();
  failure(example);
  example.messages.clear();
  EXPECT_NE(failure(example).find("no messages"), std::string::npos);
  example = m_learner.data.train[0];
  m_learner.spec.maxLength = 20;
  EXPECT_NE(failure(example).find("max_length"), std::string::npos);
  m_learner.spec.maxLength = 4096;

  auto scenarios = test::scenarioData(1);
  m_learner.spec.shuffleOptions = true;
  scenarios.train[0].scenario->key = -1;
  const auto noKey = maker(scenarios).asStored(scenarios.train[0]);
  ASSERT_FALSE(noKey);
  EXPECT_NE(noKey.error().message.find("rev 1"), std::string::npos);
}

TEST_F(Samples, OptionsThatAreNamedUnclearlyKeepTheirOrder) {
  m_learner.spec.shuffleOptions = true;
  auto data = test::scenarioData(1);
  EXPECT_TRUE(maker(data).reorders(data.train[0]));
  data.train[0].scenario->rationale = "Options A-C are worse.";
  const auto make = maker(data);
  EXPECT_FALSE(make.reorders(data.train[0]));
  for (int use = 0; use < 5; ++use)
    EXPECT_EQ(make.atUse(data.train[0], 0, use)->ids, make.asStored(data.train[0])->ids);
}

TEST_F(Samples, TheFirstBadExampleIsNamed) {
  auto data = m_learner.data;
  data.train[3].messages.pop_back();
  data.train[5].messages.clear();
  const auto made = tokeniseAll(maker(data), data.train);
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("train.jsonl:4"), std::string::npos) << made.error().message;
}

TEST(Order, EachEpochHasEveryExampleOnceInAnOrderOfItsOwn) {
  TrainSpec spec;
  spec.batch.samples = 4;
  spec.epochs = 3;
  Order order(spec, 10);
  EXPECT_EQ(order.steps(), 8);  // 30 samples in steps of 4
  std::map<std::int64_t, std::vector<std::size_t>> epochs;
  for (std::int64_t step = 0; step < order.steps(); ++step) {
    const auto uses = order.step(step);
    EXPECT_EQ(uses.size(), step == 7 ? 2U : 4U);
    for (const auto& use : uses) epochs[use.use].push_back(use.example);
  }
  ASSERT_EQ(epochs.size(), 3U);
  EXPECT_NE(epochs[0], epochs[1]);
  for (auto& [epoch, seen] : epochs) {
    std::sort(seen.begin(), seen.end());
    for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(seen[i], i);
  }
}

TEST(Order, AStepNeedsNoneOfThoseBefore) {
  TrainSpec spec;
  spec.batch.samples = 3;
  Order straight(spec, 7), jumping(spec, 7);
  std::vector<std::size_t> a, b;
  for (std::int64_t step = 0; step < 5; ++step)
    for (const auto& use : straight.step(step))
      if (step == 4) a.push_back(use.example);
  for (const auto& use : jumping.step(4)) b.push_back(use.example);
  EXPECT_EQ(a, b);
}

TEST(Order, MaxStepsGoesPastTheEpochsAndShuffleMayBeOff) {
  TrainSpec spec;
  spec.batch.samples = 2;
  spec.epochs = 1;
  spec.maxSteps = 5;
  spec.shuffle = false;
  Order order(spec, 3);
  EXPECT_EQ(order.steps(), 5);
  std::vector<std::size_t> all;
  for (std::int64_t step = 0; step < 5; ++step)
    for (const auto& use : order.step(step)) all.push_back(use.example);
  EXPECT_EQ(all, (std::vector<std::size_t>{0, 1, 2, 0, 1, 2, 0, 1, 2, 0}));
}

TEST(Order, FractionsOfEpochsRoundUp) {
  TrainSpec spec;
  spec.batch.samples = 2;
  spec.epochs = 2.5;
  EXPECT_EQ(Order(spec, 8).steps(), 10);
  spec.epochs = 0.1;
  EXPECT_EQ(Order(spec, 8).steps(), 1);
  spec.epochs = 0;
  EXPECT_EQ(Order(spec, 8).steps(), 0);
}

}  // namespace
}  // namespace wordsight::train
