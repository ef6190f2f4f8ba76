#include "train/schedule.h"

#include "domain/json.h"
#include "support.h"

namespace wordsight::train {
namespace {

TrainSpec specOf(const std::string& kind, double warmup) {
  TrainSpec spec;
  spec.schedule.kind = kind;
  spec.schedule.warmup = warmup;
  spec.optimizer.lr = 1;
  return spec;
}

TEST(Schedule, GivesTransformersRates) {
  const auto json = readJsonFile(wordsight::test::data("optimiser.json"));
  ASSERT_OK(json);
  for (const auto& row : json->at("schedules")) {
    const auto spec = specOf(row.at("kind"), row.at("warmup"));
    for (std::int64_t step = 0; step < row.at("total"); ++step) {
      const auto rate = learningRate(spec, step, row.at("total"));
      ASSERT_OK(rate);
      EXPECT_NEAR(*rate, row.at("rates").at(static_cast<std::size_t>(step)).get<double>(), 1e-15)
          << spec.schedule.kind << " warm-up " << spec.schedule.warmup << " step " << step;
    }
  }
}

TEST(Schedule, HoldLinearIsFlatToTheHalfThenFallsToNothing) {
  const auto spec = specOf("hold_linear", 4);
  const std::vector<double> expected = {0.25, 0.5, 0.75, 1,   1,   1,   1,   1,   1,   1,
                                        1,    0.9, 0.8,  0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
  for (std::size_t step = 0; step < expected.size(); ++step)
    EXPECT_NEAR(*learningRate(spec, static_cast<std::int64_t>(step), 20), expected[step], 1e-12)
        << step;
}

TEST(Schedule, WarmupBelowOneIsAShareRoundedUp) {
  EXPECT_EQ(warmupSteps(0, 100), 0);
  EXPECT_EQ(warmupSteps(0.03, 100), 3);
  EXPECT_EQ(warmupSteps(0.03, 101), 4);
  EXPECT_EQ(warmupSteps(1, 100), 1);
  EXPECT_EQ(warmupSteps(10, 450), 10);
}

TEST(Schedule, ScalesWithTheRate) {
  auto spec = specOf("linear", 0);
  spec.optimizer.lr = 3e-3;
  EXPECT_DOUBLE_EQ(*learningRate(spec, 5, 10), 1.5e-3);
}

TEST(Schedule, AnUnknownNameIsAnErrorThatNamesIt) {
  const auto rate = learningRate(specOf("cosinus", 0), 0, 10);
  ASSERT_FALSE(rate);
  EXPECT_NE(rate.error().message.find("cosinus"), std::string::npos);
}

}  // namespace
}  // namespace wordsight::train
