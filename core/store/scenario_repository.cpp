#include "store/scenario_repository.h"

#include <algorithm>

#include "base/time.h"
#include "store/rows.h"
#include "store/scenario_query.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

/// Columns of contentOf().
constexpr const char* kContentColumns =
    "r.situation, r.question, r.options, r.key, r.rationale, r.category, r.non_intervention";

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

constexpr const char* kScenarioColumns =
    "SELECT c.scenario, c.revision, c.number, c.status, c.created_at, c.changed_at, "
    "s.strategy, s.generator, s.prompt_hash, s.seed, s.run, s.source, ";

Scenario scenarioOf(const Query& row) {
  Scenario scenario;
  scenario.id = row.id<ScenarioId>(0);
  scenario.revision = row.id<RevisionId>(1);
  scenario.revisionNumber = row.number(2);
  scenario.status = reviewStatusFromText(row.text(3)).value_or(ReviewStatus::Undecided);
  scenario.createdAt = row.integer(4);
  scenario.changedAt = row.integer(5);
  scenario.provenance = provenanceOf(row, 6);
  scenario.content = contentOf(row, 12);
  return scenario;
}

std::string selectScenario() {
  return std::string(kScenarioColumns) + kContentColumns +
         " FROM scenario_current AS c JOIN scenario AS s ON s.id = c.scenario"
         " JOIN scenario_revision AS r ON r.id = c.revision";
}

std::string selectRevision() {
  return std::string("SELECT r.id, r.scenario, r.number, r.author, r.note, r.created_at, ") +
         kContentColumns + " FROM scenario_revision AS r";
}

Result<std::vector<Scenario>> fetch(SqlSession& session, std::span<const ScenarioId> ids) {
  std::vector<Scenario> found;
  found.reserve(ids.size());
  const std::string sql = selectScenario() + " WHERE c.scenario = ?";
  for (const auto id : ids) {
    Query query(session, sql);
    query.bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    found.push_back(scenarioOf(query));
  }
  return found;
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
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "edit " + name(id),
                 [&] { return appendEdit(session, id, content, author, note, basedOn); });
}

Status ScenarioRepository::editMany(std::span<const Edit> edits, const std::string& author,
                                    const std::string& note) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "edit scenarios", [&]() -> Status {
    for (const auto& edit : edits)
      WORDSIGHT_CHECK(appendEdit(session, edit.id, edit.content, author, note, {}));
    return {};
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

Result<Scenario> ScenarioRepository::get(ScenarioId id) {
  WORDSIGHT_TRY(auto all, getMany(std::span(&id, 1)));
  return std::move(all.front());
}

Result<std::vector<Scenario>> ScenarioRepository::getMany(std::span<const ScenarioId> ids) {
  auto& session = m_connection.session();
  return guarded(session, "read scenarios", [&] { return fetch(session, ids); });
}

Result<Revision> ScenarioRepository::revision(RevisionId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a revision", [&]() -> Result<Revision> {
    Query query(session, selectRevision() + " WHERE r.id = ?");
    query.bind(id);
    if (!query.next())
      return fail("There is no revision " + std::to_string(id.value) + ".", ErrorKind::NotFound);
    return revisionOf(query, 0);
  });
}

Result<ScenarioHistory> ScenarioRepository::history(ScenarioId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a history", [&]() -> Result<ScenarioHistory> {
    ScenarioHistory history;
    Query origin(
        session,
        "SELECT strategy, generator, prompt_hash, seed, run, source FROM scenario WHERE id = ?");
    origin.bind(id);
    if (!origin.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    history.provenance = provenanceOf(origin, 0);
    Query revisions(session, selectRevision() + " WHERE r.scenario = ? ORDER BY r.number");
    revisions.bind(id);
    while (revisions.next()) history.revisions.push_back(revisionOf(revisions, 0));
    Query decisions(session,
                    "SELECT revision, status, author, note, created_at FROM scenario_status WHERE "
                    "scenario = ? ORDER BY id");
    decisions.bind(id);
    while (decisions.next())
      history.decisions.push_back(
          {id, decisions.id<RevisionId>(0),
           reviewStatusFromText(decisions.text(1)).value_or(ReviewStatus::Undecided),
           decisions.text(2), decisions.text(3), decisions.integer(4)});
    return history;
  });
}

Result<std::vector<Scenario>> ScenarioRepository::list(const ScenarioFilter& filter) {
  std::vector<Scenario> all;
  WORDSIGHT_CHECK(forEach(filter, [&](const Scenario& scenario) -> Status {
    all.push_back(scenario);
    return {};
  }));
  return all;
}

Result<std::int64_t> ScenarioRepository::count(const ScenarioFilter& filter) {
  auto& session = m_connection.session();
  return guarded(session, "count scenarios", [&]() -> Result<std::int64_t> {
    WORDSIGHT_TRY(const auto parts, scenarioQuery(filter));
    Query query(session, "SELECT count(*)" + parts.countFrom);
    parts.bindTo(query);
    query.next();
    return query.integer(0);
  });
}

