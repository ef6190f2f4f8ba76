#include "models/compare/comparison_filter.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <numeric>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

bool matches(const ComparisonData& data, const ComparisonFilter& filter, const QString& words,
             std::size_t i) {
  const auto& comparison = data.comparison;
  const auto& content = comparison.items[i].content;
  if (filter.key >= 0 && content.key != filter.key) return false;
  if (filter.category && toQt(content.category) != *filter.category) return false;
  if (!words.isEmpty() && !data.searchTexts[i].contains(words)) return false;
  const bool pair = filter.first < comparison.cells.size() &&
                    filter.second < comparison.cells.size() && filter.first != filter.second;
  if (pair && filter.transition &&
      transitionOf(comparison, i, filter.first, filter.second) != *filter.transition)
    return false;
  if (pair && filter.changed &&
      comparison.cells[filter.first].answers[i].choice.option ==
          comparison.cells[filter.second].answers[i].choice.option)
    return false;
  if (filter.overridden && std::none_of(comparison.cells.begin(), comparison.cells.end(),
                                        [i](const auto& c) { return c.answers[i].overridden; }))
    return false;
  return !filter.unread ||
         std::any_of(comparison.cells.begin(), comparison.cells.end(),
                     [i](const auto& c) { return c.answers[i].choice.option < 0; });
}

/// How much the cells disagree: the number of different letters, then how evenly right and wrong
/// are split.
double disagreement(const eval::Comparison& comparison, std::size_t i) {
  std::bitset<kMaxOptions + 1> seen;
  std::size_t right = 0;
  for (const auto& cell : comparison.cells) {
    const int option = cell.answers[i].choice.option;
    seen.set(static_cast<std::size_t>(option < 0 ? kMaxOptions : option));
    right += cell.right[i];
  }
  const std::size_t wrong = comparison.cells.size() - right;
  return static_cast<double>(seen.count() * 100 + std::min(right, wrong));
}

/// How far the two cells' probabilities of the key lie apart; negative when one has none.
double confidenceDifference(const ComparisonData& data, const ComparisonFilter& filter,
                            std::size_t i) {
  const auto& cells = data.comparison.cells;
  const auto key = static_cast<std::size_t>(data.comparison.items[i].content.key);
  if (filter.first >= cells.size() || filter.second >= cells.size()) return -1;
  const auto& a = cells[filter.first].answers[i].probabilities;
  const auto& b = cells[filter.second].answers[i].probabilities;
  return key < a.size() && key < b.size() ? std::abs(a[key] - b[key]) : -1;
}

}  // namespace

Transition transitionOf(const eval::Comparison& comparison, std::size_t item, std::size_t first,
                        std::size_t second) {
  const bool before = comparison.cells[first].right[item];
  const bool after = comparison.cells[second].right[item];
  if (before) return after ? Transition::BothRight : Transition::RightToWrong;
  return after ? Transition::WrongToRight : Transition::BothWrong;
}

std::vector<int> filteredItems(const ComparisonData& data, const ComparisonFilter& filter) {
  const QString words = filter.text.trimmed().toCaseFolded();
  std::vector<int> rows;
  for (std::size_t i = 0; i < data.comparison.items.size(); ++i)
    if (matches(data, filter, words, i)) rows.push_back(static_cast<int>(i));
  if (filter.order == ItemOrder::File) return rows;
  std::vector<double> weight(data.comparison.items.size());
  for (const int i : rows) {
    const auto at = static_cast<std::size_t>(i);
    weight[at] = filter.order == ItemOrder::Disagreement ? disagreement(data.comparison, at)
                                                         : confidenceDifference(data, filter, at);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
    return weight[static_cast<std::size_t>(a)] > weight[static_cast<std::size_t>(b)];
  });
  return rows;
}

std::optional<eval::Pair> directedPair(const eval::Comparison& comparison, std::size_t first,
                                       std::size_t second) {
  for (const auto& pair : comparison.pairs) {
    if (pair.first == first && pair.second == second) return pair;
    if (pair.first != second || pair.second != first) continue;
    // The other way round: gains become losses, and the interval is mirrored.
    eval::Pair mirrored = pair;
    std::swap(mirrored.first, mirrored.second);
    std::swap(mirrored.pairs.rw, mirrored.pairs.wr);
    mirrored.difference = -pair.difference;
    mirrored.interval = {-pair.interval.high, -pair.interval.low};
    for (auto& category : mirrored.categories) {
      std::swap(category.pairs.rw, category.pairs.wr);
      category.difference = -category.difference;
    }
    return mirrored;
  }
  return {};
}

}  // namespace wordsight::ui
