#pragma once
// Where the experiment of a project stands, read in one go away from the window's thread.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/run.h"
#include "eval/stats.h"
#include "store/project.h"

namespace wordsight::ui {

struct DatasetFact {
  std::string name;
  std::int64_t items = 0;
  std::vector<std::pair<std::string, std::int64_t>> splits;
};

/// One measured cell: the latest finished evaluation of its label and arm.
struct CellFact {
  std::string label, arm;
  RunId run;
  eval::Proportion accuracy;
};

struct OverviewFacts {
  std::int64_t scenarios = 0, accepted = 0, rejected = 0, undecided = 0, withIssues = 0;
  std::vector<DatasetFact> datasets;  // newest first
  std::string benchmark;              // the newest one's name; empty: none
  std::int64_t benchmarkItems = 0, picturesFound = 0;
  std::optional<Run> training;  // the newest
  std::vector<double> loss;     // its curve, thinned
  std::string adapter;          // of the newest finished training; empty: none
  std::vector<CellFact> cells;  // base first
  // Pictures, base to the newest other label, when both were measured.
  std::optional<double> difference;
  eval::Interval interval;
  double p = 1;
  int items = 0;
  std::vector<RunId> comparable;  // runs of `cells`
  std::vector<Run> recent;        // five, without specs
  bool demo = false;              // the project that "Open the demo project" makes
};

Result<OverviewFacts> overviewFacts(const store::Project& project, store::Connection& connection);

}  // namespace wordsight::ui
