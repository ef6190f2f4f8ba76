#pragma once
// Cells side by side over the items that all of them answered, with the tests between each two of
// them.

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/benchmark.h"
#include "domain/json.h"
#include "domain/prediction.h"
#include "eval/stats.h"

namespace wordsight::eval {

/// One cell's answer to one item.
struct CellAnswer {
  Choice choice;  // option in the item's own order; -1 counts as wrong
  std::vector<double>
      probabilities;    // of each option, in the item's own order; empty for generation
  std::string rawText;  // what it wrote; empty for letter scoring
  double milliseconds = 0;
  Choice byRule;                          // as `choice`, before any person's override
  bool overridden = false;                // by a person: `choice` is theirs
  std::vector<PredictionId> predictions;  // that it was made of, one a shift; an override names one
};

/// How a cell was asked; what of it differs between cells is said beside them.
struct CellSettings {
  std::string prompt = {};     // the wording's name
  std::string scoring = {};    // "logprob", "generate"
  std::string precision = {};  // "f32", "bf16"
  int shifts = 1;              // how often each item was asked
  bool tuned = false;          // with an adapter
  bool recorded = false;       // somebody else's answers: the rest is not known
};

/// What goes in: `answers[i]` belongs to `items[i]`; nullopt where the cell has no answer (yet).
struct CellInput {
  std::string name;   // "base · image"; made from model and arm when empty
  std::string model;  // "base", "tuned", or a model's name
  std::string arm;    // image, caption, blind
  std::int64_t run = 0;
  CellSettings settings = {};
  std::vector<std::optional<CellAnswer>> answers;
};

struct CategoryScore {
  std::string category;
  Proportion accuracy;
};

struct Cell {
  std::string name, model, arm;
  std::int64_t run = 0;
  CellSettings settings = {};
  std::vector<CellAnswer> answers;        // one a common item
  std::vector<std::uint8_t> right;        // likewise
  Proportion accuracy;                    // over the common items, as everything below
  Proportion own;                         // over all usable items that this cell answered
  std::vector<CategoryScore> categories;  // in Comparison::categories' order
  int unread = 0;                         // answers without a readable choice
  int overIntervention = 0;               // acted where the key is to do nothing
  int underIntervention = 0;              // did nothing where the key is to act
  int shouldAct = 0, shouldNot = 0;  // their denominators: items that say which option does nothing
  std::vector<int> letters;          // how often each option was chosen, and last: none
  std::optional<double> calibrationError;  // when every answer has probabilities
};

struct CategoryTest {
  std::string category;
  Transitions pairs;
  double difference = 0, p = 1, pHolm = 1;
};

struct Pair {
  std::size_t first = 0, second = 0;  // cells
  Transitions pairs;
  double difference = 0;      // accuracy(second) - accuracy(first)
  Interval interval;          // 95 %, bootstrap over items
  bool intervalKnown = true;  // false until addIntervals(), with Bootstrap::Later
  double p = 1;               // McNemar, exact
  double pHolm = 1;           // corrected over all pairs of this comparison
  std::vector<CategoryTest> categories;
};

struct Comparison {
  std::vector<BenchmarkItem> items;     // the common ones: usable, and answered in every cell
  std::vector<std::string> categories;  // by name
  std::vector<Cell> cells;
  std::vector<Pair> pairs;  // each two cells at most once; with Pairs::All first < second
  int leftOutUnusable = 0, leftOutUnanswered = 0;  // items of the benchmark that are not compared
  std::uint64_t seed = 1;                          // of the bootstrap
};

/// The intervals of the differences take a hundred times as long as everything else together: a
/// page shows the rest at once and adds them when they are there.
enum class Bootstrap { Now, Later };

/// Which two cells are tested against each other; Holm's correction is over those.
enum class Pairs {
  All,
  /// In each arm the first cell without an adapter (or else the first) against each other one; of
  /// each model caption against image, and blind against what it was shown; a model that has one
  /// arm only against the first cell of the other.
  Usual
};

/// Error: no cell, a cell whose answers are not one an item, or no item common to all cells.
Result<Comparison> compareCells(const std::vector<BenchmarkItem>& items,
                                std::vector<CellInput> cells, std::uint64_t seed = 1,
                                Bootstrap bootstrap = Bootstrap::Now, Pairs pairs = Pairs::All);
/// Fills in the intervals that are not known yet; false when it was stopped between two of them.
bool addIntervals(Comparison& comparison, const std::stop_token& stop = {});

/// Sentences that belong beside the figures: when the common items are fewer than a cell's own,
/// when cells were asked in different ways, and which are recorded.
std::vector<std::string> remarksOn(const Comparison& comparison);

/// {"n", "remarks", "left_out",
/// "cells":[{"name","model","arm","accuracy","low","high","n","right","unread",…,"categories":[…]}],
///  "pairs":[{"first","second","difference","low","high","p","p_holm","rr","rw","wr","ww","categories":[…]}]};
///  shares in 0 … 1.
/// Items are not part of it.
Json toJson(const Comparison& comparison);
Json toJson(const Cell& cell);

/// Accuracies as published for VIVA action selection (arXiv 2503.16965 v1, Table 1). Reference
/// rows, never mixed with measured ones.
struct PublishedFigure {
  const char* model;
  const char* arm;
  double accuracy;  // 0 … 1
};
const std::vector<PublishedFigure>& publishedViva();

/// A table for a terminal: one line a cell with accuracy, interval and n; when the cells form
/// {models} × {arms}, models are rows and arms are columns. Plain text, UTF-8, a line break at the
/// end of each line.
std::string renderTable(const std::vector<Cell>& cells);
/// The tests between cells, one line each.
std::string renderPairs(const Comparison& comparison);

}  // namespace wordsight::eval
