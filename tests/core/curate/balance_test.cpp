#include "curate/balance.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "curate/checks.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using test::scenarios;
using testing::HasSubstr;

TEST(Reshuffle, LettersBecomeUniformToWithinOne) {
  for (const int count : {1, 4, 5, 23, 100, 1003}) {
    auto set = scenarios(count);
    const auto orders = reshuffleForBalance(set, 7);
    ASSERT_EQ(orders.size(), set.size());
    std::array<int, 5> letters{};
    for (std::size_t i = 0; i < set.size(); ++i) {
      ASSERT_EQ(std::set(orders[i].begin(), orders[i].end()).size(), 5u);
      const auto next = reordered(set[i], orders[i]);
      EXPECT_EQ(next.options[static_cast<std::size_t>(next.key)],
                set[i].options[static_cast<std::size_t>(set[i].key)]);
      ++letters[static_cast<std::size_t>(next.key)];
    }
    EXPECT_LE(*std::max_element(letters.begin(), letters.end()) -
                  *std::min_element(letters.begin(), letters.end()),
              1)
        << count;
  }
}

TEST(Reshuffle, IsSeededAndMovesTheOtherOptionsToo) {
  const auto set = scenarios(50);
  EXPECT_EQ(reshuffleForBalance(set, 1), reshuffleForBalance(set, 1));
  EXPECT_NE(reshuffleForBalance(set, 1), reshuffleForBalance(set, 2));
  std::set<std::vector<std::size_t>> different;
  const auto orders = reshuffleForBalance(set, 1);
  for (const auto& order : orders) different.insert(order);
  EXPECT_GT(different.size(), 25u);
}

