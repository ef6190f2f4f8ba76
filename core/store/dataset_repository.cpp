#include "store/dataset_repository.h"

#include <unordered_set>

#include "base/hash.h"
#include "base/utf8.h"
#include "store/rows.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

constexpr const char* kDatasetColumns =
    "SELECT id, name, note, spec, hash, run, created_at FROM dataset";

Dataset datasetOf(SqlSession& session, const Query& row) {
  Dataset dataset;
  dataset.id = row.id<DatasetId>(0);
  dataset.name = row.text(1);
  dataset.note = row.text(2);
  dataset.spec = jsonColumn(row.text(3));
  dataset.hash = row.text(4);
  dataset.run = row.id<RunId>(5);
  dataset.createdAt = row.integer(6);
  Query splits(session,
               "SELECT split, count(*) AS n FROM dataset_item WHERE dataset = ? GROUP BY split "
               "ORDER BY n DESC, split");
  splits.bind(dataset.id);
  while (splits.next()) {
    dataset.splits.emplace_back(splits.text(0), splits.integer(1));
    dataset.items += splits.integer(1);
  }
  return dataset;
}

std::string namesOf(SqlSession& session) {
  std::string names;
  Query query(session, "SELECT name FROM dataset ORDER BY id DESC LIMIT 20");
  while (query.next()) names += (names.empty() ? "" : ", ") + query.text(0);
  return names.empty() ? "freeze one first" : "there are: " + names;
}

Status checkEntries(const std::string& name, std::span<const DatasetEntry> entries) {
  if (trimmed(name).empty()) return fail("A dataset needs a name.");
  if (entries.empty())
    return fail("Dataset \"" + name + "\" would be empty: choose a filter that matches scenarios.");
  std::unordered_set<RevisionId> seen;
  for (const auto& entry : entries) {
    if (entry.split.empty())
      return fail("Revision " + std::to_string(entry.revision.value) + " of dataset \"" + name +
                  "\" has no split: name one.");
    if (!seen.insert(entry.revision).second)
      return fail("Revision " + std::to_string(entry.revision.value) + " is in dataset \"" + name +
                  "\" twice: list it once.");
  }
  return {};
}

/// The hash that says "the same data": what each entry says, and its split, in order.
Result<std::string> hashOf(SqlSession& session, std::span<const DatasetEntry> entries) {
  Sha256 sha;
  for (const auto& entry : entries) {
    Query query(session, "SELECT hash FROM scenario_revision WHERE id = ?");
    query.bind(entry.revision);
    if (!query.next())
      return fail("There is no revision " + std::to_string(entry.revision.value) + ".",
                  ErrorKind::NotFound);
    sha.add(query.text(0) + " " + entry.split + "\n");
  }
  return sha.hex();
}

}  // namespace

Result<DatasetId> DatasetRepository::freeze(const std::string& name,
                                            std::span<const DatasetEntry> entries, const Json& spec,
                                            const std::string& note, RunId run) {
  WORDSIGHT_CHECK(checkEntries(name, entries));
  auto& session = m_connection.session();
  return writing(
      session, Durability::Synced, "freeze dataset \"" + name + "\"", [&]() -> Result<DatasetId> {
        Query taken(session, "SELECT 1 FROM dataset WHERE name = ?");
        taken.bind(name);
        if (taken.next())
          return fail("There is a dataset \"" + name + "\" already: choose another name.");
        WORDSIGHT_TRY(const auto hash, hashOf(session, entries));
        Query insert(session,
                     "INSERT INTO dataset (name, note, spec, hash, run, frozen, created_at) VALUES "
                     "(?, ?, ?, ?, ?, 0, ?)");
        insert.bind(name, note, dumpJson(spec), hash, run, nowMillis()).run();
        const DatasetId id(session.database->getLastInsertRowid());
        std::int64_t position = 0;
        for (const auto& entry : entries) {
          Query item(
              session,
              "INSERT INTO dataset_item (dataset, position, revision, split) VALUES (?, ?, ?, ?)");
          item.bind(id, position++, entry.revision, entry.split).run();
        }
        Query(session, "UPDATE dataset SET frozen = 1 WHERE id = ?").bind(id).run();
        return id;
      });
}

Result<Dataset> DatasetRepository::get(DatasetId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a dataset", [&]() -> Result<Dataset> {
    Query query(session, std::string(kDatasetColumns) + " WHERE id = ?");
    query.bind(id);
    if (!query.next())
      return fail("There is no dataset number " + std::to_string(id.value) + ".",
                  ErrorKind::NotFound);
    return datasetOf(session, query);
  });
}

Result<Dataset> DatasetRepository::find(const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a dataset", [&]() -> Result<Dataset> {
    Query query(session, std::string(kDatasetColumns) + " WHERE name = ?");
    query.bind(name);
    if (!query.next())
      return fail("There is no dataset \"" + name + "\"; " + namesOf(session) + ".",
                  ErrorKind::NotFound);
    return datasetOf(session, query);
  });
}

Result<std::vector<Dataset>> DatasetRepository::list() {
  auto& session = m_connection.session();
  return guarded(session, "list datasets", [&]() -> Result<std::vector<Dataset>> {
    std::vector<Dataset> all;
    Query query(session, std::string(kDatasetColumns) + " ORDER BY id DESC");
    while (query.next()) all.push_back(datasetOf(session, query));
    return all;
  });
}

