#include "store/model_repository.h"

#include "store/session.h"

namespace wordsight::store {
namespace {

constexpr const char* kModelColumns =
    "SELECT m.id, m.kind, m.name, m.location, m.family, m.hash, m.details, m.created_at FROM model "
    "AS m";

bool isFolder(const std::string& kind) { return kind == "base" || kind == "adapter"; }

ModelRecord modelOf(const Connection& connection, const Query& row) {
  ModelRecord model;
  model.id = row.id<ModelId>(0);
  model.kind = row.text(1);
  model.name = row.text(2);
  model.location =
      isFolder(model.kind) ? connection.resolvedPath(row.text(3)).string() : row.text(3);
  model.family = row.text(4);
  model.hash = row.text(5);
  model.details = jsonColumn(row.text(6));
  model.createdAt = row.integer(7);
  return model;
}

}  // namespace

Result<ModelId> ModelRepository::remember(const ModelRecord& model) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep model " + model.name, [&]() -> Result<ModelId> {
    const std::string location =
        isFolder(model.kind) ? m_connection.storedPath(model.location) : model.location;
    Query known(session, "SELECT id FROM model WHERE kind = ? AND location = ? AND hash = ?");
    known.bind(model.kind, location, model.hash);
    if (known.next()) return known.id<ModelId>(0);
    Query insert(session,
                 "INSERT INTO model (kind, name, location, family, hash, details, created_at) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert
        .bind(model.kind, model.name, location, model.family, model.hash, dumpJson(model.details),
              nowMillis())
        .run();
    return ModelId(session.database->getLastInsertRowid());
  });
}

Result<ModelRecord> ModelRepository::get(ModelId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a model", [&]() -> Result<ModelRecord> {
    Query query(session, std::string(kModelColumns) + " WHERE m.id = ?");
    query.bind(id);
    if (!query.next())
      return fail("There is no model number " + std::to_string(id.value) + ".",
                  ErrorKind::NotFound);
    return modelOf(m_connection, query);
  });
}

Result<std::vector<ModelRecord>> ModelRepository::list() {
  auto& session = m_connection.session();
  return guarded(session, "list models", [&]() -> Result<std::vector<ModelRecord>> {
    Query query(session, std::string(kModelColumns) + " ORDER BY m.id DESC");
    std::vector<ModelRecord> all;
    while (query.next()) all.push_back(modelOf(m_connection, query));
    return all;
  });
}

Result<std::vector<std::pair<RunId, std::string>>> ModelRepository::runsOf(ModelId id) {
  auto& session = m_connection.session();
  return guarded(
      session, "read what used a model",
      [&]() -> Result<std::vector<std::pair<RunId, std::string>>> {
        Query query(session, "SELECT run, role FROM run_model WHERE model = ? ORDER BY run, role");
        query.bind(id);
        std::vector<std::pair<RunId, std::string>> runs;
        while (query.next()) runs.emplace_back(query.id<RunId>(0), query.text(1));
        return runs;
      });
}

Result<std::optional<ModelRecord>> ModelRepository::ofRun(RunId run, const std::string& role) {
  auto& session = m_connection.session();
  return guarded(session, "read a run's model", [&]() -> Result<std::optional<ModelRecord>> {
    Query query(session, std::string(kModelColumns) +
                             " JOIN run_model AS l ON l.model = m.id WHERE l.run = ? AND l.role = "
                             "? ORDER BY m.id DESC");
    query.bind(run, role);
    if (!query.next()) return std::optional<ModelRecord>();
    return std::optional(modelOf(m_connection, query));
  });
}

}  // namespace wordsight::store
