#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/ids.h"
#include "store/connection.h"

namespace wordsight::store {

/// What a generator wrote that did not become a scenario: kept as it came, never lost.
struct Reject {
  std::int64_t id = 0;
  RunId run;  // none: not from a run
  std::string strategy, reason, rawText;
  std::uint64_t seed = 0;
  UnixMillis createdAt = 0;
};

class RejectRepository {
 public:
  explicit RejectRepository(Connection& connection) : m_connection(connection) {}
  Status add(const Reject& reject) { return addMany(std::span(&reject, 1)); }
  Status addMany(std::span<const Reject> rejects);
  /// Newest first. Without a run: of all runs.
  Result<std::vector<Reject>> list(std::optional<RunId> run = {}, std::int64_t limit = -1,
                                   std::int64_t offset = 0);
  Result<std::int64_t> count(std::optional<RunId> run = {});

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
