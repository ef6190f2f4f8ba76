#include "store/run_query.h"

#include <algorithm>

namespace wordsight::store {
namespace {

const char* orderColumn(RunFilter::Sort sort) {
  using Sort = RunFilter::Sort;
  switch (sort) {
    case Sort::Created:
      return "r.id";
    case Sort::Started:
      return "r.started_at";
    case Sort::Finished:
      return "r.finished_at";
    case Sort::Name:
      return "r.name COLLATE NOCASE";
    case Sort::Kind:
      return "r.kind";
    case Sort::Status:
      return "r.status";
    case Sort::Duration:
      return "CASE WHEN r.finished_at > 0 AND r.started_at > 0"
             " THEN r.finished_at - r.started_at ELSE -1 END";
  }
  return "r.id";
}

}  // namespace

std::string runColumns() {
  return "SELECT r.id, r.kind, r.status, r.name, r.command, r.summary, r.error, r.created_at,"
         " r.started_at, r.finished_at, m.starred, m.note, m.tags";
}

std::string runsFrom() {
  return " FROM run AS r LEFT JOIN run_mark AS m"
         " ON m.id = (SELECT max(id) FROM run_mark WHERE run = r.id)";
}

std::vector<RunId> deadRuns(SqlSession& session) {
  std::vector<RunId> dead;
  Query query(session,
              "SELECT id, owner FROM run WHERE status IN ('queued', 'running') ORDER BY id");
  while (query.next())
    if (!OwnerLock::lives(session.project->files / "locks", query.text(1)))
      dead.push_back(query.id<RunId>(0));
  return dead;
}

Run runOf(const Query& row, const std::vector<RunId>& dead) {
  Run run;
  run.id = row.id<RunId>(0);
  run.kind = runKindFromText(row.text(1)).value_or(RunKind::Import);
  run.status = runStatusFromText(row.text(2)).value_or(RunStatus::Interrupted);
  if (std::binary_search(dead.begin(), dead.end(), run.id)) run.status = RunStatus::Interrupted;
  run.name = row.text(3);
  run.command = row.text(4);
  run.summary = jsonColumn(row.text(5));
  run.error = row.text(6);
  run.createdAt = row.integer(7);
  run.startedAt = row.integer(8);
  run.finishedAt = row.integer(9);
  return run;
}

RunMark runMarkOf(const Query& row) {
  if (row.isNull(10)) return {};
  return {row.integer(10) != 0, row.text(11), textsFromJson(row.text(12))};
}

std::string whereOf(const RunFilter& filter, const std::vector<RunId>& dead) {
  std::string where;
  const auto add = [&](const char* condition) {
    where += (where.empty() ? " WHERE " : " AND ") + std::string(condition);
  };
  if (filter.kind) add("r.kind = ?");
  if (filter.status && dead.empty()) add("r.status = ?");
  if (filter.status && !dead.empty()) {
    std::string ids;
    for (const auto id : dead) ids += (ids.empty() ? "" : ", ") + std::to_string(id.value);
    add(("CASE WHEN r.id IN (" + ids + ") THEN 'interrupted' ELSE r.status END = ?").c_str());
  }
  if (filter.starred) add("coalesce(m.starred, 0) = ?");
  if (!filter.tag.empty())
    add("EXISTS (SELECT 1 FROM json_each(coalesce(m.tags, '[]')) WHERE value = ?)");
  if (!filter.text.empty())
    add("(instr(lower(r.name), lower(?)) OR instr(lower(r.command), lower(?))"
        " OR instr(lower(r.error), lower(?)) OR instr(lower(coalesce(m.note, '')), lower(?))"
        " OR EXISTS (SELECT 1 FROM json_each(coalesce(m.tags, '[]'))"
        " WHERE instr(lower(value), lower(?))))");
  return where;
}

void bindFilter(Query& query, const RunFilter& filter) {
  if (filter.kind) query.bind(toText(*filter.kind));
  if (filter.status) query.bind(toText(*filter.status));
  if (filter.starred) query.bind(*filter.starred ? 1 : 0);
  if (!filter.tag.empty()) query.bind(filter.tag);
  if (filter.text.empty()) return;
  const auto& text = filter.text;
  query.bind(text, text, text, text, text);
}

std::string orderOf(const RunFilter& filter) {
  std::string order =
      std::string(" ORDER BY ") + orderColumn(filter.sort) + (filter.descending ? " DESC" : "");
  if (filter.sort != RunFilter::Sort::Created)
    order += filter.descending ? ", r.id DESC" : ", r.id";
  return order + " LIMIT ? OFFSET ?";
}

}  // namespace wordsight::store
