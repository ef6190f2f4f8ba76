#pragma once
#include <QString>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/decision_prompt.h"
#include "domain/run.h"
#include "eval/calibration.h"
#include "eval/comparison.h"
#include "store/project.h"

namespace wordsight::ui {

/// Who decided what an answer means, and why.
struct OverrideNote {
  std::string person, note;
  UnixMillis createdAt = 0;
};

/// What the comparison of a cell does not hold: its run's settings, and the notes of overrides.
struct CellRecord {
  RunId run;
  Arm arm = Arm::Caption;
  std::string model, adapter;
  bool recorded = false;   // somebody else's answers, read from a file
  bool generated = false;  // wrote text; otherwise letters were scored
  int shifts = 1;
  int style = 0;  // its colour and mark, the same for as long as the same runs are offered
  std::optional<DecisionPrompt> prompt;  // nothing for recorded answers, or when its file is gone
  std::unordered_map<std::size_t, OverrideNote> overrides;  // by item of the comparison
};

/// Everything that the page shows of some runs. Made away from the window's thread, then never
/// changed and shared freely.
struct ComparisonData {
  eval::Comparison comparison;
  std::vector<CellRecord> cells;  // as comparison.cells
  std::string benchmark;
  std::vector<std::optional<eval::Reliability>>
      calibration;                   // as cells; nothing without probabilities
  bool published = false;            // published figures belong beside it
  std::vector<QString> searchTexts;  // one an item, case folded
  std::vector<RunId> runs() const;
};
using ComparisonPtr = std::shared_ptr<const ComparisonData>;

/// Compares the runs and reads what lies behind, without the intervals of differences, which take a
/// hundred times as long. A cell's style is its run's place among `offered`. For a thread of the
/// database.
Result<ComparisonPtr> loadComparison(store::Connection& connection, const store::Project& project,
                                     const std::vector<RunId>& runs,
                                     const std::vector<RunId>& offered = {});
/// The same with its intervals; null when it was stopped. For a thread of the database.
ComparisonPtr withIntervals(const ComparisonData& data, const std::stop_token& stop);

/// An evaluation that can be a cell.
struct CandidateCell {
  RunId run;
  std::string label, arm, benchmark, model;
  BenchmarkId benchmarkId;
  RunStatus status = RunStatus::Done;
  bool recorded = false;
  std::int64_t answers = 0;
  UnixMillis createdAt = 0;
};
/// Newest first, only those that hold answers.
Result<std::vector<CandidateCell>> listEvaluations(store::Connection& connection);

}  // namespace wordsight::ui
