#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/hash.h"
#include "jobs/model_jobs.h"
#include "jobs/records.h"
#include "jobs/resources.h"
#include "jobs/train_cost.h"
#include "jobs/training_data.h"
#include "store/checkpoint_repository.h"
#include "store/dataset_repository.h"
#include "store/metric_repository.h"
#include "store/run_repository.h"
#include "train/session.h"

namespace wordsight::jobs {
namespace {

/// Turns what the trainer says into events and stored points.
class Recorder {
 public:
  explicit Recorder(RunScope& scope) : m_scope(scope) {}

  /// The run goes on after this step: its first points supersede those of the attempt before.
  void resumedAfter(std::int64_t step) { m_resumedAfter = step; }

  train::TrainHooks hooks() {
    train::TrainHooks hooks;
    hooks.onStep = [this](const StepMetrics& m) { step(m); };
    hooks.onEval = [this](const EvalMetrics& m) { eval(m); };
    hooks.onSample = [this](const Sample& sample) {
      keep(store::RunRepository(m_scope.connection()).appendSample(m_scope.id(), sample));
      m_scope.emit(sample);
    };
    hooks.onLog = [this](const LogLine& line) { m_scope.log(line.level, line.text); };
    hooks.onBetweenSteps = [this](std::int64_t step) {
      return m_scope.waitWhilePaused(step == 0 ? "before the first step"
                                               : "after step " + std::to_string(step));
    };
    hooks.onCheckpoint = [this](const Checkpoint& checkpoint) -> Status {
      Checkpoint row = checkpoint;
      row.run = m_scope.id();
      row.createdAt = nowMillis();
      // The folder is complete; a resume finds it even when a full disk has no place for its row.
      keep(store::CheckpointRepository(m_scope.connection()).add(row).map([](CheckpointId) {}));
      return {};
    };
    return hooks;
  }
  /// The first thing that could not be stored.
  const Status& status() const { return m_status; }
  /// Tokens of this call's steps and the seconds that they took, evaluations not counted.
  std::int64_t stepTokens() const { return m_stepTokens; }
  double stepSeconds() const { return m_stepSeconds; }

