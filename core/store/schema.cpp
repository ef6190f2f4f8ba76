#include "store/schema.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "embedded_migrations.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);

std::uint32_t bigEndian(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::string newerSentence(const std::filesystem::path& file, std::int64_t version, int newest) {
  return file.string() + " was made by a newer Wordsight (format " + std::to_string(version) +
         ", this one knows up to " + std::to_string(newest) +
         "): update Wordsight to open it. The file was left as it is.";
}

/// demo.wordsight → demo.v1-copy.wordsight, or demo.v1-copy-2.wordsight when that is there.
std::filesystem::path copyPath(const std::filesystem::path& file, int version) {
  const std::string base =
      (file.parent_path() / file.stem()).string() + ".v" + std::to_string(version) + "-copy";
  std::filesystem::path path = base + file.extension().string();
  for (int i = 2; std::filesystem::exists(path); ++i)
    path = base + "-" + std::to_string(i) + file.extension().string();
  return path;
}

/// A copy of the file as it is now, with what is still in the write-ahead log; whole or not there.
void copyDatabase(const std::filesystem::path& file, const std::filesystem::path& copy,
                  const ProjectOptions& options) {
  const std::filesystem::path unfinished = copy.string() + ".unfinished";
  ::unlink(unfinished.c_str());
  try {
    auto source = openDatabase(file, OpenMode::ReadOnly, false, options);
    {
      SQLite::Database target(unfinished.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      SQLite::Backup(target, *source).executeStep(-1);
    }
    // The copied header says WAL: one opening and closing leaves a single file, synced.
    SQLite::Database(unfinished.string(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const SQLite::Exception&) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
      ::unlink((unfinished.string() + ending).c_str());
    throw;
  }
  std::filesystem::rename(unfinished, copy);
}

}  // namespace

const std::vector<Migration>& builtinMigrations() {
  static const std::vector<Migration> migrations = [] {
    std::vector<Migration> all;
    for (const auto name : embedded::migrationsNames()) {
      if (name == "derived.sql") continue;
      all.push_back({std::stoi(std::string(name.substr(0, 4))), std::string(name),
                     embedded::migrations(name)});
    }
    return all;
  }();
  return migrations;
}

std::string_view derivedSchemaSql() { return embedded::migrations("derived.sql"); }

Result<int> headerVersion(const std::filesystem::path& file, int newest) {
  const std::string name = file.string();
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return fail("There is no project " + name +
                      ": check the path, or make one with `wordsight-cli init`.",
                  ErrorKind::NotFound);
    return fail("Cannot open " + name + ": " + std::strerror(errno) + ".", ErrorKind::Io);
  }
  if (S_ISDIR(info.st_mode))
    return fail(name + " is a folder, not a project file: name a .wordsight file.");
  if (!S_ISREG(info.st_mode)) return fail(name + " is not a regular file: name a .wordsight file.");
  if (info.st_size == 0)
    return fail(name +
                " is empty, not a project: remove it, then make one with `wordsight-cli init`.");
  std::array<unsigned char, 100> header{};
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail("Cannot read " + name + ": " + std::strerror(errno) + ".", ErrorKind::Io);
  in.read(reinterpret_cast<char*>(header.data()), header.size());
  if (in.gcount() < std::streamsize(header.size()) ||
      std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0)
    return fail(name +
                " is not a Wordsight project (not even a SQLite file): name a .wordsight file.");
  // Offsets 60 and 68: https://www.sqlite.org/fileformat2.html#the_database_header. Our
  // application_id is in the file from its first moment; user_version may be newer in the log,
  // which open() asks SQLite about.
  if (bigEndian(&header[68]) != static_cast<std::uint32_t>(kApplicationId))
    return fail(
        name +
        " is a SQLite file of another program, not a Wordsight project: name a .wordsight file.");
  const std::uint32_t version = bigEndian(&header[60]);
  WORDSIGHT_CHECK(checkVersion(file, version, newest));
  return static_cast<int>(version);
}

Status checkVersion(const std::filesystem::path& file, std::int64_t version, int newest) {
  if (version <= newest) return {};
  return fail(newerSentence(file, version, newest), ErrorKind::Unsupported);
}

int schemaVersion(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

Status runMigrations(SQLite::Database& database, const std::vector<Migration>& migrations, int from,
                     const std::filesystem::path& file) {
  int version = from;
  for (const auto& migration : migrations) {
    if (migration.number <= from) continue;
    if (migration.number != version + 1)
      return fail("Migration " + migration.name + " does not follow number " +
                      std::to_string(version) + ".",
                  ErrorKind::Internal);
    database.exec(std::string(migration.sql));
    version = migration.number;
  }
  database.exec(std::string(derivedSchemaSql()));
  SQLite::Statement broken(database, "PRAGMA foreign_key_check");
  if (broken.executeStep())
    return fail("Migrating " + file.string() + " would break references in its table " +
                    broken.getColumn(0).getString() +
                    ": the file was left as it is. Please report this.",
                ErrorKind::Internal);
  database.exec("PRAGMA user_version = " + std::to_string(version));
  return {};
}

Result<std::filesystem::path> migrateFile(const std::filesystem::path& file,
                                          const ProjectOptions& options,
                                          const std::vector<Migration>& migrations) {
  const int newest = migrations.back().number;
  std::filesystem::path copy;
  Status status;
  try {
    auto database = openDatabase(file, OpenMode::ReadWrite, false, options);
    SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
    const int version = schemaVersion(*database);  // again: another process may have been faster
    if (version > newest) return fail(newerSentence(file, version, newest), ErrorKind::Unsupported);
    if (version == newest) return std::filesystem::path();
    copy = copyPath(file, version);
    copyDatabase(file, copy, options);
    status = runMigrations(*database, migrations, version, file);
    if (status) transaction.commit();
  } catch (const SQLite::Exception& error) {
    status = fail(translated(error, file, "bring the schema up to date"));
  } catch (const std::filesystem::filesystem_error& error) {
    status = fail(
        "Cannot copy " + file.string() + " before migrating it: " + error.code().message() + ".",
        ErrorKind::Io);
  }
  if (!status) {
    if (!copy.empty()) ::unlink(copy.c_str());  // the file itself is as it was
    return fail(status.error());
  }
  return copy;
}

Status writeNewDatabase(const std::filesystem::path& file, const ProjectOptions& options,
                        const std::vector<Migration>& migrations) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                            options.busyMillis);
  if (options.maxPages > 0)
    database.exec("PRAGMA max_page_count = " + std::to_string(options.maxPages));
  database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  {
    SQLite::Transaction transaction(database);
    WORDSIGHT_CHECK(runMigrations(database, migrations, 0, file));
    transaction.commit();
  }
  database.exec("PRAGMA journal_mode = WAL");
  return {};
}

}  // namespace wordsight::store
