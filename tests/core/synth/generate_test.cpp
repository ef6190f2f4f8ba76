#include "synth/generate.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "base/hash.h"
#include "support.h"

namespace wordsight::synth {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const PromptSet& prompts() {
  static const PromptSet set =
      readPromptSet([](const std::string& name) {
        return readFile(test::sourceDir() / "resources/prompts/synth" / name);
      }).value();
  return set;
}

const DemoGrammar& grammar() {
  static const DemoGrammar instance =
      DemoGrammar::fromJson(readFile(test::sourceDir() / "resources/demo/grammar.json").value())
          .value();
  return instance;
}

std::string answer(const std::string& marker) {
  ScenarioContent content{"A situation that is long enough, number " + marker + ".",
                          "What now?",
                          {"Go", "Stay", "Run", "Ask", "Wait"},
                          1,
                          "It is best.",
                          "",
                          -1};
  return "Here you are:\n" + dumpJson(answerForm(content));
}

/// Keeps all that comes out.
struct Tray {
  std::vector<Generated> items;
  std::vector<Reject> rejects;
  GenerateSinks sinks() {
    return {[this](const Generated& item) -> Status {
              items.push_back(item);
              return {};
            },
            [this](const Reject& reject) -> Status {
              rejects.push_back(reject);
              return {};
            },
            {}};
  }
};

TEST(Generate, KeepsValidItemsAndPutsTheOthersIntoTheTray) {
  int calls = 0;
  const TextSource source = [&](const auto& messages, std::uint64_t,
                                std::stop_token) -> Result<std::string> {
    EXPECT_EQ(messages.size(), 1u);
    ++calls;
    if (calls % 3 == 0) return std::string("I would rather not.");
    return answer(std::to_string(calls));
  };
  Tray tray;
  GenerateSpec spec;
  spec.count = 6;
  spec.generator = "local:/models/x";
  spec.run = RunId(4);
  const auto summary = generate(spec, prompts(), source, tray.sinks());
  ASSERT_OK(summary);
  EXPECT_EQ(summary->items, 6);
  EXPECT_EQ(summary->attempts, 8u);
  EXPECT_EQ(summary->rejected, 2u);
  EXPECT_EQ(summary->nextAttempt, 8u);
  EXPECT_FALSE(summary->stopped);
  EXPECT_FALSE(summary->exhausted);
  ASSERT_EQ(tray.items.size(), 6u);
  ASSERT_EQ(tray.rejects.size(), 2u);
  EXPECT_EQ(tray.rejects[0].rawText, "I would rather not.");
  EXPECT_THAT(tray.rejects[0].reason, HasSubstr("No JSON object"));
  EXPECT_EQ(tray.rejects[0].attempt, 2u);
  const auto& first = tray.items[0];
  EXPECT_EQ(first.provenance.strategy, "complexity");
  EXPECT_EQ(tray.items[1].provenance.strategy, "context") << "strategies come in turn";
  EXPECT_EQ(first.provenance.generator, "local:/models/x");
  EXPECT_EQ(first.provenance.run, RunId(4));
  EXPECT_EQ(first.provenance.promptHash, prompts().of(Strategy::Complexity).hash);
  EXPECT_THAT(first.prompt, HasSubstr("Subject: "));
  EXPECT_THAT(first.rawText, HasSubstr("Here you are"));
  EXPECT_EQ(first.content.key, 1);
}

TEST(Generate, AttemptsDependOnSeedAndIndexOnly) {
  using Asked = std::vector<std::pair<std::string, std::uint64_t>>;
  const auto ask = [](std::uint64_t seed, std::uint64_t first, int count) {
    Asked asked;
    int n = 0;
    const TextSource source = [&](const auto& messages, std::uint64_t s,
                                  std::stop_token) -> Result<std::string> {
      asked.emplace_back(messages[0].plainText(), s);
      return answer(std::to_string(first) + "." + std::to_string(n++));
    };
    Tray tray;
    GenerateSpec spec;
    spec.count = count;
    spec.seed = seed;
    spec.firstAttempt = first;
    EXPECT_OK(generate(spec, prompts(), source, tray.sinks()));
    return asked;
  };
  const auto whole = ask(9, 0, 8);
  EXPECT_EQ(whole, ask(9, 0, 8));
  EXPECT_NE(whole, ask(10, 0, 8));
  EXPECT_EQ(Asked(whole.begin() + 5, whole.end()), ask(9, 5, 3)) << "a resumed run asks the same";
}

TEST(Generate, RefusesWhatItHasAlready) {
  const TextSource source = [n = 0](const auto&, std::uint64_t,
                                    std::stop_token) mutable -> Result<std::string> {
    return answer(std::to_string(n++ / 2));  // each text twice
  };
  Tray tray;
  GenerateSpec spec;
  spec.count = 3;
  const auto known = contentHash(parseScenario(answer("0")).value());
  const auto summary = generate(spec, prompts(), source, tray.sinks(), {}, {known});
  ASSERT_OK(summary);
  EXPECT_EQ(summary->items, 3);
  EXPECT_EQ(summary->duplicates, 4u) << "0 0 (1) 1 (2) 2 (3)";
  EXPECT_EQ(summary->rejected, 4u);
  EXPECT_THAT(tray.rejects[0].reason, HasSubstr("same as an earlier item"));
}

TEST(Generate, GivesUpAfterEnoughAttempts) {
  const TextSource source = [](const auto&, std::uint64_t, std::stop_token) -> Result<std::string> {
    return std::string("nonsense");
  };
  Tray tray;
  GenerateSpec spec;
  spec.count = 5;
  auto summary = generate(spec, prompts(), source, tray.sinks());
  ASSERT_OK(summary);
  EXPECT_TRUE(summary->exhausted);
  EXPECT_EQ(summary->attempts, 40u);
  EXPECT_EQ(tray.rejects.size(), 40u);
  spec.maxAttempts = 7;
  summary = generate(spec, prompts(), source, tray.sinks());
  ASSERT_OK(summary);
  EXPECT_EQ(summary->attempts, 7u);
}

TEST(Generate, StopsBetweenAndDuringAttempts) {
  std::stop_source stop;
  Tray tray;
  GenerateSpec spec;
  spec.count = 100;
  int calls = 0;
  const TextSource source = [&](const auto&, std::uint64_t,
                                std::stop_token token) -> Result<std::string> {
    if (++calls == 4) stop.request_stop();
    if (token.stop_requested()) return fail("stopped", ErrorKind::Cancelled);
    return answer(std::to_string(calls));
  };
  const auto summary = generate(spec, prompts(), source, tray.sinks(), stop.get_token());
  ASSERT_OK(summary);
  EXPECT_TRUE(summary->stopped);
  EXPECT_EQ(summary->items, 3);
  EXPECT_EQ(summary->nextAttempt, 3u) << "the attempt that was cut off is made again";
  EXPECT_TRUE(tray.rejects.empty());
}

TEST(Generate, AFailingSourceEndsTheRunAfterThreeTimes) {
  int calls = 0;
  const TextSource source = [&](const auto&, std::uint64_t,
                                std::stop_token) -> Result<std::string> {
    ++calls;
    if (calls % 3 != 0 && calls < 10) return fail("The server did not answer.", ErrorKind::Io);
    if (calls >= 10) return fail("The server did not answer.", ErrorKind::Io);
    return answer(std::to_string(calls));
  };
  Tray tray;
  GenerateSpec spec;
  spec.count = 50;
  spec.generator = "openai:URL";
  const auto summary = generate(spec, prompts(), source, tray.sinks());
  ASSERT_FALSE(summary);
  EXPECT_THAT(summary.error().message, HasSubstr("openai:URL failed 3 times in a row: The server"));
  EXPECT_EQ(calls, 12);
  EXPECT_EQ(tray.items.size(), 3u) << "what was valid is kept";
  EXPECT_EQ(tray.rejects.size(), 8u);
}

TEST(Generate, AnErrorOfTheSinkEndsTheRun) {
  const TextSource source = [](const auto&, std::uint64_t seed,
                               std::stop_token) -> Result<std::string> {
    return answer(std::to_string(seed));
  };
  GenerateSinks sinks;
  sinks.onItem = [](const Generated&) -> Status {
    return fail("The disk is full.", ErrorKind::Io);
  };
  const auto summary = generate({}, prompts(), source, sinks);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().message, "The disk is full.");
  GenerateSpec none;
  none.count = 0;
  EXPECT_FALSE(generate(none, prompts(), source, sinks));
  EXPECT_FALSE(generate({}, prompts(), source, {}));
}

