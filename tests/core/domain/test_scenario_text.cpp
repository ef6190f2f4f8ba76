#include "domain/scenario_text.h"

#include <gmock/gmock.h>

#include <algorithm>

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

/// Options in reverse: A becomes E, B becomes D, C stays.
ScenarioContent item(std::string rationale, std::size_t options = 5) {
  ScenarioContent content;
  content.situation = "A man slips.";
  for (std::size_t i = 0; i < options; ++i)
    content.options.push_back("Do thing number " + std::to_string(i) + ".");
  content.key = 0;
  content.rationale = std::move(rationale);
  return content;
}

std::string turned(const std::string& rationale) {
  const auto content = item(rationale);
  EXPECT_TRUE(canReorder(content)) << rationale;
  const auto moved = reordered(content, {4, 3, 2, 1, 0});
  EXPECT_EQ(reordered(moved, {4, 3, 2, 1, 0}), content) << moved.rationale;
  return moved.rationale;
}

TEST(Reordered, MovesLettersOfEveryForm) {
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"Helping (A) beats (B).", "Helping (E) beats (D)."},
           {"Option A is best; options B, D and E fail.",
            "Option E is best; options D, B and A fail."},
           {"The selected action, A, is kind.", "The selected action, E, is kind."},
           {"The selected action A is kind.", "The selected action E is kind."},
           {"The selected action (D. Calmly ask) is kind.",
            "The selected action (B. Calmly ask) is kind."},
           {"The selected action, \"D. Calmly ask\" is kind.",
            "The selected action, \"B. Calmly ask\" is kind."},
           {"The selected action, '\xE2\x80\x9C"
            "D\xE2\x80\x9D', is kind.",
            "The selected action, '\xE2\x80\x9C"
            "B\xE2\x80\x9D', is kind."},
           {"The selected action '**B**' is kind.", "The selected action '**D**' is kind."},
           {"The answer is B. E could fail.", "The answer is D. A could fail."},
           {"Answer: B", "Answer: D"},
           {"In contrast, A and D are rude, while E neglects him.",
            "In contrast, E and B are rude, while A neglects him."},
           {"Others (A, B, D/E) delay help.", "Others (E, D, B/A) delay help."},
           {"Unlike A, it helps; unlike B or D it is safe.",
            "Unlike E, it helps; unlike D or B it is safe."},
           {"Option B's risk is A's, too.", "Option D's risk is E's, too."},
           {"Option B\xE2\x80\x99s risk is small.", "Option D\xE2\x80\x99s risk is small."},
           {"A is a calm word. A fails, A also fails, A directly addresses it.",
            "E is a calm word. E fails, E also fails, E directly addresses it."},
           {"Thus, A is right, by choosing D. D will help.",
            "Thus, E is right, by choosing B. B will help."},
           {"The selected action, B - calling help, is right; A\xE2\x80\x94waiting\xE2\x80\x94is "
            "not.",
            "The selected action, D - calling help, is right; E\xE2\x80\x94waiting\xE2\x80\x94is "
            "not."},
       })
    EXPECT_EQ(turned(before), after);
}

TEST(Reordered, LeavesWhatIsNoOption) {
  for (const char* text :
       {"A person slips. A polite, direct approach helps. A lifeguard is trained.",
        "A friendly reminder is better: A calm word, \"A note\".", "Vitamin C and D are no help.",
        "Plan B fails. Person A and Person B argue.", "Mr. D and Dr. C agree.",
        "Washington D.C. and the U.S.A. differ.", "E. coli and hepatitis B make ill.",
        "C++ and C# are languages; B&B and R&D are none.", "It is 20 C warm. A B-road, an A-frame.",
        "F, G and Z are beyond. I think so."})
    EXPECT_EQ(turned(text), text);
}

TEST(Reordered, WhatIsNotSureKeepsItsOrder) {
  for (const char* text :
       {"Options A-D are wrong.",
        "Options A\xE2\x80\x93"
        "D are wrong.",
        "Options A to D are wrong.", "He lives in street B near it.", "Ask John D. Smith.",
        "The first option is best.", "Option 2 is best.", "Take option b now.",
        "Helping (b) is right.", "All of the above help.", "This makes E inappropriate."})
    EXPECT_FALSE(canReorder(item(text))) << text;
  for (const char* option : {"Both A and B.", "None of the above", "Do as in option C."}) {
    auto content = item("(A) is right.");
    EXPECT_TRUE(canReorder(content));
    content.options[4] = option;
    EXPECT_FALSE(canReorder(content)) << option;
  }
  EXPECT_TRUE(canReorder(item("")));
  EXPECT_TRUE(canReorder(item("(A) (B) (C)", 2))) << "C is beyond the two options";
  EXPECT_TRUE(canReorder(item("\xff\xfe (A) \xe2\x80")));
}

TEST(Reordered, OnVivaEveryOrderComesBackAndClaimsFollowTheKey) {
  const auto file = test::shared("viva/VIVA_annotation.json");
  if (file.empty()) GTEST_SKIP() << "VIVA's annotation file is not here.";
  const auto json = parseJsonWithNaN(readFile(file).value(), "VIVA", nullptr);
  ASSERT_OK(json);
  int items = 0, kept = 0, claims = 0, others = 0, othersBefore = 0;
  for (const auto& entry : *json) {
    if (!entry["answer"].is_string() || !entry["reason"].is_string()) continue;
    const auto content = scenarioContentFromJson(Json{{"situation", "s"},
                                                      {"options", entry["action_list"]},
                                                      {"key", entry["answer"]},
                                                      {"rationale", entry["reason"]}},
                                                 "VIVA");
    ASSERT_OK(content);
    ++items;
    for (const int letter : lettersClaimedRight(content->rationale))
      othersBefore += letter != content->key;
    if (!canReorder(*content)) {
      ++kept;
      continue;
    }
    const auto before = lettersClaimedRight(content->rationale);
    const std::size_t n = content->options.size();
    std::vector<std::size_t> order(n), back(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    do {
      for (std::size_t i = 0; i < n; ++i) back[order[i]] = i;
      const auto moved = reordered(*content, order);
      ASSERT_EQ(reordered(moved, back), *content) << content->rationale << "\n" << moved.rationale;
      const auto after = lettersClaimedRight(moved.rationale);
      ASSERT_EQ(after.size(), before.size()) << moved.rationale;
      if (order[0] != 1) continue;  // counted once an order of the rest
      claims += static_cast<int>(after.size());
      for (const int letter : after) others += letter != moved.key;
    } while (std::next_permutation(order.begin(), order.end()));
  }
  EXPECT_GE(items, 1220);
  EXPECT_LE(kept, 8) << "four lack an option, so that letters stand in their options";
  EXPECT_LE(others, othersBefore * 24) << "of " << claims;
  RecordProperty("kept", kept);
}

}  // namespace
}  // namespace wordsight
