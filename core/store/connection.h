#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace wordsight::store {

struct ProjectState;
struct SqlSession;  // what repositories see of SQLite; store/session.h, for this layer only

/// One thread's door to the project file. Made by Project::connect(); repositories keep a reference
/// to it.
///
/// Durability: every function that returns success has committed. A process killed right after
/// loses nothing. Against a power cut, what people decided and what took long to compute
/// (scenarios, decisions, datasets, runs, predictions, overrides) is synced to the disk before
/// success is returned; metric points and log lines are not (a sync costs 1–20 ms and they come
/// many a second): a power cut may take the last of them, and never leaves the file broken.
class Connection {
 public:
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Does several repository calls as one: all of them are kept, or (when `work` returns an error)
  /// none is. May be nested; then the outermost one decides.
  Status transaction(const std::function<Status()>& work);

  /// Drops what can be computed again (current scenarios, full-text index, parsed choices stay
  /// until put again) and makes it anew from the content. For a damaged index, and for tests.
  Status rebuildDerived();
  /// Asks SQLite whether the file is sound, and whether derived tables agree with the content.
  /// Empty: all is well.
  Result<std::vector<std::string>> check();
  /// Moves the write-ahead log into the file, so that the file alone is the project (before copying
  /// it).
  Status checkpoint();

  /// Paths inside the project's folder are kept relative to it, so that a project can be moved with
  /// its files. One in a NAME.files that the project had under another name, or at another place
  /// (older rows may be absolute), is read from its present NAME.files when the file is there.
  std::string storedPath(const std::filesystem::path& path) const;
  std::filesystem::path resolvedPath(const std::string& stored) const;
  bool readOnly() const;

  SqlSession& session() { return *m_session; }

 private:
  friend class Project;
  explicit Connection(std::unique_ptr<SqlSession> session);
  std::unique_ptr<SqlSession> m_session;
};

}  // namespace wordsight::store
