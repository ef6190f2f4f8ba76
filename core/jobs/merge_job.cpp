#include "jobs/merge_job.h"

#include <filesystem>

#include "jobs/commands.h"
#include "jobs/records.h"

namespace wordsight::jobs {
namespace {

namespace fs = std::filesystem;

Status checkSpec(MergeSpec& spec) {
  std::error_code code;
  WORDSIGHT_CHECK(checkModelFolder(spec.model));
  WORDSIGHT_CHECK(checkAdapterFolder(spec.adapter));
  if (spec.out.empty()) return fail("Name the folder to merge into.");
  for (std::string* folder : {&spec.model, &spec.adapter, &spec.out})
    if (const auto whole = fs::absolute(*folder, code); !code)
      *folder = whole.lexically_normal().string();
  if (fs::exists(spec.out, code) && !fs::is_empty(spec.out, code))
    return fail(spec.out + " is there already: name a folder that is not, or is empty.");
  return {};
}

}  // namespace

Result<JobOutcome> mergeAdapter(const JobContext& context, const MergeSpec& asked,
                                const std::string& command) {
  MergeSpec spec = asked;
  WORDSIGHT_CHECK(checkSpec(spec));
  Run run;
  run.kind = RunKind::Merge;
  run.name = fs::path(spec.out).filename().string();
  run.command = command.empty() ? commandOf(context.project.path(), spec) : command;
  run.spec = Json{{"model", spec.model}, {"adapter", spec.adapter}, {"out", spec.out}};
  if (spec.precision) run.spec["precision"] = toText(*spec.precision);
  const auto body = [&](RunScope& scope) -> Status {
    scope.summary["out"] = spec.out;
    if (scope.id()) {
      WORDSIGHT_CHECK(rememberModel(scope, spec.model, "base", "base"));
      WORDSIGHT_CHECK(rememberModel(scope, spec.adapter, "adapter", "adapter"));
    }
    const auto progress = [&](std::int64_t done, std::int64_t total) {
      scope.waitWhilePaused("after " + std::to_string(done) + " tensors");
      scope.progress("merge", done, total, "tensors");
    };
    WORDSIGHT_CHECK(infer::mergeAdapter(spec, progress, context.stop));
    return scope.id() ? rememberModel(scope, spec.out, "base", "output") : Status();
  };
  return context.project.mode() == store::OpenMode::ReadOnly ? runUnrecorded(context, body)
                                                             : runJob(context, run, {}, body);
}

}  // namespace wordsight::jobs
