#pragma once
// Jobs that use models: train, evaluate, recorded answers.

#include <optional>
#include <string>
#include <vector>

#include "domain/decision_prompt.h"
#include "domain/train_spec.h"
#include "infer/answerer.h"
#include "jobs/job.h"

namespace wordsight::store {
struct RunRow;
}

namespace wordsight::jobs {

struct TrainingSpec {
  std::string model;    // checkpoint folder
  std::string dataset;  // name of a frozen dataset: split "train" is trained on, "eval" is held out
                        // (loss, probe)
  std::string prompt = "default";
  TrainSpec train;
  std::string out;  // adapter's folder; empty: NAME.files/runs/N
  bool control =
      false;  // shuffled keys and rationales: what is learned without a decision to learn
  int probeItems = 100;  // held-out items whose letters are scored every probe_every steps
  int threads = 0;
  std::string command;
};
Json toJson(const TrainingSpec& spec);
Result<TrainingSpec> trainingSpecFromJson(const Json& json);

/// Summary: "adapter" (folder), "steps", "final_loss", "tokens", "update_norms", "module_norms",
/// "changed_modules" (of the base: none), … Stopped: a checkpoint of the last whole step; resume
/// goes on from the newest checkpoint, bit for bit.
Result<JobOutcome> trainAdapter(const JobContext& context, const TrainingSpec& spec,
                                std::optional<RunId> resume = {});

struct EvaluationSpec {
  std::string model, adapter;  // folders; adapter may be empty
  std::string label;           // "base", "tuned", …; empty: by whether there is an adapter
  std::string benchmark = "viva";
  std::string prompt = "default";
  Arm arm = Arm::Caption;
  infer::Scoring scoring = infer::Scoring::LogProb;
  infer::GenerateOptions generate;
  Precision precision = Precision::BF16;
  int shifts = 1;  // ask each item this often, options moved on by 0, 1, … places
  int limit = 0;   // first so many usable items; 0: all
  int batch = 16;  // items at once
  int threads = 0;
  std::string command;
};
Json toJson(const EvaluationSpec& spec);
Result<EvaluationSpec> evaluationSpecFromJson(const Json& json);

/// Answers are stored batch by batch as they come; resume asks only what has no answer yet.
/// Summary: "accuracy", "low", "high", "n", "right", "unread", "no_picture", "items_per_s".
Result<JobOutcome> evaluate(const JobContext& context, const EvaluationSpec& spec,
                            std::optional<RunId> resume = {});

struct RecordedSpec {
  std::string file, name, benchmark = "viva";
  Arm arm = Arm::Image;
  std::string command;
};
/// Answers that somebody else's model gave, as an evaluation run of their own.
Result<JobOutcome> importRecorded(const JobContext& context, const RecordedSpec& spec);

/// What the summary of an evaluation says, from its stored choices: right, n and the interval over
/// items (however often each was asked: "answers"), with people's overrides counted ("overridden":
/// how many; "by_rule": the figures without them, when there are any).
Result<Json> evaluationSummary(store::Connection& connection, RunId run);

/// A summary is stored when its run ends, overrides come later: puts evaluationSummary() of those
/// runs that have overrides into their summaries. The stored ones stay as they are. Reads answers
/// of overridden runs only.
Status countOverrides(store::Connection& connection, const std::vector<Run*>& runs);
Status countOverrides(store::Connection& connection, std::vector<store::RunRow>& rows);

}  // namespace wordsight::jobs
