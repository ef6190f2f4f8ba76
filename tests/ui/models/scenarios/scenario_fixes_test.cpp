#include "models/scenarios/scenario_fixes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wordsight::ui {
namespace {

ScenarioContent content() {
  ScenarioContent c;
  c.situation = "A child has fallen off a bicycle on the pavement.";
  c.question = "What should be done?";
  c.options = {"Walk on", "Help the child up", "Shout", "Take a photograph", "Call the police"};
  c.key = 1;
  c.rationale = "Helping comes first; (D) would be unkind.";
  c.nonIntervention = 0;
  return c;
}

std::optional<ScenarioFix> fixOf(const ScenarioContent& c, const std::string& code) {
  for (const auto& finding : curate::checkItem(c))
    if (finding.code == code) return fixFor(c, finding);
  ADD_FAILURE() << "no finding " << code;
  return {};
}

/// The fix takes its finding away and brings no error.
void expectMends(const ScenarioContent& c, const std::string& code) {
  const auto fix = fixOf(c, code);
  ASSERT_TRUE(fix) << code;
  for (const auto& finding : curate::checkItem(fix->content)) {
    EXPECT_NE(finding.code, code);
    EXPECT_NE(finding.severity, curate::Severity::Error) << finding.message;
  }
}

TEST(ScenarioFixes, KeyIsSetWhereTheRationaleSaysWhich) {
  auto c = content();
  c.key = -1;
  c.rationale = "The correct answer is (B).";
  expectMends(c, "key-missing");
  EXPECT_EQ(fixOf(c, "key-missing")->content.key, 1);
  c.key = 3;
  expectMends(c, "rationale-letter");
  c.rationale = "It is good to help.";
  c.key = -1;
  EXPECT_FALSE(fixOf(c, "key-missing")) << "nothing says which: a person must";
}

TEST(ScenarioFixes, LettersInOptionsGo) {
  auto c = content();
  c.options[2] = "C. Shout";
  expectMends(c, "option-letter");
  EXPECT_EQ(fixOf(c, "option-letter")->content.options[2], "Shout");
}

TEST(ScenarioFixes, EmptyAndRepeatedOptionsGoButNeverTheKey) {
  auto c = content();
  c.options[3] = "  ";
  expectMends(c, "option-empty");
  c = content();
  c.options[1] = "walk ON.";
  expectMends(c, "option-equal");
  const auto fixed = fixOf(c, "option-equal")->content;
  EXPECT_EQ(fixed.options[static_cast<std::size_t>(fixed.key)], "walk ON.");
  c.options = {"Same", "Same"};
  c.key = 0;
  c.nonIntervention = -1;
  EXPECT_FALSE(fixOf(c, "option-equal")) << "one option is no choice";
}

TEST(ScenarioFixes, OptionThatDoesNothingOutOfRange) {
  auto c = content();
  c.nonIntervention = 7;
  expectMends(c, "none-range");
}

TEST(ScenarioFixes, RemovingAnOptionMovesWhatPointsAtOthers) {
  const auto out = withoutOption(content(), 0);
  EXPECT_EQ(out.options.size(), 4U);
  EXPECT_EQ(out.key, 0);
  EXPECT_EQ(out.nonIntervention, -1);
  EXPECT_EQ(out.rationale, "Helping comes first; (C) would be unkind.");
  EXPECT_EQ(withoutOption(content(), 1).key, -1) << "the key itself was removed";
}

TEST(ScenarioFixes, MovingAnOptionAndBackIsNothing) {
  const auto c = content();
  EXPECT_EQ(withOptionMoved(withOptionMoved(c, 1, 4), 4, 1), c);
  EXPECT_EQ(withOptionMoved(c, 1, 4).key, 4);
  EXPECT_EQ(withOptionMoved(c, 3, 0).rationale, "Helping comes first; (A) would be unkind.");
  EXPECT_EQ(withOptionMoved(c, 2, 9), c);
  EXPECT_EQ(withOptionMoved(c, -1, 0), c);
}

}  // namespace
}  // namespace wordsight::ui
