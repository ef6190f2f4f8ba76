#include "train/adamw.h"

#include <torch/torch.h>

#include "domain/json.h"
#include "support.h"

namespace wordsight::train {
namespace {

torch::Tensor tensorOf(const Json& values, const Json& shape) {
  return torch::tensor(values.get<std::vector<double>>(), torch::kFloat64)
      .to(torch::kFloat32)
      .view(shape.get<std::vector<std::int64_t>>());
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

AdamW::Named parametersOf(const Json& test) {
  AdamW::Named named;
  for (std::size_t i = 0; i < test.at("shapes").size(); ++i)
    named.emplace_back("p" + std::to_string(i),
                       tensorOf(test.at("start")[i], test.at("shapes")[i]).requires_grad_());
  return named;
}

TrainSpec::Optimizer settingsOf(const Json& test) {
  TrainSpec::Optimizer settings;
  settings.beta1 = test.at("betas")[0];
  settings.beta2 = test.at("betas")[1];
  settings.eps = test.at("eps");
  settings.weightDecay = test.at("weight_decay");
  return settings;
}

TEST(AdamW, GivesTorchsValuesMomentsAndNorms) {
  const auto json = readJsonFile(wordsight::test::data("optimiser.json"));
  ASSERT_OK(json);
  for (const auto& test : json->at("adamw")) {
    const auto named = parametersOf(test);
    AdamW optimizer(named, settingsOf(test));
    for (const auto& step : test.at("steps")) {
      optimizer.zeroGradients();
      for (std::size_t i = 0; i < named.size(); ++i)
        optimizer.gradient(i).copy_(tensorOf(step.at("gradients")[i], test.at("shapes")[i]));
      const double norm = optimizer.clipGradients(test.at("max_norm"));
      EXPECT_NEAR(norm / step.at("norm").get<double>(), 1, 1e-6);
      optimizer.step(step.at("lr"));
      for (std::size_t i = 0; i < named.size(); ++i) {
        const auto& shape = test.at("shapes")[i];
        // The parameter's own tensor, as the model holds it. A few roundings of float32.
        EXPECT_LT(
            largestDifference(named[i].second.detach(), tensorOf(step.at("values")[i], shape)),
            3e-7);
        EXPECT_LT(largestDifference(optimizer.firstMoment(i), tensorOf(step.at("m")[i], shape)),
                  1e-6);
        EXPECT_LT(largestDifference(optimizer.secondMoment(i) / tensorOf(step.at("v")[i], shape),
                                    torch::ones_like(named[i].second)),
                  1e-5);
      }
    }
    EXPECT_EQ(optimizer.steps(), 6);
  }
}

TEST(AdamW, BackwardAddsIntoTheFlatGradient) {
  AdamW::Named named = {{"a", torch::ones({3}).requires_grad_()},
                        {"b", torch::full({2}, 2.0).requires_grad_()}};
  AdamW optimizer(named, {});
  optimizer.zeroGradients();
  for (int pack = 0; pack < 2; ++pack)
    ((named[0].second * 3).sum() + (named[1].second * named[1].second).sum()).backward();
  EXPECT_TRUE(torch::equal(optimizer.gradient(0), torch::full({3}, 6.0)));
  EXPECT_TRUE(torch::equal(optimizer.gradient(1), torch::full({2}, 8.0)));
  EXPECT_DOUBLE_EQ(optimizer.flatGradients().sum().item<double>(),
                   3 * 6.0 + 2 * 8.0);  // padding stays zero
  optimizer.zeroGradients();
  EXPECT_EQ(optimizer.gradient(0).abs().max().item<double>(), 0);
}

TEST(AdamW, CutsOnlyWhatIsTooLongAndNothingAtZero) {
  AdamW::Named named = {{"a", torch::zeros({4}).requires_grad_()}};
  AdamW optimizer(named, {});
  const auto cut = [&](double size, double most) {
    optimizer.zeroGradients();
    optimizer.gradient(0).fill_(size);
    EXPECT_NEAR(optimizer.clipGradients(most), 2 * size, 1e-6);
    return optimizer.gradient(0)[0].item<double>();
  };
  EXPECT_NEAR(cut(1.0, 1.0), 1.0 / (2 + 1e-6), 1e-7);
  EXPECT_EQ(cut(0.25, 1.0), 0.25);
  EXPECT_EQ(cut(8.0, 0.0), 8.0);
}

TEST(AdamW, RefusesWhatItCannotTrain) {
  EXPECT_THROW(AdamW({{"half", torch::zeros({2}, torch::kBFloat16).requires_grad_()}}, {}),
               c10::Error);
  EXPECT_THROW(AdamW({{"fixed", torch::zeros({2})}}, {}), c10::Error);
}

}  // namespace
}  // namespace wordsight::train
