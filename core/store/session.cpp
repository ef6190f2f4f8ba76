#include "store/session.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "base/utf8.h"

namespace wordsight::store {
namespace {

/// A path as a SQLite URI: what has a meaning there is written as %XX.
std::string uriOf(const std::filesystem::path& file) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : file.string()) {
    if (std::isalnum(static_cast<unsigned char>(c)) || std::strchr("/-_.~", c)) {
      uri += c;
    } else {
      uri += '%';
      uri += digits[static_cast<unsigned char>(c) >> 4];
      uri += digits[static_cast<unsigned char>(c) & 15];
    }
  }
  return uri + "?immutable=1";
}

Error constraintError(const SQLite::Exception& error, const std::string& name,
                      const std::string& what) {
  if (error.getExtendedErrorCode() == SQLITE_CONSTRAINT_FOREIGNKEY)
    return {what + "it refers to something that " + name + " does not hold.", ErrorKind::NotFound};
  return {what + error.what() + ".", ErrorKind::Invalid};
}

}  // namespace

Result<std::string> ProjectState::owner() {
  const std::lock_guard lock(m_mutex);
  if (!m_owner) {
    WORDSIGHT_TRY(m_owner, OwnerLock::acquire(files / "locks"));
  }
  return m_owner->token();
}

SqlSession::~SqlSession() { idle.clear(); }  // before the database that they belong to

std::unique_ptr<SQLite::Database> openDatabase(const std::filesystem::path& file, OpenMode mode,
                                               bool immutable, const ProjectOptions& options) {
  int flags = mode == OpenMode::ReadWrite ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
  flags |= SQLITE_OPEN_NOMUTEX;  // a connection belongs to one thread at a time
  if (immutable) flags |= SQLITE_OPEN_URI;
  auto database = std::make_unique<SQLite::Database>(immutable ? uriOf(file) : file.string(), flags,
                                                     options.busyMillis);
  database->exec("PRAGMA foreign_keys = ON");
  // Otherwise REPLACE deletes rows without the triggers that forbid it.
  database->exec("PRAGMA recursive_triggers = ON");
  // temp_store stays as it is: with MEMORY, what savepoints note is a list that SQLite walks at the
  // end of each statement. 20,000 edits inside transaction() took 5 s instead of 1.
  database->exec("PRAGMA cache_size = -32768");
  if (mode == OpenMode::ReadWrite) {
    database->exec("PRAGMA synchronous = FULL");
    database->exec("PRAGMA journal_size_limit = 67108864");
    if (options.maxPages > 0)
      database->exec("PRAGMA max_page_count = " + std::to_string(options.maxPages));
  }
  return database;
}

int systemErrorOf(const SQLite::Database& database) {
  return sqlite3_system_errno(database.getHandle());
}

Error translated(const SQLite::Exception& error, const std::filesystem::path& file,
                 std::string_view doing, int systemError) {
  const std::string name = file.string();
  const std::string what = "Cannot " + std::string(doing) + " in " + name + ": ";
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {
          what + "another process is writing to it. Wait until it has finished, then try again.",
          ErrorKind::Busy};
    case SQLITE_FULL:
      return {
          what +
              "the disk or the quota is full. Free some space and try again; nothing was changed.",
          ErrorKind::Io};
    case SQLITE_READONLY:
      return {what +
                  "the file, its folder or the disk is read-only. Copy the project to where you "
                  "can write.",
              ErrorKind::Io};
    case SQLITE_IOERR:
      if (systemError == ENOSPC || systemError == EDQUOT)
        return {what +
                    "the disk or the quota is full. Free some space and try again; nothing was "
                    "changed.",
                ErrorKind::Io};
      return {what + "the disk failed (" + error.what() + "). Check the disk and try again.",
              ErrorKind::Io};
    case SQLITE_CORRUPT:
      return {what + "the file is damaged (" + error.what() +
                  "). Restore it from a copy, or save what is left with " +
                  "`sqlite3 FILE .recover`.",
              ErrorKind::Io};
    case SQLITE_NOTADB:
      return {what + "it is not a SQLite database. Name a project file.", ErrorKind::Invalid};
    case SQLITE_CANTOPEN:
      return {what + "it cannot be opened (" + error.what() +
                  "). Check that the folder is there and that you may write " + "to it.",
              ErrorKind::Io};
    case SQLITE_TOOBIG:
      return {what + "a text is too long for it. Shorten it.", ErrorKind::Invalid};
    case SQLITE_NOMEM:
      return {what + "there is not enough memory. Close other programs and try again.",
              ErrorKind::Io};
    case SQLITE_CONSTRAINT:
      return constraintError(error, name, what);
    default:
      return {what + error.what() + ".", ErrorKind::Internal};
  }
}

