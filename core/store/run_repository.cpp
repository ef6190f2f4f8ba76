#include "store/run_repository.h"

#include <algorithm>

#include "base/utf8.h"
#include "store/run_query.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

std::string name(RunId id) { return "run " + std::to_string(id.value); }

void appendStatus(SqlSession& session, RunId id, const std::string& text) {
  Query(session, "INSERT INTO run_log (run, kind, text, created_at) VALUES (?, 'status', ?, ?)")
      .bind(id, text, nowMillis())
      .run();
}

struct Standing {
  RunStatus status;
  std::string owner;
  bool alive;  // its owner lives
};

Result<Standing> standingOf(SqlSession& session, RunId id) {
  Query query(session, "SELECT status, owner FROM run WHERE id = ?");
  query.bind(id);
  if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
  WORDSIGHT_TRY(const auto status, runStatusFromText(query.text(0)));
  return Standing{status, query.text(1),
                  OwnerLock::lives(session.project->files / "locks", query.text(1))};
}

/// Trimmed, none empty, none twice, in the order given.
std::vector<std::string> tidyTags(const std::vector<std::string>& tags) {
  std::vector<std::string> tidy;
  for (const auto& tag : tags) {
    const std::string one(trimmed(tag));
    if (!one.empty() && std::find(tidy.begin(), tidy.end(), one) == tidy.end()) tidy.push_back(one);
  }
  return tidy;
}

Result<RunMark> newestMark(SqlSession& session, RunId id) {
  Query query(session, runColumns() + runsFrom() + " WHERE r.id = ?");
  query.bind(id);
  if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
  return runMarkOf(query);
}

/// One column of ids of a link table.
template <class IdType>
Result<std::vector<IdType>> linked(SqlSession& session, const char* sql, RunId id) {
  return guarded(session, "read what a run used", [&]() -> Result<std::vector<IdType>> {
    Query query(session, sql);
    query.bind(id);
    std::vector<IdType> found;
    while (query.next()) found.push_back(query.id<IdType>(0));
    return found;
  });
}

template <class... Values>
Status link(SqlSession& session, const char* sql, const Values&... values) {
  return writing(session, Durability::Synced, "keep what a run used", [&]() -> Status {
    Query(session, sql).bind(values...).run();
    return {};
  });
}

}  // namespace

Result<RunId> RunRepository::create(const Run& run) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "make a run", [&]() -> Result<RunId> {
    WORDSIGHT_TRY(const auto owner, session.project->owner());
    Query insert(
        session,
        "INSERT INTO run (kind, status, name, command, spec, summary, error, owner, attempts, "
        "created_at,"
        " started_at, finished_at) VALUES (?, 'queued', ?, ?, ?, '{}', '', ?, 0, ?, 0, 0)");
    insert.bind(toText(run.kind), run.name, run.command, dumpJson(run.spec), owner, nowMillis())
        .run();
    const RunId id(session.database->getLastInsertRowid());
    appendStatus(session, id, "queued");
    return id;
  });
}

Status RunRepository::start(RunId id) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "start " + name(id), [&]() -> Status {
    WORDSIGHT_TRY(const auto owner, session.project->owner());
    WORDSIGHT_TRY(const auto standing, standingOf(session, id));
    if (standing.status == RunStatus::Done)
      return fail("Run " + std::to_string(id.value) + " is done: start a new one instead.");
    if (standing.status == RunStatus::Running && standing.alive)
      return fail("Run " + std::to_string(id.value) + " is running" +
                      (standing.owner == owner ? "" : " in another window or command") +
                      ": wait until it ends, or stop it there.",
                  ErrorKind::Busy);
    if (standing.status == RunStatus::Queued && standing.alive && standing.owner != owner)
      return fail("Run " + std::to_string(id.value) +
                      " is queued in another window or command: let it start there.",
                  ErrorKind::Busy);
    Query(session,
          "UPDATE run SET status = 'running', owner = ?, attempts = attempts + 1, error = '', "
          "started_at = ?,"
          " finished_at = 0 WHERE id = ?")
        .bind(owner, nowMillis(), id)
        .run();
    appendStatus(session, id, standing.status == RunStatus::Queued ? "started" : "resumed");
    return {};
  });
}

