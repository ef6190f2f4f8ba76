#include "store/metric_repository.h"

#include <limits>
#include <unordered_map>

#include "store/session.h"

namespace wordsight::store {
namespace {

/// SQLite keeps NaN as NULL; it comes back as NaN.
double realOrNaN(const Query& row, int column) {
  return row.isNull(column) ? std::numeric_limits<double>::quiet_NaN() : row.real(column);
}

std::int64_t nameId(SqlSession& session, const std::string& name) {
  Query known(session, "SELECT id FROM metric_name WHERE name = ?");
  known.bind(name);
  if (known.next()) return known.integer(0);
  Query(session, "INSERT INTO metric_name (name) VALUES (?)").bind(name).run();
  return session.database->getLastInsertRowid();
}

MetricPoint pointOf(const Query& row, const std::string& name) {
  return {name,           row.integer(0),    row.integer(1),
          row.integer(2), realOrNaN(row, 3), realOrNaN(row, 4)};
}

}  // namespace

Status MetricRepository::appendMany(RunId run, std::span<const MetricPoint> points) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "append metrics of run " + std::to_string(run.value),
                 [&]() -> Status {
                   std::unordered_map<std::string, std::int64_t> names;
                   Query insert(session,
                                "INSERT INTO metric_point (run, name, step, samples, tokens, "
                                "seconds, value) VALUES (?, ?, ?, ?, ?, ?, ?)");
                   for (const auto& point : points) {
                     auto known = names.find(point.name);
                     if (known == names.end())
                       known = names.emplace(point.name, nameId(session, point.name)).first;
                     insert
                         .bind(run, known->second, point.step, point.samples, point.tokens,
                               point.seconds, point.value)
                         .run();
                   }
                   return {};
                 });
}

Result<std::vector<MetricPoint>> MetricRepository::series(RunId run, const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a curve", [&]() -> Result<std::vector<MetricPoint>> {
    Query query(
        session,
        "SELECT step, samples, tokens, seconds, value FROM metric_point"
        " WHERE run = ? AND name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY step, id");
    query.bind(run, name);
    std::vector<MetricPoint> points;
    while (query.next()) {
      auto point = pointOf(query, name);
      if (!points.empty() && points.back().step == point.step)
        points.back() = std::move(point);  // the run was resumed and went through this step again
      else
        points.push_back(std::move(point));
    }
    return points;
  });
}

Result<std::vector<std::string>> MetricRepository::names(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "list curves", [&]() -> Result<std::vector<std::string>> {
    // One look into the index per name instead of a walk over the run's points.
    Query query(
        session,
        "SELECT name FROM metric_name AS n"
        " WHERE EXISTS (SELECT 1 FROM metric_point WHERE run = ? AND name = n.id) ORDER BY name");
    query.bind(run);
    std::vector<std::string> names;
    while (query.next()) names.push_back(query.text(0));
    return names;
  });
}

Result<std::optional<MetricPoint>> MetricRepository::last(RunId run, const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a curve's end", [&]() -> Result<std::optional<MetricPoint>> {
    Query query(session,
                "SELECT step, samples, tokens, seconds, value FROM metric_point"
                " WHERE run = ? AND name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY "
                "step DESC, id DESC LIMIT 1");
    query.bind(run, name);
    if (!query.next()) return std::optional<MetricPoint>();
    return std::optional(pointOf(query, name));
  });
}

}  // namespace wordsight::store
