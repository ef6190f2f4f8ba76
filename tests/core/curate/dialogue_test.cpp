#include "curate/dialogue.h"

#include <gmock/gmock.h>

#include "support.h"

namespace wordsight::curate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kOptions = "A. Run\nB. Call the police\nC. Call";

Result<ScenarioContent> read(const std::string& question, const std::string& answer = "B") {
  return scenarioFromDialogue({question, answer}, "f:1");
}
std::string says(const std::string& question, const std::string& answer = "B") {
  const auto result = read(question, answer);
  EXPECT_FALSE(result) << question;
  return result ? "" : result.error().message;
}

TEST(Dialogue, SituationAndQuestionUnderHeadings) {
  for (const std::string& text :
       {"Decide well.\n\n### Situation\nIt rains.\nHard.\n\n### Question\nWhat now?\n" + kOptions,
        "**Situation:** It rains.\nHard.\n**Question:** What now?\n**Options:**\n" + kOptions,
        "Situation: It rains.\nHard.\nQuestion: What now?\n\n" + kOptions + "\n\nAnswer by letter.",
        "Scenario: It rains.\r\nHard.\r\nWhat now?\r\nChoices:\r\n" + kOptions}) {
    const auto content = read(text);
    ASSERT_OK(content);
    EXPECT_EQ(content->situation, "It rains.\nHard.") << text;
    EXPECT_EQ(content->question, "What now?") << text;
    EXPECT_THAT(content->options, ElementsAre("Run", "Call the police", "Call"));
    EXPECT_EQ(content->key, 1);
    EXPECT_EQ(content->rationale, "");
  }
}

TEST(Dialogue, WithoutHeadingsTheLastSentenceMayAsk) {
  auto content = read("A child is lost. Is it crying? What should one do?\n(A) Run\n(B) Wait");
  ASSERT_OK(content);
  EXPECT_EQ(content->situation, "A child is lost. Is it crying?");
  EXPECT_EQ(content->question, "What should one do?");
  EXPECT_THAT(content->options, ElementsAre("Run", "Wait"));
  content = read("A child is lost\nWhat should one do?\n\nA) Run\n\nB) Wait");
  ASSERT_OK(content);
  EXPECT_EQ(content->situation, "A child is lost");
  content = read("A child is lost.\nA: Run\nB: Wait");
  ASSERT_OK(content);
  EXPECT_EQ(content->situation, "A child is lost.");
  EXPECT_EQ(content->question, "");
  // A word that looks like a heading is none.
  content = read("Situations like this are rare. Question everything.\nA. Run\nB. Wait");
  ASSERT_OK(content);
  EXPECT_EQ(content->situation, "Situations like this are rare. Question everything.");
}

TEST(Dialogue, WhatFitsNoRuleIsSaid) {
  EXPECT_THAT(says("It rains. What now?"), HasSubstr("no list of options"));
  EXPECT_THAT(says("It rains.\nA. Run"), HasSubstr("no list of options"));
  EXPECT_THAT(says("It rains.\nB. Run\nC. Wait"), HasSubstr("no list of options"));
  EXPECT_THAT(says("It rains.\nA. Run\nC. Wait"), HasSubstr("where option B was expected"));
  EXPECT_THAT(says("It rains.\nA. Run\nB. Wait\nor not\nC. Sing"), HasSubstr("not one list"));
  EXPECT_THAT(says("It rains.\nA. Run\nB. Wait\n\nOr\nA. Run\nB. Sit"), HasSubstr("not one list"));
  EXPECT_THAT(says(kOptions), HasSubstr("no situation"));
  EXPECT_THAT(says("What now?\n" + kOptions), HasSubstr("only the question"));
  EXPECT_THAT(says(""), HasSubstr("no list"));
  EXPECT_THAT(says("It rains.\n" + kOptions, ""), HasSubstr("answer is empty"));
  EXPECT_THAT(says("It rains.\n" + kOptions, "D"), HasSubstr("only 3 options"));
  EXPECT_THAT(says("It rains.\n" + kOptions, "A dog is there."), HasSubstr("begins neither"));
  EXPECT_THAT(says("It rains.\n" + kOptions, "Because of that, B."), HasSubstr("begins neither"));
  EXPECT_THAT(says("It rains.\n" + kOptions, "b"), HasSubstr("begins neither"));
  EXPECT_THAT(says("It rains.\n" + kOptions, "Running"), HasSubstr("begins neither"));
}