Status RunRepository::finish(RunId id, RunStatus status, const Json& summary,
                             const std::string& error) {
  if (status == RunStatus::Queued || status == RunStatus::Running)
    return fail("A run does not finish as " + std::string(toText(status)) + ".",
                ErrorKind::Internal);
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "finish " + name(id), [&]() -> Status {
    WORDSIGHT_TRY(const auto standing, standingOf(session, id));
    if (standing.status != RunStatus::Running && standing.status != RunStatus::Queued)
      return fail("Run " + std::to_string(id.value) + " is " + toText(standing.status) +
                  ": it cannot finish again.");
    WORDSIGHT_TRY(const auto owner, session.project->owner());
    if (standing.owner != owner && standing.alive)
      return fail("Run " + std::to_string(id.value) +
                      " belongs to another window or command: stop it there.",
                  ErrorKind::Busy);
    Query(session,
          "UPDATE run SET status = ?, summary = ?, error = ?, finished_at = ? WHERE id = ?")
        .bind(toText(status), dumpJson(summary), error, nowMillis(), id)
        .run();
    appendStatus(session, id,
                 error.empty() ? std::string(toText(status)) : toText(status) + (": " + error));
    return {};
  });
}

Status RunRepository::setSummary(RunId id, const Json& summary) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "keep the summary of " + name(id), [&]() -> Status {
    Query(session, "UPDATE run SET summary = ? WHERE id = ? AND status = 'running'")
        .bind(dumpJson(summary), id)
        .run();
    if (session.database->getChanges() == 0)
      return fail("There is no running " + name(id) + ".", ErrorKind::NotFound);
    return {};
  });
}

Status RunRepository::rename(RunId id, const std::string& newName) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "rename " + name(id), [&]() -> Status {
    Query(session, "UPDATE run SET name = ? WHERE id = ?").bind(newName, id).run();
    if (session.database->getChanges() == 0)
      return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    return {};
  });
}

Result<std::vector<RunId>> RunRepository::markInterrupted() {
  auto& session = m_connection.session();
  return writing(
      session, Durability::Synced, "mark interrupted runs", [&]() -> Result<std::vector<RunId>> {
        const auto dead = deadRuns(session);
        for (const auto id : dead) {
          Query(session, "UPDATE run SET status = 'interrupted', finished_at = ? WHERE id = ?")
              .bind(nowMillis(), id)
              .run();
          appendStatus(session, id, "interrupted: the program that ran it ended");
        }
        return dead;
      });
}

Result<Run> RunRepository::get(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read " + name(id), [&]() -> Result<Run> {
    Query query(session, runColumns() + ", r.spec" + runsFrom() + " WHERE r.id = ?");
    query.bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    Run run = runOf(query, deadRuns(session));
    run.spec = jsonColumn(query.text(13));
    return run;
  });
}

Result<std::vector<Run>> RunRepository::list(const RunFilter& filter) {
  WORDSIGHT_TRY(auto all, rows(filter));
  std::vector<Run> runs;
  runs.reserve(all.size());
  for (auto& row : all) runs.push_back(std::move(row.run));
  return runs;
}

Result<std::vector<RunRow>> RunRepository::rows(const RunFilter& filter) {
  auto& session = m_connection.session();
  return guarded(session, "list runs", [&]() -> Result<std::vector<RunRow>> {
    const auto dead = deadRuns(session);
    Query query(session, runColumns() + runsFrom() + whereOf(filter, dead) + orderOf(filter));
    bindFilter(query, filter);
    query.bind(filter.limit, filter.offset);
    std::vector<RunRow> all;
    while (query.next()) all.push_back({runOf(query, dead), runMarkOf(query)});
    return all;
  });
}

Result<std::int64_t> RunRepository::count(const RunFilter& filter) {
  auto& session = m_connection.session();
  return guarded(session, "count runs", [&]() -> Result<std::int64_t> {
    Query query(session, "SELECT count(*)" + runsFrom() + whereOf(filter, deadRuns(session)));
    bindFilter(query, filter);
    query.next();
    return query.integer(0);
  });
}

Status RunRepository::mark(RunId id, const RunMark& mark, const std::string& person) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "mark " + name(id), [&]() -> Status {
    WORDSIGHT_TRY(const auto before, newestMark(session, id));
    const RunMark now{mark.starred, mark.note, tidyTags(mark.tags)};
    if (now == before) return {};
    Query(session,
          "INSERT INTO run_mark (run, starred, note, tags, person, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?)")
        .bind(id, now.starred ? 1 : 0, now.note, textsToJson(now.tags), person, nowMillis())
        .run();
    return {};
  });
}

Result<RunMark> RunRepository::markOf(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read the mark of " + name(id), [&] { return newestMark(session, id); });
}

Result<int> RunRepository::attempts(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read " + name(id), [&]() -> Result<int> {
    Query query(session, "SELECT attempts FROM run WHERE id = ?");
    query.bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    return query.number(0);
  });
}