Query::Query(SqlSession& session, std::string sql) : m_session(session), m_sql(std::move(sql)) {
  const auto found = session.idle.find(m_sql);
  if (found != session.idle.end()) {
    m_statement = std::move(found->second);
    session.idle.erase(found);
  } else {
    m_statement = std::make_unique<SQLite::Statement>(*session.database, m_sql);
  }
}

Query::~Query() {
  m_statement->tryReset();
  m_statement->clearBindings();
  // Filters make many statements: a bound on what is kept. 200 is more than all fixed ones
  // together.
  if (m_session.idle.size() >= 200) m_session.idle.clear();
  m_session.idle.insert_or_assign(std::move(m_sql), std::move(m_statement));
}

void Query::run() {
  m_statement->exec();
  reset();
}

std::string Query::text(int column) const {
  const auto value = m_statement->getColumn(column);
  return value.getString();
}

void Query::bindNext(const std::string& value) {
  if (isValidUtf8(value))
    m_statement->bind(++m_bound, value);
  else
    m_statement->bind(++m_bound, toValidUtf8(value));
}

Result<std::unique_ptr<WriteScope>> WriteScope::begin(SqlSession& session, Durability durability) {
  if (session.project->mode == OpenMode::ReadOnly)
    return fail(session.project->file.string() +
                    " is open for reading only: open it for writing to change it.",
                ErrorKind::Io);
  return std::unique_ptr<WriteScope>(new WriteScope(session, durability));
}

WriteScope::WriteScope(SqlSession& session, Durability durability) : m_session(session) {
  if (session.depth > 0 && sqlite3_get_autocommit(session.database->getHandle()))
    throw SQLite::Exception("an earlier error undid the whole transaction", SQLITE_FULL);
  if (session.depth == 0) {
    if (session.durability != durability) {
      session.database->exec(durability == Durability::Synced ? "PRAGMA synchronous = FULL"
                                                              : "PRAGMA synchronous = NORMAL");
      session.durability = durability;
    }
    session.database->exec("BEGIN IMMEDIATE");  // waits for other writers here, and nowhere later
  } else {
    session.database->exec("SAVEPOINT scope" + std::to_string(session.depth));
  }
  ++session.depth;
}

void WriteScope::commit() {
  if (sqlite3_get_autocommit(m_session.database->getHandle()))
    throw SQLite::Exception("an earlier error undid the whole transaction", SQLITE_FULL);
  const int level = m_session.depth - 1;
  m_session.database->exec(level == 0 ? std::string("COMMIT")
                                      : "RELEASE scope" + std::to_string(level));
  --m_session.depth;
  m_open = false;
}

WriteScope::~WriteScope() {
  if (!m_open) return;
  const int level = --m_session.depth;
  // A full disk or a failing one makes SQLite roll back by itself; then there is nothing left to
  // do.
  if (sqlite3_get_autocommit(m_session.database->getHandle())) return;
  try {
    if (level == 0) {
      m_session.database->exec("ROLLBACK");
    } else {
      const auto name = "scope" + std::to_string(level);
      m_session.database->exec("ROLLBACK TO " + name);
      m_session.database->exec("RELEASE " + name);
    }
  } catch (const SQLite::Exception& error) {
    log::error(m_session.project->file.string() + ": rolling back failed: " + error.what());
  }
}

std::string textsToJson(const std::vector<std::string>& texts) {
  Json json = Json::array();
  for (const auto& text : texts) json.push_back(text);
  return dumpJson(json);
}

std::vector<std::string> textsFromJson(const std::string& text) {
  std::vector<std::string> texts;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array()) return texts;
  texts.reserve(json.size());
  for (const auto& entry : json)
    texts.push_back(entry.is_string() ? entry.get<std::string>() : dumpJson(entry));
  return texts;
}

Json jsonColumn(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(nullptr) : json;
}

}  // namespace wordsight::store
