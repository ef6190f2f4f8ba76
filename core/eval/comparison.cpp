#include "eval/comparison.h"

#include <algorithm>
#include <map>

#include "eval/calibration.h"
#include "eval/usual_pairs.h"

namespace wordsight::eval {
namespace {

bool contains(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool isUsable(const BenchmarkItem& item) { return item.unusable.empty() && item.content.key >= 0; }

/// Over all usable items that the cell answered.
Proportion ownAccuracy(const std::vector<BenchmarkItem>& items, const CellInput& cell) {
  int right = 0, n = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!isUsable(items[i]) || !cell.answers[i]) continue;
    ++n;
    right += cell.answers[i]->choice.option == items[i].content.key;
  }
  return wilson(right, n);
}

/// Positions of the items that every cell answered.
std::vector<std::size_t> commonItems(const std::vector<BenchmarkItem>& items,
                                     const std::vector<CellInput>& cells, Comparison& out) {
  std::vector<std::size_t> common;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!isUsable(items[i])) {
      ++out.leftOutUnusable;
    } else if (!std::all_of(cells.begin(), cells.end(),
                            [&](const auto& cell) { return cell.answers[i].has_value(); })) {
      ++out.leftOutUnanswered;
    } else {
      common.push_back(i);
    }
  }
  return common;
}

std::size_t mostOptions(const std::vector<BenchmarkItem>& items) {
  std::size_t most = 0;
  for (const auto& item : items) most = std::max(most, item.content.options.size());
  return most;
}

void countInterventions(const std::vector<BenchmarkItem>& items, Cell& cell) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& nothing = items[i].nonIntervention;
    if (nothing.empty()) continue;
    const int option = cell.answers[i].choice.option;
    const bool keyIsNothing = contains(nothing, items[i].content.key);
    ++(keyIsNothing ? cell.shouldNot : cell.shouldAct);
    if (option < 0) continue;  // says neither
    if (keyIsNothing)
      cell.overIntervention += !contains(nothing, option);
    else
      cell.underIntervention += contains(nothing, option);
  }
}

void scoreCategories(const Comparison& comparison, Cell& cell) {
  std::map<std::string, std::pair<int, int>> counts;
  for (std::size_t i = 0; i < comparison.items.size(); ++i) {
    auto& [right, n] = counts[comparison.items[i].content.category];
    right += cell.right[i];
    ++n;
  }
  for (const auto& category : comparison.categories) {
    const auto [right, n] = counts[category];
    cell.categories.push_back({category, wilson(right, n)});
  }
}

Cell scoreCell(const Comparison& comparison, CellInput& input,
               const std::vector<std::size_t>& common) {
  Cell cell;
  cell.name = input.name.empty() ? input.model + " · " + input.arm : std::move(input.name);
  cell.model = std::move(input.model);
  cell.arm = std::move(input.arm);
  cell.run = input.run;
  cell.settings = std::move(input.settings);
  const std::size_t letters = mostOptions(comparison.items);
  cell.letters.assign(letters + 1, 0);
  int right = 0;
  for (std::size_t k = 0; k < common.size(); ++k) {
    cell.answers.push_back(std::move(*input.answers[common[k]]));
    const auto& content = comparison.items[k].content;
    int& option = cell.answers.back().choice.option;
    if (option >= static_cast<int>(content.options.size())) option = -1;
    cell.unread += option < 0;
    ++cell.letters[option < 0 ? letters : static_cast<std::size_t>(option)];
    cell.right.push_back(option == content.key);
    right += cell.right.back();
  }
  cell.accuracy = wilson(right, static_cast<int>(common.size()));
  scoreCategories(comparison, cell);
  countInterventions(comparison.items, cell);
  if (const auto calibration = reliability(cell)) cell.calibrationError = calibration->error;
  return cell;
}

double differenceOf(const Transitions& pairs) {
  return pairs.n() ? static_cast<double>(pairs.wr - pairs.rw) / pairs.n() : 0.0;
}

Pair testPair(const Comparison& comparison, std::size_t first, std::size_t second) {
  Pair pair;
  pair.first = first;
  pair.second = second;
  const auto& a = comparison.cells[first].right;
  const auto& b = comparison.cells[second].right;
  pair.pairs = transitions(a, b);
  pair.difference = differenceOf(pair.pairs);
  pair.intervalKnown = false;
  pair.p = mcnemarExact(pair.pairs.rw, pair.pairs.wr);

  std::map<std::string, Transitions> byCategory;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto& counts = byCategory[comparison.items[i].content.category];
    ++(a[i] ? (b[i] ? counts.rr : counts.rw) : (b[i] ? counts.wr : counts.ww));
  }
  std::vector<double> ps;
  for (const auto& category : comparison.categories) {
    CategoryTest test{category, byCategory[category], 0, 1, 1};
    test.difference = differenceOf(test.pairs);
    test.p = mcnemarExact(test.pairs.rw, test.pairs.wr);
    ps.push_back(test.p);
    pair.categories.push_back(std::move(test));
  }
  const auto corrected = holm(ps);
  for (std::size_t i = 0; i < corrected.size(); ++i) pair.categories[i].pHolm = corrected[i];
  return pair;
}

}  // namespace

