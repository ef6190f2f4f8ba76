// How scenarios, revisions, decisions and findings come into the file.

#include <algorithm>

#include "base/time.h"
#include "store/rows.h"
#include "store/scenario_repository.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

std::string name(ScenarioId id) { return "scenario " + std::to_string(id.value); }

ScenarioId insertScenario(SqlSession& session, const NewScenario& scenario, UnixMillis now) {
  const auto& from = scenario.provenance;
  Query insert(
      session,
      "INSERT INTO scenario (strategy, generator, prompt_hash, seed, run, source, created_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert.bind(from.strategy, from.generator, from.promptHash, from.seed, from.run, from.source, now)
      .run();
  return ScenarioId(session.database->getLastInsertRowid());
}

RevisionId insertRevision(SqlSession& session, ScenarioId scenario, int number,
                          const ScenarioContent& content, const std::string& author,
                          const std::string& note, UnixMillis now) {
  Query insert(session,
               "INSERT INTO scenario_revision (scenario, number, situation, question, options, "
               "key, rationale, category,"
               " non_intervention, hash, author, note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
               "?, ?, ?, ?, ?)");
  insert
      .bind(scenario, number, content.situation, content.question, textsToJson(content.options),
            content.key, content.rationale, content.category, content.nonIntervention,
            contentHash(content), author, note, now)
      .run();
  return RevisionId(session.database->getLastInsertRowid());
}

/// Puts new scenarios into the full-text index; why not by trigger is said in derived.sql. Nobody
/// else adds scenarios inside our transaction, so theirs are the ids from first to last.
void indexNew(SqlSession& session, ScenarioId first, ScenarioId last) {
  Query(
      session,
      "INSERT INTO scenario_fts (rowid, body) SELECT c.scenario, b.body FROM scenario_current AS c"
      " JOIN scenario_body AS b ON b.revision = c.revision WHERE c.scenario BETWEEN ? AND ? ORDER "
      "BY c.scenario")
      .bind(first, last)
      .run();
}

RevisionId newestRevision(SqlSession& session) {
  Query query(session, "SELECT coalesce(max(id), 0) FROM scenario_revision");
  query.next();
  return query.id<RevisionId>(0);
}

/// Whether so many edits touch so great a share that the index is made anew faster. Taking a text
/// out costs as much as putting it in: 20,000 of 100,000 take 1.7 s, all anew 3 s.
bool isGreatShare(SqlSession& session, std::size_t edits) {
  if (edits < 2000) return false;  // and counting costs 20 ms
  Query total(session, "SELECT count(*) FROM scenario_current");
  total.next();
  return static_cast<std::int64_t>(edits) * 3 > total.integer(0);
}

/// The texts of all revisions after `before` into the full-text index, in place of what their
/// scenarios said until then. Nobody else edits inside our transaction, so they are ours.
void indexEdited(SqlSession& session, RevisionId before, std::size_t edits) {
  if (isGreatShare(session, edits)) {
    Query(session, "INSERT INTO scenario_fts (scenario_fts) VALUES ('delete-all')").run();
    Query(session,
          "INSERT INTO scenario_fts (rowid, body) SELECT c.scenario, b.body FROM scenario_current"
          " AS c JOIN scenario_body AS b ON b.revision = c.revision ORDER BY c.scenario")
        .run();
    return;
  }
  Query(session,
        "INSERT INTO scenario_fts (scenario_fts, rowid, body) SELECT 'delete', o.scenario, b.body"
        " FROM (SELECT scenario, min(number) - 1 AS number FROM scenario_revision NOT INDEXED "
        "WHERE id > ?"
        " GROUP BY scenario) AS n"
        " JOIN scenario_revision AS o ON o.scenario = n.scenario AND o.number = n.number"
        " JOIN scenario_body AS b ON b.revision = o.id ORDER BY o.scenario")
      .bind(before)
      .run();
  Query(session,
        "INSERT INTO scenario_fts (rowid, body) SELECT c.scenario, b.body"
        " FROM (SELECT DISTINCT scenario FROM scenario_revision NOT INDEXED WHERE id > ?) AS n"
        " JOIN scenario_current AS c ON c.scenario = n.scenario"
        " JOIN scenario_body AS b ON b.revision = c.revision ORDER BY c.scenario")
      .bind(before)
      .run();
}

/// Without the full-text index, which the caller brings up to date.
Result<RevisionId> appendEdit(SqlSession& session, ScenarioId id, const ScenarioContent& content,
                              const std::string& author, const std::string& note,
                              RevisionId basedOn) {
  WORDSIGHT_CHECK(checkContent(content, "The edit of " + name(id)));
  Query current(session,
                std::string("SELECT c.revision, c.number, ") + kContentColumns +
                    " FROM scenario_current AS c JOIN scenario_revision AS r ON r.id = c.revision"
                    " WHERE c.scenario = ?");
  current.bind(id);
  if (!current.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
  const auto revision = current.id<RevisionId>(0);
  if (basedOn && basedOn != revision)
    return fail("Somebody else edited " + name(id) +
                    " meanwhile: look at the newest revision, then edit again.",
                ErrorKind::Busy);
  const int number = current.number(1);
  if (contentOf(current, 2) == content) return revision;
  return insertRevision(session, id, number + 1, content, author, note, nowMillis());
}

}  // namespace

Result<ScenarioId> ScenarioRepository::add(const NewScenario& scenario) {
  WORDSIGHT_TRY(const auto ids, addMany(std::span(&scenario, 1)));
  return ids.front();
}

Result<std::vector<ScenarioId>> ScenarioRepository::addMany(
    std::span<const NewScenario> scenarios) {
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const auto& source = scenarios[i].provenance.source;
    WORDSIGHT_CHECK(checkContent(
        scenarios[i].content,
        source.empty() ? "Scenario " + std::to_string(i + 1) + " of those to add" : source));
  }
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "add scenarios",
                 [&]() -> Result<std::vector<ScenarioId>> {
                   std::vector<ScenarioId> ids;
                   ids.reserve(scenarios.size());
                   const UnixMillis now = nowMillis();
                   for (const auto& scenario : scenarios) {
                     const auto id = insertScenario(session, scenario, now);
                     const auto& author =
                         scenario.author.empty() ? scenario.provenance.generator : scenario.author;
                     insertRevision(session, id, 1, scenario.content, author, {}, now);
                     ids.push_back(id);
                   }
                   if (!ids.empty()) indexNew(session, ids.front(), ids.back());
                   return ids;
                 });
}

