#include "train/evaluate.h"

#include <torch/torch.h>

#include "fixture.h"

namespace wordsight::train {
namespace {

TEST(MeanLoss, IsTheTrainingLossWithoutGradient) {
  const auto tiny = test::Tiny::load("llama_tied");
  ASSERT_OK(tiny.model->loadLora(wordsight::test::data("models/llama_tied") / "adapter"));
  auto samples = tiny.samples();
  samples[1].letter = samples[1].countedBegin;
  AdamW optimizer(tiny.model->loraParameters(), {});
  const double trained = test::lossAndGradient(*tiny.model, optimizer, samples, 64, 3);
  for (const std::int64_t micro : {1, 50, 4096}) {
    const auto loss = meanLoss(*tiny.model, samples, micro, 3, {});
    ASSERT_OK(loss);
    EXPECT_NEAR(*loss, trained, 1e-6);
  }
  EXPECT_EQ(*meanLoss(*tiny.model, {}, 64, 1, {}), 0);
}

TEST(MeanLoss, CanBeStopped) {
  const auto tiny = test::Tiny::load("llama_tied");
  std::stop_source stop;
  stop.request_stop();
  const auto loss = meanLoss(*tiny.model, tiny.samples(), 64, 1, stop.get_token());
  ASSERT_FALSE(loss);
  EXPECT_EQ(loss.error().kind, ErrorKind::Cancelled);
}

class ProbeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    m_learner = test::Learner::make();
    m_data = test::scenarioData(12);
    m_data.probe = m_data.train;
  }
  test::Learner m_learner;
  TrainingData m_data;
};

TEST_F(ProbeTest, CountsItemsWhoseKeyHasTheHighestLogit) {
  const auto probe = Probe::make(m_data, *m_learner.tokenizer, *m_learner.chat);
  ASSERT_OK(probe);
  EXPECT_EQ(probe->size(), 12);
  int right = 0;
  for (const auto& example : m_data.probe) {
    neural::Prompt prompt;
    prompt.ids = m_learner.tokenizer->encode(
        m_learner.chat->render(renderQuestion(*m_data.prompt, *example.scenario, Arm::Caption),
                               true),
        false);
    const auto logits = neural::allLogits(*m_learner.tiny.model, prompt);
    ASSERT_OK(logits);
    const auto last = (*logits)[-1];
    std::vector<double> letters;
    for (const char* letter : {"A", "B", "C", "D"})
      letters.push_back(last[m_learner.tokenizer->idOf(letter)].item<double>());
    right +=
        std::max_element(letters.begin(), letters.end()) - letters.begin() == example.scenario->key;
  }
  for (const std::int64_t micro : {1, 300, 4096}) {
    const auto accuracy = probe->accuracy(*m_learner.tiny.model, micro, {});
    ASSERT_OK(accuracy);
    EXPECT_DOUBLE_EQ(*accuracy, right / 12.0) << micro;
  }
}

TEST_F(ProbeTest, AnswersTheFirstItems) {
  const auto probe = Probe::make(m_data, *m_learner.tokenizer, *m_learner.chat);
  ASSERT_OK(probe);
  const auto answers =
      probe->answers(*m_learner.tiny.model, *m_learner.tokenizer, *m_learner.chat, 2, 30, {});
  ASSERT_OK(answers);
  ASSERT_EQ(answers->size(), 2U);
  EXPECT_EQ(answers->front().label, "probe: rev 1");
  EXPECT_EQ(answers->front().step, 30);
  EXPECT_NE(answers->front().prompt.find("Case 0"), std::string::npos);
  EXPECT_FALSE(answers->front().text.empty());
}

TEST_F(ProbeTest, ItemsWithoutKeyAreErrors) {
  m_data.probe[4].scenario->key = -1;
  const auto probe = Probe::make(m_data, *m_learner.tokenizer, *m_learner.chat);
  ASSERT_FALSE(probe);
  EXPECT_NE(probe.error().message.find("rev 5"), std::string::npos);
}

TEST_F(ProbeTest, MarkedTextShowsWhatIsTrained) {
  const SampleMaker maker(m_learner.spec, *m_learner.tokenizer, *m_learner.chat, m_data.prompt);
  const auto sample = maker.asStored(m_data.train[0]);
  ASSERT_OK(sample);
  const auto text = markedText(*sample, *m_learner.tokenizer);
  EXPECT_NE(text.find("<|im_start|>assistant\n⟦A. Call for help. It is the safest.<|im_end|>⟧"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace wordsight::train
