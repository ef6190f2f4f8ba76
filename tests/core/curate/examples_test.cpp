#include "curate/examples.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using testing::HasSubstr;
using ::wordsight::test::TempFolder;

DecisionPrompt prompt() {
  return decisionPromptFromJson(
             R"({"name": "t", "system": "Be brief.", "question": "Q?", "caption": "{situation}\n{question}\n{options}",
                 "image": "{image}{options}", "blind": "{options}", "answer": "{letter}. {option} {rationale}"})",
             "t.json")
      .value();
}

std::string errorOf(const TempFolder& folder, const std::string& text, bool withPrompt = true) {
  const auto p = prompt();
  const auto result = readExamples(folder.write("t.jsonl", text), withPrompt ? &p : nullptr);
  EXPECT_FALSE(result) << text;
  return result ? "" : result.error().message;
}

TEST(ToExample, RendersTheCaptionArmAndTheAnswer) {
  const auto example = toExample(scenario(3), prompt(), "rev 17");
  ASSERT_OK(example);
  EXPECT_EQ(example->id, "rev 17");
  ASSERT_EQ(example->messages.size(), 3u);
  EXPECT_EQ(example->messages[0], Message::text("system", "Be brief."));
  EXPECT_EQ(
      example->messages[1],
      Message::text("user",
                    "A dog runs across road 3.\nWhat should one do?\nA. Shout at it 3\nB. Stop the "
                    "cars 3\nC. Walk on 3\nD. Take a picture 3\nE. Call a friend 3"));
  EXPECT_EQ(example->messages[2],
            Message::text("assistant", "B. Stop the cars 3 The dog is in danger 3."));
  EXPECT_EQ(example->scenario, scenario(3));
  EXPECT_THAT(toExample(scenario(1, -1), prompt(), "rev 2").error().message, HasSubstr("rev 2"));
  EXPECT_FALSE(toExample(scenario(1, 5), prompt(), "x"));
}

TEST(ReadExamples, MessagesAndScenarios) {
  const TempFolder folder;
  const auto p = prompt();
  const auto file = folder.write(
      "t.jsonl",
      "\xEF\xBB\xBF"
      R"({"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]})"
      "\r\n\n"
      R"({"id":"x","messages":[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":"b"},{"role":"user","content":"c"},{"role":"assistant","content":"d"}]})"
      "\n" +
          dumpJson(toJson(scenario(5))));
  const auto examples = readExamples(file, &p);
  ASSERT_OK(examples);
  ASSERT_EQ(examples->size(), 3u);
  EXPECT_EQ((*examples)[0].id, "t.jsonl:1");
  EXPECT_EQ((*examples)[0].messages[1].plainText(), "Ho");
  EXPECT_FALSE((*examples)[0].scenario);
  EXPECT_EQ((*examples)[1].id, "t.jsonl:3");
  EXPECT_EQ((*examples)[1].messages.size(), 5u);
  EXPECT_EQ((*examples)[2].scenario, scenario(5));
  EXPECT_EQ((*examples)[2].messages.size(), 3u);
}

TEST(ReadExamples, BadLinesAreNamed) {
  const TempFolder folder;
  const std::string good =
      R"({"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]})";
  EXPECT_THAT(errorOf(folder, good + "\n{oops\n"), HasSubstr("t.jsonl:2"));
  EXPECT_THAT(errorOf(folder, "{}\n"), HasSubstr("\"messages\" is missing"));
  EXPECT_THAT(errorOf(folder, "{\"messages\":[]}\n"), HasSubstr("at least one message"));
  EXPECT_THAT(errorOf(folder, R"({"messages":[{"role":"user","content":"Hi"}]})"),
              HasSubstr("must end with an assistant's turn"));
  EXPECT_THAT(errorOf(folder, R"({"messages":[{"role":"assistant","content":"Hi"}]})"),
              HasSubstr("assistant"));
  EXPECT_THAT(
      errorOf(
          folder,
          R"({"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"}]})"),
      HasSubstr("message 2 is the user's"));
  EXPECT_THAT(
      errorOf(folder,
              R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":" "}]})"),
      HasSubstr("nothing to learn"));
  EXPECT_THAT(
      errorOf(
          folder,
          R"({"messages":[{"role":"user","content":[{"type":"image","image":"x.png"}]},{"role":"assistant","content":"c"}]})"),
      HasSubstr("picture"));
  EXPECT_THAT(errorOf(folder, R"({"messages":[{"role":"bot","content":"a"}]})"),
              HasSubstr("\"bot\""));
  EXPECT_THAT(errorOf(folder, dumpJson(toJson(scenario(1))), false), HasSubstr("decision prompt"));
  EXPECT_THAT(errorOf(folder, dumpJson(toJson(scenario(1, -1)))), HasSubstr("no key"));
  EXPECT_THAT(errorOf(folder, "\n\n"), HasSubstr("no training data"));
  EXPECT_THAT(errorOf(folder, "1\n2\n3\n4\n5\n"), HasSubstr("5 bad lines"));
  EXPECT_THAT(readExamples(folder / "none.jsonl").error().message, HasSubstr("none.jsonl"));
  EXPECT_FALSE(readExamples(folder.path()));
}

}  // namespace
}  // namespace wordsight::curate
