#include "jobs/demo_job.h"

#include <filesystem>
#include <thread>

#include "base/file.h"
#include "jobs/comparison.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {
namespace {

constexpr const char* kDataset = "demo";
constexpr const char* kBenchmark = "demo";
constexpr const char* kPrompt = "demo";

/// A finished run of this kind with this very spec, if there is one.
Result<std::optional<RunId>> finishedRun(const store::Project& project, RunKind kind,
                                         const Json& spec) {
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::RunRepository runs(*connection);
  store::RunFilter filter;
  filter.kind = kind;
  filter.status = RunStatus::Done;
  WORDSIGHT_TRY(const auto rows, runs.list(filter));
  for (const auto& row : rows) {
    WORDSIGHT_TRY(const auto run, runs.get(row.id));
    if (run.spec == spec) return std::optional(run.id);
  }
  return std::optional<RunId>();
}

/// An unfinished part ends the demo: cancelled stays cancelled, not half a table.
Result<RunId> finished(const Result<JobOutcome>& outcome) {
  if (!outcome) return fail(outcome.error());
  if (outcome->status != RunStatus::Done)
    return fail("Stopped. Run the demo on the same project again to go on.", ErrorKind::Cancelled);
  return outcome->run;
}

Status prepareData(const JobContext& context, const DemoSpec& spec, const DemoWorld& world) {
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  if (!store::BenchmarkRepository(*connection).find(kBenchmark)) {
    BenchmarkSpec benchmark;
    benchmark.name = kBenchmark;
    benchmark.annotations = world.items;
    benchmark.images = world.pictures;
    benchmark.command = spec.command;
    WORDSIGHT_CHECK(finished(importBenchmark(context, benchmark)));
  }
  if (const auto dataset = store::DatasetRepository(*connection).find(kDataset)) {
    const auto wanted = spec.scenarios;
    if (dataset->items != wanted)
      return fail("This project has a demo dataset of " + std::to_string(dataset->items) +
                  " scenarios, not " + std::to_string(wanted) + "; choose another project file.");
    return {};
  }
  SynthesisSpec synthesis;
  synthesis.count = spec.scenarios;
  synthesis.seed = spec.seed;
  synthesis.command = spec.command;
  WORDSIGHT_CHECK(finished(synthesize(context, synthesis)));
  CheckSpec check;
  check.command = spec.command;
  WORDSIGHT_CHECK(finished(checkScenarios(context, check)));
  FreezeSpec freeze;
  freeze.name = kDataset;
  freeze.shares = {{"train", 0.9}, {"eval", 0.1}};  // held-out loss and letters while it trains
  freeze.seed = spec.seed;
  freeze.command = spec.command;
  return finished(freezeDataset(context, freeze)).map([](RunId) {});
}

std::filesystem::path worldFolder(const store::Project& project) {
  return project.filesFolder() / "demo";
}

Result<RunId> evaluateCell(const JobContext& context, const EvaluationSpec& evaluation) {
  WORDSIGHT_TRY(const auto before,
                finishedRun(context.project, RunKind::Evaluation, toJson(evaluation)));
  if (before) return *before;
  return finished(evaluate(context, evaluation));
}

Result<RunId> trainOnce(const JobContext& context, const TrainingSpec& training) {
  WORDSIGHT_TRY(const auto before,
                finishedRun(context.project, RunKind::Training, toJson(training)));
  if (before) return *before;
  return finished(trainAdapter(context, training));
}

Status prepare(const JobContext& context, const DemoSpec& spec) {
  WORDSIGHT_TRY(const auto world, unpackDemoWorld(worldFolder(context.project).string()));
  return prepareData(context, spec, world);
}

}  // namespace

