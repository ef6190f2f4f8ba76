// runs: what was done in a project. override: a person's reading of an answer.

#include <set>

#include "base/file.h"
#include "domain/scenario.h"
#include "jobs/lineage.h"
#include "jobs/model_jobs.h"
#include "project.h"
#include "store/checkpoint_repository.h"
#include "store/metric_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"
#include "usage.h"

namespace wordsight::cli {
namespace {

struct RunOptions {
  std::string project, kind, status, text, out, item, letter, note, tag;
  std::vector<std::string> ids, tags, untags;
  bool starred = false, star = false, unstar = false, overwrite = false, withdraw = false;
  CLI::Option* noteGiven = nullptr;
  int limit = 50;
};

Json runJson(const Run& run, bool whole) {
  Json json{{"run", run.id.value},
            {"kind", toText(run.kind)},
            {"status", toText(run.status)},
            {"name", run.name},
            {"created", isoTime(run.createdAt)}};
  if (run.startedAt) json["started"] = isoTime(run.startedAt);
  if (run.finishedAt) json["finished"] = isoTime(run.finishedAt);
  if (!run.error.empty()) json["error"] = run.error;
  json["summary"] = run.summary;
  if (whole) {
    json["command"] = run.command;
    json["spec"] = run.spec;
  }
  return json;
}

Json markJson(const store::RunMark& mark) {
  return Json{{"starred", mark.starred}, {"note", mark.note}, {"tags", mark.tags}};
}

std::string oneLine(const store::RunRow& row) {
  const Run& run = row.run;
  std::string what;
  if (run.summary.is_object()) {
    char text[80] = "";
    if (const int overridden = run.summary.value("overridden", 0);
        overridden > 0 && run.summary.contains("by_rule"))
      std::snprintf(text, sizeof text, "%.1f %% of %d (%d overridden; %.1f %% without)",
                    100 * run.summary.value("accuracy", 0.0), run.summary.value("n", 0), overridden,
                    100 * run.summary["by_rule"].value("accuracy", 0.0));
    else if (run.summary.contains("accuracy"))
      std::snprintf(text, sizeof text, "%.1f %% of %d", 100 * run.summary.value("accuracy", 0.0),
                    run.summary.value("n", 0));
    else if (run.summary.contains("final_loss"))
      std::snprintf(text, sizeof text, "loss %.4f after %d steps",
                    run.summary.value("final_loss", 0.0), run.summary.value("steps", 0));
    else if (run.summary.contains("items"))
      std::snprintf(text, sizeof text, "%d items", run.summary.value("items", 0));
    else if (run.summary.contains("imported"))
      std::snprintf(text, sizeof text, "%d imported", run.summary.value("imported", 0));
    what = text;
  }
  if (!run.error.empty()) what = run.error;
  char front[160];
  std::snprintf(front, sizeof front, "%5lld %s %-11s %-11s %.19s  ",
                static_cast<long long>(run.id.value), row.mark.starred ? "*" : " ",
                toText(run.kind), toText(run.status), isoTime(run.createdAt).c_str());
  std::string line = front + run.name;
  for (const auto& tag : row.mark.tags) line += " #" + tag;
  if (!what.empty()) line += "  " + what;
  return row.mark.note.empty() ? line : line + "  – " + firstLine(row.mark.note);
}

Result<Json> list(Session& session, const RunOptions& o) {
  store::RunFilter filter;
  if (!o.kind.empty()) {
    WORDSIGHT_TRY(filter.kind, runKindFromText(o.kind));
  }
  if (!o.status.empty()) {
    WORDSIGHT_TRY(filter.status, runStatusFromText(o.status));
  }
  filter.text = o.text;
  filter.tag = o.tag;
  if (o.starred) filter.starred = true;
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::RunRepository runs(*connection);
  WORDSIGHT_TRY(const auto count, runs.count(filter));
  filter.limit = o.limit;
  WORDSIGHT_TRY(auto rows, runs.rows(filter));
  WORDSIGHT_CHECK(jobs::countOverrides(*connection, rows));
  for (const auto& row : rows) {
    session.console->line(oneLine(row));
    Json json = runJson(row.run, false);
    json["mark"] = markJson(row.mark);
    session.console->object(json);
  }
  session.console->line(std::to_string(rows.size()) + " of " + std::to_string(count) + " runs");
  return Json{{"shown", rows.size()}, {"count", count}};
}

/// Everything that the project knows of a run.
Result<Json> wholeRun(store::Connection& connection, RunId id, bool series) {
  store::RunRepository runs(connection);
  WORDSIGHT_TRY(auto run, runs.get(id));
  WORDSIGHT_CHECK(jobs::countOverrides(connection, {&run}));
  Json json = runJson(run, true);
  WORDSIGHT_TRY(const auto mark, runs.markOf(id));
  json["mark"] = markJson(mark);
  WORDSIGHT_TRY(const auto log, runs.log(id));
  json["log"] = Json::array();
  for (const auto& entry : log)
    json["log"].push_back(Json{{"at", isoTime(entry.createdAt)}, {"text", entry.text}});
  WORDSIGHT_TRY(const auto checkpoints, store::CheckpointRepository(connection).list(id));
  for (const auto& c : checkpoints)
    json["checkpoints"].push_back(Json{{"step", c.step}, {"folder", c.folder}});
  store::MetricRepository metrics(connection);
  WORDSIGHT_TRY(const auto names, metrics.names(id));
  for (const auto& name : names) {
    WORDSIGHT_TRY(const auto points, metrics.series(id, name));
    if (!series) {
      json["metrics"][name] = Json{{"points", points.size()},
                                   {"last", points.empty() ? Json() : Json(points.back().value)}};
      continue;
    }
    Json rows = Json::array();
    for (const auto& p : points)
      rows.push_back(Json::array({p.step, p.samples, p.tokens, p.seconds, p.value}));
    json["metrics"][name] =
        Json{{"columns", {"step", "samples", "tokens", "seconds", "value"}}, {"points", rows}};
  }
  if (!series) return json;
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(const auto predictions, repository.list(id));
  WORDSIGHT_TRY(const auto choices, repository.choices(id));
  for (const auto& p : predictions) {
    Json row{{"prediction", p.id.value},
             {"item", p.item.value},
             {"shift", p.shift},
             {"text", p.rawText},
             {"letter_logprobs", p.letterLogProbs},
             {"ms", p.milliseconds}};
    if (const auto it = choices.find(p.id); it != choices.end()) {
      row["choice"] =
          it->second.option >= 0 ? Json(std::string(1, letterOf(it->second.option))) : Json();
      row["rule"] = it->second.rule;
    }
    json["predictions"].push_back(std::move(row));
  }
  return json;
}

Result<Json> show(Session& session, const RunOptions& o) {
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  for (const auto& text : o.ids) {
    WORDSIGHT_TRY(const auto id, runIdFromText(text));
    WORDSIGHT_TRY(const auto json, wholeRun(*connection, id, false));
    session.console->line(dumpJsonPretty(json));
    session.console->object(json);
  }
  return Json{{"shown", o.ids.size()}};
}

void addDifferences(const Json& a, const Json& b, const std::string& path, Json& rows) {
  if (a.is_object() && b.is_object()) {
    std::set<std::string> keys;
    for (const auto& [key, value] : a.items()) keys.insert(key);
    for (const auto& [key, value] : b.items()) keys.insert(key);
    for (const auto& key : keys)
      addDifferences(a.contains(key) ? a[key] : Json(), b.contains(key) ? b[key] : Json(),
                     path.empty() ? key : path + "." + key, rows);
  } else if (a != b) {
    rows.push_back(Json{{"key", path}, {"first", a}, {"second", b}});
  }
}

Result<Json> diff(Session& session, const RunOptions& o) {
  if (o.ids.size() != 2) return fail("A diff needs the numbers of two runs.");
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::RunRepository runs(*connection);
  WORDSIGHT_TRY(const auto first, runIdFromText(o.ids[0]));
  WORDSIGHT_TRY(const auto second, runIdFromText(o.ids[1]));
  WORDSIGHT_TRY(const auto a, runs.get(first));
  WORDSIGHT_TRY(const auto b, runs.get(second));
  Json rows = Json::array();
  addDifferences(a.spec, b.spec, "", rows);
  for (const auto& row : rows)
    session.console->line(row["key"].get<std::string>() + ": " + dumpJson(row["first"]) + " -> " +
                          dumpJson(row["second"]));
  if (rows.empty()) session.console->line("The two runs have the same settings.");
  return Json{{"first", first.value}, {"second", second.value}, {"differences", rows}};
}

/// Changes what is named and leaves the rest.
Result<Json> markRuns(Session& session, const RunOptions& o) {
  const bool noted = o.noteGiven && o.noteGiven->count() > 0;
  if (!o.star && !o.unstar && !noted && o.tags.empty() && o.untags.empty())
    return fail("Say what to note: --star, --unstar, --note, --tag or --untag.");
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::RunRepository runs(*connection);
  Json marked = Json::array();
  WORDSIGHT_CHECK(connection->transaction([&]() -> Status {
    for (const auto& text : o.ids) {
      WORDSIGHT_TRY(const auto id, runIdFromText(text));
      WORDSIGHT_TRY(auto mark, runs.markOf(id));
      if (o.star || o.unstar) mark.starred = o.star;
      if (noted) mark.note = o.note;
      for (const auto& tag : o.untags) std::erase(mark.tags, tag);
      mark.tags.insert(mark.tags.end(), o.tags.begin(), o.tags.end());
      WORDSIGHT_CHECK(runs.mark(id, mark));
      WORDSIGHT_TRY(mark, runs.markOf(id));
      Json json = markJson(mark);
      json["run"] = id.value;
      marked.push_back(std::move(json));
    }
    return {};
  }));
  session.console->line("Marked " + std::to_string(marked.size()) +
                        (marked.size() == 1 ? " run." : " runs."));
  return Json{{"marked", marked}};
}

Result<Json> lineage(Session& session, const RunOptions& o) {
  WORDSIGHT_TRY(const auto id, runIdFromText(o.ids.at(0)));
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  WORDSIGHT_TRY(const auto found, jobs::lineageOf(*connection, id));
  session.console->line("Rests on:\n" + jobs::treeText(found.origin) + "\nLed to:\n" +
                        jobs::treeText(found.results));
  return Json{{"run", id.value},
              {"origin", jobs::toJson(found.origin)},
              {"results", jobs::toJson(found.results)}};
}

Result<Json> exportRun(Session& session, const RunOptions& o) {
  WORDSIGHT_TRY(const auto id, runIdFromText(o.ids.at(0)));
  WORDSIGHT_CHECK(mayWrite(o.out, o.overwrite));
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  WORDSIGHT_TRY(const auto json, wholeRun(*connection, id, true));
  if (o.out == "-") {
    session.console->line(dumpJsonPretty(json));
    session.console->object(json);
    return Json{{"run", id.value}};
  }
  WORDSIGHT_CHECK(writeFileAtomically(o.out, dumpJsonPretty(json)));
  session.console->line("Wrote run " + o.ids[0] + " to " + o.out);
  return Json{{"run", id.value}, {"file", o.out}};
}

Result<Json> overrideChoice(Session& session, const RunOptions& o) {
  if (o.withdraw != o.letter.empty())
    return fail("Say --letter X (a letter, or none), or --withdraw to let the rule count again.");
  const bool none = o.letter == "none";
  const int option = o.letter.size() == 1 ? indexOfLetter(o.letter[0]) : -1;
  if (!o.withdraw && option < 0 && !none)
    return fail("--letter must be a letter of the item's options, or none; it is \"" + o.letter +
                "\".");
  WORDSIGHT_TRY(const auto prediction, runIdFromText(o.item));
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::PredictionRepository repository(*connection);
  const PredictionId id(prediction.value);
  WORDSIGHT_TRY(const auto answer, repository.get(id));
  if (o.withdraw)
    WORDSIGHT_CHECK(repository.withdrawOverride(id, "person", o.note));
  else
    WORDSIGHT_CHECK(repository.overrideChoice(id, option, "person", o.note));
  WORDSIGHT_TRY(const auto scores, jobs::evaluationSummary(*connection, answer.run));
  char share[80];
  std::snprintf(share, sizeof share, "%.1f %% of %d", 100 * scores.value("accuracy", 0.0),
                scores.value("n", 0));
  const std::string counts = o.withdraw ? "what the rule reads in it"
                             : none     ? "no option"
                                        : std::string(1, letterOf(option));
  session.console->line("Prediction " + o.item + " now counts as " + counts +
                        "; what the model answered stays as it is. Run " +
                        std::to_string(answer.run.value) + " has " + share + " right.");
  Json json{{"prediction", id.value},
            {"letter", o.withdraw || none ? Json() : Json(std::string(1, letterOf(option)))},
            {"withdrawn", o.withdraw},
            {"run", answer.run.value}};
  json["summary"] = scores;
  return json;
}

}  // namespace

void addRunVerbs(CLI::App& app, Session& session) {
  auto* group = app.add_subcommand("runs", "What was done in a project");
  group->fallthrough();
  auto o = std::make_shared<RunOptions>();
  group->add_option("project", o->project, "Project file")->required();
  group->require_subcommand(0, 1);
  group->callback([&session, group, o] {  // after the verbs' own
    if (!group->get_subcommands().empty()) return;
    session.action = [&session, o] { return session.finish(list(session, *o)); };
  });
  auto* listVerb = addVerb(*group, session, "list", "Newest first (what `runs P` alone does)",
                           [&session, o] { return list(session, *o); });
  listVerb->add_option(
      "--kind", o->kind,
      "synthesis, import, check, freeze, training, evaluation, benchmark, comparison, export, "
      "merge (default: all)");
  listVerb->add_option("--status", o->status,
                       "queued, running, done, failed, cancelled, interrupted (default: all)");
  listVerb->add_option("--text", o->text, "Part of name, command, error, note or tag");
  listVerb->add_flag("--starred", o->starred, "Only those with a star");
  listVerb->add_option("--tag", o->tag, "Only those with this tag");
  listVerb->add_option("--limit", o->limit, "Most runs to list")
      ->check(CLI::Range(1, 1'000'000'000));
  auto* showVerb = addVerb(*group, session, "show", "Settings, summary, log",
                           [&session, o] { return show(session, *o); });
  showVerb->add_option("ids", o->ids, "Numbers")->required();
  auto* diffVerb = addVerb(*group, session, "diff", "What two runs set differently",
                           [&session, o] { return diff(session, *o); });
  diffVerb->add_option("ids", o->ids, "Two numbers")->required()->expected(2);
  auto* markVerb = addVerb(*group, session, "mark", "Star, note and tags of runs",
                           [&session, o] { return markRuns(session, *o); });
  markVerb->add_option("ids", o->ids, "Numbers")->required();
  auto* star = markVerb->add_flag("--star", o->star, "Give a star");
  markVerb->add_flag("--unstar", o->unstar, "Take the star away")->excludes(star);
  o->noteGiven = markVerb->add_option("--note", o->note, "In place of the former note");
  markVerb->add_option("--tag", o->tags, "Add a tag; may be repeated")->expected(1)->take_all();
  markVerb->add_option("--untag", o->untags, "Take a tag away; may be repeated")
      ->expected(1)
      ->take_all();
  auto* lineageVerb = addVerb(*group, session, "lineage", "What a run rests on, and what it led to",
                              [&session, o] { return lineage(session, *o); });
  lineageVerb->add_option("id", o->ids, "Number")->required()->expected(1);
  auto* exportVerb = addVerb(*group, session, "export", "Everything about a run as JSON",
                             [&session, o] { return exportRun(session, *o); });
  exportVerb->add_option("id", o->ids, "Number")->required()->expected(1);
  exportVerb->add_option("--out", o->out, "File to write; -: standard output")->required();
  addOverwrite(*exportVerb, o->overwrite);
  auto* overrideVerb = addVerb(app, session, "override", "Say by hand which option an answer means",
                               [&session, o] { return overrideChoice(session, *o); });
  overrideVerb->add_option("project", o->project, "Project file")->required();
  overrideVerb
      ->add_option("prediction", o->item, "Number of the prediction (runs export shows them)")
      ->required();
  auto* letterOption = overrideVerb->add_option(
      "--letter", o->letter,
      "What the answer means: a letter in the item's own order, or none for no option");
  overrideVerb
      ->add_flag("--withdraw", o->withdraw,
                 "Take the former override back: what the rule reads in the answer counts again")
      ->excludes(letterOption);
  overrideVerb->add_option("--note", o->note, "Why");
}

}  // namespace wordsight::cli
