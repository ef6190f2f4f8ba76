#include "store/connection.h"

#include "store/session.h"

namespace wordsight::store {

namespace fs = std::filesystem;

Connection::Connection(std::unique_ptr<SqlSession> session) : m_session(std::move(session)) {}
Connection::~Connection() = default;

bool Connection::readOnly() const { return m_session->project->mode == OpenMode::ReadOnly; }

Status Connection::transaction(const std::function<Status()>& work) {
  return writing(*m_session, Durability::Synced, "write", work);
}

Status Connection::rebuildDerived() {
  return writing(*m_session, Durability::Synced, "rebuild the index", [&]() -> Status {
    m_session->idle.clear();  // statements on tables that are about to go
    m_session->database->exec(std::string(derivedSchemaSql()));
    return {};
  });
}

Result<std::vector<std::string>> Connection::check() {
  return guarded(*m_session, "check the content", [&]() -> Result<std::vector<std::string>> {
    std::vector<std::string> found;
    Query integrity(*m_session, "PRAGMA integrity_check(20)");
    while (integrity.next())
      if (const auto line = integrity.text(0); line != "ok") found.push_back(line);
    Query references(*m_session, "PRAGMA foreign_key_check");
    while (references.next())
      found.push_back("a row of " + references.text(0) + " refers to a row of " +
                      references.text(2) + " that is not there");
    const auto count = [&](const char* sql, const char* problem) {
      Query query(*m_session, sql);
      if (query.next() && query.integer(0) != 0)
        found.push_back(std::to_string(query.integer(0)) + " " + problem);
    };
    count("SELECT count(*) FROM scenario WHERE id NOT IN (SELECT scenario FROM scenario_current)",
          "scenarios are missing from the list of current ones: rebuild the derived tables");
    count(
        "SELECT count(*) FROM scenario_current AS c WHERE revision <> (SELECT id FROM "
        "scenario_revision AS r"
        " WHERE r.scenario = c.scenario ORDER BY number DESC LIMIT 1)",
        "scenarios are listed with an old revision: rebuild the derived tables");
    count(
        "SELECT count(*) FROM scenario_current AS c WHERE status <> coalesce((SELECT status FROM "
        "scenario_status AS s"
        " WHERE s.scenario = c.scenario ORDER BY id DESC LIMIT 1), 'undecided')",
        "scenarios are listed with an old decision: rebuild the derived tables");
    count("SELECT (SELECT count(*) FROM scenario) - (SELECT count(*) FROM scenario_fts)",
          "scenarios are missing from the search index: rebuild the derived tables");
    return found;
  });
}

Status Connection::checkpoint() {
  return guarded(*m_session, "move the log into the file", [&]() -> Status {
    Query query(*m_session, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (query.next() && query.integer(0) != 0)
      return fail(
          m_session->project->file.string() +
              " is in use elsewhere: close other windows and commands on it, then try again.",
          ErrorKind::Busy);
    return {};
  });
}

std::string Connection::storedPath(const fs::path& path) const {
  if (path.empty()) return {};
  const fs::path folder = m_session->project->file.parent_path();
  std::error_code code;
  const fs::path absolute = fs::absolute(path, code).lexically_normal();
  if (code) return path.string();
  const auto inside = [&](const fs::path& candidate) {
    const fs::path relative = candidate.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != ".." ? relative.generic_string()
                                                          : std::string();
  };
  if (auto relative = inside(absolute); !relative.empty()) return relative;
  // The project's own path has its links resolved; a path through a link may still lie beside it.
  if (const auto real = fs::weakly_canonical(absolute, code); !code)
    if (auto relative = inside(real); !relative.empty()) return relative;
  return absolute.string();
}

fs::path Connection::resolvedPath(const std::string& stored) const {
  if (stored.empty()) return {};
  const fs::path path(stored);
  return path.is_absolute() ? path
                            : (m_session->project->file.parent_path() / path).lexically_normal();
}

}  // namespace wordsight::store
