#include "domain/scenario_text.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "domain/json.h"
#include "domain/scenario.h"
#include "support.h"

namespace wordsight {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(NormalisedText, CaseAndSpacesDoNotCount) {
  EXPECT_EQ(normalisedText("  A \t b\r\n\nC "), "a b c");
  EXPECT_EQ(normalisedText("a\xC2\xA0\xE2\x80\x89\xE3\x80\x80z"), "a z");
  EXPECT_EQ(normalisedText(""), "");
  EXPECT_EQ(normalisedText(" \xE2\x80\xAF"), "");
  EXPECT_EQ(normalisedText("\xE2\x80"), "\xE2\x80") << "a cut-off character is kept as it is";
  EXPECT_EQ(normalisedText("\xC3\x84"), "\xC3\x84") << "only ASCII letters are folded";
  EXPECT_EQ(normalisedOption("Call them!  "), "call them");
  EXPECT_EQ(normalisedOption("..."), "");
}

TEST(CharacterCount, CountsCodePoints) {
  EXPECT_EQ(characterCount(""), 0u);
  EXPECT_EQ(characterCount("a\xC3\xA4\xF0\x9F\x98\x80"), 3u);
}

TEST(LettersClaimedRight, ClaimsAndMentions) {
  EXPECT_THAT(lettersClaimedRight("The best option is (C) because of it."), ElementsAre(2));
  EXPECT_THAT(lettersClaimedRight("Answer: B"), ElementsAre(1));
  EXPECT_THAT(lettersClaimedRight("The answer is A."), ElementsAre(0));
  EXPECT_THAT(lettersClaimedRight("Therefore D is correct."), ElementsAre(3));
  EXPECT_THAT(lettersClaimedRight("Choosing option E keeps all safe."), ElementsAre(4));
  EXPECT_THAT(lettersClaimedRight("The selected action, \"C\", is kind."), ElementsAre(2));
  EXPECT_THAT(lettersClaimedRight("The right choice is B. D is correct, too."), ElementsAre(1, 3));
  EXPECT_THAT(lettersClaimedRight("Option B is not the best, D is wrong."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("A calm word is best. I is a word."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("The best action is a calm word."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("The best answer is A calm word to them."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("Unlike options A, B and D it helps."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("Instead of choosing B one should wait."), ElementsAre(1));
  EXPECT_THAT(lettersClaimedRight("By not choosing B they wait."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("B is right that it is cold."), IsEmpty());
  EXPECT_THAT(lettersClaimedRight(""), IsEmpty());
  EXPECT_THAT(lettersClaimedRight(std::string(100000, 'B')), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("answer"), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("best answer is"), IsEmpty());
  EXPECT_THAT(lettersClaimedRight("\xff\xfe the answer is \xc3"), IsEmpty());
}

TEST(LettersClaimedRight, OnVivaItAgreesWithTheKeys) {
  const auto file = test::shared("viva/VIVA_annotation.json");
  if (file.empty()) GTEST_SKIP() << "VIVA's annotation file is not here.";
  const auto json = parseJsonWithNaN(readFile(file).value(), "VIVA", nullptr);
  ASSERT_OK(json);
  int agree = 0, disagree = 0;
  for (const auto& item : *json) {
    if (!item["answer"].is_string() || !item["reason"].is_string()) continue;
    const int key = indexOfLetter(item["answer"].get<std::string>().at(0));
    for (const int letter : lettersClaimedRight(item["reason"].get<std::string>()))
      ++(letter == key ? agree : disagree);
  }
  EXPECT_GE(agree, 590);
  EXPECT_LE(disagree, 1) << "one item's reason does name another action than its key";
}

}  // namespace
}  // namespace wordsight
