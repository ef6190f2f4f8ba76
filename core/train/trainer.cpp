#include "train/trainer.h"

#include <torch/torch.h>

#include <cmath>
#include <new>

#include "train/chunked_loss.h"
#include "train/schedule.h"
#include "train/training_run.h"

namespace wordsight::train {
namespace {

Result<TrainOutcome> run(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks,
                         const std::stop_token& stop) {
  WORDSIGHT_TRY(const auto work, TrainingRun::prepare(spec, input, hooks, stop));
  auto& optimizer = work->optimizer();
  const auto& model = input.model;

  auto begun = work->begin(stop);
  if (!begun && begun.error().kind == ErrorKind::Cancelled) return work->cancelled();
  WORDSIGHT_CHECK(std::move(begun));

  while (work->step() < work->steps()) {
    work->waitWhilePaused();
    if (stop.stop_requested()) return work->cancelled();
    const Stopwatch clock;
    WORDSIGHT_TRY(const StepBatch batch, work->batchOf(work->step()));

    // The gradient of sum(weight * nll) / sum(weights of the whole step), pack by pack.
    optimizer.zeroGradients();
    double sum = 0;
    for (std::size_t i = 0; i < batch.packs.size(); ++i) {
      if (stop.stop_requested()) return work->cancelled();
      const auto& pack = batch.packs[i];
      work->seedDropout(i);
      const auto rows_ND = model.forward(model.embed(pack.ids_T), pack.layout, nullptr,
                                         work->recompute(), pack.wanted_N);
      const auto loss =
          chunkedLoss(model, rows_ND, pack.targets_N, pack.weights_N, batch.weights, true);
      rows_ND.backward(loss.gradient_ND);
      sum += loss.sum;
    }
    const double loss = sum / batch.weights;

    const double gradNorm = optimizer.clipGradients(spec.optimizer.maxGradNorm);
    if (!std::isfinite(loss) || !std::isfinite(gradNorm))
      return fail(work->diverged(loss, gradNorm));
    WORDSIGHT_TRY(const double lr, learningRate(spec, work->step(), work->steps()));
    optimizer.step(lr);

    work->completed(batch, loss, lr, gradNorm, clock.seconds());
    work->waitWhilePaused();
    auto done = work->whatIsDue(stop);
    if (!done && done.error().kind == ErrorKind::Cancelled) return work->cancelled();
    WORDSIGHT_CHECK(std::move(done));
  }
  return work->finished(stop);
}

Error outOfMemory() {
  return {
      "The machine's memory is not enough for this training: lower batch.micro_tokens, set "
      "recompute to on, or "
      "choose a smaller model.",
      ErrorKind::Io};
}

}  // namespace

Result<TrainOutcome> train(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks,
                           std::stop_token stop) {
  try {
    return run(spec, input, hooks, stop);
  } catch (const std::bad_alloc&) {
    return fail(outOfMemory());
  } catch (const c10::Error& error) {
    const std::string what = error.what_without_backtrace();
    if (what.find("allocate memory") != std::string::npos ||
        what.find("out of memory") != std::string::npos)
      return fail(outOfMemory());
    return fail("libtorch could not go on with the training: " + what, ErrorKind::Internal);
  }
}

}  // namespace wordsight::train
