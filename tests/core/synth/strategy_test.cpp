#include "synth/strategy.h"

#include <gtest/gtest.h>

namespace wordsight::synth {
namespace {

TEST(Strategy, NamesGoBothWays) {
  for (const Strategy strategy : kStrategies)
    EXPECT_EQ(strategyFromText(toText(strategy)).value(), strategy);
}

TEST(Strategy, AMisspeltNameIsAnswered) {
  const auto result = strategyFromText("complexty");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("did you mean complexity"), std::string::npos);
  EXPECT_FALSE(strategyFromText(""));
  EXPECT_FALSE(strategyFromText("Context"));
}

}  // namespace
}  // namespace wordsight::synth
