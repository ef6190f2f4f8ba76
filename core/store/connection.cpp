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

namespace {

/// What of `path` lies inside its last folder NAME.files; empty: it is in none.
fs::path insideFiles(const fs::path& path) {
  fs::path inside;
  bool found = false;
  for (const auto& part : path) {
    if (part.extension() == ".files") {
      inside.clear();
      found = true;
    } else if (found) {
      inside /= part;
    }
  }
  return inside;
}

}  // namespace

fs::path Connection::resolvedPath(const std::string& stored) const {
  if (stored.empty()) return {};
  const fs::path& folder = m_session->project->file.parent_path();
  const fs::path& files = m_session->project->files;
  const fs::path path = (folder / stored).lexically_normal();  // an absolute one stays as it is
  if (path.lexically_relative(files).native().starts_with("..")) {
    // Not in this project's files: it may have been moved or renamed since.
    std::error_code code;
    if (const auto inside = insideFiles(path); !inside.empty())
      if (const auto moved = files / inside; fs::exists(moved, code) && !code) return moved;
  }
  return path;
}

}  // namespace wordsight::store
