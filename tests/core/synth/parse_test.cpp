#include "synth/parse.h"

#include "domain/json.h"
#include "support.h"

namespace wordsight::synth {
namespace {

Json good() {
  return Json::parse(R"({
    "situation": "A man slips on a wet floor in a shop and holds his knee.",
    "question": "What should a customer do first?",
    "options": ["Walk past him.", "Film the accident.", "Ask him where it hurts.",
                "Scold the staff.", "Buy him a coffee."],
    "answer": "C",
    "rationale": "His injury matters most."})");
}

ScenarioContent parsed(const std::string& text) {
  auto result = parseScenario(text);
  EXPECT_OK(result);
  return result.value_or(ScenarioContent());
}

std::string reason(const std::string& text) {
  const auto result = parseScenario(text);
  EXPECT_FALSE(result) << "accepted: " << text.substr(0, 200);
  return result ? "" : result.error().message;
}

std::string reasonWith(const std::function<void(Json&)>& change) {
  Json json = good();
  change(json);
  return reason(dumpJson(json));
}

ScenarioContent parsedWith(const std::function<void(Json&)>& change) {
  Json json = good();
  change(json);
  return parsed(dumpJson(json));
}

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST(Parse, APlainObject) {
  const auto content = parsed(dumpJson(good()));
  EXPECT_EQ(content.situation, "A man slips on a wet floor in a shop and holds his knee.");
  EXPECT_EQ(content.question, "What should a customer do first?");
  ASSERT_EQ(content.options.size(), 5u);
  EXPECT_EQ(content.options[2], "Ask him where it hurts.");
  EXPECT_EQ(content.key, 2);
  EXPECT_EQ(content.rationale, "His injury matters most.");
  EXPECT_EQ(content.nonIntervention, -1);
}

TEST(Parse, ProseAndFencesAroundIt) {
  const auto expected = parsed(dumpJson(good()));
  EXPECT_EQ(parsed("Sure! Here's one:\n```json\n" + dumpJsonPretty(good()) + "```\nEnjoy {it}."),
            expected);
  EXPECT_EQ(parsed("A set {a, b} first. " + dumpJson(good())), expected);
  EXPECT_EQ(parsed("{\"scenario\": " + dumpJson(good()) + "}"), expected);
  EXPECT_EQ(parsed("[" + dumpJson(good()) + "]"), expected);
  EXPECT_EQ(parsed("\xEF\xBB\xBF" + dumpJson(good()) + "\n\n" + dumpJson(good())), expected)
      << "the same twice is still one";
}

TEST(Parse, TrailingCommasAndRawLineBreaks) {
  std::string text = dumpJson(good());
  text.insert(text.rfind('}'), " , ");
  text.insert(text.find(']'), ",\n");
  EXPECT_EQ(parsed(text), parsed(dumpJson(good())));
  std::string broken = dumpJson(good());
  broken.replace(broken.find("A man slips"), 5, "A man\n");
  EXPECT_EQ(parsed(broken).situation.substr(0, 7), "A man\n ");
  // A comma inside a text stays.
  EXPECT_EQ(parsedWith([](Json& j) { j["rationale"] = "First help, ] then ask,}"; }).rationale,
            "First help, ] then ask,}");
}

TEST(Parse, LettersAreTakenOffOptions) {
  for (const char* form : {"%c. ", "%c) ", "%c: ", "(%c) "}) {
    const auto content = parsedWith([&](Json& j) {
      for (int i = 0; i < 5; ++i) {
        char mark[8];
        std::snprintf(mark, sizeof mark, form, 'A' + i);
        j["options"][i] = mark + j["options"][i].get<std::string>();
      }
    });
    EXPECT_EQ(content.options, parsed(dumpJson(good())).options) << form;
  }
  const auto numbered = parsedWith([](Json& j) {
    for (int i = 0; i < 5; ++i)
      j["options"][i] = std::to_string(i + 1) + ". " + j["options"][i].get<std::string>();
  });
  EXPECT_EQ(numbered.options[4], "Buy him a coffee.");
  const auto named = parsedWith([](Json& j) {
    Json options = Json::object();
    for (int i = 0; i < 5; ++i) options[std::string(1, letterOf(i))] = j["options"][i];
    j["options"] = options;
  });
  EXPECT_EQ(named.options, parsed(dumpJson(good())).options);
  // What merely begins with a capital letter and a stop is text.
  EXPECT_EQ(parsedWith([](Json& j) { j["options"][0] = "C.P.R. is what he needs."; }).options[0],
            "C.P.R. is what he needs.");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][0] = "B. Walk past him."; }), "not in order");
}

TEST(Parse, AnswersThatNameOneOption) {
  for (const char* answer : {"C", "c", "C.", "(C)", "C)", "Option C", "option c.", "Answer: C",
                             "C. Ask him where it hurts.", "C: ask him where it hurts",
                             "Ask him where it hurts.", "C - Ask him where it hurts."})
    EXPECT_EQ(parsedWith([&](Json& j) { j["answer"] = answer; }).key, 2) << answer;
  EXPECT_EQ(parsedWith([](Json& j) { j["answer"] = Json::array({"C"}); }).key, 2);
  EXPECT_EQ(parsedWith([](Json& j) {
              j.erase("answer");
              j["correct_answer"] = "B";
            }).key,
            1);
}