Result<Comparison> compareCells(const std::vector<BenchmarkItem>& items,
                                std::vector<CellInput> cells, std::uint64_t seed,
                                Bootstrap bootstrap, Pairs pairs) {
  if (cells.empty()) return fail("There is nothing to compare: name at least one evaluation run.");
  for (const auto& cell : cells)
    if (cell.answers.size() != items.size())
      return fail("The cell " + cell.name + " has " + std::to_string(cell.answers.size()) +
                      " answers for " + std::to_string(items.size()) + " items.",
                  ErrorKind::Internal);
  Comparison out;
  out.seed = seed;
  const auto common = commonItems(items, cells, out);
  if (common.empty())
    return fail(cells.size() == 1
                    ? "The run holds no answer to a usable item; let the evaluation go on first."
                    : "No usable item was answered in all " + std::to_string(cells.size()) +
                          " cells; let the evaluations finish, or compare fewer of them.");
  for (const std::size_t i : common) {
    out.items.push_back(items[i]);
    out.categories.push_back(items[i].content.category);
  }
  std::sort(out.categories.begin(), out.categories.end());
  out.categories.erase(std::unique(out.categories.begin(), out.categories.end()),
                       out.categories.end());
  for (auto& cell : cells) {
    const auto own = ownAccuracy(items, cell);
    out.cells.push_back(scoreCell(out, cell, common));
    out.cells.back().own = own;
  }
  std::vector<double> ps;
  for (const auto& [a, b] : pairs == Pairs::All ? allPairs(out.cells) : usualPairs(out.cells)) {
    out.pairs.push_back(testPair(out, a, b));
    ps.push_back(out.pairs.back().p);
  }
  const auto corrected = holm(ps);
  for (std::size_t i = 0; i < corrected.size(); ++i) out.pairs[i].pHolm = corrected[i];
  if (bootstrap == Bootstrap::Now) addIntervals(out);
  return out;
}

bool addIntervals(Comparison& comparison, const std::stop_token& stop) {
  for (auto& pair : comparison.pairs) {
    if (pair.intervalKnown) continue;
    if (stop.stop_requested()) return false;
    pair.interval = bootstrapDifference(pair.pairs, comparison.seed);
    pair.intervalKnown = true;
  }
  return true;
}

Json toJson(const Cell& cell) {
  Json json;
  json["name"] = cell.name;
  json["model"] = cell.model;
  json["arm"] = cell.arm;
  if (cell.run != 0) json["run"] = cell.run;
  json["accuracy"] = cell.accuracy.value;
  json["low"] = cell.accuracy.low;
  json["high"] = cell.accuracy.high;
  json["n"] = cell.accuracy.n;
  json["right"] = cell.accuracy.right;
  json["own"] = Json{{"accuracy", cell.own.value},
                     {"low", cell.own.low},
                     {"high", cell.own.high},
                     {"n", cell.own.n},
                     {"right", cell.own.right}};
  json["recorded"] = cell.settings.recorded;
  if (!cell.settings.recorded) {
    json["prompt"] = cell.settings.prompt;
    json["scoring"] = cell.settings.scoring;
    json["precision"] = cell.settings.precision;
    json["shifts"] = cell.settings.shifts;
  }
  json["unread"] = cell.unread;
  json["over_intervention"] = cell.overIntervention;
  json["should_not_act"] = cell.shouldNot;
  json["under_intervention"] = cell.underIntervention;
  json["should_act"] = cell.shouldAct;
  json["letters"] = cell.letters;
  if (cell.calibrationError) json["calibration_error"] = *cell.calibrationError;
  Json categories = Json::array();
  for (const auto& each : cell.categories)
    categories.push_back(Json{{"category", each.category},
                              {"accuracy", each.accuracy.value},
                              {"low", each.accuracy.low},
                              {"high", each.accuracy.high},
                              {"n", each.accuracy.n}});
  json["categories"] = std::move(categories);
  return json;
}

namespace {

Json pairToJson(const Comparison& comparison, const Pair& pair) {
  const auto counts = [](Json& json, const Transitions& pairs) {
    json["rr"] = pairs.rr;
    json["rw"] = pairs.rw;
    json["wr"] = pairs.wr;
    json["ww"] = pairs.ww;
  };
  Json json;
  json["first"] = comparison.cells[pair.first].name;
  json["second"] = comparison.cells[pair.second].name;
  json["difference"] = pair.difference;
  if (pair.intervalKnown) {
    json["low"] = pair.interval.low;
    json["high"] = pair.interval.high;
  }
  json["p"] = pair.p;
  json["p_holm"] = pair.pHolm;
  counts(json, pair.pairs);
  Json categories = Json::array();
  for (const auto& each : pair.categories) {
    Json one{{"category", each.category},
             {"difference", each.difference},
             {"p", each.p},
             {"p_holm", each.pHolm}};
    counts(one, each.pairs);
    categories.push_back(std::move(one));
  }
  json["categories"] = std::move(categories);
  return json;
}

}  // namespace

Json toJson(const Comparison& comparison) {
  Json json;
  json["n"] = comparison.items.size();
  json["remarks"] = remarksOn(comparison);
  json["left_out_unusable"] = comparison.leftOutUnusable;
  json["left_out_unanswered"] = comparison.leftOutUnanswered;
  json["seed"] = comparison.seed;
  json["cells"] = Json::array();
  for (const auto& cell : comparison.cells) json["cells"].push_back(toJson(cell));
  json["pairs"] = Json::array();
  for (const auto& pair : comparison.pairs) json["pairs"].push_back(pairToJson(comparison, pair));
  return json;
}

const std::vector<PublishedFigure>& publishedViva() {
  static const std::vector<PublishedFigure> figures{
      {"Llama-3.1 8B", "caption", 0.7911},
      {"Qwen2 7B", "caption", 0.8145},
      {"Mllama", "image", 0.7565},
      {"Qwen2-VL 7B", "image", 0.8032},
      {"LLaVA-OneVision 7B", "image", 0.7831},
  };
  return figures;
}

}  // namespace wordsight::eval