Result<std::vector<ScenarioId>> ScenarioRepository::ids(const ScenarioFilter& filter) {
  auto& session = m_connection.session();
  return guarded(session, "list scenarios", [&]() -> Result<std::vector<ScenarioId>> {
    WORDSIGHT_TRY(const auto parts, scenarioQuery(filter));
    Query query(session, "SELECT " + parts.id + parts.idsFrom + parts.order);
    parts.bindTo(query);
    std::vector<ScenarioId> found;
    while (query.next()) found.push_back(query.id<ScenarioId>(0));
    return found;
  });
}

Status ScenarioRepository::forEach(const ScenarioFilter& filter,
                                   const std::function<Status(const Scenario&)>& callback) {
  auto& session = m_connection.session();
  // What may change (which revision is current, the decision) is read first and at once; the texts,
  // which never change, follow one by one. So the walk sees one state, holds no read transaction
  // open, and the callback may write.
  std::vector<Scenario> heads;
  WORDSIGHT_CHECK(guarded(session, "list scenarios", [&]() -> Status {
    WORDSIGHT_TRY(const auto parts, scenarioQuery(filter));
    Query query(session,
                "SELECT c.scenario, c.revision, c.number, c.status, c.created_at, c.changed_at" +
                    parts.from + parts.order);
    parts.bindTo(query);
    while (query.next()) {
      Scenario& head = heads.emplace_back();
      head.id = query.id<ScenarioId>(0);
      head.revision = query.id<RevisionId>(1);
      head.revisionNumber = query.number(2);
      head.status = reviewStatusFromText(query.text(3)).value_or(ReviewStatus::Undecided);
      head.createdAt = query.integer(4);
      head.changedAt = query.integer(5);
    }
    return {};
  }));
  const std::string sql =
      std::string("SELECT s.strategy, s.generator, s.prompt_hash, s.seed, s.run, s.source, ") +
      kContentColumns +
      " FROM scenario_revision AS r JOIN scenario AS s ON s.id = r.scenario WHERE r.id = ?";
  for (auto& head : heads) {
    WORDSIGHT_CHECK(guarded(session, "read scenarios", [&]() -> Status {
      Query query(session, sql);
      query.bind(head.revision);
      if (!query.next())
        return fail("The text of " + name(head.id) + " is missing.", ErrorKind::Internal);
      head.provenance = provenanceOf(query, 0);
      head.content = contentOf(query, 6);
      return {};
    }));
    WORDSIGHT_CHECK(callback(head));
    head = {};  // memory does not grow with the texts
  }
  return {};
}

Result<std::vector<ScenarioId>> ScenarioRepository::findByContentHash(const std::string& hash) {
  auto& session = m_connection.session();
  return guarded(session, "look for duplicates", [&]() -> Result<std::vector<ScenarioId>> {
    Query query(session, "SELECT scenario FROM scenario_current WHERE hash = ? ORDER BY scenario");
    query.bind(hash);
    std::vector<ScenarioId> found;
    while (query.next()) found.push_back(query.id<ScenarioId>(0));
    return found;
  });
}

Result<std::vector<std::pair<std::string, ScenarioId>>> ScenarioRepository::contentHashes() {
  auto& session = m_connection.session();
  return guarded(session, "look for duplicates",
                 [&]() -> Result<std::vector<std::pair<std::string, ScenarioId>>> {
                   Query query(session,
                               "SELECT hash, scenario FROM scenario_current ORDER BY scenario");
                   std::vector<std::pair<std::string, ScenarioId>> found;
                   while (query.next()) found.emplace_back(query.text(0), query.id<ScenarioId>(1));
                   return found;
                 });
}

Result<std::vector<ValueCount>> ScenarioRepository::valueCounts(Field field,
                                                                const ScenarioFilter& filter) {
  static constexpr const char* columns[] = {"c.status", "c.strategy", "c.generator", "c.category",
                                            "c.key"};
  auto& session = m_connection.session();
  return guarded(session, "count values", [&]() -> Result<std::vector<ValueCount>> {
    WORDSIGHT_TRY(const auto parts, scenarioQuery(filter));
    // Issues: how many scenarios have each code, not how many issues there are.
    const std::string sql = field == Field::Issue
                                ? "SELECT code, count(DISTINCT revision) AS n FROM scenario_issue "
                                  "WHERE revision IN (SELECT c.revision" +
                                      parts.from + ") GROUP BY code ORDER BY n DESC, code"
                                : std::string("SELECT ") + columns[static_cast<int>(field)] +
                                      ", count(*) AS n" + parts.from +
                                      " GROUP BY 1 ORDER BY n DESC, 1";
    Query query(session, sql);
    parts.bindTo(query);
    std::vector<ValueCount> counts;
    while (query.next()) counts.push_back({query.text(0), query.integer(1)});
    return counts;
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

Result<std::vector<ScenarioIssue>> ScenarioRepository::issues(RevisionId revision) {
  auto& session = m_connection.session();
  return guarded(session, "read issues", [&]() -> Result<std::vector<ScenarioIssue>> {
    Query query(session,
                "SELECT code, text FROM scenario_issue WHERE revision = ? ORDER BY position");
    query.bind(revision);
    std::vector<ScenarioIssue> found;
    while (query.next()) found.push_back({revision, query.text(0), query.text(1)});
    return found;
  });
}

}  // namespace wordsight::store
