#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/scenario.h"
#include "store/connection.h"

namespace wordsight::store {

struct DatasetEntry {
  RevisionId revision;
  std::string split;  // "train", "eval", …; not empty
};

struct Dataset {
  DatasetId id;
  std::string name, note;
  Json spec;         // how it was chosen: filter, shares, seed
  std::string hash;  // sha256 over the entries' content hashes and splits, in order: equal means
                     // the same data
  std::int64_t items = 0;
  std::vector<std::pair<std::string, std::int64_t>> splits;  // name, items; most first
  RunId run;                                                 // that froze it
  UnixMillis createdAt = 0;
};

struct DatasetItem {
  std::int64_t position = 0;
  std::string split;
  Revision revision;
  Provenance provenance;  // of its scenario
};

/// Frozen, named lists of revisions. Once made, a dataset never changes; it can be deleted only
/// while no run uses it.
class DatasetRepository {
 public:
  explicit DatasetRepository(Connection& connection) : m_connection(connection) {}

  /// Order is kept. The name must be new, a revision may occur once, and there must be at least one
  /// entry.
  Result<DatasetId> freeze(const std::string& name, std::span<const DatasetEntry> entries,
                           const Json& spec = Json::object(), const std::string& note = {},
                           RunId run = {});
  Result<Dataset> get(DatasetId id);
  /// NotFound names the datasets there are.
  Result<Dataset> find(const std::string& name);
  /// Newest first.
  Result<std::vector<Dataset>> list();
  /// In the frozen order; `split` chooses one.
  Result<std::vector<DatasetItem>> items(DatasetId id,
                                         const std::optional<std::string>& split = {});
  Status forEachItem(DatasetId id, const std::optional<std::string>& split,
                     const std::function<Status(const DatasetItem&)>& callback);
  /// Runs that used it.
  Result<std::vector<RunId>> usedBy(DatasetId id);
  /// Runs that made the scenarios in it.
  Result<std::vector<RunId>> sourceRuns(DatasetId id);
  /// Datasets that this run froze, or that hold scenarios which it made.
  Result<std::vector<DatasetId>> fromRun(RunId run);
  /// Datasets that hold a revision of this scenario.
  Result<std::vector<DatasetId>> holding(ScenarioId scenario);
  Status remove(DatasetId id);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
