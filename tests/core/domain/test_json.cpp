#include "domain/config_reader.h"
#include "domain/event.h"
#include "domain/json.h"
#include "domain/message.h"
#include "support.h"

namespace wordsight {
namespace {

std::string errorOf(const Result<Json>& result) { return result ? "" : result.error().message; }

TEST(Json, ErrorsSayWhere) {
  const auto message = errorOf(parseJson("{\n \"a\": 1,\n \"b\" 2}", "x.json"));
  EXPECT_NE(message.find("x.json"), std::string::npos);
  EXPECT_NE(message.find("line 3"), std::string::npos) << message;
  EXPECT_NE(errorOf(parseJson("  \n", "x")).find("empty"), std::string::npos);
  EXPECT_FALSE(parseJson("{\"a\":1} trailing", "x"));
  EXPECT_FALSE(parseJson("\"\xC3\"", "x")) << "ill-formed UTF-8";
}

TEST(Json, DeepNestingIsRefusedBeforeItHurts) {
  EXPECT_NE(errorOf(parseJson(std::string(1'000'000, '['), "x")).find("levels deep"),
            std::string::npos);
  EXPECT_TRUE(parseJson(std::string(100, '[') + std::string(100, ']'), "x"));
  EXPECT_TRUE(
      parseJson("\"" + std::string(1000, '[') + "\\\"" + std::string(1000, '[') + "\"", "x"))
      << "only a text";
}

TEST(Json, NaNIsReadWhereAskedFor) {
  const auto refused = parseJson("{\"a\": NaN, \"b\": 1}", "x");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("NaN is no value in JSON; write null"), std::string::npos)
      << refused.error().message;
  const auto other = parseJson("{\"NaN\": 1,}", "x");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message.find("NaN"), std::string::npos) << other.error().message;
  int replaced = 0;
  const auto json =
      parseJsonWithNaN(R"([NaN, -Infinity, Infinity, "NaN \" Infinity", 1])", "x", &replaced);
  ASSERT_OK(json);
  EXPECT_EQ(replaced, 3);
  EXPECT_TRUE((*json)[0].is_null() && (*json)[1].is_null() && (*json)[2].is_null());
  EXPECT_EQ((*json)[3], "NaN \" Infinity");
}

TEST(Json, DumpingNeverThrows) {
  EXPECT_EQ(dumpJson(Json{{"a", "\xC3"}}), "{\"a\":\"\xEF\xBF\xBD\"}");
}

TEST(ObjectReader, UnknownKeysNameTheNearestKnownOne) {
  const Json json = {{"rnak", 3}};
  int rank = 1;
  ObjectReader in(json, "spec.json: lora");
  in.read("rank", rank, 1, 10);
  const auto status = in.finish();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message,
            "spec.json: lora: unknown key \"rnak\"; did you mean \"rank\"?");
}

TEST(ObjectReader, ChecksTypesAndRanges) {
  const auto failing = [](const Json& json) {
    int n = 5;
    double x = 0.5;
    bool flag = false;
    std::string word = "a";
    std::uint64_t seed = 0;
    std::vector<std::string> list;
    ObjectReader in(json, "x");
    in.read("n", n, 1, 10)
        .read("x", x, 0, 1)
        .read("flag", flag)
        .readOneOf("word", word, {"a", "b"})
        .read("seed", seed)
        .read("list", list);
    const auto status = in.finish();
    return status ? std::string() : status.error().message;
  };
  EXPECT_EQ(failing(Json::object()), "");
  EXPECT_EQ(
      failing({{"n", 10}, {"x", 1}, {"flag", true}, {"word", "b"}, {"seed", 7}, {"list", {"p"}}}),
      "");
  EXPECT_NE(failing({{"n", 11}}).find("from 1 to 10"), std::string::npos);
  EXPECT_NE(failing({{"n", 1.5}}), "");
  EXPECT_NE(failing({{"n", "3"}}), "");
  EXPECT_NE(failing({{"n", 18446744073709551615ULL}}), "");
  EXPECT_NE(failing({{"x", 1.01}}), "");
  EXPECT_NE(failing({{"flag", 1}}), "");
  EXPECT_NE(failing({{"word", "c"}}).find("one of a, b"), std::string::npos);
  EXPECT_NE(failing({{"seed", -1}}), "");
  EXPECT_NE(failing({{"list", {1}}}), "");
  EXPECT_NE(failing(Json::array()), "");
}

TEST(ConfigReader, ReadsDottedPathsAndNamesThem) {
  const auto config =
      ConfigReader::fromText(R"({"a":{"b":{"c":3}},"t":"x","n":null,"list":[1,2]})", "config.json");
  ASSERT_OK(config);
  EXPECT_EQ(config->integer("a.b.c", 0, 10).value(), 3);
  EXPECT_EQ(config->section("a").value().integer("b.c", 0, 10).value(), 3);
  EXPECT_FALSE(config->has("n"));
  EXPECT_EQ(config->integers("list").value().size(), 2u);
  EXPECT_EQ(config->integer("a.b.d", 0, 1).error().message, "config.json: \"a.b.d\" is missing.");
  EXPECT_NE(config->section("a").value().integer("b.c", 4, 9).error().message.find("\"a.b.c\""),
            std::string::npos);
  EXPECT_EQ(config->keys().size(), 4u);
  EXPECT_EQ(config->keys("a"), std::vector<std::string>{"b"});
  EXPECT_FALSE(ConfigReader::fromText("[1]", "x"));
  EXPECT_FALSE(config->number("t"));
}

TEST(Message, TravelsThroughJson) {
  const Message message{"user",
                        {{ContentPart::Kind::Text, "look"}, {ContentPart::Kind::Image, "a.png"}}};
  EXPECT_EQ(messageFromJson(toJson(message), "x").value(), message);
  EXPECT_EQ(messageFromJson(toJson(Message::text("user", "hi")), "x").value(),
            Message::text("user", "hi"));
  for (const char* bad : {R"({"role":"robot","content":""})", R"({"content":""})",
                          R"({"role":"user"})", R"({"role":"user","content":3})",
                          R"({"role":"user","content":[{"type":"video","video":"x"}]})",
                          R"(["user"])", R"({"role":"user","content":["x"]})"})
    EXPECT_FALSE(messageFromJson(*parseJson(bad, "x"), "line 1")) << bad;
  EXPECT_FALSE(messagesFromJson(Json::array(), "x"));
}

TEST(Event, JsonLinesNameThemselves) {
  StepMetrics step;
  step.step = 1;
  step.loss = 0.5;
  EXPECT_EQ(toJson(Event{RunId(3), step})["event"], "step");
  EXPECT_EQ(toJson(Event{RunId(3), step})["run"], 3);
  const Json finished = toJson(
      Event{RunId(3), Finished{RunStatus::Done, "", {{"accuracy", 0.5}, {"status", "mine"}}}});
  EXPECT_EQ(finished["status"], "done") << "a summary must not hide how the run ended";
  EXPECT_EQ(finished["accuracy"], 0.5);
}

}  // namespace
}  // namespace wordsight