Result<std::unique_ptr<FileLock>> lockDemo(const std::filesystem::path& project,
                                           const std::stop_token& stop) {
  // Preparing takes about a second; the window prepares and runs a demo in two jobs.
  constexpr double kPatience = 3;  // seconds
  std::error_code code;
  const auto file = std::filesystem::weakly_canonical(project, code);
  const auto folder = store::filesFolderOf(file.empty() ? project : file);
  WORDSIGHT_CHECK(makeFolder(folder));
  for (const Stopwatch watch;;) {
    WORDSIGHT_TRY(auto lock, FileLock::tryAcquire(folder / "demo.lock"));
    if (lock) return lock;
    if (watch.seconds() > kPatience || stop.stop_requested())
      return fail("Another demo is writing " + project.string() +
                      ": wait until it ends, or give --project another name.",
                  ErrorKind::Busy);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

std::filesystem::path demoModelFolder(const store::Project& project) {
  return worldFolder(project) / "model";
}

// Letters are the hard part for this model, hence their weight. How often it learns them well
// enough rests on steps and rank most; resources/demo/README.md has the figures.
TrainingSpec demoTraining(const store::Project& project, const DemoSpec& spec) {
  TrainingSpec training;
  training.model = demoModelFolder(project).string();
  training.dataset = kDataset;
  training.prompt = kPrompt;
  training.control = spec.control;
  training.threads = spec.threads;
  training.command = spec.command;
  auto& t = training.train;
  t.seed = spec.seed;
  t.maxSteps = spec.steps;
  t.shuffleOptions = true;
  t.choiceWeight = 10;
  t.lora.rank = 32;
  t.lora.alpha = 32;
  t.optimizer.lr = 3e-3;
  t.schedule = {"hold_linear", 10};
  t.batch = {16, 8192};
  t.recompute = "off";
  t.evalEvery = 75;
  t.probeEvery = 75;
  t.saveEvery = 150;
  return training;
}

EvaluationSpec demoEvaluation(const store::Project& project, const DemoSpec& spec,
                              const std::string& adapter, Arm arm) {
  EvaluationSpec evaluation;
  evaluation.model = demoModelFolder(project).string();
  evaluation.adapter = adapter;
  evaluation.label = adapter.empty() ? "base" : spec.control ? "control" : "tuned";
  evaluation.benchmark = kBenchmark;
  evaluation.prompt = kPrompt;
  evaluation.arm = arm;
  evaluation.precision = Precision::F32;
  evaluation.batch = 50;
  evaluation.threads = spec.threads;
  evaluation.command = spec.command;
  return evaluation;
}

Result<JobOutcome> prepareDemo(const JobContext& context, const DemoSpec& spec) {
  WORDSIGHT_TRY(const auto lock, lockDemo(context.project.path(), context.stop));
  WORDSIGHT_CHECK(prepare(context, spec));
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  WORDSIGHT_TRY(const auto dataset, store::DatasetRepository(*connection).find(kDataset));
  return JobOutcome{dataset.run, RunStatus::Done, Json{{"items", dataset.items}}};
}

Result<DemoOutcome> runDemo(const JobContext& context, const DemoSpec& spec) {
  WORDSIGHT_TRY(const auto lock, lockDemo(context.project.path(), context.stop));
  WORDSIGHT_CHECK(prepare(context, spec));
  DemoOutcome outcome;
  constexpr std::array kArms = {Arm::Caption, Arm::Image, Arm::Blind};
  for (const Arm arm : kArms) {
    WORDSIGHT_TRY(const auto run,
                  evaluateCell(context, demoEvaluation(context.project, spec, {}, arm)));
    outcome.runs.push_back(run);
  }
  WORDSIGHT_TRY(outcome.training, trainOnce(context, demoTraining(context.project, spec)));
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  WORDSIGHT_TRY(const auto training, store::RunRepository(*connection).get(outcome.training));
  outcome.trainingSeconds = training.summary.value("training_seconds", 0.0);
  const auto adapter = training.summary.value("adapter", std::string());
  for (const Arm arm : kArms) {
    WORDSIGHT_TRY(const auto run,
                  evaluateCell(context, demoEvaluation(context.project, spec, adapter, arm)));
    outcome.runs.push_back(run);
  }
  WORDSIGHT_TRY(outcome.comparison, compareRuns(*connection, outcome.runs, spec.seed));
  const auto folder = context.project.filesFolder() / "reports";
  WORDSIGHT_CHECK(makeFolder(folder));
  const auto file = folder / (spec.control ? "demo-control.html" : "demo.html");
  WORDSIGHT_CHECK(writeComparisonReport(
      *connection, context.project, outcome.runs, outcome.comparison,
      spec.control ? "Demo: base and shuffled control" : "Demo: base and tuned", file));
  outcome.report = file.string();
  return outcome;
}

}  // namespace wordsight::jobs