Result<RevisionId> ScenarioRepository::edit(ScenarioId id, const ScenarioContent& content,
                                            const std::string& author, const std::string& note,
                                            RevisionId basedOn) {
  const Edit one{id, content, basedOn};
  WORDSIGHT_TRY(const auto revisions, editMany(std::span(&one, 1), author, note));
  return revisions.front();
}

Result<std::vector<RevisionId>> ScenarioRepository::editMany(std::span<const Edit> edits,
                                                             const std::string& author,
                                                             const std::string& note) {
  auto& session = m_connection.session();
  const std::string doing =
      edits.size() == 1 ? "edit " + name(edits.front().id) : std::string("edit scenarios");
  return writing(session, Durability::Synced, doing, [&]() -> Result<std::vector<RevisionId>> {
    const auto before = newestRevision(session);
    std::vector<RevisionId> revisions;
    revisions.reserve(edits.size());
    for (const auto& edit : edits) {
      WORDSIGHT_TRY(const auto revision,
                    appendEdit(session, edit.id, edit.content, author, note, edit.basedOn));
      revisions.push_back(revision);
    }
    if (newestRevision(session) != before) indexEdited(session, before, edits.size());
    return revisions;
  });
}

Status ScenarioRepository::setStatus(std::span<const ScenarioId> ids, ReviewStatus status,
                                     const std::string& author, const std::string& note) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep the decision", [&]() -> Status {
    const UnixMillis now = nowMillis();
    for (const auto id : ids) {
      Query insert(
          session,
          "INSERT INTO scenario_status (scenario, revision, status, author, note, created_at)"
          " SELECT scenario, revision, ?, ?, ?, ? FROM scenario_current WHERE scenario = ?");
      insert.bind(toText(status), author, note, now, id).run();
      if (session.database->getChanges() == 0)
        return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    }
    return {};
  });
}

Status ScenarioRepository::setIssues(std::span<const RevisionId> checked,
                                     std::span<const ScenarioIssue> issues) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "keep what the checks found", [&]() -> Status {
    for (const auto revision : checked) {
      Query remove(session, "DELETE FROM scenario_issue WHERE revision = ?");
      remove.bind(revision).run();
    }
    for (const auto& issue : issues) {
      Query insert(session,
                   "INSERT INTO scenario_issue (revision, position, code, text) SELECT ?1,"
                   " coalesce((SELECT max(position) + 1 FROM scenario_issue WHERE revision = ?1), "
                   "0), ?2, ?3");
      insert.bind(issue.revision, issue.code, issue.text).run();
    }
    return {};
  });
}

}  // namespace wordsight::store
