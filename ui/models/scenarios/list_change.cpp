#include "models/scenarios/list_change.h"

#include <algorithm>
#include <unordered_set>

namespace wordsight::ui {

namespace {

// Each run moves what is behind it in a list of up to some 100,000 and makes the view lay itself
// out; 64 of them stay within a few milliseconds.
constexpr std::size_t kMostRuns = 64;
// More rows than this gone and come at once is another list, not a change of this one.
constexpr int kMostRows = 2000;

using Ids = std::vector<ScenarioId>;

/// Runs of places in [from, to) of `list` that are not in `other`.
std::vector<ListChange::Run> absent(const Ids& list, std::size_t from, std::size_t to,
                                    const std::unordered_set<ScenarioId>& other) {
  std::vector<ListChange::Run> runs;
  for (std::size_t i = from; i < to; ++i) {
    if (other.contains(list[i])) continue;
    const int place = static_cast<int>(i);
    if (!runs.empty() && runs.back().first + runs.back().count == place)
      ++runs.back().count;
    else
      runs.push_back({place, 1});
    if (runs.size() > kMostRuns) break;
  }
  return runs;
}

/// Whether what both have comes in the same order.
bool sameOrder(const Ids& before, std::size_t a, std::size_t b, const Ids& after, std::size_t c,
               const std::unordered_set<ScenarioId>& old, const std::unordered_set<ScenarioId>& now,
               std::size_t start) {
  std::size_t i = a, j = start;
  for (;;) {
    while (i < b && !now.contains(before[i])) ++i;
    while (j < c && !old.contains(after[j])) ++j;
    if (i == b || j == c) return i == b && j == c;
    if (before[i++] != after[j++]) return false;
  }
}

}  // namespace

ListChange listChange(const Ids& before, const Ids& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  const std::size_t oldEnd = before.size() - tail, newEnd = after.size() - tail;
  const auto at = [](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
  ListChange change;
  if (head == oldEnd || head == newEnd) {
    if (head < oldEnd) change.removed = {{int(head), int(oldEnd - head)}};
    if (head < newEnd) change.inserted = {{int(head), int(newEnd - head)}};
    return change;
  }
  const std::unordered_set<ScenarioId> old(before.begin() + at(head), before.begin() + at(oldEnd));
  const std::unordered_set<ScenarioId> now(after.begin() + at(head), after.begin() + at(newEnd));
  change.removed = absent(before, head, oldEnd, now);
  change.inserted = absent(after, head, newEnd, old);
  std::reverse(change.removed.begin(), change.removed.end());
  int rows = 0;
  for (const auto* runs : {&change.removed, &change.inserted})
    for (const auto& run : *runs) rows += run.count;
  if (change.removed.size() + change.inserted.size() > kMostRuns || rows > kMostRows ||
      !sameOrder(before, head, oldEnd, after, newEnd, old, now, head))
    return {true, {}, {}};
  return change;
}

}  // namespace wordsight::ui