TEST(Dialogue, TheAnswerBeginsWithItsLetterOrText) {
  struct Case {
    const char* answer;
    int key;
    const char* rationale;
  };
  for (const auto& [answer, key, rationale] :
       {Case{"B", 1, ""}, Case{" (B) ", 1, ""}, Case{"B.", 1, ""},
        Case{"B. Call the police\nThey help.", 1, "They help."},
        Case{"B. Call the police. They help.", 1, "They help."},
        Case{"B) They help.", 1, "They help."}, Case{"**B**: They help.", 1, "They help."},
        Case{"Answer: B", 1, ""}, Case{"The best answer is (B). They help.", 1, "They help."},
        Case{"The correct answer is: Option A, since it is near.", 0, "since it is near."},
        Case{"Call", 2, ""}, Case{"Call the police", 1, ""}, Case{"Run, now!", 0, "now!"},
        Case{"A. Running is good.", 0, "Running is good."},
        Case{"A\nRun\nIt is near.", 0, "It is near."}}) {
    const auto content = read("It rains.\n" + kOptions, answer);
    ASSERT_OK(content);
    EXPECT_EQ(content->key, key) << answer;
    EXPECT_EQ(content->rationale, rationale) << answer;
  }
}

Json json(const char* text) { return Json::parse(text); }

TEST(Dialogue, ShareGpt) {
  const auto good = json(
      R"({"conversations":[{"from":"system","value":"S"},{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]})");
  EXPECT_TRUE(isShareGpt(good));
  EXPECT_FALSE(isShareGpt(Json::array()));
  const auto dialogue = dialogueFromShareGpt(good, "f:1");
  ASSERT_OK(dialogue);
  EXPECT_EQ(dialogue->question, "Q");
  EXPECT_EQ(dialogue->answer, "A");
  for (
      const auto& [text, reason] :
      {std::pair{R"({"conversations":{}})", "list of turns"},
       {R"({"conversations":[]})", "a question and its answer"},
       {R"({"conversations":[7]})", "JSON object"},
       {R"({"conversations":[{"from":"human","value":"Q"}]})", "a question and its answer"},
       {R"({"conversations":[{"from":"gpt","value":"Q"}]})", "more than one"},
       {R"({"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"},{"from":"human","value":"Q"}]})",
        "more than one"},
       {R"({"conversations":[{"from":"tool","value":"Q"}]})", "tool"},
       {R"({"conversations":[{"from":"human","value":7}]})", "must be a text"},
       {R"({"conversations":[{"from":"human","value":"<image>Q"},{"from":"gpt","value":"A"}]})",
        "picture"},
       {R"({"image":"x.png","conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]})",
        "picture"}}) {
    const auto bad = dialogueFromShareGpt(json(text), "f:1");
    ASSERT_FALSE(bad) << text;
    EXPECT_THAT(bad.error().message, HasSubstr(reason)) << text;
  }
}

TEST(Dialogue, Alpaca) {
  EXPECT_TRUE(isAlpaca(json(R"({"instruction":"x","output":"y"})")));
  EXPECT_FALSE(isAlpaca(json(R"({"instruction":"x"})")));
  const auto content = [](const char* text) {
    const auto dialogue = dialogueFromAlpaca(json(text), "f:1");
    EXPECT_OK(dialogue);
    return scenarioFromDialogue(*dialogue, "f:1");
  };
  for (
      const char* text :
      {R"({"instruction":"It rains. What now?\nA. Run\nB. Wait","input":"","output":"A. Run"})",
       R"({"instruction":"What now?","input":"It rains.\nA. Run\nB. Wait","output":"A"})",
       R"({"instruction":"Choose well.","input":"It rains. What now?\nA. Run\nB. Wait","output":"A"})",
       R"({"instruction":"What now?\nA. Run\nB. Wait","input":"It rains.","output":"A"})"}) {
    const auto read = content(text);
    ASSERT_OK(read);
    EXPECT_EQ(read->situation, "It rains.") << text;
    EXPECT_EQ(read->question, "What now?") << text;
    EXPECT_THAT(read->options, ElementsAre("Run", "Wait"));
    EXPECT_EQ(read->key, 0);
  }
  EXPECT_FALSE(
      dialogueFromAlpaca(json(R"({"instruction":"x","output":"y","history":[["a","b"]]})"), "f:1"));
  EXPECT_FALSE(dialogueFromAlpaca(json(R"({"instruction":7,"output":"y"})"), "f:1"));
  EXPECT_FALSE(
      dialogueFromAlpaca(json(R"({"instruction":"x","images":["a"],"output":"y"})"), "f:1"));
}

}  // namespace
}  // namespace wordsight::curate
