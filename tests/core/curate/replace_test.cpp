#include "curate/replace.h"

#include <gmock/gmock.h>

#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using ::testing::HasSubstr;

std::string inText(const std::string& text, TextReplacement rule) {
  ScenarioContent content;
  content.situation = text;
  return replaced(content, rule).situation;
}

TEST(Replace, EveryMatchFromLeftToRight) {
  EXPECT_EQ(inText("aaaa", {.find = "aa", .with = "b"}), "bb");
  EXPECT_EQ(inText("aaaaa", {.find = "aa", .with = "aaa"}), "aaaaaaa") << "what is new is left";
  EXPECT_EQ(inText("a dog, a dog", {.find = "dog", .with = ""}), "a , a ");
  EXPECT_EQ(inText("none", {.find = "dog", .with = "cat"}), "none");
  EXPECT_EQ(inText("", {.find = "dog", .with = "cat"}), "");
  EXPECT_EQ(inText("dog", {.find = "dog", .with = "cat"}), "cat");
  EXPECT_EQ(inText("2 > 1. 2 > 1", {.find = "2 > 1.", .with = "x"}), "x 2 > 1") << "no pattern";
  EXPECT_EQ(inText("两个孩子", {.find = "孩", .with = "ä"}), "两个ä子");
}

TEST(Replace, CaseCountsOrNot) {
  EXPECT_EQ(inText("Dog dog DOG", {.find = "dog", .with = "cat"}), "Dog cat DOG");
  EXPECT_EQ(inText("Dog dog DOG", {.find = "doG", .with = "cat", .matchCase = false}),
            "cat cat cat");
  EXPECT_EQ(inText("ÄB Äb äb", {.find = "Äb", .with = "x", .matchCase = false}), "x x äb");
}

TEST(Replace, WholeWords) {
  const TextReplacement rule{.find = "he", .with = "she", .wholeWords = true};
  EXPECT_EQ(inText("he, the. (he) he_ 1he he's hé", rule), "she, the. (she) he_ 1he she's hé");
  EXPECT_EQ(inText("éhe he", rule), "éhe she");
  EXPECT_EQ(inText("a -- b--c", {.find = "--", .with = "-", .wholeWords = true}), "a - b-c")
      << "only letters stick to letters";
  EXPECT_EQ(
      inText("He the HE", {.find = "he", .with = "x", .matchCase = false, .wholeWords = true}),
      "x the x");
}

TEST(Replace, ChosenFieldsOnly) {
  const auto before = scenario(7);  // a "7" in situation, options and rationale
  std::size_t matches = 0;
  auto after = replaced(before, {.find = "7", .with = "8"}, &matches);
  EXPECT_EQ(matches, 7u);
  auto expected = scenario(8);
  EXPECT_EQ(after, expected);
  after = replaced(before,
                   {.find = "7",
                    .with = "8",
                    .situation = false,
                    .question = false,
                    .options = true,
                    .rationale = false},
                   &matches);
  EXPECT_EQ(matches, 5u);
  expected = before;
  expected.options = scenario(8).options;
  EXPECT_EQ(after, expected);
  EXPECT_EQ(replaced(before, {.find = "Animals", .with = "x"}), before);
  EXPECT_EQ(replaced(before, {.find = "Animals", .with = "x", .category = true}).category, "x");
}

TEST(Replace, RulesThatSayNothingAreRefused) {
  EXPECT_THAT(checkReplacement({}).error().message, HasSubstr("nothing to look for"));
  EXPECT_THAT(checkReplacement({.find = "\xff"}).error().message, HasSubstr("not plain text"));
  EXPECT_FALSE(checkReplacement({.find = "a", .with = std::string("\0", 1)}));
  EXPECT_THAT(checkReplacement({.find = "a",
                                .situation = false,
                                .question = false,
                                .options = false,
                                .rationale = false})
                  .error()
                  .message,
              HasSubstr("field"));
  EXPECT_OK(checkReplacement({.find = "a"}));
}

}  // namespace
}  // namespace wordsight::curate
