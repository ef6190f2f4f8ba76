#pragma once
// SQLite as the store's own sources see it. Other layers include repositories, never this.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/result.h"
#include "domain/ids.h"
#include "domain/json.h"
#include "store/connection.h"
#include "store/owner_lock.h"
#include "store/project.h"

namespace wordsight::store {

/// What all connections of one Project handle share.
struct ProjectState {
  std::filesystem::path file;   // absolute, links resolved
  std::filesystem::path files;  // NAME.files
  std::filesystem::path copy;   // made before a migration
  OpenMode mode = OpenMode::ReadWrite;
  ProjectOptions options;
  bool immutable = false;  // on a medium where SQLite cannot make its shared-memory file

  /// This handle's lock as an owner of runs; taken at the first use.
  Result<std::string> owner();

 private:
  std::mutex m_mutex;
  std::unique_ptr<OwnerLock> m_owner;
};

/// Synced: survives a power cut. Logged: survives a killed process.
enum class Durability { Logged, Synced };

struct SqlSession {
  std::shared_ptr<ProjectState> project;
  std::unique_ptr<SQLite::Database> database;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> idle;  // prepared, not in use
  int depth = 0;  // open scopes of writing
  Durability durability = Durability::Synced;

  ~SqlSession();
};

/// Opens SQLite on the file with the settings every connection has. Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> openDatabase(const std::filesystem::path& file, OpenMode mode,
                                               bool immutable, const ProjectOptions& options);

/// The one place where SQLite's errors become ours. `doing` fits into "Cannot … in NAME: …".
/// `systemError` is sqlite3_system_errno() or 0.
Error translated(const SQLite::Exception& error, const std::filesystem::path& file,
                 std::string_view doing, int systemError = 0);
/// sqlite3_system_errno() of a connection.
int systemErrorOf(const SQLite::Database& database);

/// Runs `body` (which returns a Result or Status) and translates what SQLite throws.
template <class Body>
auto guarded(SqlSession& session, std::string_view doing, Body&& body)
    -> std::invoke_result_t<Body> {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    return fail(translated(error, session.project->file, doing, systemErrorOf(*session.database)));
  }
}

/// One use of a statement, which is prepared once a connection. Parameters are bound in order by
/// bind(…); rows are read by column number. Reset when it goes out of scope.
class Query {
 public:
  Query(SqlSession& session, std::string sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <class... Values>
  Query& bind(const Values&... values) {
    (bindNext(values), ...);
    return *this;
  }
  /// Makes it ready for another bind(), from the first parameter on.
  Query& reset() {
    m_statement->reset();
    m_bound = 0;
    return *this;
  }
  /// Steps; false at the end.
  bool next() { return m_statement->executeStep(); }
  /// Runs a statement without rows, and makes it ready for the next bind().
  void run();

  std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
  int number(int column) const { return m_statement->getColumn(column).getInt(); }
  double real(int column) const { return m_statement->getColumn(column).getDouble(); }
  bool isNull(int column) const { return m_statement->getColumn(column).isNull(); }
  std::string text(int column) const;
  template <class IdType>
  IdType id(int column) const {
    return IdType(integer(column));
  }

 private:
  void bindNext(std::int64_t value) { m_statement->bind(++m_bound, value); }
  void bindNext(int value) { m_statement->bind(++m_bound, value); }
  void bindNext(double value) { m_statement->bind(++m_bound, value); }  // NaN becomes NULL
  void bindNext(std::uint64_t value) {
    m_statement->bind(++m_bound, static_cast<std::int64_t>(value));
  }
  void bindNext(const std::string& value);
  void bindNext(std::string_view value) { bindNext(std::string(value)); }
  void bindNext(const char* value) { bindNext(std::string(value)); }
  void bindNext(std::nullptr_t) { m_statement->bind(++m_bound); }
  void bindNext(const std::vector<std::byte>& blob) {
    static const char empty = 0;
    m_statement->bind(++m_bound, blob.empty() ? static_cast<const void*>(&empty) : blob.data(),
                      static_cast<int>(blob.size()));
  }
  /// An id of 0 is NULL: "none".
  template <class Tag>
  void bindNext(Id<Tag> id) {
    id ? m_statement->bind(++m_bound, id.value) : m_statement->bind(++m_bound);
  }

  SqlSession& m_session;
  std::string m_sql;
  std::unique_ptr<SQLite::Statement> m_statement;
  int m_bound = 0;
};

/// A transaction that writes (or a savepoint in the outer one). Rolled back unless committed.
class WriteScope {
 public:
  /// Error: the project is open for reading only.
  static Result<std::unique_ptr<WriteScope>> begin(SqlSession& session, Durability durability);
  ~WriteScope();
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;
  void commit();

 private:
  WriteScope(SqlSession& session, Durability durability);
  SqlSession& m_session;
  bool m_open = true;
};

/// guarded() + WriteScope + commit when `body` succeeds.
template <class Body>
auto writing(SqlSession& session, Durability durability, std::string_view doing, Body&& body)
    -> std::invoke_result_t<Body> {
  return guarded(session, doing, [&]() -> std::invoke_result_t<Body> {
    WORDSIGHT_TRY(auto scope, WriteScope::begin(session, durability));
    auto result = body();
    if (result) scope->commit();
    return result;
  });
}

/// Strings and JSON columns.
std::string textsToJson(const std::vector<std::string>& texts);
std::vector<std::string> textsFromJson(const std::string& json);
Json jsonColumn(const std::string& text);

}  // namespace wordsight::store
