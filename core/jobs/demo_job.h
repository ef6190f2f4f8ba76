#pragma once
// The paper's experiment on the embedded demo world, from nothing to the report.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file_lock.h"
#include "eval/comparison.h"
#include "jobs/job.h"
#include "jobs/model_jobs.h"

namespace wordsight::jobs {

struct DemoSpec {
  std::uint64_t seed = 1;
  int scenarios = 800;  // a tenth of them is held out
  int steps = 675;
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

/// Held while a demo makes or fills `project`, which need not be there yet. A demo that is at work
/// there already is waited for a moment; then the error (Busy) says so.
Result<std::unique_ptr<FileLock>> lockDemo(const std::filesystem::path& project,
                                           const std::stop_token& stop = {});

/// What the demo needs before anybody trains or evaluates: the world unpacked beside the project,
/// its benchmark, the scenarios and the dataset "demo". Parts that are there are left as they are.
/// The outcome's run is that of the dataset.
Result<JobOutcome> prepareDemo(const JobContext& context, const DemoSpec& spec);

/// The checkpoint folder that prepareDemo() unpacks, whether or not it is there yet.
std::filesystem::path demoModelFolder(const store::Project& project);
/// The recipe that was measured for the demo's model (resources/demo/README.md).
TrainingSpec demoTraining(const store::Project& project, const DemoSpec& spec);
/// How the demo asks its model: base, or with an adapter.
EvaluationSpec demoEvaluation(const store::Project& project, const DemoSpec& spec,
                              const std::string& adapter, Arm arm);

/// Synthesizes, checks, freezes, imports the benchmark, evaluates the base, trains, evaluates
/// again, compares. Each part is a run of its own with its own events. What an earlier, interrupted
/// demo in the same project has finished with the same settings is taken as it is.
Result<DemoOutcome> runDemo(const JobContext& context, const DemoSpec& spec);

}  // namespace wordsight::jobs