Status RunRepository::appendLog(RunId id, std::span<const LogLine> lines) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "append to the log of " + name(id), [&]() -> Status {
    for (const auto& line : lines)
      Query(session, "INSERT INTO run_log (run, kind, text, created_at) VALUES (?, ?, ?, ?)")
          .bind(id, line.level == LogLine::Level::Warning ? "warning" : "info", line.text,
                nowMillis())
          .run();
    return {};
  });
}

Result<std::vector<RunLogEntry>> RunRepository::log(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read the log of " + name(id), [&]() -> Result<std::vector<RunLogEntry>> {
    Query query(session, "SELECT kind, text, created_at FROM run_log WHERE run = ? ORDER BY id");
    query.bind(id);
    std::vector<RunLogEntry> entries;
    while (query.next()) {
      const auto kind = query.text(0);
      entries.push_back({kind == "status"    ? RunLogEntry::Kind::Status
                         : kind == "warning" ? RunLogEntry::Kind::Warning
                                             : RunLogEntry::Kind::Info,
                         query.text(1), query.integer(2)});
    }
    return entries;
  });
}

Status RunRepository::appendSample(RunId id, const Sample& sample) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "keep a sample of " + name(id), [&]() -> Status {
    Query(session,
          "INSERT INTO run_sample (run, step, label, prompt, text, created_at) VALUES (?, ?, ?, ?, "
          "?, ?)")
        .bind(id, sample.step, sample.label, sample.prompt, sample.text, nowMillis())
        .run();
    return {};
  });
}

Result<std::vector<Sample>> RunRepository::samples(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read samples of " + name(id), [&]() -> Result<std::vector<Sample>> {
    Query query(session,
                "SELECT label, prompt, text, step FROM run_sample WHERE run = ? ORDER BY id");
    query.bind(id);
    std::vector<Sample> all;
    while (query.next())
      all.push_back({query.text(0), query.text(1), query.text(2), query.integer(3)});
    return all;
  });
}

Status RunRepository::linkDataset(RunId id, DatasetId dataset) {
  return link(m_connection.session(),
              "INSERT INTO run_dataset (run, dataset) VALUES (?, ?) ON CONFLICT DO NOTHING", id,
              dataset);
}

Status RunRepository::linkModel(RunId id, ModelId model, const std::string& role) {
  return link(m_connection.session(),
              "INSERT INTO run_model (run, model, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              id, model, role);
}

Status RunRepository::linkBenchmark(RunId id, BenchmarkId benchmark) {
  return link(m_connection.session(),
              "INSERT INTO run_benchmark (run, benchmark) VALUES (?, ?) ON CONFLICT DO NOTHING", id,
              benchmark);
}

Status RunRepository::linkParent(RunId id, RunId parent, const std::string& role) {
  if (id == parent) return fail("Run " + std::to_string(id.value) + " cannot rest on itself.");
  return link(m_connection.session(),
              "INSERT INTO run_parent (run, parent, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              id, parent, role);
}

Result<std::vector<DatasetId>> RunRepository::datasets(RunId id) {
  return linked<DatasetId>(m_connection.session(),
                           "SELECT dataset FROM run_dataset WHERE run = ? ORDER BY dataset", id);
}

Result<std::vector<BenchmarkId>> RunRepository::benchmarks(RunId id) {
  return linked<BenchmarkId>(m_connection.session(),
                             "SELECT benchmark FROM run_benchmark WHERE run = ? ORDER BY benchmark",
                             id);
}

Result<std::vector<RunId>> RunRepository::children(RunId id) {
  return linked<RunId>(m_connection.session(),
                       "SELECT DISTINCT run FROM run_parent WHERE parent = ? ORDER BY run", id);
}

Result<std::vector<std::pair<ModelId, std::string>>> RunRepository::models(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read what a run used",
                 [&]() -> Result<std::vector<std::pair<ModelId, std::string>>> {
                   Query query(
                       session,
                       "SELECT model, role FROM run_model WHERE run = ? ORDER BY role, model");
                   query.bind(id);
                   std::vector<std::pair<ModelId, std::string>> found;
                   while (query.next()) found.emplace_back(query.id<ModelId>(0), query.text(1));
                   return found;
                 });
}

Result<std::vector<RunParent>> RunRepository::parents(RunId id) {
  auto& session = m_connection.session();
  return guarded(session, "read what a run used", [&]() -> Result<std::vector<RunParent>> {
    Query query(session, "SELECT parent, role FROM run_parent WHERE run = ? ORDER BY parent, role");
    query.bind(id);
    std::vector<RunParent> found;
    while (query.next()) found.push_back({query.id<RunId>(0), query.text(1)});
    return found;
  });
}

}  // namespace wordsight::store
