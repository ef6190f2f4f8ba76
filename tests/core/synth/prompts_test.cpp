#include "synth/prompts.h"

#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "domain/decision_prompt.h"
#include "support.h"
#include "synth/parse.h"

namespace wordsight::synth {
namespace {

Result<std::string> shipped(const std::string& name) {
  return readFile(test::sourceDir() / "resources/prompts/synth" / name);
}

PromptSet shippedSet() {
  auto set = readPromptSet(shipped);
  EXPECT_OK(set);
  return set.value_or(PromptSet());
}

TEST(Prompts, TheShippedOnesAreComplete) {
  const auto set = shippedSet();
  EXPECT_GE(set.topics.size(), 100u);
  EXPECT_GE(set.settings.size(), 40u);
  EXPECT_EQ(std::set(set.topics.begin(), set.topics.end()).size(), set.topics.size());
  EXPECT_EQ(std::set(set.settings.begin(), set.settings.end()).size(), set.settings.size());
  std::set<std::string> hashes;
  for (const auto& prompt : set.prompts) hashes.insert(prompt.hash);
  EXPECT_EQ(hashes.size(), kStrategies.size());
  EXPECT_EQ(set.of(Strategy::Reverse).hash, sha256Hex(shipped("reverse.txt").value()));
}

TEST(Prompts, TheShippedExamplesWouldBeAcceptedThemselves) {
  for (const auto& example : shippedSet().examples) {
    const auto parsed = parseScenario(dumpJson(answerForm(example)));
    ASSERT_OK(parsed);
    EXPECT_EQ(parsed->key, example.key);
    EXPECT_EQ(parsed->options, example.options);
  }
}

TEST(Prompts, RenderedPromptsAreFilledDeterministicAndVaried) {
  const auto set = shippedSet();
  std::set<std::string> different;
  std::map<std::string, int> letters;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto messages = renderPrompt(set, Strategy::Challenge, seed);
    ASSERT_EQ(messages.size(), 1u);
    const std::string text = messages[0].plainText();
    for (const char* name : {"{seed_topic}", "{setting}", "{example}", "{letter}"})
      ASSERT_EQ(text.find(name), std::string::npos) << name;
    ASSERT_EQ(messages, renderPrompt(set, Strategy::Challenge, seed));
    different.insert(text);
    const std::string mark = "Put the right option at letter ";
    const auto at = text.find(mark);
    ASSERT_NE(at, std::string::npos);
    ++letters[text.substr(at + mark.size(), 1)];
    // The example in the prompt is itself a valid answer, whatever order its options got.
    const auto example = parseScenario(text.substr(text.find("{\"situation\"")));
    ASSERT_OK(example);
  }
  EXPECT_GT(different.size(), 495u);
  ASSERT_EQ(letters.size(), 5u);
  for (const auto& [letter, count] : letters) EXPECT_NEAR(count, 100, 35) << letter;
}

TEST(Prompts, FilesThatWouldNotDoAreRefused) {
  const auto with = [](const std::string& file, const std::string& text) {
    return readPromptSet([=](const std::string& name) -> Result<std::string> {
      if (name == file) return text;
      return shipped(name);
    });
  };
  EXPECT_FALSE(with("context.txt", ""));
  EXPECT_FALSE(with("context.txt", "Write about {seed_topic}."));
  EXPECT_FALSE(with("context.txt", "\xff {seed_topic} {letter}"));
  EXPECT_FALSE(with("topics.txt", "# nothing\n\n"));
  EXPECT_FALSE(with("topics.txt", std::string(301, 'x')));
  EXPECT_FALSE(with("settings.txt", "\n"));
  EXPECT_FALSE(with("examples.jsonl", ""));
  EXPECT_FALSE(with("examples.jsonl", "{\"situation\": \"x\", \"options\": [\"a\", \"b\"]}"));
  EXPECT_FALSE(with("examples.jsonl", "not json"));
  EXPECT_OK(with("topics.txt", "one topic"));
  const auto missing = readPromptSet([](const std::string& name) -> Result<std::string> {
    return fail("Cannot read " + name + ".", ErrorKind::NotFound);
  });
  EXPECT_FALSE(missing);
}

TEST(DecisionPrompts, TheDemoWordingIsExactlyTheCheckpointsOwn) {
  const auto text = readFile(test::sourceDir() / "resources/prompts/decision/demo.json");
  ASSERT_OK(text);
  const auto prompt = decisionPromptFromJson(*text, "demo.json");
  ASSERT_OK(prompt);
  ScenarioContent item{"In the park.",
                       "What is the best action to take?",
                       {"Run.", "Wait.", "Ask.", "Call.", "Go."},
                       2,
                       "It helps.",
                       "",
                       -1};
  const std::string asked =
      "Question: What is the best action to take?\nA. Run.\nB. Wait.\nC. Ask.\nD. Call.\nE. Go.";
  const auto caption = renderQuestion(*prompt, item, Arm::Caption);
  ASSERT_EQ(caption.size(), 1u);
  EXPECT_EQ(caption[0].plainText(), "Situation: In the park.\n" + asked);
  const auto image = renderQuestion(*prompt, item, Arm::Image, "x.png");
  ASSERT_EQ(image.size(), 1u);
  ASSERT_EQ(image[0].parts.size(), 2u);
  EXPECT_EQ(image[0].parts[0].value, "x.png");
  EXPECT_EQ(image[0].parts[1].value, asked);
  EXPECT_EQ(renderQuestion(*prompt, item, Arm::Blind)[0].plainText(), asked);
  EXPECT_EQ(renderAnswer(*prompt, item), "C. Ask. It helps.");
}

TEST(DecisionPrompts, TheDefaultWordingIsRead) {
  const auto text = readFile(test::sourceDir() / "resources/prompts/decision/default.json");
  ASSERT_OK(text);
  const auto prompt = decisionPromptFromJson(*text, "default.json");
  ASSERT_OK(prompt);
  ScenarioContent item{"It rains.", "", {"Run.", "Wait."}, 1, "", "", -1};
  const auto caption = renderQuestion(*prompt, item, Arm::Caption)[0].plainText();
  EXPECT_NE(caption.find("### Situation\nIt rains.\n"), std::string::npos);
  EXPECT_NE(caption.find(prompt->question + "\nA. Run.\nB. Wait.\n"), std::string::npos);
  EXPECT_EQ(caption.find('{'), std::string::npos);
  EXPECT_EQ(renderQuestion(*prompt, item, Arm::Blind)[0].plainText().find("It rains"),
            std::string::npos);
  EXPECT_EQ(renderQuestion(*prompt, item, Arm::Image, "p")[0].plainText().find("It rains"),
            std::string::npos);
  EXPECT_EQ(renderAnswer(*prompt, item), "B. Wait.");
}

}  // namespace
}  // namespace wordsight::synth
