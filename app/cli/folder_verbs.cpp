// models, merge: model folders, without a project.

#include <filesystem>

#include "infer/merge.h"
#include "infer/model_scan.h"
#include "session.h"
#ifndef WORDSIGHT_HEADLESS
#include "jobs/merge_job.h"
#include "project.h"
#endif

namespace wordsight::cli {
namespace {

std::string describe(const infer::ModelFolder& model) {
  std::string line = model.path.string() + "\n    " + toText(model.kind);
  if (model.name != model.path.filename()) line += " " + model.name;
  if (!model.family.empty()) line += ", " + model.family;
  if (model.hasVision) line += " with vision";
  if (model.parameters > 0) {
    char text[64];
    std::snprintf(text, sizeof text, ", %.1f M parameters, %.1f MB",
                  static_cast<double>(model.parameters) / 1e6,
                  static_cast<double>(model.bytes) / 1e6);
    line += text;
  }
  if (!model.precision.empty()) line += ", " + model.precision;
  if (model.kind == infer::ModelFolder::Kind::Adapter)
    line += ", rank " + std::to_string(model.rank) + " on " + model.base;
  if (!model.dataset.empty())
    line += "\n    trained on " + model.dataset + " in run " + std::to_string(model.run) + " of " +
            model.project;
  if (!model.mergedFrom.empty()) line += "\n    merged from " + model.mergedFrom;
  for (const auto& problem : model.problems) line += "\n    problem: " + problem;
  return line;
}

}  // namespace

void addFolderVerbs(CLI::App& app, Session& session) {
  auto folders = std::make_shared<std::vector<std::string>>();
  auto* models = addVerb(app, session, "models", "What model folders hold, without loading weights",
                         [&session, folders]() -> Result<Json> {
                           const auto outcome = infer::scanModels(
                               {folders->begin(), folders->end()}, session.stop.get_token(),
                               [&](const infer::ModelFolder& model) {
                                 session.console->object(toJson(model));
                                 session.console->line(describe(model));
                               });
                           if (outcome.stopped) return fail("Stopped.", ErrorKind::Cancelled);
                           for (const auto& problem : outcome.problems)
                             session.console->warning(problem);
                           if (outcome.found == 0 && !outcome.problems.empty())
                             return fail(outcome.problems[0]);
                           session.console->line(std::to_string(outcome.found) + " model folders");
                           return Json{{"count", outcome.found}};
                         });
  models->add_option("folders", *folders, "Folders to look through")->required();

  struct MergeOptions {
    infer::MergeSpec spec;
    std::string precision, project;
  };
  auto o = std::make_shared<MergeOptions>();
  auto* merge = addVerb(
      app, session, "merge", "Add an adapter into its base: a normal model folder",
      [&session, o]() -> Result<Json> {
        if (!o->precision.empty())
          o->spec.precision = o->precision == "f32" ? Precision::F32 : Precision::BF16;
#ifndef WORDSIGHT_HEADLESS
        if (!o->project.empty()) {
          WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
          WORDSIGHT_TRY(const auto result, resultOf(jobs::mergeAdapter(contextOf(session, project),
                                                                       o->spec, session.command)));
          session.console->line("Merged into " + o->spec.out);
          return result;
        }
#endif
        const auto sink = session.console->sink();
        Stopwatch sinceLast;
        const auto progress = [&](std::int64_t done, std::int64_t total) {
          if (done > 0 && sinceLast.seconds() < 0.1) return;
          sinceLast.restart();
          sink({RunId(), Progress{"merge", done, total, 0, "tensors", {}}});
        };
        WORDSIGHT_CHECK(infer::mergeAdapter(o->spec, progress, session.stop.get_token()));
        session.console->line("Merged into " + o->spec.out);
        return Json{{"out", o->spec.out}};
      });
  merge->add_option("--model", o->spec.model, "Base folder")->required();
  merge->add_option("--adapter", o->spec.adapter, "Adapter folder (PEFT's format)")->required();
  merge->add_option("--out", o->spec.out, "Folder to make; nothing is overwritten")->required();
  merge
      ->add_option("--precision", o->precision,
                   "Of the merged weights (default: as the base has them)")
      ->check(CLI::IsMember({"f32", "bf16"}));
#ifndef WORDSIGHT_HEADLESS
  merge->add_option("--project", o->project,
                    "Project that keeps the merge as a run (default: none is kept)");
#endif
}

}  // namespace wordsight::cli
