#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/time.h"
#include "train/adamw.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/heap_trim.h"
#include "train/pack.h"
#include "train/samples.h"
#include "train/trainer.h"

namespace wordsight::train {

/// The samples of one optimiser step, packed.
struct StepBatch {
  std::vector<TokenSample> samples;
  std::vector<Pack> packs;
  std::int64_t tokens = 0, counted = 0;
  double weights = 0;  // sum over all counted tokens: what the step's loss is divided by
};

/// Everything around the training loop: what was prepared, where the run is, what it says and
/// saves. Made and used by the training thread; lives no longer than the arguments of train().
class TrainingRun {
 public:
  /// Checks spec and data, tokenises, attaches the adapter, reads the checkpoint to resume from.
  static Result<std::unique_ptr<TrainingRun>> prepare(const TrainSpec& spec,
                                                      const TrainInput& input,
                                                      const TrainHooks& hooks,
                                                      const std::stop_token& stop);

  std::int64_t step() const { return m_state.step; }
  std::int64_t steps() const { return m_order.steps(); }
  AdamW& optimizer() { return *m_optimizer; }
  bool recompute() const { return m_recompute; }

  Result<StepBatch> batchOf(std::int64_t step);
  /// Dropout depends on seed, step and pack only, so that a resumed run drops the same values.
  void seedDropout(std::size_t pack) const;

  /// The step is done: counts it and says so.
  void completed(const StepBatch& batch, double loss, double lr, double gradNorm, double seconds);
  /// Lets the caller's hook hold the run between two steps.
  void waitWhilePaused();
  /// Held-out loss, probe, answers and checkpoint, each when it is due after the present step.
  Status whatIsDue(const std::stop_token& stop);
  /// Before the first step: what the first batch looks like, and where the base stands.
  Status begin(const std::stop_token& stop);

  /// The three ends of a run.
  Result<TrainOutcome> cancelled();
  Error diverged(double loss, double gradNorm);
  Result<TrainOutcome> finished(const std::stop_token& stop);

 private:
  TrainingRun(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks);
  Status attachAdapter();
  Status resumeOrBegin();
  void decideRecompute();
  Status evaluate(bool loss, bool probe, const std::stop_token& stop);
  Status save(bool mustSucceed);
  Status saveFinished(const Json& record, const std::stop_token& stop);
  TrainOutcome outcome() const;
  double seconds() const { return m_state.seconds + m_clock.seconds() - m_pausedSeconds; }
  void sayKeptOrders() const;
  void say(LogLine::Level level, const std::string& text) const;

  const TrainSpec& m_spec;
  const TrainInput& m_input;
  const TrainHooks& m_hooks;
  SampleMaker m_maker;
  Order m_order;
  std::vector<TokenSample> m_stored, m_heldOut;
  Probe m_probe;
  std::unique_ptr<AdamW> m_optimizer;
  torch::Tensor m_positions;
  bool m_recompute = false;
  RunIdentity m_identity;
  RunState m_state;
  std::optional<double> m_evalLoss;  // of the present step
  std::unique_ptr<FileLock> m_lock;  // of the output folder
  std::int64_t m_savedStep = -1;     // the newest complete checkpoint of this run
  std::int64_t m_retryStep = -1;     // when a checkpoint that failed is tried again
  int m_unsaved = 0;                 // tries that failed since the last good one
  Stopwatch m_clock;           // since this call; m_state.seconds holds what was before a resume
  double m_pausedSeconds = 0;  // of this call
  HeapTrim m_heap;
};

}  // namespace wordsight::train
