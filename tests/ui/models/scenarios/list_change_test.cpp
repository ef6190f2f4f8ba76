#include "models/scenarios/list_change.h"

#include <gtest/gtest.h>

#include <random>

namespace wordsight::ui {
namespace {

using Ids = std::vector<ScenarioId>;

Ids ids(std::initializer_list<int> values) {
  Ids out;
  for (const int value : values) out.emplace_back(value);
  return out;
}

/// What a model does with a change.
Ids applied(Ids list, const ListChange& change, const Ids& after) {
  if (change.reset) return after;
  for (const auto& run : change.removed)
    list.erase(list.begin() + run.first, list.begin() + run.first + run.count);
  for (const auto& run : change.inserted)
    list.insert(list.begin() + run.first, after.begin() + run.first,
                after.begin() + run.first + run.count);
  return list;
}

TEST(ListChange, SameListIsNoChange) {
  EXPECT_TRUE(listChange(ids({1, 2, 3}), ids({1, 2, 3})).empty());
  EXPECT_TRUE(listChange({}, {}).empty());
}

TEST(ListChange, AppendedRowsAreOneRun) {
  const auto change = listChange(ids({1, 2}), ids({1, 2, 3, 4}));
  EXPECT_FALSE(change.reset);
  EXPECT_TRUE(change.removed.empty());
  ASSERT_EQ(change.inserted.size(), 1U);
  EXPECT_EQ(change.inserted[0], (ListChange::Run{2, 2}));
}

TEST(ListChange, RemovalsComeLastFirst) {
  const auto change = listChange(ids({1, 2, 3, 4, 5}), ids({1, 3, 5}));
  ASSERT_EQ(change.removed.size(), 2U);
  EXPECT_EQ(change.removed[0], (ListChange::Run{3, 1}));
  EXPECT_EQ(change.removed[1], (ListChange::Run{1, 1}));
}

TEST(ListChange, AnotherOrderIsAReset) {
  EXPECT_TRUE(listChange(ids({1, 2, 3, 4}), ids({1, 3, 2, 4})).reset);
}

TEST(ListChange, AnyTwoListsOfOneOrderComeOutRight) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    Ids before, after;
    const int n = static_cast<int>(random() % 60);
    for (int i = 0; i < n; ++i) {
      if (random() % 3) before.emplace_back(i + 1);
      if (random() % 3) after.emplace_back(i + 1);
    }
    const auto change = listChange(before, after);
    EXPECT_FALSE(change.reset);
    EXPECT_EQ(applied(before, change, after), after);
  }
}

TEST(ListChange, VeryDifferentListsAreAReset) {
  Ids before, after;
  for (int i = 1; i <= 6000; ++i) (i % 2 ? before : after).emplace_back(i);
  EXPECT_TRUE(listChange(before, after).reset);
}

}  // namespace
}  // namespace wordsight::ui