TEST(Reshuffle, UnusableItemsKeepTheirOrderAndCountsAreKeptApart) {
  auto set = scenarios(40);
  set[0].key = -1;
  set[1].key = 9;
  set[2].options.clear();
  for (int i = 10; i < 20; ++i) {
    set[i].options.resize(2);
    set[i].key = 0;
  }
  const auto orders = reshuffleForBalance(set, 3);
  EXPECT_EQ(orders[0], (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(orders[1], (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_TRUE(orders[2].empty());
  int first = 0;
  for (int i = 10; i < 20; ++i) first += reordered(set[i], orders[i]).key == 0;
  EXPECT_EQ(first, 5);
  EXPECT_TRUE(reshuffleForBalance({}, 1).empty());
}

TEST(Reshuffle, FixedItemsKeepTheirOrderAndTheirLettersCount) {
  auto set = scenarios(100);
  std::vector<bool> fixed(set.size(), false);
  for (std::size_t i = 0; i < 15; ++i) {
    fixed[i * 3] = true;
    set[i * 3].key = 0;
  }
  const auto orders = reshuffleForBalance(set, 7, fixed);
  std::array<int, 5> letters{};
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (fixed[i]) {
      EXPECT_EQ(orders[i], (std::vector<std::size_t>{0, 1, 2, 3, 4}));
    }
    ++letters[static_cast<std::size_t>(reordered(set[i], orders[i]).key)];
  }
  EXPECT_EQ(letters, (std::array<int, 5>{20, 20, 20, 20, 20}));
}

TEST(ShuffledControl, KeepsTextsAndBreaksTheLink) {
  const auto set = scenarios(500);
  const auto control = shuffledControl(set, 13);
  EXPECT_EQ(control, shuffledControl(set, 13));
  EXPECT_NE(control, shuffledControl(set, 14));
  int sameKey = 0, sameReason = 0;
  std::array<int, 5> letters{};
  std::multiset<std::string> before, after;
  for (std::size_t i = 0; i < set.size(); ++i) {
    EXPECT_EQ(control[i].situation, set[i].situation);
    EXPECT_EQ(control[i].options, set[i].options);
    sameKey += control[i].key == set[i].key;
    sameReason += control[i].rationale == set[i].rationale;
    ++letters[static_cast<std::size_t>(control[i].key)];
    before.insert(set[i].rationale);
    after.insert(control[i].rationale);
  }
  EXPECT_EQ(before, after) << "rationales are permuted, none is lost";
  EXPECT_NEAR(sameKey, 100, 40) << "as often right as by chance";
  EXPECT_LT(sameReason, 10);
  for (const int letter : letters) EXPECT_NEAR(letter, 100, 40);
  EXPECT_TRUE(shuffledControl({}, 1).empty());
}

TEST(SplitShares, AreRead) {
  const auto shares = splitSharesFromText("train=0.9, eval=0.1");
  ASSERT_OK(shares);
  EXPECT_EQ(*shares, (std::vector<SplitShare>{{"train", 0.9}, {"eval", 0.1}}));
  EXPECT_OK(splitSharesFromText("train=1"));
  EXPECT_OK(splitSharesFromText("a=0.333333,b=0.333333,c=0.333334"));
}

TEST(SplitShares, ThatDoNotFitAreRefused) {
  for (const char* text :
       {"", "train", "train=", "=0.5,a=0.5", "train=0.9", "train=0.9,eval=0.2",
        "train=1.5,eval=-0.5", "train=nan", "train=inf", "train=0.5,train=0.5",
        "train=0.5;eval=0.5", "tr ain=1", "train=1,", "train=0x1p0z", "train=1,eval=0", "../x=1"})
    EXPECT_FALSE(splitSharesFromText(text)) << text;
  EXPECT_THAT(splitSharesFromText("train=0.9,eval=0.2").error().message, HasSubstr("sum to 1.1"));
}

const std::vector<SplitShare> kShares = {{"train", 0.8}, {"eval", 0.15}, {"probe", 0.05}};

TEST(Split, HasTheSizesAndIsSeeded) {
  const auto set = scenarios(1000);
  const auto split = splitBySituation(set, kShares, 5);
  ASSERT_OK(split);
  EXPECT_EQ(std::count(split->begin(), split->end(), 0u), 800);
  EXPECT_EQ(std::count(split->begin(), split->end(), 1u), 150);
  EXPECT_EQ(std::count(split->begin(), split->end(), 2u), 50);
  EXPECT_EQ(*split, *splitBySituation(set, kShares, 5));
  EXPECT_NE(*split, *splitBySituation(set, kShares, 6));
  const auto ten = splitBySituation(scenarios(10), {{"a", 0.9}, {"b", 0.1}}, 1);
  ASSERT_OK(ten);
  EXPECT_EQ(std::count(ten->begin(), ten->end(), 0u), 9);
}

TEST(Split, ASituationIsNeverOnTwoSides) {
  auto set = scenarios(300);
  for (int i = 0; i < 300; ++i) {
    set[i].situation = "Situation  number " + std::to_string(i % 60);
    if (i % 2) set[i].situation = " SITUATION number " + std::to_string(i % 60);
  }
  const auto split = splitBySituation(set, kShares, 5);
  ASSERT_OK(split);
  std::map<int, std::set<std::size_t>> sides;
  for (int i = 0; i < 300; ++i) sides[i % 60].insert((*split)[i]);
  for (const auto& [situation, side] : sides) EXPECT_EQ(side.size(), 1u) << situation;
  EXPECT_NEAR(std::count(split->begin(), split->end(), 0u), 240, 5);
}

TEST(Split, DoesNotDependOnTheOrderOfTheSet) {
  auto set = scenarios(100);
  const auto split = splitBySituation(set, kShares, 5).value();
  std::map<std::string, std::size_t> side;
  for (std::size_t i = 0; i < set.size(); ++i) side[set[i].situation] = split[i];
  std::reverse(set.begin(), set.end());
  const auto again = splitBySituation(set, kShares, 5).value();
  for (std::size_t i = 0; i < set.size(); ++i) EXPECT_EQ(again[i], side[set[i].situation]);
}

TEST(Split, AnEmptyShareIsAnError) {
  EXPECT_THAT(splitBySituation(scenarios(2), kShares, 1).error().message,
              HasSubstr("would be empty"));
  EXPECT_FALSE(splitBySituation({}, kShares, 1));
  EXPECT_FALSE(splitBySituation(scenarios(5), {}, 1));
  const std::vector<ScenarioContent> same(10, scenario(1));
  EXPECT_FALSE(splitBySituation(same, {{"a", 0.5}, {"b", 0.5}}, 1));
}

TEST(Split, IsPinned) {
  // A change here moves scenarios between training and evaluation of existing projects' seeds.
  std::string sides;
  const auto split = splitBySituation(scenarios(40), kShares, 1);
  ASSERT_OK(split);
  for (const auto side : *split) sides += std::to_string(side);
  EXPECT_EQ(sides, "0001010000000000000010100000002110000200");
}

}  // namespace
}  // namespace wordsight::curate
