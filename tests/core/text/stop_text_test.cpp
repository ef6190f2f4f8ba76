#include "text/stop_text.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace wordsight::text {
namespace {

TEST(StopText, EndsBeforeAStopStringHoweverItIsCut) {
  const std::string whole = "The answer is B.\n\nUser: and then?";
  for (const auto& stops :
       {std::vector<std::string>{"\n\nUser:"}, std::vector<std::string>{"then", "\n\nU", ""}}) {
    Random random(5, "stop");
    for (int round = 0; round < 200; ++round) {
      StopText stop(stops);
      std::string out;
      std::size_t at = 0;
      while (at < whole.size() && !stop.ended()) {
        const auto n = 1 + random.below(6);
        out += stop.add(whole.substr(at, n));
        at += n;
      }
      EXPECT_TRUE(stop.ended());
      EXPECT_EQ(out + stop.add("more") + stop.finish(), "The answer is B.");
    }
  }
}

TEST(StopText, HoldsBackOnlyWhatMayBeABeginning) {
  StopText stop({"</s>", "ab"});
  EXPECT_EQ(stop.add("x</"), "x");
  EXPECT_EQ(stop.add("t>a"), "</t>");
  EXPECT_EQ(stop.add("a"), "a");
  EXPECT_EQ(stop.finish(), "a");
  EXPECT_FALSE(stop.ended());
}

TEST(StopText, WithoutStopStringsEverythingPasses) {
  StopText stop({});
  EXPECT_EQ(stop.add("anything"), "anything");
  EXPECT_EQ(stop.finish(), "");
}

}  // namespace
}  // namespace wordsight::text
