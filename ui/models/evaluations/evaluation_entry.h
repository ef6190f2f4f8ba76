#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/run.h"
#include "jobs/model_jobs.h"
#include "store/connection.h"

namespace wordsight::ui {

/// Which question an evaluation answers: this model with this adapter (or none), asked about this
/// benchmark in this way. Recorded answers have no model; their file stands for it.
struct CellKey {
  std::string benchmark, model, adapter;
  Arm arm = Arm::Caption;
  bool operator==(const CellKey&) const = default;
};

/// One evaluation of the project.
struct EvaluationEntry {
  RunId run;
  RunStatus status = RunStatus::Queued;
  jobs::EvaluationSpec spec;           // of recorded answers: label, benchmark and arm
  std::string recorded;                // the file of recorded answers; empty: a model was asked
  Tally tally;                         // n = 0: nothing answered yet
  std::int64_t unread = 0, asked = 0;  // answers without a letter; items that are asked
  double itemsPerSecond = 0;
  std::string command, error;
  UnixMillis createdAt = 0, finishedAt = 0;

  CellKey key() const;
  /// Whether it was stopped before its end and can go on.
  bool resumable() const;
  /// What decides its numbers, besides its cell, is the same.
  bool sameSettings(const jobs::EvaluationSpec& other) const;
};

/// All evaluations, newest first. Reads answers only of those that did not come to their end.
Result<std::vector<EvaluationEntry>> loadEvaluations(store::Connection& connection);

/// How the accuracy of a run narrowed, answer by answer in the order they came; at most `most`
/// points, the last one always.
Result<std::vector<Tally>> loadNarrowing(store::Connection& connection, RunId run,
                                         std::size_t most = 1000);

}  // namespace wordsight::ui
