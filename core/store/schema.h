#pragma once
// What a project file looks like from outside, and how its schema moves on. For this layer only.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "store/project.h"

namespace wordsight::store {

/// Looks at the file's first bytes, without SQLite, so that nothing can be touched: is it there, is
/// it a file, is it SQLite, is it ours, is it of a version that we know? Returns that version; when
/// a log lies beside the file, the log may hold a newer one.
Result<int> headerVersion(const std::filesystem::path& file, int newest);
/// Refuses versions above `newest`.
Status checkVersion(const std::filesystem::path& file, std::int64_t version, int newest);

/// user_version of an open database. Throws SQLite::Exception.
int schemaVersion(SQLite::Database& database);

/// Runs the steps after `from` and then the derived schema. Inside the caller's transaction. Throws
/// SQLite::Exception.
Status runMigrations(SQLite::Database& database, const std::vector<Migration>& migrations, int from,
                     const std::filesystem::path& file);

/// Brings an older file up to date: waits for other writers, copies the file beside itself,
/// migrates in one transaction. Returns the copy's path; empty when somebody else migrated it
/// meanwhile.
Result<std::filesystem::path> migrateFile(const std::filesystem::path& file,
                                          const ProjectOptions& options,
                                          const std::vector<Migration>& migrations);

/// Writes a complete project to `file`, which must not exist. Throws SQLite::Exception.
Status writeNewDatabase(const std::filesystem::path& file, const ProjectOptions& options,
                        const std::vector<Migration>& migrations);

}  // namespace wordsight::store
