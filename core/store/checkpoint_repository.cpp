#include "store/checkpoint_repository.h"

#include "store/session.h"

namespace wordsight::store {
namespace {

constexpr const char* kCheckpointColumns =
    "SELECT id, run, step, folder, eval_loss, created_at FROM checkpoint WHERE run = ?";

Checkpoint checkpointOf(const Connection& connection, const Query& row) {
  Checkpoint checkpoint;
  checkpoint.id = row.id<CheckpointId>(0);
  checkpoint.run = row.id<RunId>(1);
  checkpoint.step = row.integer(2);
  checkpoint.folder = connection.resolvedPath(row.text(3)).string();
  if (!row.isNull(4)) checkpoint.evalLoss = row.real(4);
  checkpoint.createdAt = row.integer(5);
  return checkpoint;
}

}  // namespace

Result<CheckpointId> CheckpointRepository::add(const Checkpoint& checkpoint) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep a checkpoint", [&]() -> Result<CheckpointId> {
    Query insert(
        session,
        "INSERT INTO checkpoint (run, step, folder, eval_loss, created_at) VALUES (?, ?, ?, ?, ?)");
    insert.bind(checkpoint.run, checkpoint.step, m_connection.storedPath(checkpoint.folder));
    checkpoint.evalLoss ? insert.bind(*checkpoint.evalLoss) : insert.bind(nullptr);
    insert.bind(checkpoint.createdAt ? checkpoint.createdAt : nowMillis()).run();
    return CheckpointId(session.database->getLastInsertRowid());
  });
}

Result<std::vector<Checkpoint>> CheckpointRepository::list(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "list checkpoints", [&]() -> Result<std::vector<Checkpoint>> {
    Query query(session, std::string(kCheckpointColumns) + " ORDER BY step, id");
    query.bind(run);
    std::vector<Checkpoint> all;
    while (query.next()) all.push_back(checkpointOf(m_connection, query));
    return all;
  });
}

Result<std::optional<Checkpoint>> CheckpointRepository::newest(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "read a checkpoint", [&]() -> Result<std::optional<Checkpoint>> {
    Query query(session, std::string(kCheckpointColumns) + " ORDER BY step DESC, id DESC LIMIT 1");
    query.bind(run);
    if (!query.next()) return std::optional<Checkpoint>();
    return std::optional(checkpointOf(m_connection, query));
  });
}

}  // namespace wordsight::store