 private:
  void keep(const Status& status) {
    if (!status && m_status) m_status = status;
  }
  void append(const std::vector<MetricPoint>& points) {
    const auto stored = store::MetricRepository(m_scope.connection())
                            .appendMany(m_scope.id(), points, m_resumedAfter);
    if (stored) m_resumedAfter.reset();
    keep(stored);
  }
  void step(const StepMetrics& m) {
    const auto point = [&](const char* name, double value) {
      return MetricPoint{name, m.step, m.samples, m.tokens, m.seconds, value};
    };
    const std::vector<MetricPoint> points = {
        point("loss", m.loss), point("lr", m.lr), point("grad_norm", m.gradNorm),
        point("tokens_per_s", m.tokensPerSecond), point("memory_mib", m.memoryMiB)};
    append(points);
    if (m.tokensPerSecond > 0 && m_lastTokens >= 0) {
      m_stepTokens += m.tokens - m_lastTokens;
      m_stepSeconds += static_cast<double>(m.tokens - m_lastTokens) / m.tokensPerSecond;
    }
    m_lastTokens = m.tokens;
    m_scope.emit(m);
    m_scope.progress("train", m.step, m.totalSteps, "steps");
  }
  void eval(const EvalMetrics& m) {
    std::vector<MetricPoint> points;
    if (m.evalLoss)
      points.push_back({"eval_loss", m.step, m.samples, m.tokens, m.seconds, *m.evalLoss});
    if (m.probeAccuracy)
      points.push_back(
          {"probe_accuracy", m.step, m.samples, m.tokens, m.seconds, *m.probeAccuracy});
    append(points);
    m_scope.emit(m);
  }
  RunScope& m_scope;
  Status m_status;
  std::optional<std::int64_t> m_resumedAfter;
  std::int64_t m_lastTokens = -1, m_stepTokens = 0;  // the first step warms up and does not count
  double m_stepSeconds = 0;
};

/// What later estimates of time rest on: how fast the steps themselves were.
void describeSpeed(Json& summary, const TrainingSpec& spec, const train::TrainOutcome& outcome,
                   const Recorder& recorder) {
  const auto shape = infer::readModelShape(spec.model);
  if (!shape || recorder.stepSeconds() <= 0 || outcome.samples == 0) return;
  const double meanLength =
      static_cast<double>(outcome.tokens) / static_cast<double>(outcome.samples);
  const double tokensPerSecond =
      static_cast<double>(recorder.stepTokens()) / recorder.stepSeconds();
  const auto cost = train::estimateCost(costShape(*shape, spec.train), 1, meanLength);
  summary["tokens_per_s"] = tokensPerSecond;
  summary["flops_per_s"] = tokensPerSecond * cost.flopsPerToken;
}

void describe(Json& summary, const train::TrainOutcome& outcome, const std::string& out) {
  summary["adapter"] = out;
  summary["steps"] = outcome.steps;
  summary["samples"] = outcome.samples;
  summary["tokens"] = outcome.tokens;
  summary["counted_tokens"] = outcome.countedTokens;
  summary["final_loss"] = outcome.finalLoss;
  summary["training_seconds"] = outcome.seconds;
  summary["update_norms"] = outcome.updateNorms;
  summary["module_norms"] = outcome.moduleNorms;
  Json changed = Json::array();
  for (const auto& [module, hash] : outcome.hashesBefore) {
    const auto after = outcome.hashesAfter.find(module);
    if (after == outcome.hashesAfter.end() || after->second != hash) changed.push_back(module);
  }
  summary["changed_modules"] = changed;
  summary["modules_hashed"] = outcome.hashesBefore.size();
}

/// The newest checkpoint of a run that is taken up: of its rows, or (when there was no place for
/// the row) of its folder. Step -1: there is none, so it begins again.
Result<train::SavedStep> checkpointToResume(RunScope& scope, const std::filesystem::path& out) {
  train::SavedStep from{-1, {}};
  WORDSIGHT_TRY(const auto row, store::CheckpointRepository(scope.connection()).newest(scope.id()));
  if (row) from = {row->step, scope.connection().resolvedPath(row->folder)};
  if (auto onDisk = train::newestCheckpoint(out); onDisk && onDisk->step > from.step)
    from = std::move(*onDisk);
  scope.log(LogLine::Level::Info, from.step < 0
                                      ? "There was no checkpoint yet: starting again."
                                      : "Going on after step " + std::to_string(from.step) + ".");
  return from;
}

Status trainInto(RunScope& scope, TrainingSpec spec, bool resumed) {
  store::RunRepository runs(scope.connection());
  store::DatasetRepository datasets(scope.connection());
  WORDSIGHT_TRY(const auto dataset, datasets.find(spec.dataset));
  WORDSIGHT_CHECK(runs.linkDataset(scope.id(), dataset.id));
  WORDSIGHT_CHECK(rememberModel(scope, spec.model, "base", "base"));
  WORDSIGHT_TRY(const auto prompt, rememberPrompt(scope, spec.prompt));
  scope.summary["dataset_hash"] = dataset.hash;
  scope.summary["prompt_hash"] = prompt.hash;
  WORDSIGHT_TRY(const auto data, trainingData(scope.connection(), spec, dataset, prompt));
  train::TrainRequest request;
  request.spec = spec.train;
  request.model = spec.model;
  request.out = spec.out.empty()
                    ? scope.project().filesFolder() / "runs" / std::to_string(scope.id().value)
                    : std::filesystem::path(spec.out);
  request.threads = spec.threads;
  request.origin = Json{{"project", scope.project().path().string()},
                        {"run", scope.id().value},
                        {"dataset", spec.dataset},
                        {"dataset_hash", dataset.hash},
                        {"prompt", spec.prompt},
                        {"control", spec.control}};
  Recorder recorder(scope);
  if (resumed) {
    WORDSIGHT_TRY(const auto from, checkpointToResume(scope, request.out));
    request.resume = from.folder;
    recorder.resumedAfter(from.step);
  }
  WORDSIGHT_TRY(const auto outcome,
                train::trainFolder(request, data, recorder.hooks(), scope.stop()));
  if (!recorder.status())  // the adapter is there: that is what counts
    scope.log(LogLine::Level::Warning,
              "Not all of the run's record could be stored: " + recorder.status().error().message);
  describe(scope.summary, outcome, request.out.string());
  describeSpeed(scope.summary, spec, outcome, recorder);
  if (outcome.cancelled) {
    scope.summary["stopped"] = true;
    return {};
  }
  scope.summary.erase("stopped");
  return rememberModel(scope, request.out.string(), "adapter", "output");
}

}  // namespace

Json toJson(const TrainingSpec& spec) {
  return Json{{"model", spec.model},
              {"dataset", spec.dataset},
              {"prompt", spec.prompt},
              {"train", toJson(spec.train)},
              {"out", spec.out},
              {"control", spec.control},
              {"probe_items", spec.probeItems},
              {"threads", spec.threads}};
}

Result<TrainingSpec> trainingSpecFromJson(const Json& json) {
  TrainingSpec spec;
  ObjectReader in(json, "training spec");
  in.require("model", spec.model)
      .require("dataset", spec.dataset)
      .read("prompt", spec.prompt)
      .read("out", spec.out)
      .read("control", spec.control)
      .read("probe_items", spec.probeItems, 0, 1'000'000)
      .read("threads", spec.threads, 0, 4096);
  const Json* train = in.member("train");
  WORDSIGHT_CHECK(in.finish());
  if (train) {
    WORDSIGHT_TRY(spec.train, trainSpecFromJson(*train, "training spec: train"));
  }
  return spec;
}

Result<JobOutcome> trainAdapter(const JobContext& context, const TrainingSpec& asked,
                                std::optional<RunId> resume) {
  TrainingSpec spec = asked;
  Run run;
  if (resume) {
    WORDSIGHT_TRY(run, resumableRun(context.project, *resume, RunKind::Training));
    WORDSIGHT_TRY(spec, trainingSpecFromJson(run.spec));
  } else {
    WORDSIGHT_CHECK(checkModelFolder(spec.model));
    WORDSIGHT_CHECK(checkDataset(context.project, spec.dataset));
    WORDSIGHT_CHECK(decisionPromptText(spec.prompt));
    if (!spec.out.empty()) WORDSIGHT_CHECK(train::checkOutputFolder(spec.out));
    run.kind = RunKind::Training;
    run.name = std::filesystem::path(spec.model).filename().string() + " on " + spec.dataset +
               (spec.control ? " (shuffled control)" : "");
    run.command = spec.command;
    run.spec = toJson(spec);
  }
  return runJob(context, run, resume,
                [&](RunScope& scope) { return trainInto(scope, spec, resume.has_value()); });
}

}  // namespace wordsight::jobs
