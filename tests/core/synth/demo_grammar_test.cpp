#include "synth/demo_grammar.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "domain/json.h"
#include "support.h"

namespace wordsight::synth {
namespace {

using Mix = std::optional<Strategy>;

const std::set<std::string> kUnwise = {"Shout at them angrily.", "Film it and post it online.",
                                       "Laugh and point at them.", "Push them out of the way.",
                                       "Tell a joke about it."};

std::string grammarText() {
  auto text = readFile(test::sourceDir() / "resources/demo/grammar.json");
  EXPECT_OK(text);
  return text.value_or("");
}

const DemoGrammar& grammar() {
  static const DemoGrammar instance = DemoGrammar::fromJson(grammarText()).value();
  return instance;
}

bool hasUnwise(const ScenarioContent& content) {
  return std::any_of(content.options.begin(), content.options.end(),
                     [](const std::string& option) { return kUnwise.contains(option); });
}

/// Four short sentences that are no clauses: the form of notes.
std::size_t sentences(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
}

TEST(DemoGrammar, ItemsAreWellFormedAndNeverHeldOut) {
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto item = grammar().item({}, 3, i);
    const ScenarioContent& content = item.content;
    ASSERT_FALSE(grammar().heldOut(item.event, item.place, item.actor)) << i;
    ASSERT_EQ(content.options.size(), 5u);
    ASSERT_EQ(std::set(content.options.begin(), content.options.end()).size(), 5u);
    ASSERT_GE(content.key, 0);
    ASSERT_LT(content.key, 5);
    ASSERT_GE(content.nonIntervention, 0);
    ASSERT_LT(content.nonIntervention, 5);
    ASSERT_EQ(content.situation.find('{'), std::string::npos);
    ASSERT_TRUE(content.situation[0] >= 'A' && content.situation[0] <= 'Z') << content.situation;
    ASSERT_EQ(content.question, "What is the best action to take?");
    ASSERT_FALSE(content.rationale.empty());
  }
}

TEST(DemoGrammar, TheTestPicturesScenesAreHeldOut) {
  // Not what the grammar says about itself, but what the shipped items say.
  const auto items = readJsonFile(test::sourceDir() / "resources/demo/test_items.json");
  ASSERT_OK(items);
  std::set<std::string> seen;
  for (const auto& item : *items) {
    const auto& scene = item["scene"];
    ASSERT_TRUE(grammar().heldOut(scene[0].get<std::string>(), scene[1].get<std::string>(),
                                  scene[2].get<std::string>()));
    seen.insert(item["situation_description"].get<std::string>());
  }
  EXPECT_GT(seen.size(), 250u);
  for (std::uint64_t i = 0; i < 20000; ++i)
    ASSERT_FALSE(seen.contains(grammar().item({}, 1, i).content.situation)) << i;
}

TEST(DemoGrammar, TheMixIsTheDistributionThatTheRecipeWasTunedOn) {
  // world.py: half notes, five templates alike, one item in three unwise, none right in a fifth.
  constexpr int kItems = 12000;
  std::map<std::string, int> events;
  int notes = 0, two = 0, unwise = 0, unwiseInOne = 0, one = 0, none = 0;
  std::array<int, 5> letters{};
  for (std::uint64_t i = 0; i < kItems; ++i) {
    const auto item = grammar().item({}, 5, i);
    const auto n = sentences(item.content.situation);
    notes += n == 4;
    two += n == 2;
    one += n == 1;
    unwise += hasUnwise(item.content);
    unwiseInOne += n == 1 && hasUnwise(item.content);
    none += item.content.key == item.content.nonIntervention;
    ++letters[static_cast<std::size_t>(item.content.key)];
    ++events[item.event];
  }
  EXPECT_EQ(notes, kItems / 2);
  EXPECT_EQ(two, kItems / 5);
  EXPECT_EQ(one, kItems * 3 / 10);
  EXPECT_EQ(unwiseInOne, one / 3);
  EXPECT_NEAR(unwise, kItems / 3.0, 200);
  EXPECT_EQ(none, kItems / 5);
  for (const int letter : letters) EXPECT_EQ(letter, kItems / 5);
  ASSERT_EQ(events.size(), 20u);
  for (const auto& [event, count] : events) EXPECT_NEAR(count, kItems / 20, 60) << event;
}

TEST(DemoGrammar, StrategiesMeanSomething) {
  for (std::uint64_t i = 0; i < 400; ++i) {
    EXPECT_EQ(sentences(grammar().item(Strategy::Complexity, 1, i).content.situation), 2u);
    EXPECT_EQ(sentences(grammar().item(Strategy::Context, 1, i).content.situation), 4u);
    EXPECT_FALSE(hasUnwise(grammar().item(Strategy::Challenge, 1, i).content));
    EXPECT_TRUE(hasUnwise(grammar().item(Strategy::Reverse, 1, i).content));
  }
}

TEST(DemoGrammar, EventsComeInTurn) {
  std::set<std::string> round;
  for (std::uint64_t i = 40; i < 60; ++i)
    round.insert(grammar().item(Strategy::Context, 9, i).event);
  EXPECT_EQ(round.size(), grammar().eventCount());
}

TEST(DemoGrammar, TheSameSeedGivesTheSameItemsForEver) {
  // Pinned: a change here changes every demo run, and must be meant.
  Sha256 hash;
  for (std::uint64_t i = 0; i < 20; ++i) hash.add(contentHash(grammar().item({}, 1, i).content));
  EXPECT_EQ(hash.hex(), "623beb8643e911b322ef1c1a5822e4f982c3e380eb7ca874863a8eb5d97261cf");
  EXPECT_EQ(grammar().item({}, 1, 0).content.situation,
            "While it rains. A boy. Walks onto thin ice. In the park.");
  EXPECT_NE(contentHash(grammar().item({}, 1, 0).content),
            contentHash(grammar().item({}, 2, 0).content));
  Random a(7), b(7);
  EXPECT_EQ(grammar().sample({}, a), grammar().sample({}, b));
  EXPECT_EQ(grammar().sample(Strategy::Reverse, a), grammar().sample(Strategy::Reverse, b));
}

// --- hostile files -----------------------------------------------------------------------------

struct Broken {
  const char* name;
  void (*spoil)(Json&);
  const char* says;
};

class BrokenGrammar : public testing::TestWithParam<Broken> {};

TEST_P(BrokenGrammar, IsRefusedWithAReason) {
  Json json = Json::parse(grammarText());
  GetParam().spoil(json);
  const auto result = DemoGrammar::fromJson(dumpJson(json), "g.json");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find(GetParam().says), std::string::npos)
      << result.error().message;
  EXPECT_EQ(result.error().message.find("g.json"), 0u) << result.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files, BrokenGrammar,
    testing::Values(
        Broken{"format", [](Json& j) { j["format"] = "other"; }, "not a demo grammar"},
        Broken{"version", [](Json& j) { j["version"] = 2; }, "version"},
        Broken{"noVersion", [](Json& j) { j.erase("version"); }, "not a demo grammar"},
        Broken{"unknownKey", [](Json& j) { j["evnts"] = 1; }, "unknown key \"evnts\""},
        Broken{"array", [](Json& j) { j = Json::array(); }, "must be a JSON object"},
        Broken{"noEvents", [](Json& j) { j["events"] = Json::array(); }, "\"events\""},
        Broken{"eventsObject", [](Json& j) { j["events"] = Json::object(); }, "\"events\""},
        Broken{"unknownAction", [](Json& j) { j["events"][0]["action"] = "fly"; }, "\"fly\""},
        Broken{"numberAction", [](Json& j) { j["events"][0]["action"] = 3; }, "\"action\""},
        Broken{"noAction", [](Json& j) { j["events"][0].erase("action"); }, "\"action\""},
        Broken{"unknownPlace", [](Json& j) { j["events"][0]["places"][0] = "moon"; }, "\"moon\""},
        Broken{"unknownActor", [](Json& j) { j["events"][0]["actors"][0] = "cat"; }, "\"cat\""},
        Broken{"placeTwice",
               [](Json& j) { j["events"][0]["places"].push_back(j["events"][0]["places"][0]); },
               "twice"},
        Broken{"eventTwice", [](Json& j) { j["events"].push_back(j["events"][0]); }, "twice"},
        Broken{"nameTwice", [](Json& j) { j["actors"].push_back(j["actors"][0]); }, "twice"},
        Broken{"optionTwice",
               [](Json& j) { j["unwise"].push_back("nothing needs  to be done here"); }, "twice"},
        Broken{"fewActions",
               [](Json& j) {
                 Json few = Json::array({j["actions"][0], j["actions"][1], j["actions"][2]});
                 j["actions"] = few;
               },
               "at least 5 actions"},
        Broken{"noPhrases", [](Json& j) { j["places"][0]["phrases"] = Json::array(); }, "phrases"},
        Broken{"emptyPhrase", [](Json& j) { j["places"][0]["phrases"][0] = ""; }, "empty"},
        Broken{"lineBreak", [](Json& j) { j["none"][0] = "a\nb"; }, "control character"},
        Broken{"long", [](Json& j) { j["none"][0] = std::string(501, 'x'); }, "longer than"},
        Broken{"templateTwice",
               [](Json& j) {
                 j["captions"]["one_sentence"][0] = "{Who} {who} {what} {where} {when}.";
               },
               "exactly once"},
        Broken{"templateMissing",
               [](Json& j) { j["captions"]["one_sentence"][0] = "{Who} {what} {where}."; },
               "{when} exactly once"},
        Broken{"templateUnknown",
               [](Json& j) {
                 j["captions"]["two_sentences"][0] = "{Who} {what} {where} {when} {why}.";
               },
               "brace"},
        Broken{"allHeldOut",
               [](Json& j) {
                 for (const auto& place : j["events"][0]["places"])
                   for (const auto& actor : j["events"][0]["actors"]) {
                     Json triple = Json::array({j["events"][0]["name"], place, actor});
                     auto& list = j["held_out"];
                     if (std::find(list.begin(), list.end(), triple) == list.end())
                       list.push_back(triple);
                   }
               },
               "held out"},
        Broken{"heldOutMisspelt",
               [](Json& j) {
                 j["held_out"].push_back(Json::array({"ice", "parc", "boy"}));
               },
               "\"parc\""},
        Broken{"heldOutPair",
               [](Json& j) {
                 j["held_out"].push_back(Json::array({"ice", "park"}));
               },
               "held_out["},
        Broken{"noHeldOut", [](Json& j) { j.erase("held_out"); }, "held_out"}),
    [](const auto& param) { return param.param.name; });

TEST(DemoGrammar, TextThatIsNoJsonIsRefused) {
  EXPECT_FALSE(DemoGrammar::fromJson(""));
  EXPECT_FALSE(DemoGrammar::fromJson("{"));
  EXPECT_FALSE(DemoGrammar::fromJson(std::string(100000, '[')));
  EXPECT_FALSE(DemoGrammar::fromJson(grammarText().substr(0, 9000)));
  EXPECT_FALSE(DemoGrammar::fromJson(std::string((std::size_t{4} << 20) + 1, ' ')));
}

}  // namespace
}  // namespace wordsight::synth
