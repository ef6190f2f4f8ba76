#pragma once
#include <optional>
#include <vector>

#include "domain/run.h"
#include "store/connection.h"

namespace wordsight::store {

/// Checkpoint folders that are complete on disk. The same step again (after resuming) is another
/// row; the newest stands.
class CheckpointRepository {
 public:
  explicit CheckpointRepository(Connection& connection) : m_connection(connection) {}
  Result<CheckpointId> add(const Checkpoint& checkpoint);
  /// In order of steps.
  Result<std::vector<Checkpoint>> list(RunId run);
  /// The one with the highest step.
  Result<std::optional<Checkpoint>> newest(RunId run);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
