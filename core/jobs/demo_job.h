#pragma once
// The paper's experiment on the embedded demo world, from nothing to the report.

#include <string>
#include <vector>

#include "eval/comparison.h"
#include "jobs/job.h"

namespace wordsight::jobs {

struct DemoSpec {
  std::uint64_t seed = 1;
  int scenarios = 800;
  int steps = 450;
  bool control = false;  // train on shuffled keys: the mechanism must then show nothing
  int threads = 0;
  std::string command;
};

struct DemoOutcome {
  eval::Comparison comparison;  // {base, tuned} × {caption, image, blind}
  std::vector<RunId> runs;      // the six evaluations
  RunId training;
  double trainingSeconds = 0;
  std::string report;  // HTML file
};

/// Synthesizes, checks, freezes, imports the benchmark, evaluates the base, trains, evaluates
/// again, compares. Each part is a run of its own with its own events. What an earlier, interrupted
/// demo in the same project has finished with the same settings is taken as it is.
Result<DemoOutcome> runDemo(const JobContext& context, const DemoSpec& spec);

}  // namespace wordsight::jobs
