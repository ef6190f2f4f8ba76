#pragma once
#include <QString>
#include <optional>
#include <vector>

#include "models/compare/comparison_data.h"

namespace wordsight::ui {

/// How an item stands between the two cells of the chosen pair.
enum class Transition { RightToWrong, WrongToRight, BothRight, BothWrong };

enum class ItemOrder { File, Disagreement, ConfidenceDifference };

/// Which items are listed, and in what order. Empty and -1 mean "any".
struct ComparisonFilter {
  std::size_t first = 0, second = 0;  // cells of the pair
  std::optional<Transition> transition;
  bool changed = false;  // the two cells chose different letters
  std::optional<QString> category;
  int key = -1;
  QString text;
  bool overridden = false;  // in any cell
  bool unread = false;      // in any cell
  ItemOrder order = ItemOrder::File;
  bool operator==(const ComparisonFilter&) const = default;
};

Transition transitionOf(const eval::Comparison& comparison, std::size_t item, std::size_t first,
                        std::size_t second);
/// Indices into the comparison's items. Pure; a few milliseconds for ten thousand items.
std::vector<int> filteredItems(const ComparisonData& data, const ComparisonFilter& filter);
/// The pair of two cells in this direction: the comparison holds each pair once, first < second.
/// Nothing when a cell is missing or both are the same.
std::optional<eval::Pair> directedPair(const eval::Comparison& comparison, std::size_t first,
                                       std::size_t second);

}  // namespace wordsight::ui
