// demo, train, eval, compare.

#include <filesystem>

#include "base/file.h"
#include "eval/export_table.h"
#include "jobs/comparison.h"
#include "jobs/demo_job.h"
#include "jobs/model_jobs.h"
#include "jobs/report_job.h"
#include "project.h"
#include "server_verbs.h"
#include "store/run_repository.h"
#include "usage.h"

namespace wordsight::cli {
namespace {

std::string pathOrEmpty(const std::string& path) {
  return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

/// Makes the project file unless it is there. Of two demos that begin at once, one makes it.
Status makeDemoProject(const std::string& file) {
  std::error_code code;
  if (const auto folder = std::filesystem::path(file).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder, code);
  WORDSIGHT_TRY(auto lock, jobs::lockDemo(file));
  if (std::filesystem::exists(file, code)) return {};
  auto made = store::Project::create(file).map([](const auto&) {});
  if (!made) {
    lock.reset();
    std::filesystem::remove(store::filesFolderOf(file), code);  // when it is empty
  }
  return made;
}

void addDemo(CLI::App& app, Session& session) {
  struct Options {
    std::string project = "demo.wordsight";
    jobs::DemoSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb = addVerb(
      app, session, "demo", "The whole experiment on the embedded demo world",
      [&session, o]() -> Result<Json> {
        jobs::DemoSpec spec = o->spec;
        spec.threads = session.threads;
        spec.command = session.command;
        WORDSIGHT_CHECK(makeDemoProject(o->project));
        WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
        const Stopwatch watch;
        WORDSIGHT_TRY(const auto outcome, jobs::runDemo(contextOf(session, project), spec));
        auto& console = *session.console;
        console.line("\n" + eval::renderTable(outcome.comparison.cells));
        console.line(eval::renderPairs(outcome.comparison));
        console.line("Training took " + humanDuration(outcome.trainingSeconds) + ", everything " +
                     humanDuration(watch.seconds()) + ".\nProject: " + project.path().string() +
                     "\nReport:  " + outcome.report);
        Json json = eval::toJson(outcome.comparison);
        json["project"] = project.path().string();
        json["report"] = outcome.report;
        json["training_run"] = outcome.training.value;
        json["training_seconds"] = outcome.trainingSeconds;
        json["seconds"] = watch.seconds();
        return json;
      });
  verb->add_option("--project", o->project, "Project file; made when it is not there");
  verb->add_option("--seed", o->spec.seed, "Seed of everything drawn");
  verb->add_option("--scenarios", o->spec.scenarios, "Scenarios to synthesize")
      ->check(CLI::Range(20, 1'000'000));
  verb->add_option("--steps", o->spec.steps, "Training steps")->check(CLI::Range(1, 1'000'000));
  verb->add_flag("--control", o->spec.control, "Train on shuffled keys: nothing should be learned");
}

Result<Json> trainInProject(Session& session, const TrainOptions& o) {
  jobs::TrainingSpec spec;
  std::optional<RunId> resume;
  if (!o.resume.empty()) {
    WORDSIGHT_TRY(resume, runIdFromText(o.resume));
  } else {
    if (o.model.empty()) return fail("Training needs --model DIR.");
    if (o.dataset.empty())
      return fail("Training in a project needs --dataset NAME; `freeze` makes one.");
  }
  spec.model = pathOrEmpty(o.model);
  spec.dataset = o.dataset;
  spec.prompt = o.prompt.ends_with(".json") ? pathOrEmpty(o.prompt) : o.prompt;
  spec.out = pathOrEmpty(o.out);
  spec.control = o.control;
  spec.probeItems = o.probeItems;
  spec.threads = session.threads;
  spec.command = session.command;
  WORDSIGHT_TRY(spec.train, trainSpecOf(o));
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto result,
                resultOf(jobs::trainAdapter(contextOf(session, project), spec, resume),
                         "train " + o.project));
  session.console->line("Run " + std::to_string(result.value("run", 0)) + ": " +
                        std::to_string(result.value("steps", 0)) + " steps in " +
                        humanDuration(result.value("training_seconds", 0.0)) + ", last loss " +
                        result["final_loss"].dump() +
                        "\nAdapter: " + result.value("adapter", std::string()));
  return result;
}

void addTrain(CLI::App& app, Session& session) {
  auto o = std::make_shared<TrainOptions>();
  auto* verb = addVerb(
      app, session, "train", "Train a LoRA adapter on the language part, text only",
      [&session, o]() -> Result<Json> {
        if (o->data.empty() && o->project.empty())
          return fail("Name a project, or train without one: --data FILE.jsonl.");
        if (!o->data.empty() && !o->project.empty())
          return fail(
              "Give a project with --dataset, or --data FILE.jsonl without a project, not both.");
        return o->data.empty() ? trainInProject(session, *o) : trainWithoutProject(session, *o);
      });
  verb->add_option("project", o->project, "Project file");
  verb->add_option("--dataset", o->dataset,
                   "Frozen dataset: its split train is learned, eval is held out");
  addTrainOptions(*verb, *o);
  verb->add_flag("--control", o->control, "Shuffle keys and rationales first: a control");
  verb->add_option("--probe-items", o->probeItems,
                   "Held-out items whose letters are scored while training")
      ->check(CLI::Range(0, 1'000'000));
  verb->add_option("--resume", o->resume,
                   "Go on with this run (with --data: from this checkpoint folder)");
}

/// "Run 7: 71.2 % right (68.6 to 73.6), n = 1240, each asked 5 times, 3 not readable."
std::string evaluationLine(const Json& result) {
  char text[200];
  const int n = result.value("n", 0), answers = result.value("answers", n);
  std::snprintf(text, sizeof text, "Run %d: %.1f %% right (%.1f to %.1f), n = %d",
                result.value("run", 0), 100 * result.value("accuracy", 0.0),
                100 * result.value("low", 0.0), 100 * result.value("high", 0.0), n);
  std::string line = text;
  if (answers > n)
    line += " items, " + std::to_string(answers) +
            " answers (the options moved on each time) made into one an item";
  line += ", " + std::to_string(result.value("unread", 0)) + " not readable.";
  if (const int left = result.value("not_joined", 0); left > 0)
    line += " " + std::to_string(left) + " of " + std::to_string(result.value("records", 0)) +
            " entries of the file were left out: the warnings say why.";
  return line;
}

void addEval(CLI::App& app, Session& session) {
  struct Options {
    std::string project, arm = "caption", scoring = "logprob", precision = "bf16", resume, recorded,
                         name;
    jobs::EvaluationSpec spec;
    std::vector<CLI::Option*> ofAsking;  // these say nothing about recorded answers

    Status checkRecorded() const {
      if (name.empty()) return fail("Recorded answers need --name: what their model is called.");
      for (const auto* option : ofAsking)
        if (option->count() > 0)
          return fail(
              option->get_name() +
              " is for asking a model, but --recorded reads answers that are there already: "
              "leave one of the two out.");
      return {};
    }
  };
  auto o = std::make_shared<Options>();
  auto* verb =
      addVerb(app, session, "eval", "Ask a model every item of a benchmark",
              [&session, o]() -> Result<Json> {
                WORDSIGHT_TRY(const auto arm, armFromText(o->arm));
                WORDSIGHT_TRY(const auto scoring, infer::scoringFromText(o->scoring));
                std::optional<RunId> resume;
                if (!o->resume.empty()) {
                  WORDSIGHT_TRY(resume, runIdFromText(o->resume));
                }
                if (!resume && o->recorded.empty() && o->spec.model.empty())
                  return fail(
                      "Evaluation needs --model DIR, or --recorded FILE with answers that somebody "
                      "else's model gave.");
                WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
                const auto context = contextOf(session, project);
                Result<jobs::JobOutcome> outcome = fail("");
                if (!o->recorded.empty()) {
                  WORDSIGHT_CHECK(o->checkRecorded());
                  outcome = jobs::importRecorded(
                      context, {o->recorded, o->name, o->spec.benchmark, arm, session.command});
                } else {
                  jobs::EvaluationSpec spec = o->spec;
                  spec.model = pathOrEmpty(spec.model);
                  spec.adapter = pathOrEmpty(spec.adapter);
                  spec.label = o->name;
                  spec.arm = arm;
                  spec.scoring = scoring;
                  spec.precision = o->precision == "f32" ? Precision::F32 : Precision::BF16;
                  spec.threads = session.threads;
                  spec.command = session.command;
                  outcome = jobs::evaluate(context, spec, resume);
                }
                WORDSIGHT_TRY(const auto result, resultOf(outcome, "eval " + o->project));
                session.console->line(evaluationLine(result));
                return result;
              });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("--model", o->spec.model, "Model folder");
  verb->add_option("--adapter", o->spec.adapter,
                   "Adapter folder (PEFT's format; default: the base alone)");
  verb->add_option("--benchmark", o->spec.benchmark, "Benchmark of this project");
  verb->add_option("--arm", o->arm, "What of an item is shown: image, caption or blind");
  verb->add_option("--scoring", o->scoring,
                   "How it is answered: logprob (of the letters) or generate");
  verb->add_option("--prompt", o->spec.prompt, "Wording: default, demo, or a JSON file");
  verb->add_option("--precision", o->precision, "Of the model's weights")
      ->check(CLI::IsMember({"f32", "bf16"}));
  verb->add_option("--shifts", o->spec.shifts,
                   "Ask each item this often, options moved on by one each time")
      ->check(CLI::Range(1, kMaxOptions));
  verb->add_option("--limit", o->spec.limit, "Only the first so many items; 0: all")
      ->check(CLI::Range(0, 1'000'000'000));
  verb->add_option("--batch", o->spec.batch, "Items in one forward pass")
      ->check(CLI::Range(1, 4096));
  verb->add_option("--max-tokens", o->spec.generate.maxTokens, "Most tokens of a generated answer")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--temperature", o->spec.generate.temperature, "Of sampling; 0: greedy")
      ->check(CLI::Range(0.0, 100.0));
  verb->add_option("--top-p", o->spec.generate.topP,
                   "Sample from the likeliest tokens of this total share; 1: all")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--top-k", o->spec.generate.topK,
                   "Sample from this many likeliest tokens; 0: all")
      ->check(CLI::Range(0, 1'000'000));
  verb->add_option("--min-p", o->spec.generate.minP,
                   "Least share of the likeliest token's probability; 0: any")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--repetition-penalty", o->spec.generate.repetitionPenalty,
                   "Divides the scores of tokens that are there already; 1: none")
      ->check(CLI::Range(0.01, 100.0));
  verb->add_option("--seed", o->spec.generate.seed, "Seed of the sampling");
  for (const char* name : {"--model", "--adapter", "--scoring", "--prompt", "--precision",
                           "--shifts", "--limit", "--batch", "--max-tokens", "--temperature",
                           "--top-p", "--top-k", "--min-p", "--repetition-penalty", "--seed"})
    o->ofAsking.push_back(verb->get_option(name));
  verb->add_option("--recorded", o->recorded, "File of answers that somebody else's model gave");
  verb->add_option("--name,--label", o->name,
                   "What the model is called in tables (default: base or tuned)");
  verb->add_option("--resume", o->resume, "Go on with this run; its own settings count");
}

struct CompareOptions {
  std::string project, html, itemsCsv, cellsCsv, latex;
  std::vector<std::string> runs;
  std::uint64_t seed = 1;
  bool allPairs = false, overwrite = false;
};

/// The files that were asked for.
Status writeComparison(Session& session, const CompareOptions& o, store::Connection& connection,
                       const store::Project& project, const std::vector<RunId>& runs,
                       const eval::Comparison& comparison, Json& json) {
  const std::string title = project.path().stem().string() + ": comparison";
  WORDSIGHT_TRY(const auto info, jobs::reportInfo(connection, project, runs, title));
  const auto wrote = [&](const char* what, const std::string& key, const std::string& file) {
    session.console->line(std::string(what) + ": " + file);
    json[key] = file;
  };
  // The comparison's own run; its report has all pairs, because its reader chooses among them.
  WORDSIGHT_TRY(const auto run,
                resultOf(jobs::writeReport(contextOf(session, project),
                                           {runs, title, o.html, o.seed, session.command})));
  if (const int id = run.value("run", 0); id > 0) json["run"] = id;
  if (!o.html.empty()) {
    json["pictures"] = run.value("pictures", 0);
    json["pictures_missing"] = run.value("pictures_missing", 0);
    wrote("Report", "report", o.html);
  }
  if (!o.itemsCsv.empty()) {
    WORDSIGHT_CHECK(writeFileAtomically(o.itemsCsv, eval::itemsCsv(comparison)));
    wrote("Items", "items_csv", o.itemsCsv);
  }
  if (!o.cellsCsv.empty()) {
    WORDSIGHT_CHECK(writeFileAtomically(o.cellsCsv, eval::cellsCsv(comparison, info.published)));
    wrote("Cells", "cells_csv", o.cellsCsv);
  }
  if (!o.latex.empty()) {
    eval::LatexOptions cells{info.benchmark + ": accuracy", "tab:cells", info.published};
    eval::LatexOptions pairs{info.benchmark + ": differences between cells", "tab:pairs", false};
    WORDSIGHT_CHECK(writeFileAtomically(
        o.latex, eval::cellsLatex(comparison, cells) + "\n" + eval::pairsLatex(comparison, pairs)));
    wrote("Tables", "latex", o.latex);
  }
  return {};
}

void addCompare(CLI::App& app, Session& session) {
  auto o = std::make_shared<CompareOptions>();
  auto* verb =
      addVerb(app, session, "compare", "Evaluations side by side", [&session, o]() -> Result<Json> {
        std::vector<RunId> runs;
        for (const auto& text : o->runs) {
          WORDSIGHT_TRY(const auto id, runIdFromText(text));
          runs.push_back(id);
        }
        for (const auto& file : {o->html, o->itemsCsv, o->cellsCsv, o->latex})
          WORDSIGHT_CHECK(mayWrite(file, o->overwrite));
        WORDSIGHT_TRY(const auto project, openForRecord(session, o->project));
        WORDSIGHT_TRY(const auto connection, project.connect());
        if (runs.empty()) {
          WORDSIGHT_TRY(runs, jobs::latestEvaluations(*connection));
        }
        WORDSIGHT_TRY(const auto comparison,
                      jobs::compareRuns(*connection, runs, o->seed, eval::Bootstrap::Now,
                                        o->allPairs ? eval::Pairs::All : eval::Pairs::Usual));
        session.console->line(eval::renderTable(comparison.cells));
        for (const auto& remark : eval::remarksOn(comparison)) session.console->line(remark + "\n");
        session.console->line(eval::renderPairs(comparison));
        const auto cells = comparison.cells.size(), all = cells * (cells - 1) / 2;
        if (comparison.pairs.size() < all)
          session.console->line(std::to_string(comparison.pairs.size()) + " of " +
                                std::to_string(all) + " pairs; --all-pairs shows every one.");
        Json json = eval::toJson(comparison);
        json["all_pairs"] = comparison.pairs.size() == all;
        WORDSIGHT_CHECK(writeComparison(session, *o, *connection, project, runs, comparison, json));
        return json;
      });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("runs", o->runs, "Numbers of evaluations (default: the latest of each cell)");
  verb->add_option("--html", o->html, "Write a report with pictures into this file");
  verb->add_option("--csv", o->itemsCsv, "Write a row for each item and cell into this file");
  verb->add_option("--cells-csv", o->cellsCsv, "Write a row for each cell into this file");
  verb->add_option("--latex", o->latex, "Write tables for LaTeX (booktabs) into this file");
  verb->add_flag(
      "--all-pairs", o->allPairs,
      "Test each two cells (default: against the base model of the same arm, and captions "
      "against pictures)");
  verb->add_option("--seed", o->seed, "Seed of the bootstrap");
  addOverwrite(*verb, o->overwrite);
}

}  // namespace

void addModelVerbs(CLI::App& app, Session& session) {
  addDemo(app, session);
  addTrain(app, session);
  addEval(app, session);
  addCompare(app, session);
}

}  // namespace wordsight::cli
