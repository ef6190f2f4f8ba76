// Losses and gradients against PEFT on the tiny checkpoints (tests/oracle/make_tiny.py).
#include <torch/torch.h>

#include "domain/safetensors.h"
#include "fixture.h"
#include "neural/weights.h"

namespace wordsight::train {
namespace {

class Reference : public ::testing::TestWithParam<const char*> {
 protected:
  std::filesystem::path folder() const {
    return wordsight::test::data(std::string("models/") + GetParam());
  }
};

TEST_P(Reference, FirstGradientIsPefts) {
  const auto tiny = test::Tiny::load(GetParam());
  ASSERT_OK(tiny.model->loadLora(folder() / "adapter"));
  const auto expected = SafetensorsFile::open(folder() / "expected.safetensors");
  ASSERT_OK(expected);
  const auto& training = tiny.cases.at("training");
  std::vector<TokenSample> chosen;
  for (const std::size_t i : training.at("steps")[0]) chosen.push_back(tiny.samples()[i]);
  AdamW optimizer(tiny.model->loraParameters(), {});
  EXPECT_NEAR(test::lossAndGradient(*tiny.model, optimizer, chosen, 4096),
              training.at("first_loss").get<double>(), 1e-5);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
    const auto found = expected->tensors().find("grad." + optimizer.parameters()[i].first);
    ASSERT_NE(found, expected->tensors().end()) << optimizer.parameters()[i].first;
    const auto theirs = neural::tensorOver(found->second, nullptr);
    EXPECT_LT((optimizer.gradient(i) - theirs).abs().max().item<double>(),
              1e-5 + 1e-4 * theirs.abs().max().item<double>())
        << found->first;
    ++compared;
  }
  EXPECT_GT(compared, 3U);
}

TEST_P(Reference, TenStepsGivePeftsLossesNormsAndWeights) {
  const auto tiny = test::Tiny::load(GetParam());
  ASSERT_OK(tiny.model->loadLora(folder() / "adapter"));
  const auto& training = tiny.cases.at("training");
  TrainSpec::Optimizer settings;
  settings.beta1 = training.at("betas")[0];
  settings.beta2 = training.at("betas")[1];
  settings.eps = training.at("eps");
  settings.weightDecay = training.at("weight_decay");
  AdamW optimizer(tiny.model->loraParameters(), settings);
  const auto samples = tiny.samples();
  ASSERT_EQ(training.at("steps").size(), 10U);
  for (std::size_t step = 0; step < 10; ++step) {
    std::vector<TokenSample> chosen;
    for (const std::size_t i : training.at("steps")[step]) chosen.push_back(samples[i]);
    const double loss = test::lossAndGradient(*tiny.model, optimizer, chosen, 64);
    EXPECT_NEAR(loss, training.at("losses")[step].get<double>(), 1e-4) << "step " << step;
    const double norm = optimizer.clipGradients(training.at("max_grad_norm"));
    EXPECT_NEAR(norm / training.at("grad_norms")[step].get<double>(), 1, 1e-3) << "step " << step;
    optimizer.step(training.at("lr"));
  }
  const auto expected = SafetensorsFile::open(folder() / "expected.safetensors");
  ASSERT_OK(expected);
  for (const auto& [name, tensor] : optimizer.parameters()) {
    const auto theirs = neural::tensorOver(expected->tensors().at("trained." + name), nullptr);
    // Adam divides by the gradient's own size, so values whose gradient is near nothing may part:
    // in the mean they do not.
    EXPECT_LT((tensor.detach() - theirs).abs().mean().item<double>(), 1e-4) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Families, Reference,
                         ::testing::Values("llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub"));

TEST(ReferenceTraining, TheWholePathGivesPeftsTenLosses) {
  auto learner = test::Learner::make();
  learner.spec.lora.init = (wordsight::test::data("models/qwen2") / "adapter").string();
  const wordsight::test::TempFolder folder;
  const auto outcome = train(learner.spec, learner.input(folder / "out"), {}, {});
  ASSERT_OK(outcome);
  const auto& losses = learner.tiny.cases.at("training").at("losses");
  ASSERT_EQ(outcome->losses.size(), losses.size());
  for (std::size_t i = 0; i < losses.size(); ++i)
    EXPECT_NEAR(outcome->losses[i], losses[i].get<double>(), 1e-4) << i;
}

}  // namespace
}  // namespace wordsight::train