TEST(Parse, AnswersThatNameNoneOrTwoAreRefused) {
  for (const char* answer : {"B or C", "B, C", "BC", "C and D", "", "best", "(C",
                             "C. Walk past him.", "None of these", "?", "3"})
    EXPECT_SAYS(reasonWith([&](Json& j) { j["answer"] = answer; }), "answer") << answer;
  EXPECT_SAYS(reasonWith([](Json& j) { j["answer"] = "F"; }), "only 5 options");
  EXPECT_SAYS(reasonWith([](Json& j) { j["answer"] = 2; }), "must be one letter");
  EXPECT_SAYS(reasonWith([](Json& j) { j["answer"] = nullptr; }), "missing");
  EXPECT_SAYS(reasonWith([](Json& j) { j["answer"] = Json::array({"A", "B"}); }), "one letter");
  EXPECT_SAYS(reasonWith([](Json& j) { j["key"] = "D"; }), "they differ");
}

TEST(Parse, OptionsThatAreNotFiveDifferentTexts) {
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"].erase(4); }), "4 options instead of 5");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"].push_back("Run."); }), "6 options");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"] = "A. x\nB. y"; }), "list of texts");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = 7; }), "must be a text");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "  "; }), "Option B is empty");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "B. "; }), "Option B is empty");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "(B)"; }), "Option B is empty");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "B"; }), "placeholder");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "walk  PAST him"; }), "say the same");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = std::string(1001, 'x'); }), "longer");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][1] = "..."; }), "placeholder");
  EXPECT_SAYS(reasonWith([](Json& j) { j["options"][3] = "<option D>"; }), "placeholder");
  EXPECT_SAYS(reasonWith([](Json& j) { j.erase("options"); }), "options");
}

TEST(Parse, TextsThatAreMissingOrOutOfBounds) {
  EXPECT_SAYS(reasonWith([](Json& j) { j.erase("situation"); }), "\"situation\" is missing");
  EXPECT_SAYS(reasonWith([](Json& j) { j["situation"] = "Short."; }), "shorter than 20");
  EXPECT_SAYS(reasonWith([](Json& j) { j["situation"] = std::string(4001, 'y'); }), "longer");
  EXPECT_SAYS(reasonWith([](Json& j) { j["situation"] = 12; }), "must be a text");
  EXPECT_SAYS(reasonWith([](Json& j) { j["question"] = " "; }), "empty");
  EXPECT_SAYS(reasonWith([](Json& j) { j["rationale"] = "…"; }), "placeholder");
  EXPECT_SAYS(reasonWith([](Json& j) { j.erase("rationale"); }), "\"rationale\" is missing");
  EXPECT_SAYS(reasonWith([](Json& j) { j["rationale"] = std::string("a\0b", 3); }), "zero byte");
  EXPECT_EQ(parsedWith([](Json& j) {
              j["reasoning"] = j["rationale"];
              j.erase("rationale");
            }).rationale,
            "His injury matters most.");
}

TEST(Parse, ARationaleThatCallsAnotherLetterRight) {
  EXPECT_SAYS(reasonWith([](Json& j) { j["rationale"] = "Option B is the best because of it."; }),
              "calls B right, but the answer is C");
  EXPECT_EQ(
      parsedWith([](Json& j) { j["rationale"] = "Option B is not the best; (A) is rude."; }).key,
      2);
  EXPECT_EQ(parsedWith([](Json& j) { j["rationale"] = "The correct answer is C."; }).key, 2);
}

TEST(Parse, NoObjectOrTooMany) {
  EXPECT_SAYS(reason(""), "wrote nothing");
  EXPECT_SAYS(reason(" \n"), "wrote nothing");
  EXPECT_SAYS(reason("I'm sorry, I can't do that."), "No JSON object");
  EXPECT_SAYS(reason("{\"a\": 1}"), "No JSON object");
  EXPECT_SAYS(reason(dumpJson(good()).substr(0, 150)), "cut off");
  EXPECT_SAYS(reason("{situation: 'x', options: []}"), "not valid JSON");
  Json other = good();
  other["answer"] = "D";
  EXPECT_SAYS(reason(dumpJson(good()) + dumpJson(other)), "more than one scenario");
}

TEST(Parse, HostileTextsEndSoon) {
  EXPECT_FALSE(parseScenario(std::string(60000, '{')));
  EXPECT_FALSE(parseScenario(std::string(60000, '[') + "{" + std::string(3000, '[')));
  std::string many;
  for (int i = 0; i < 20000; ++i) many += "{\"";
  EXPECT_FALSE(parseScenario(many));
  EXPECT_SAYS(reason(std::string(70000, 'x')), "64 KiB");
  EXPECT_FALSE(parseScenario("{\"situation\": \"\xff\xfe\", \"options\": \\"));
  EXPECT_FALSE(parseScenario(std::string("{\0}", 3)));
  EXPECT_FALSE(
      parseScenario("{\"options\": " + std::string(300, '[') + std::string(300, ']') + "}"));
}

TEST(Parse, IllFormedUtf8BecomesReplacementCharacters) {
  std::string text = dumpJson(good());
  text.replace(text.find("man"), 3, "m\xffn");
  EXPECT_EQ(parsed(text).situation.substr(0, 8), "A m\xEF\xBF\xBDn ");
}

}  // namespace
}  // namespace wordsight::synth
