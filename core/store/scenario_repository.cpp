#include "store/scenario_repository.h"

#include <algorithm>

#include "base/time.h"
#include "store/rows.h"
#include "store/scenario_query.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

std::string name(ScenarioId id) { return "scenario " + std::to_string(id.value); }

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

/// Nineteen columns that scenarioOf() reads, then `more`.
std::string selectScenario(const std::string& more = {}) {
  return std::string(kScenarioColumns) + kContentColumns + more +
         " FROM scenario_current AS c JOIN scenario AS s ON s.id = c.scenario"
         " JOIN scenario_revision AS r ON r.id = c.revision";
}

std::string selectRevision() {
  return std::string("SELECT r.id, r.scenario, r.number, r.author, r.note, r.created_at, ") +
         kContentColumns + " FROM scenario_revision AS r";
}

/// `ids` (ascending) in the order of their situations: by walking the index of all and keeping what
/// is among them, which takes 30 ms of 100,000 where sorting takes 110.
Result<std::vector<ScenarioId>> sortedByOpening(SqlSession& session,
                                                const std::vector<ScenarioId>& ids,
                                                bool descending) {
  std::vector<ScenarioId> sorted;
  if (ids.empty()) return sorted;
  const std::int64_t first = ids.front().value, last = ids.back().value;
  std::vector<bool> wanted(static_cast<std::size_t>(last - first) + 1);
  for (const auto id : ids) wanted[static_cast<std::size_t>(id.value - first)] = true;
  sorted.reserve(ids.size());
  Query query(session, std::string("SELECT scenario FROM scenario_current ORDER BY opening") +
                           (descending ? " DESC" : "") + ", scenario");
  while (query.next()) {
    const auto id = query.id<ScenarioId>(0);
    if (id.value >= first && id.value <= last && wanted[static_cast<std::size_t>(id.value - first)])
      sorted.push_back(id);
  }
  return sorted;
}

Result<std::vector<Scenario>> fetch(SqlSession& session, std::span<const ScenarioId> ids) {
  std::vector<Scenario> found;
  found.reserve(ids.size());
  Query query(session, selectScenario() + " WHERE c.scenario = ?");
  for (const auto id : ids) {
    query.reset().bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    found.push_back(scenarioOf(query));
  }
  return found;
}

}  // namespace

Result<Scenario> ScenarioRepository::get(ScenarioId id) {
  WORDSIGHT_TRY(auto all, getMany(std::span(&id, 1)));
  return std::move(all.front());
}

Result<std::vector<Scenario>> ScenarioRepository::getMany(std::span<const ScenarioId> ids) {
  auto& session = m_connection.session();
  return guarded(session, "read scenarios", [&] { return fetch(session, ids); });
}

Result<std::vector<ScenarioRow>> ScenarioRepository::rowsOf(std::span<const ScenarioId> ids) {
  auto& session = m_connection.session();
  return guarded(session, "read scenarios", [&]() -> Result<std::vector<ScenarioRow>> {
    std::vector<ScenarioRow> rows;
    rows.reserve(ids.size());
    Query scenario(session, selectScenario(", c.issues") + " WHERE c.scenario = ?");
    Query codes(session, "SELECT code FROM scenario_issue WHERE revision = ? ORDER BY position");
    for (const auto id : ids) {
      scenario.reset().bind(id);
      if (!scenario.next()) continue;
      ScenarioRow& row = rows.emplace_back();
      row.scenario = scenarioOf(scenario);
      row.issues = scenario.number(19);
      if (row.issues == 0) continue;
      codes.reset().bind(row.scenario.revision);
      while (codes.next()) row.issueCodes.push_back(codes.text(0));
    }
    return rows;
  });
}

Result<std::vector<ReviewStatus>> ScenarioRepository::statusesOf(std::span<const ScenarioId> ids) {
  WORDSIGHT_TRY(const auto heads, headsOf(ids));
  std::vector<ReviewStatus> statuses;
  statuses.reserve(heads.size());
  for (const auto& head : heads) statuses.push_back(head.status);
  return statuses;
}

Result<std::vector<ScenarioHead>> ScenarioRepository::headsOf(std::span<const ScenarioId> ids) {
  auto& session = m_connection.session();
  return guarded(session, "read scenarios", [&]() -> Result<std::vector<ScenarioHead>> {
    std::vector<ScenarioHead> heads;
    heads.reserve(ids.size());
    Query query(
        session,
        "SELECT revision, status, coalesce((SELECT max(id) FROM scenario_status AS s"
        " WHERE s.scenario = c.scenario), 0) FROM scenario_current AS c WHERE scenario = ?");
    for (const auto id : ids) {
      query.reset().bind(id);
      if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
      heads.push_back({id, query.id<RevisionId>(0),
                       reviewStatusFromText(query.text(1)).value_or(ReviewStatus::Undecided),
                       query.integer(2)});
    }
    return heads;
  });
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

Result<std::vector<ScenarioContent>> ScenarioRepository::contentsOf(
    std::span<const RevisionId> ids) {
  auto& session = m_connection.session();
  return guarded(session, "read revisions", [&]() -> Result<std::vector<ScenarioContent>> {
    std::vector<ScenarioContent> contents;
    contents.reserve(ids.size());
    Query query(session, std::string("SELECT ") + kContentColumns +
                             " FROM scenario_revision AS r WHERE r.id = ?");
    for (const auto id : ids) {
      query.reset().bind(id);
      if (!query.next())
        return fail("There is no revision " + std::to_string(id.value) + ".", ErrorKind::NotFound);
      contents.push_back(contentOf(query, 0));
    }
    return contents;
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
  if (filter.sort == ScenarioFilter::Sort::Situation && filter.limit < 0 && filter.offset <= 0) {
    auto unsorted = filter;
    unsorted.sort = ScenarioFilter::Sort::Created;
    unsorted.descending = false;
    WORDSIGHT_TRY(const auto matching, ids(unsorted));
    return guarded(session, "list scenarios",
                   [&] { return sortedByOpening(session, matching, filter.descending); });
  }
  return guarded(session, "list scenarios", [&]() -> Result<std::vector<ScenarioId>> {
    WORDSIGHT_TRY(const auto parts, scenarioQuery(filter));
    Query query(session, "SELECT " + parts.id + parts.idsFrom + parts.order);
    parts.bindTo(query);
    std::vector<ScenarioId> found;
    while (query.next()) found.push_back(query.id<ScenarioId>(0));
    return found;
  });
}

Result<std::optional<ScenarioId>> ScenarioRepository::nextWithIssue(ScenarioFilter filter,
                                                                    ScenarioId after) {
  filter.limit = -1;
  filter.offset = 0;
  WORDSIGHT_TRY(const auto all, ids(filter));
  if (!filter.issue) filter.issue = "*";
  WORDSIGHT_TRY(const auto marked, ids(filter));
  if (marked.empty()) return std::optional<ScenarioId>();
  // Both lists have one order: the next marked one stands in `marked` behind as many as there are
  // marked ones up to `after` in `all`.
  std::size_t passed = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (passed < marked.size() && all[i] == marked[passed]) ++passed;
    if (all[i] == after) return std::optional(marked[passed % marked.size()]);
  }
  return std::optional(marked.front());
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
