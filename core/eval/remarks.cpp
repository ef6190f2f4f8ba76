// What must be said beside a comparison's figures.

#include <algorithm>
#include <functional>

#include "base/utf8.h"
#include "eval/comparison.h"

namespace wordsight::eval {
namespace {

constexpr std::size_t kMostNamed = 3;

std::string grouped(int n) {
  std::string text = std::to_string(n);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

/// "a, b and 2 more".
std::string named(const std::vector<std::string>& names) {
  std::string out;
  const std::size_t shown = std::min(names.size(), kMostNamed);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    out += (i == 0 ? "" : last ? " and " : ", ") + names[i];
  }
  if (names.size() > shown) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

std::vector<std::string> fewerItems(const Comparison& comparison) {
  const int common = static_cast<int>(comparison.items.size());
  const int usable = common + comparison.leftOutUnanswered;
  std::vector<const Cell*> cells;  // the fewest first
  for (const auto& cell : comparison.cells) cells.push_back(&cell);
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Cell* a, const Cell* b) { return a->own.n < b->own.n; });
  std::vector<std::string> few;
  bool more = false;
  for (const Cell* cell : cells) {
    more |= cell->own.n > common;
    if (cell->own.n < usable)
      few.push_back(cell->name + " has " + grouped(cell->own.n) + " of " + grouped(usable) +
                    " items");
  }
  if (!more) return {};
  return {"The cell " + named(few) + "; all are compared over the " + grouped(common) +
          (common == 1 ? " item" : " items") + " in common."};
}

/// "prompt: default (base · caption), demo (tuned · caption)"; empty when all agree.
std::string difference(const Comparison& comparison, const char* what,
                       const std::function<std::string(const CellSettings&)>& value) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const auto& cell : comparison.cells) {
    if (cell.settings.recorded) continue;
    const auto text = value(cell.settings);
    if (text.empty()) continue;  // not known
    auto it = std::find_if(groups.begin(), groups.end(),
                           [&](const auto& group) { return group.first == text; });
    if (it == groups.end()) it = groups.insert(groups.end(), {text, {}});
    it->second.push_back(cell.name);
  }
  if (groups.size() < 2) return {};
  std::string out = what;
  for (std::size_t i = 0; i < groups.size(); ++i)
    out += (i == 0                   ? " "
            : i + 1 == groups.size() ? " against "
                                     : ", ") +
           groups[i].first + " (" + named(groups[i].second) + ")";
  return out;
}

}  // namespace

std::vector<std::string> remarksOn(const Comparison& comparison) {
  auto remarks = fewerItems(comparison);
  std::string differ;
  for (const auto& part :
       {difference(comparison, "prompt", [](const auto& s) { return s.prompt; }),
        difference(comparison, "scoring", [](const auto& s) { return s.scoring; }),
        difference(comparison, "shifts", [](const auto& s) { return std::to_string(s.shifts); }),
        difference(comparison, "precision", [](const auto& s) { return s.precision; })})
    if (!part.empty()) differ += (differ.empty() ? "" : "; ") + part;
  if (!differ.empty())
    remarks.push_back("The cells were not asked in the same way: " + differ +
                      ". A difference between them may come from that.");
  std::vector<std::string> recorded;
  for (const auto& cell : comparison.cells)
    if (cell.settings.recorded) recorded.push_back(cell.name);
  if (!recorded.empty() && recorded.size() < comparison.cells.size())
    remarks.push_back(named(recorded) + (recorded.size() == 1 ? " is" : " are") +
                      " recorded: answers of somebody else's model, and how it was asked is not "
                      "known here.");
  for (auto& remark : remarks) remark = toValidUtf8(remark);
  return remarks;
}

}  // namespace wordsight::eval
