// scenarios: look, decide, edit, by hand or by script.

#include <iostream>

#include "base/file.h"
#include "jobs/bulk_edit.h"
#include "jobs/data_jobs.h"
#include "project.h"
#include "store/reject_repository.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"

namespace wordsight::cli {
namespace {

constexpr const char* kAuthor = "person";

struct ScenarioOptions {
  std::string project, filter, note, file, run;
  jobs::BulkReshuffle reshuffle;
  curate::TextReplacement replacement;
  std::vector<std::string> fields;
  bool ignoreCase = false, dryRun = false;
  std::vector<std::int64_t> ids;
  std::int64_t revision = 0;
  int limit = 50, offset = 0;
};

Json scenarioJson(const Scenario& s) {
  Json json{{"id", s.id.value},
            {"revision", s.revision.value},
            {"number", s.revisionNumber},
            {"status", toText(s.status)},
            {"strategy", s.provenance.strategy},
            {"generator", s.provenance.generator},
            {"source", s.provenance.source}};
  const Json content = toJson(s.content);
  for (const auto& [key, value] : content.items()) json[key] = value;
  return json;
}

std::string oneLine(const Scenario& s) {
  char front[80];
  std::snprintf(front, sizeof front, "%7lld  %-9s  %c  %-10s  ", static_cast<long long>(s.id.value),
                toText(s.status), s.content.key >= 0 ? letterOf(s.content.key) : '-',
                s.provenance.strategy.c_str());
  return front + firstLine(s.content.situation);
}

/// Whatever a model wrote, set apart from what is said about it.
std::string indented(const std::string& text) {
  std::string out = "    ";
  for (const char c : text) out += c == '\n' ? std::string("\n    ") : std::string(1, c);
  return out;
}

Result<Json> list(Session& session, const ScenarioOptions& o) {
  WORDSIGHT_TRY(auto filter, jobs::scenarioFilterFromText(o.filter));
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  WORDSIGHT_TRY(const auto count, scenarios.count(filter));
  filter.limit = o.limit;
  filter.offset = o.offset;
  WORDSIGHT_TRY(const auto page, scenarios.list(filter));
  for (const auto& s : page) {
    session.console->line(oneLine(s));
    session.console->object(scenarioJson(s));
  }
  session.console->line(std::to_string(page.size()) + " of " + std::to_string(count) +
                        " scenarios");
  return Json{{"shown", page.size()}, {"count", count}};
}

Result<Json> show(Session& session, const ScenarioOptions& o) {
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  for (const auto id : o.ids) {
    WORDSIGHT_TRY(const auto scenario, scenarios.get(ScenarioId(id)));
    WORDSIGHT_TRY(const auto history, scenarios.history(ScenarioId(id)));
    Json json = scenarioJson(scenario);
    for (const auto& r : history.revisions)
      json["revisions"].push_back(Json{{"revision", r.id.value},
                                       {"number", r.number},
                                       {"author", r.author},
                                       {"note", r.note},
                                       {"at", isoTime(r.createdAt)}});
    for (const auto& d : history.decisions)
      json["decisions"].push_back(Json{{"status", toText(d.status)},
                                       {"author", d.author},
                                       {"note", d.note},
                                       {"at", isoTime(d.createdAt)}});
    session.console->line(dumpJsonPretty(json));
    session.console->object(json);
  }
  return Json{{"shown", o.ids.size()}};
}

/// What generators wrote that became no scenario, with the reason.
Result<Json> rejects(Session& session, const ScenarioOptions& o) {
  WORDSIGHT_TRY(const auto project, openForReading(o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  std::optional<RunId> run;
  if (!o.run.empty()) {
    WORDSIGHT_TRY(run, runIdFromText(o.run));
    WORDSIGHT_CHECK(store::RunRepository(*connection).get(*run));
  }
  store::RejectRepository tray(*connection);
  WORDSIGHT_TRY(const auto count, tray.count(run));
  WORDSIGHT_TRY(const auto page, tray.list(run, o.limit, o.offset));
  for (const auto& reject : page) {
    session.console->line("run " + std::to_string(reject.run.value) + "  " + reject.strategy +
                          "  " + reject.reason + "\n" + indented(reject.rawText));
    session.console->object(Json{{"reject", reject.id},
                                 {"run", reject.run.value},
                                 {"strategy", reject.strategy},
                                 {"reason", reject.reason},
                                 {"text", reject.rawText},
                                 {"seed", reject.seed},
                                 {"at", isoTime(reject.createdAt)}});
  }
  session.console->line(std::to_string(page.size()) + " of " + std::to_string(count) +
                        " rejects, newest first");
  return Json{{"shown", page.size()}, {"count", count}};
}

Result<std::vector<ScenarioId>> chosenIds(store::ScenarioRepository& scenarios,
                                          const ScenarioOptions& o) {
  std::vector<ScenarioId> ids;
  for (const auto id : o.ids) ids.emplace_back(id);
  if (!o.filter.empty()) {
    WORDSIGHT_TRY(const auto filter, jobs::scenarioFilterFromText(o.filter));
    WORDSIGHT_TRY(const auto more, scenarios.ids(filter));
    ids.insert(ids.end(), more.begin(), more.end());
  }
  if (ids.empty()) return fail("Name scenarios by number, or by --filter; none was chosen.");
  return ids;
}

Result<Json> decide(Session& session, const ScenarioOptions& o, ReviewStatus status) {
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  WORDSIGHT_TRY(const auto ids, chosenIds(scenarios, o));
  WORDSIGHT_CHECK(scenarios.setStatus(ids, status, kAuthor, o.note));
  session.console->line(std::to_string(ids.size()) + " scenarios are now " + toText(status) + ".");
  return Json{{"changed", ids.size()}, {"scenario_status", toText(status)}};
}

Result<Json> edit(Session& session, const ScenarioOptions& o) {
  std::string text;
  if (o.file == "-")
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  else {
    WORDSIGHT_TRY(text, readFile(o.file, 1 << 24));
  }
  const std::string what = o.file == "-" ? "standard input" : o.file;
  WORDSIGHT_TRY(const auto json, parseJson(text, what));
  WORDSIGHT_TRY(const auto content, scenarioContentFromJson(json, what));
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  WORDSIGHT_TRY(const auto revision,
                scenarios.edit(ScenarioId(o.ids.at(0)), content, kAuthor, o.note));
  session.console->line("Scenario " + std::to_string(o.ids[0]) + " is now revision " +
                        std::to_string(revision.value) + ".");
  return Json{{"scenario", o.ids[0]}, {"revision", revision.value}};
}

Result<Json> restore(Session& session, const ScenarioOptions& o) {
  WORDSIGHT_TRY(const auto project, openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  WORDSIGHT_TRY(const auto old, scenarios.revision(RevisionId(o.revision)));
  if (old.scenario.value != o.ids.at(0))
    return fail("Revision " + std::to_string(o.revision) + " belongs to scenario " +
                std::to_string(old.scenario.value) + ", not to " + std::to_string(o.ids[0]) + ".");
  WORDSIGHT_TRY(const auto revision,
                scenarios.edit(ScenarioId(o.ids[0]), old.content, kAuthor,
                               "restored from revision " + std::to_string(o.revision)));
  session.console->line("Scenario " + std::to_string(o.ids[0]) + " says again what revision " +
                        std::to_string(o.revision) + " said, as revision " +
                        std::to_string(revision.value) + ".");
  return Json{{"scenario", o.ids[0]}, {"revision", revision.value}};
}

/// Applies an operation to the chosen scenarios, or says what it would do.
Result<Json> bulk(Session& session, const ScenarioOptions& o, jobs::BulkOperation operation) {
  constexpr std::size_t kShown = 5;
  WORDSIGHT_TRY(const auto project,
                o.dryRun ? openForReading(o.project) : openForWriting(session, o.project));
  WORDSIGHT_TRY(const auto connection, project.connect());
  store::ScenarioRepository scenarios(*connection);
  WORDSIGHT_TRY(auto ids, chosenIds(scenarios, o));
  const jobs::BulkSpec spec{std::move(ids), std::move(operation), o.note};
  WORDSIGHT_TRY(const auto preview,
                jobs::previewBulk(*connection, spec, kShown, session.stop.get_token()));
  Json result{{"chosen", preview.chosen},
              {"changed", preview.changed},
              {"matches", preview.matches},
              {"invalid", Json::array()}};
  for (const auto id : preview.invalid) result["invalid"].push_back(id.value);
  if (preview.leftInOrder > 0) {
    result["left_in_order"] = preview.leftInOrder;
    session.console->line(std::to_string(preview.leftInOrder) +
                          " of them keep their order: the text names an option in a way that "
                          "cannot be moved for sure.");
  }
  if (o.dryRun) {
    for (const auto& change : preview.changes) {
      session.console->line(oneLine(change.before));
      session.console->object(Json{{"scenario", change.before.id.value},
                                   {"before", toJson(change.before.content)},
                                   {"after", toJson(change.content)}});
    }
  } else {
    WORDSIGHT_CHECK(jobs::applyBulk(*connection, spec, kAuthor, session.stop.get_token()));
  }
  session.console->line(
      (o.dryRun ? "Would change " : "Changed ") + std::to_string(preview.changed) + " of " +
      std::to_string(preview.chosen) + " scenarios" +
      (preview.invalid.empty() ? "."
                               : "; " + std::to_string(preview.invalid.size()) +
                                     " of them get errors that they had not: check shows them."));
  return result;
}

Result<Json> replaceText(Session& session, const ScenarioOptions& o) {
  auto rule = o.replacement;
  rule.matchCase = !o.ignoreCase;
  const auto chosen = [&](const char* field) {
    return std::find(o.fields.begin(), o.fields.end(), field) != o.fields.end();
  };
  if (!o.fields.empty()) {
    rule.situation = chosen("situation");
    rule.question = chosen("question");
    rule.options = chosen("options");
    rule.rationale = chosen("rationale");
    rule.category = chosen("category");
  }
  return bulk(session, o, std::move(rule));
}

void addBulkVerbs(CLI::App& group, Session& session, const std::shared_ptr<ScenarioOptions>& o) {
  auto* replaceVerb = addVerb(group, session, "replace", "Replace text: a new revision of each",
                              [&session, o] { return replaceText(session, *o); });
  replaceVerb->add_option("--find", o->replacement.find, "The text to look for")->required();
  replaceVerb->add_option("--with", o->replacement.with, "What comes in its place")->required();
  replaceVerb->add_flag("--ignore-case", o->ignoreCase, "Of ASCII letters");
  replaceVerb->add_flag("--whole-words", o->replacement.wholeWords,
                        "Only where no letter or digit stands beside it");
  replaceVerb
      ->add_option("--fields", o->fields,
                   "situation, question, options, rationale, category (default: all but category)")
      ->delimiter(',')
      ->check(CLI::IsMember({"situation", "question", "options", "rationale", "category"}));
  auto* shuffleVerb = addVerb(group, session, "reshuffle",
                              "New orders of options, so that the keys' letters are even",
                              [&session, o] { return bulk(session, *o, o->reshuffle); });
  shuffleVerb->add_option("--seed", o->reshuffle.seed, "Seed of the new orders");
  for (auto* verb : {replaceVerb, shuffleVerb}) {
    verb->add_option("ids", o->ids, "Numbers");
    verb->add_option("--filter", o->filter, "All that match");
    verb->add_option("--note", o->note, "Why");
    verb->add_flag("--dry-run", o->dryRun, "Say what would happen, store nothing");
  }
}

}  // namespace

void addScenarioVerbs(CLI::App& app, Session& session) {
  auto* group = app.add_subcommand("scenarios", "Look at scenarios, decide about them, edit them");
  group->fallthrough();
  group->require_subcommand(1);
  auto o = std::make_shared<ScenarioOptions>();
  group->add_option("project", o->project, "Project file")->required();
  auto* listVerb = addVerb(*group, session, "list", "List by filter",
                           [&session, o] { return list(session, *o); });
  listVerb->add_option("--filter", o->filter,
                       "status=… text=… strategy=… generator=… category=… issue=… run=N "
                       "(default: all)");
  auto* rejectsVerb =
      addVerb(*group, session, "rejects", "What generators wrote that became no scenario, and why",
              [&session, o] { return rejects(session, *o); });
  rejectsVerb->add_option("--run", o->run, "Of this run alone (default: of all runs)");
  for (auto* verb : {listVerb, rejectsVerb}) {
    verb->add_option("--limit", o->limit, "Most to list")->check(CLI::Range(1, 1'000'000'000));
    verb->add_option("--offset", o->offset, "How many to pass over first")
        ->check(CLI::Range(0, 1'000'000'000));
  }
  auto* showVerb = addVerb(*group, session, "show", "Everything about some, with history",
                           [&session, o] { return show(session, *o); });
  showVerb->add_option("ids", o->ids, "Numbers")->required();
  for (const auto& [name, status] : {std::pair{"accept", ReviewStatus::Accepted},
                                     {"reject", ReviewStatus::Rejected},
                                     {"undecide", ReviewStatus::Undecided}}) {
    auto* verb = addVerb(*group, session, name, std::string("Mark as ") + toText(status),
                         [&session, o, status = status] { return decide(session, *o, status); });
    verb->add_option("ids", o->ids, "Numbers");
    verb->add_option("--filter", o->filter, "All that match");
    verb->add_option("--note", o->note, "Why");
  }
  addBulkVerbs(*group, session, o);
  auto* editVerb = addVerb(*group, session, "edit", "A new revision from a JSON file",
                           [&session, o] { return edit(session, *o); });
  editVerb->add_option("id", o->ids, "Number")->required()->expected(1);
  editVerb->add_option("--file", o->file, "JSON in VIVA's form; - is standard input")->required();
  editVerb->add_option("--note", o->note, "Why");
  auto* restoreVerb =
      addVerb(*group, session, "restore", "A new revision that says what an old one said",
              [&session, o] { return restore(session, *o); });
  restoreVerb->add_option("id", o->ids, "Number")->required()->expected(1);
  restoreVerb->add_option("--revision", o->revision, "The old one's number")->required();
}

}  // namespace wordsight::cli
