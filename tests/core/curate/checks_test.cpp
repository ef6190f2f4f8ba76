#include "curate/checks.h"

#include <gmock/gmock.h>

#include <cmath>

#include "domain/json.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> codes(const ScenarioContent& content) {
  std::vector<std::string> out;
  for (const auto& finding : checkItem(content)) {
    EXPECT_FALSE(finding.message.empty());
    EXPECT_TRUE(finding.message.ends_with('.')) << finding.message;
    out.push_back(finding.code);
  }
  return out;
}

template <class Change>
std::vector<std::string> codesWith(Change change) {
  auto content = scenario(1);
  change(content);
  return codes(content);
}

TEST(Checks, AGoodItemHasNoFindings) {
  EXPECT_THAT(codes(scenario(1)), IsEmpty());
  EXPECT_TRUE(fitForTraining(scenario(1)));
}

TEST(Checks, Keys) {
  EXPECT_THAT(codesWith([](auto& c) { c.key = -1; }), ElementsAre("key-missing"));
  EXPECT_THAT(codesWith([](auto& c) { c.key = 5; }), ElementsAre("key-range"));
  EXPECT_THAT(codesWith([](auto& c) { c.key = 1000; }), ElementsAre("key-range"));
  EXPECT_THAT(codesWith([](auto& c) { c.nonIntervention = 5; }), ElementsAre("none-range"));
  auto content = scenario(1);
  content.key = -1;
  EXPECT_FALSE(fitForTraining(content));
}

TEST(Checks, Options) {
  EXPECT_THAT(codesWith([](auto& c) { c.options[3] = " shout AT\tit  1. "; }),
              ElementsAre("option-equal"));
  EXPECT_THAT(codesWith([](auto& c) {
                c.options[3] =
                    "Shout at it\xC2\xA0"
                    "1";
              }),
              ElementsAre("option-equal"))
      << "a no-break space is a space";
  EXPECT_THAT(codesWith([](auto& c) { c.options[3] = " \xC2\xA0\n"; }),
              ElementsAre("option-empty"));
  EXPECT_THAT(codesWith([](auto& c) { c.options[3] = "D. Wait"; }), ElementsAre("option-letter"));
  EXPECT_THAT(codesWith([](auto& c) {
                c.options = {"Only one"};
                c.key = 0;
                c.nonIntervention = -1;
              }),
              ElementsAre("option-count"));
  EXPECT_THAT(codesWith([](auto& c) { c.options.clear(); }),
              ElementsAre("option-count", "none-range", "key-range"));
  EXPECT_THAT(codesWith([](auto& c) {
                c.options.clear();
                for (int i = 0; i < 27; ++i)
                  c.options.push_back("Option number " + std::to_string(i));
              }),
              ElementsAre("option-count"));
}

TEST(Checks, AKeyThatIsTheLongestByFarIsAWarning) {
  auto content = scenario(1);
  content.options[1] = "Stop the cars by waving at them from the pavement and then call for help";
  EXPECT_THAT(codes(content), ElementsAre("key-longest"));
  EXPECT_TRUE(fitForTraining(content));
  content.key = 0;
  EXPECT_THAT(codes(content), IsEmpty());
  // Characters count, not bytes: 20 umlauts are 40 bytes.
  for (auto& option : content.options) option = "Fifteen letters" + option.substr(0, 1);
  content.options[0] = "";
  for (int i = 0; i < 20; ++i) content.options[0] += "\xC3\xA4";
  EXPECT_THAT(codes(content), IsEmpty());
}

TEST(Checks, Texts) {
  EXPECT_THAT(codesWith([](auto& c) { c.situation = " "; }), ElementsAre("situation-empty"));
  EXPECT_THAT(codesWith([](auto& c) { c.question.clear(); }), ElementsAre("question-empty"));
  EXPECT_THAT(codesWith([](auto& c) { c.rationale = "\n"; }), ElementsAre("rationale-empty"));
  EXPECT_FALSE(codes(ScenarioContent()).empty());
}

TEST(Checks, RationalesThatNameAnotherLetter) {
  const auto with = [](const char* text) {
    return codesWith([&](auto& c) { c.rationale = text; });
  };
  EXPECT_THAT(with("The correct answer is D."), ElementsAre("rationale-letter"));
  EXPECT_THAT(with("Option A is the most appropriate."), ElementsAre("rationale-letter"));
  EXPECT_THAT(with("The correct answer is B, not D."), IsEmpty());
  EXPECT_THAT(with("(A) would frighten the dog, (D) helps nobody."), IsEmpty());
}