Result<std::vector<DatasetItem>> DatasetRepository::items(DatasetId id,
                                                          const std::optional<std::string>& split) {
  std::vector<DatasetItem> all;
  WORDSIGHT_CHECK(forEachItem(id, split, [&](const DatasetItem& item) -> Status {
    all.push_back(item);
    return {};
  }));
  return all;
}

Status DatasetRepository::forEachItem(DatasetId id, const std::optional<std::string>& split,
                                      const std::function<Status(const DatasetItem&)>& callback) {
  auto& session = m_connection.session();
  WORDSIGHT_CHECK(get(id));
  // A frozen dataset cannot change under the walk, so it is read in pieces, and no read transaction
  // stays open while the callback works.
  constexpr std::int64_t kPiece = 500;
  std::vector<DatasetItem> piece;
  for (std::int64_t from = 0;; from = piece.back().position + 1) {
    piece.clear();
    WORDSIGHT_CHECK(guarded(session, "read a dataset", [&]() -> Status {
      Query query(
          session,
          "SELECT i.position, i.split, s.strategy, s.generator, s.prompt_hash, s.seed, s.run, "
          "s.source,"
          " r.id, r.scenario, r.number, r.author, r.note, r.created_at,"
          " r.situation, r.question, r.options, r.key, r.rationale, r.category, r.non_intervention"
          " FROM dataset_item AS i JOIN scenario_revision AS r ON r.id = i.revision"
          " JOIN scenario AS s ON s.id = r.scenario"
          " WHERE i.dataset = ?1 AND i.position >= ?2 AND (?3 = '' OR i.split = ?3)"
          " ORDER BY i.position LIMIT ?4");
      query.bind(id, from, split.value_or(""), kPiece);
      while (query.next())
        piece.push_back(
            {query.integer(0), query.text(1), revisionOf(query, 8), provenanceOf(query, 2)});
      return {};
    }));
    for (const auto& item : piece) WORDSIGHT_CHECK(callback(item));
    if (static_cast<std::int64_t>(piece.size()) < kPiece) return {};
  }
}

Result<std::vector<RunId>> DatasetRepository::usedBy(DatasetId id) {
  auto& session = m_connection.session();
  return guarded(session, "read what used a dataset", [&]() -> Result<std::vector<RunId>> {
    Query query(session, "SELECT run FROM run_dataset WHERE dataset = ? ORDER BY run");
    query.bind(id);
    std::vector<RunId> runs;
    while (query.next()) runs.push_back(query.id<RunId>(0));
    return runs;
  });
}

Result<std::vector<RunId>> DatasetRepository::sourceRuns(DatasetId id) {
  auto& session = m_connection.session();
  return guarded(session, "read where a dataset came from", [&]() -> Result<std::vector<RunId>> {
    Query query(session,
                "SELECT DISTINCT s.run FROM dataset_item AS i JOIN scenario_revision AS r"
                " ON r.id = i.revision JOIN scenario AS s ON s.id = r.scenario"
                " WHERE i.dataset = ? AND s.run IS NOT NULL ORDER BY s.run");
    query.bind(id);
    std::vector<RunId> runs;
    while (query.next()) runs.push_back(query.id<RunId>(0));
    return runs;
  });
}

Result<std::vector<DatasetId>> DatasetRepository::fromRun(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "look for datasets", [&]() -> Result<std::vector<DatasetId>> {
    // A dataset at a time, up to the first scenario of that run: not a walk over all of a run's.
    Query query(session,
                "SELECT id FROM dataset AS d WHERE run = ?1 OR EXISTS (SELECT 1 FROM dataset_item"
                " AS i JOIN scenario_revision AS r ON r.id = i.revision JOIN scenario AS s"
                " ON s.id = r.scenario WHERE i.dataset = d.id AND s.run = ?1) ORDER BY id");
    query.bind(run);
    std::vector<DatasetId> found;
    while (query.next()) found.push_back(query.id<DatasetId>(0));
    return found;
  });
}

Result<std::vector<DatasetId>> DatasetRepository::holding(ScenarioId scenario) {
  auto& session = m_connection.session();
  return guarded(session, "look for datasets", [&]() -> Result<std::vector<DatasetId>> {
    Query query(session,
                "SELECT DISTINCT i.dataset FROM scenario_revision AS r JOIN dataset_item AS i ON "
                "i.revision = r.id"
                " WHERE r.scenario = ? ORDER BY i.dataset");
    query.bind(scenario);
    std::vector<DatasetId> found;
    while (query.next()) found.push_back(query.id<DatasetId>(0));
    return found;
  });
}

Status DatasetRepository::remove(DatasetId id) {
  auto& session = m_connection.session();
  WORDSIGHT_TRY(const auto dataset, get(id));
  return writing(
      session, Durability::Synced, "delete dataset \"" + dataset.name + "\"", [&]() -> Status {
        WORDSIGHT_TRY(const auto runs, usedBy(id));
        if (!runs.empty())
          return fail("Dataset \"" + dataset.name + "\" was used by run " +
                      std::to_string(runs.front().value) +
                      (runs.size() > 1 ? " and " + std::to_string(runs.size() - 1) + " more" : "") +
                      ": it stays, so that the run can be explained.");
        Query(session, "DELETE FROM dataset_item WHERE dataset = ?").bind(id).run();
        Query(session, "DELETE FROM dataset WHERE id = ?").bind(id).run();
        return {};
      });
}

}  // namespace wordsight::store
