#include "jobs/merge_job.h"

namespace wordsight::jobs {

Result<JobOutcome> mergeAdapter(const JobContext& context, const MergeSpec& spec) {
  const auto emit = [&](auto what) {
    if (context.sink) context.sink(Event{RunId(), std::move(what)});
  };
  const Stopwatch watch;
  Stopwatch sinceLast;
  double paused = 0;
  const auto progress = [&](std::int64_t done, std::int64_t total) {
    if (context.pause && context.pause->paused()) {
      const Stopwatch pause;
      context.pause->wait(context.stop);
      paused += pause.seconds();
    }
    if (done > 0 && done < total && sinceLast.seconds() < 0.1) return;
    sinceLast.restart();
    const double seconds = watch.seconds() - paused;
    emit(Progress{"merge", done, total, seconds > 0.05 ? static_cast<double>(done) / seconds : 0,
                  "tensors"});
  };
  const auto merged = infer::mergeAdapter(spec, progress, context.stop);
  JobOutcome outcome;
  outcome.summary["out"] = spec.out;
  outcome.summary["seconds"] = watch.seconds() - paused;
  if (!merged && merged.error().kind != ErrorKind::Cancelled) {
    emit(Finished{RunStatus::Failed, merged.error().message, outcome.summary});
    return fail(merged.error());
  }
  outcome.status = merged ? RunStatus::Done : RunStatus::Cancelled;
  emit(Finished{outcome.status, {}, outcome.summary});
  return outcome;
}

}  // namespace wordsight::jobs
