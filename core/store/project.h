#pragma once
// The project file NAME.wordsight (SQLite) and the folder NAME.files beside it.
//
// Threads: a Project is a cheap handle that may be copied and used from any thread. A Connection
// belongs to one thread at a time: each thread calls connect() once, makes repositories on its own
// Connection, and drops both when it ends. Processes: any number may read and write one project at
// once (SQLite's write-ahead log; writers wait for each other up to `busyMillis`). Runs belong to
// the Project handle that created or started them; see RunRepository::markInterrupted.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/connection.h"
#include "store/migrations.h"

namespace wordsight::store {

enum class OpenMode { ReadWrite, ReadOnly };

struct ProjectOptions {
  int busyMillis = 30'000;  // how long a writer waits for another one; imports of 100,000 items
                            // take several seconds
  /// Most pages that the file may grow to; 0: no limit. A quota, and the way tests make a disk
  /// full.
  std::int64_t maxPages = 0;
  /// The schema's steps; nullptr: those of this program. Tests give their own.
  const std::vector<Migration>* migrations = nullptr;
};

class Project {
 public:
  /// Makes a new project file, whole or not at all, and its folder. Nothing that exists is
  /// overwritten.
  static Result<Project> create(const std::filesystem::path& path,
                                const ProjectOptions& options = {});
  /// Opens a project. A file of an older version is copied beside itself (`NAME.v1-copy.wordsight`)
  /// and then migrated; one of a newer version, of another program, or broken is refused and left
  /// as it is. ReadOnly migrates nothing and needs no right to write, not even to the folder.
  static Result<Project> open(const std::filesystem::path& path, OpenMode mode,
                              const ProjectOptions& options = {});

  /// A connection for the calling thread.
  Result<std::unique_ptr<Connection>> connect() const;

  /// The file, absolute, symbolic links resolved.
  const std::filesystem::path& path() const;
  OpenMode mode() const;
  /// NAME.files, beside the file: pictures, thumbnails, adapters, caches. Made when a project is
  /// opened for writing.
  const std::filesystem::path& filesFolder() const;
  /// The copy that was made before a migration at this open(); empty when there was none.
  const std::filesystem::path& copyBeforeMigration() const;

 private:
  friend class Connection;
  explicit Project(std::shared_ptr<ProjectState> state);
  std::shared_ptr<ProjectState> m_state;
};

/// NAME.files for NAME.wordsight; for a file with another ending, the ending stays (NAME.db →
/// NAME.db.files).
std::filesystem::path filesFolderOf(const std::filesystem::path& projectFile);

}  // namespace wordsight::store
