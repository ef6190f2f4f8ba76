#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/ids.h"
#include "domain/json.h"
#include "store/connection.h"

namespace wordsight::store {

/// A model folder as it was when it was used: a base checkpoint, an adapter, or something that
/// answers from elsewhere.
struct ModelRecord {
  ModelId id;
  std::string kind = "base";  // "base", "adapter", "endpoint", "recorded"
  std::string name;           // for people
  std::string location;       // folder (kept relative inside the project's folder) or URL#MODEL
  std::string family;         // llama, qwen2, qwen2_vl, …; may be empty
  std::string
      hash;  // sha256 of what identifies it: config.json, adapter_config.json + weights' header, …
  Json details = Json::object();  // parameters, sizes, hashes per module
  UnixMillis createdAt = 0;
};

/// Models that runs used. Rows never change: a folder whose content changed becomes another row.
class ModelRepository {
 public:
  explicit ModelRepository(Connection& connection) : m_connection(connection) {}
  /// The row with the same kind, location and hash, or a new one.
  Result<ModelId> remember(const ModelRecord& model);
  Result<ModelRecord> get(ModelId id);
  /// Newest first.
  Result<std::vector<ModelRecord>> list();
  /// Runs that used or made it, and as what; oldest first.
  Result<std::vector<std::pair<RunId, std::string>>> runsOf(ModelId id);
  /// What a run used: "base", "adapter", "output" … as given to RunRepository::linkModel.
  Result<std::optional<ModelRecord>> ofRun(RunId run, const std::string& role);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
