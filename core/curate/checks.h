#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// Errors make an item unfit for training; warnings are for a person to look at.
enum class Severity { Warning, Error };

/// Something about one scenario. `code` is stable, for filters and tests:
///   key-missing, key-range, option-count, option-equal, option-empty, option-letter,
///   situation-empty, question-empty, rationale-empty, rationale-letter, key-longest, none-range
struct Finding {
  std::string code;
  Severity severity = Severity::Error;
  std::string field;    // situation, question, options, key, rationale, nonIntervention
  std::string message;  // one sentence
  std::string fix;      // what to do about it; may be empty
  bool operator==(const Finding&) const = default;
};
Json toJson(const Finding& finding);
/// Every code that there is: those above, and `duplicate`, which only a check of the whole set
/// finds.
const std::vector<std::string>& findingCodes();

std::vector<Finding> checkItem(const ScenarioContent& content);
/// Whether an item has no error (warnings are allowed).
bool fitForTraining(const ScenarioContent& content);

/// Minimum, mean, median and maximum of a length in characters (code points).
struct LengthStatistics {
  std::size_t least = 0, most = 0;
  double mean = 0, median = 0;
};

/// How many keys, and how many other options, have which length: bars side by side show whether
/// length gives the key away. Bar i holds lengths from i × width up to the next; the last one all
/// above.
struct LengthBars {
  std::size_t width = 1;
  std::vector<std::size_t> key, others;
};

/// What can be said of a set only.
struct SetReport {
  std::size_t items = 0, withKey = 0, withErrors = 0, withWarnings = 0;
  std::array<std::size_t, kMaxOptions> letterCounts{};  // of keys
  std::array<double, kMaxOptions>
      letterExpected{};                         // were keys drawn evenly among each item's options
  double chiSquare = 0, pValue = 1;             // Pearson's test of the one against the other
  bool letterBalanced = true;                   // pValue >= 0.01
  std::size_t keyLongest = 0, keyShortest = 0;  // items whose key is the longest (shortest) option
  std::vector<std::vector<std::size_t>>
      duplicates;  // groups of indices with the same text, each 2 or more
  std::vector<std::vector<std::size_t>>
      conflicts;  // those of them that disagree on the right option
  LengthStatistics situation, question, option, rationale;
  LengthBars optionBars;                                      // of items with a key
  std::vector<std::pair<std::string, std::size_t>> findings;  // code → items, sorted by code
};
SetReport checkSet(std::span<const ScenarioContent> contents);

/// The same item by item, for sets that are not held in memory: it keeps a hash and some lengths of
/// each. Not for sharing between threads.
class SetChecker {
 public:
  SetChecker();
  ~SetChecker();
  SetChecker(const SetChecker&) = delete;
  SetChecker& operator=(const SetChecker&) = delete;

  /// `findings` are checkItem(content).
  void add(const ScenarioContent& content, const std::vector<Finding>& findings);
  /// Indices count the items in the order in which they were added. Once.
  SetReport finish();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

Json toJson(const SetReport& report);

/// sha256 over the normalised situation, question and options, the options in sorted order: equal
/// for items that differ only in case, spacing, option order, key or rationale.
std::string duplicateKey(const ScenarioContent& content);
/// sha256 over the normalised situation alone.
std::string situationKey(const ScenarioContent& content);

/// Upper tail of the chi-square distribution: P(X >= x) with `degrees` degrees of freedom.
double chiSquareTail(double x, int degrees);

}  // namespace wordsight::curate