TEST(GenerateDemo, WritesTheSeriesAndGoesOnWhereItStopped) {
  Tray whole, first, second;
  GenerateSpec spec;
  spec.count = 60;
  spec.generator = "demo";
  ASSERT_OK(generateDemo(spec, grammar(), whole.sinks()));
  ASSERT_EQ(whole.items.size(), 60u);
  EXPECT_EQ(whole.items[0].provenance.promptHash, grammar().hash());

  spec.count = 25;
  const auto part = generateDemo(spec, grammar(), first.sinks());
  ASSERT_OK(part);
  spec.count = 35;
  spec.firstAttempt = part->nextAttempt;
  std::unordered_set<std::string> known;
  for (const auto& item : first.items) known.insert(contentHash(item.content));
  ASSERT_OK(generateDemo(spec, grammar(), second.sinks(), {}, known));
  for (std::size_t i = 0; i < 60; ++i)
    EXPECT_EQ(whole.items[i].content, (i < 25 ? first.items[i] : second.items[i - 25]).content);
}

TEST(GenerateDemo, StrategiesAreRecorded) {
  Tray tray;
  GenerateSpec spec;
  spec.count = 4;
  spec.strategies = {Strategy::Reverse, Strategy::Context};
  ASSERT_OK(generateDemo(spec, grammar(), tray.sinks()));
  std::vector<std::string> names;
  for (const auto& item : tray.items) names.push_back(item.provenance.strategy);
  EXPECT_THAT(names, ElementsAre("reverse", "context", "reverse", "context"));
}

}  // namespace
}  // namespace wordsight::synth