TEST(Checks, FindingsAsJson) {
  auto content = scenario(1);
  content.key = 7;
  const auto json = toJson(checkItem(content).at(0));
  EXPECT_EQ(json["code"], "key-range");
  EXPECT_EQ(json["severity"], "error");
  EXPECT_EQ(json["message"], "The key is H, but there are only 5 options.");
}

// --- sets --------------------------------------------------------------------------------------

TEST(CheckSet, CountsLettersAndFindings) {
  std::vector<ScenarioContent> set;
  for (int i = 0; i < 100; ++i) set.push_back(scenario(i, i < 60 ? 0 : 1 + i % 4));
  set[3].key = -1;
  set[4].options[1] = set[4].options[0];
  const auto report = checkSet(set);
  EXPECT_EQ(report.items, 100u);
  EXPECT_EQ(report.withKey, 99u);
  EXPECT_EQ(report.withErrors, 2u);
  EXPECT_EQ(report.letterCounts[0], 59u);
  EXPECT_EQ(report.letterCounts[1], 10u);
  EXPECT_NEAR(report.letterExpected[0], 19.8, 1e-9);
  EXPECT_DOUBLE_EQ(report.letterExpected[5], 0);
  // (59 - 19.8)² / 19.8 + 4 × (10 - 19.8)² / 19.8
  EXPECT_NEAR(report.chiSquare, 77.6081 + 4 * 4.85051, 1e-3);
  EXPECT_LT(report.pValue, 1e-15);
  EXPECT_FALSE(report.letterBalanced);
  EXPECT_THAT(report.findings, ElementsAre(std::pair<std::string, std::size_t>("key-missing", 1),
                                           std::pair<std::string, std::size_t>("option-equal", 1)));
  const auto json = toJson(report);
  EXPECT_EQ(json["letters"]["A"], 59);
  EXPECT_FALSE(json["letters"].contains("F"));
}

TEST(CheckSet, ItemsWithFewerOptionsExpectFewerLetters) {
  std::vector<ScenarioContent> set(10, scenario(1, 0));
  for (int i = 0; i < 5; ++i) {
    set[i].options.resize(2);
    set[i].key = 1;
  }
  const auto report = checkSet(set);
  EXPECT_NEAR(report.letterExpected[0], 5 / 2.0 + 5 / 5.0, 1e-12);
  EXPECT_NEAR(report.letterExpected[4], 1, 1e-12);
}

TEST(CheckSet, FindsDuplicatesHoweverTheyAreWritten) {
  auto set = test::scenarios(6);
  set[1] = set[4];
  set[1].situation = "  a DOG runs  across road 4.";  // case, spaces
  set[1].rationale = "Another reason.";
  set[5] = reordered(set[4], {4, 3, 2, 1, 0});  // another order of the options
  set[3] = set[2];
  set[3].key = (set[2].key + 1) % 5;  // and they disagree
  const auto report = checkSet(set);
  EXPECT_THAT(report.duplicates, ElementsAre(ElementsAre(1, 4, 5), ElementsAre(2, 3)));
  EXPECT_THAT(report.conflicts, ElementsAre(ElementsAre(2, 3)));
}

TEST(CheckSet, Lengths) {
  auto set = test::scenarios(3);
  set[0].situation = "\xC3\xA4\xC3\xA4";
  set[1].situation = "abcd";
  set[2].situation = "abcdefghi";
  const auto report = checkSet(set);
  EXPECT_EQ(report.situation.least, 2u);
  EXPECT_EQ(report.situation.most, 9u);
  EXPECT_DOUBLE_EQ(report.situation.mean, 5);
  EXPECT_DOUBLE_EQ(report.situation.median, 4);
  EXPECT_EQ(checkSet({}).items, 0u);
  EXPECT_DOUBLE_EQ(checkSet({}).pValue, 1);
}

TEST(ChiSquareTail, AgainstTables) {
  // Quantiles of the distribution (scipy.stats.chi2.sf).
  EXPECT_NEAR(chiSquareTail(9.487729036781154, 4), 0.05, 1e-12);
  EXPECT_NEAR(chiSquareTail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chiSquareTail(0.7107230213973244, 4), 0.95, 1e-12);
  EXPECT_NEAR(chiSquareTail(2, 2), std::exp(-1.0), 1e-14);
  EXPECT_NEAR(chiSquareTail(100, 4) / (51 * std::exp(-50.0)), 1, 1e-12);
  EXPECT_NEAR(chiSquareTail(25, 25), 0.4624, 1e-4);
  EXPECT_EQ(chiSquareTail(0, 4), 1);
  EXPECT_EQ(chiSquareTail(-1, 4), 1);
  EXPECT_EQ(chiSquareTail(std::nan(""), 4), 1);
  EXPECT_EQ(chiSquareTail(1e6, 4), 0);
}

}  // namespace
}  // namespace wordsight::curate
