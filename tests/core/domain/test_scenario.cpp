#include "domain/decision_prompt.h"
#include "domain/scenario.h"
#include "support.h"

namespace wordsight {
namespace {

ScenarioContent sample() {
  return {"A man slips.",
          "What now?",
          {"Help him up.", "Film it.", "Walk on."},
          0,
          "Helping (A) is kind; option B is not, and A (B",
          "Assistance",
          2};
}

TEST(Scenario, TravelsInVivasForm) {
  const auto content = sample();
  const Json json = toJson(content);
  EXPECT_EQ(json["action_list"][1], "B. Film it.");
  EXPECT_EQ(json["category"], "[Assistance]");
  EXPECT_EQ(scenarioContentFromJson(json, "x").value(), content);
  ScenarioContent open = content;
  open.key = -1;
  EXPECT_TRUE(toJson(open)["answer"].is_null());
  EXPECT_EQ(scenarioContentFromJson(toJson(open), "x").value(), open);
}

TEST(Scenario, ReadsShortNamesAndRefusesWrongTypes) {
  const auto content = scenarioContentFromJson(
      *parseJson(
          R"({"situation":"s","options":["one","B) two"],"key":"b","rationale":" r ","non_interven_action":"E,D"})",
          "x"),
      "x");
  ASSERT_OK(content);
  EXPECT_EQ(content->options, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(content->key, 1);
  EXPECT_EQ(content->rationale, "r");
  EXPECT_EQ(content->nonIntervention, 4);
  for (const char* bad :
       {R"([])", R"({"situation":"s"})", R"({"options":"x"})", R"({"options":[1]})",
        R"({"options":["a"],"answer":"Because"})", R"({"options":["a"],"answer":3})",
        R"({"options":["a"],"situation":{}})", R"({"options":["a","b"],"answer":"A or B"})",
        R"({"options":["a","b"],"answer":"A person calls"})"})
    EXPECT_FALSE(scenarioContentFromJson(*parseJson(bad, "x"), "x")) << bad;
  for (const char* good : {"(B)", "b", "B. Go", "B) Go", "B:", " B "}) {
    const auto read = scenarioContentFromJson({{"options", {"a", "b"}}, {"answer", good}}, "x");
    ASSERT_OK(read) << good;
    EXPECT_EQ(read->key, 1) << good;
  }
  Json many{{"options", std::vector<std::string>(27, "o")}};
  EXPECT_FALSE(scenarioContentFromJson(many, "x"));
}

TEST(Scenario, LettersOfOptionsAreTakenOffOnlyInTheirPlace) {
  EXPECT_EQ(withoutLetter("B. Go", 1), "Go");
  EXPECT_EQ(withoutLetter("(B) Go", 1), "(B) Go");
  EXPECT_EQ(withoutLetter("A. Go", 1), "A. Go") << "another letter belongs to the text";
  EXPECT_EQ(withoutLetter("Better go", 1), "Better go");
}

TEST(Scenario, ReorderingMovesKeyAndLettersInTheRationale) {
  const auto moved = reordered(sample(), {2, 0, 1});
  EXPECT_EQ(moved.options, (std::vector<std::string>{"Walk on.", "Help him up.", "Film it."}));
  EXPECT_EQ(moved.key, 1);
  EXPECT_EQ(moved.nonIntervention, 0);
  EXPECT_EQ(moved.rationale, "Helping (B) is kind; option C is not, and B (C");
  EXPECT_EQ(reordered(moved, {1, 2, 0}), sample());
}

TEST(Scenario, HashTellsFieldsApart) {
  auto a = sample(), b = sample();
  EXPECT_EQ(contentHash(a), contentHash(b));
  b.situation += b.question;
  b.question.clear();
  EXPECT_NE(contentHash(a), contentHash(b));
  b = a;
  b.key = 1;
  EXPECT_NE(contentHash(a), contentHash(b));
}

constexpr const char* kPrompt =
    R"({"name":"t","question":"Q?","caption":"S: {situation}\n{question}\n{options}",
  "image":"{image}{question}\n{options}","blind":"{question}\n{options}","answer":"{letter}. {option} {rationale}"})";

TEST(DecisionPrompt, RendersEachArm) {
  const auto prompt = decisionPromptFromJson(kPrompt, "t.json");
  ASSERT_OK(prompt);
  const auto caption = renderQuestion(*prompt, sample(), Arm::Caption);
  ASSERT_EQ(caption.size(), 1u);
  EXPECT_EQ(caption[0].plainText(),
            "S: A man slips.\nWhat now?\nA. Help him up.\nB. Film it.\nC. Walk on.");
  const auto image = renderQuestion(*prompt, sample(), Arm::Image, "a.png");
  ASSERT_EQ(image[0].parts.size(), 2u);
  EXPECT_EQ(image[0].parts[0].value, "a.png");
  EXPECT_EQ(image[0].plainText().find("man"), std::string::npos)
      << "the caption must not leak into the image arm";
  EXPECT_EQ(renderQuestion(*prompt, sample(), Arm::Blind)[0].plainText().find("man"),
            std::string::npos);
  EXPECT_TRUE(renderAnswer(*prompt, sample()).starts_with("A. Help him up. Helping"));
  auto bare = sample();
  bare.rationale.clear();
  EXPECT_EQ(renderAnswer(*prompt, bare), "A. Help him up.");
  bare.question.clear();
  EXPECT_NE(renderQuestion(*prompt, bare, Arm::Blind)[0].plainText().find("Q?"), std::string::npos);
}

TEST(DecisionPrompt, ValuesAreNotSearchedForPlaceholders) {
  EXPECT_EQ(fillTemplate("{a} {b} {c {", {{"a", "{b}"}, {"b", "x"}}), "{b} x {c {");
}

TEST(DecisionPrompt, RefusesPromptsThatCannotWork) {
  const auto broken = [](const std::string& from, const std::string& to) {
    std::string text = kPrompt;
    text.replace(text.find(from), from.size(), to);
    return !decisionPromptFromJson(text, "x").has_value();
  };
  EXPECT_TRUE(broken("{image}", ""));
  EXPECT_TRUE(broken("S: {situation}", "S"));
  EXPECT_TRUE(broken("\"{letter}. ", "\"Answer {letter}. "));
  EXPECT_TRUE(broken("\"blind\"", "\"blnid\""));
  EXPECT_TRUE(broken("{question}\\n{options}\",\"answer\"", "{question}\",\"answer\""));
}

}  // namespace
}  // namespace wordsight
