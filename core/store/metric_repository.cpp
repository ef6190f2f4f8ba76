#include "store/metric_repository.h"

#include <algorithm>
#include <cmath>
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

// A point of this name says: the run went on after this step, and what was appended before for
// later steps counts no more. It needs no table of its own, and is written with the first new
// points, so that a resume that comes to nothing hides nothing.
constexpr const char* kResumed = "resumed after";

/// Which points a resumed run has superseded.
class Superseded {
 public:
  Superseded(SqlSession& session, RunId run) {
    Query query(session,
                "SELECT id, step FROM metric_point"
                " WHERE run = ? AND name = (SELECT id FROM metric_name WHERE name = ?)");
    query.bind(run, kResumed);
    while (query.next()) m_marks.emplace_back(query.integer(0), query.integer(1));
  }
  bool operator()(std::int64_t row, std::int64_t step) const {
    return std::any_of(m_marks.begin(), m_marks.end(),
                       [&](const auto& mark) { return row < mark.first && step > mark.second; });
  }

 private:
  std::vector<std::pair<std::int64_t, std::int64_t>> m_marks;  // row and step, few
};

/// Least and greatest of `values` in each of `buckets` stretches, as they stand.
std::vector<double> thinned(const std::vector<double>& values, std::size_t buckets) {
  std::vector<double> out;
  out.reserve(2 * buckets);
  for (std::size_t b = 0; b < buckets; ++b) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(values.size() * b / buckets);
    const auto end =
        values.begin() + static_cast<std::ptrdiff_t>(values.size() * (b + 1) / buckets);
    const auto [least, greatest] = std::minmax_element(first, end);
    out.push_back(least < greatest ? *least : *greatest);
    out.push_back(least < greatest ? *greatest : *least);
  }
  return out;
}

}  // namespace

Status MetricRepository::appendMany(RunId run, std::span<const MetricPoint> points,
                                    std::optional<std::int64_t> resumedAfter) {
  auto& session = m_connection.session();
  return writing(session, Durability::Logged, "append metrics of run " + std::to_string(run.value),
                 [&]() -> Status {
                   std::unordered_map<std::string, std::int64_t> names;
                   Query insert(session,
                                "INSERT INTO metric_point (run, name, step, samples, tokens, "
                                "seconds, value) VALUES (?, ?, ?, ?, ?, ?, ?)");
                   const auto add = [&](const MetricPoint& point) {
                     auto known = names.find(point.name);
                     if (known == names.end())
                       known = names.emplace(point.name, nameId(session, point.name)).first;
                     insert
                         .bind(run, known->second, point.step, point.samples, point.tokens,
                               point.seconds, point.value)
                         .run();
                   };
                   if (resumedAfter) add({kResumed, *resumedAfter, 0, 0, 0, 0});
                   std::for_each(points.begin(), points.end(), add);
                   return {};
                 });
}

Result<std::vector<MetricPoint>> MetricRepository::series(RunId run, const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a curve", [&]() -> Result<std::vector<MetricPoint>> {
    Query query(
        session,
        "SELECT step, samples, tokens, seconds, value, id FROM metric_point"
        " WHERE run = ? AND name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY step");
    query.bind(run, name);
    const Superseded superseded(session, run);
    std::vector<MetricPoint> points;
    std::int64_t row = 0;  // of points.back()
    while (query.next()) {
      if (superseded(query.integer(5), query.integer(0))) continue;
      if (points.empty() || points.back().step != query.integer(0)) {
        points.push_back(pointOf(query, name));
        row = query.integer(5);
      } else if (query.integer(5) > row) {
        // The run was resumed and went through this step again.
        points.back() = pointOf(query, name);
        row = query.integer(5);
      }
    }
    return points;
  });
}

Result<std::vector<MetricPoint>> MetricRepository::seriesAfter(RunId run, const std::string& name,
                                                               std::int64_t afterRow,
                                                               std::int64_t* lastRow) {
  auto& session = m_connection.session();
  return guarded(session, "read a curve", [&]() -> Result<std::vector<MetricPoint>> {
    // The whole curve comes through its index and is put in order; what is new since then stands at
    // the table's end ("+" keeps the index out: it would be walked from the curve's beginning).
    const std::string columns =
        "SELECT step, samples, tokens, seconds, value, id FROM metric_point ";
    const std::string curve = "name = (SELECT id FROM metric_name WHERE name = ?)";
    Query query(session, afterRow > 0
                             ? columns + "WHERE +run = ? AND +" + curve + " AND id > ? ORDER BY id"
                             : columns + "WHERE run = ? AND " + curve + " AND id > ? ORDER BY id");
    query.bind(run, name, afterRow);
    const Superseded superseded(session, run);
    std::vector<MetricPoint> points;
    std::int64_t last = afterRow;
    while (query.next()) {
      last = query.integer(5);
      if (!superseded(last, query.integer(0))) points.push_back(pointOf(query, name));
    }
    if (lastRow) *lastRow = last;
    return points;
  });
}

Result<std::vector<double>> MetricRepository::sparkline(RunId run, const std::string& name,
                                                        int buckets) {
  if (buckets < 1) return fail("A thumbnail needs at least one stretch.", ErrorKind::Internal);
  auto& session = m_connection.session();
  return guarded(session, "read a curve", [&]() -> Result<std::vector<double>> {
    Query query(session,
                "SELECT step, value, id FROM metric_point WHERE run = ? AND name = (SELECT id FROM"
                " metric_name WHERE name = ?) ORDER BY step");
    query.bind(run, name);
    const Superseded superseded(session, run);
    std::vector<double> values;
    while (query.next())
      if (!query.isNull(1) && std::isfinite(query.real(1)) &&
          !superseded(query.integer(2), query.integer(0)))
        values.push_back(query.real(1));
    const auto width = static_cast<std::size_t>(buckets);
    return values.size() <= 2 * width ? values : thinned(values, width);
  });
}

Result<std::vector<std::string>> MetricRepository::names(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "list curves", [&]() -> Result<std::vector<std::string>> {
    // One look into the index per name instead of a walk over the run's points.
    Query query(
        session,
        "SELECT name FROM metric_name AS n"
        " WHERE name <> ? AND EXISTS (SELECT 1 FROM metric_point WHERE run = ? AND name = n.id)"
        " ORDER BY name");
    query.bind(kResumed, run);
    std::vector<std::string> names;
    while (query.next()) names.push_back(query.text(0));
    return names;
  });
}

Result<std::optional<MetricPoint>> MetricRepository::last(RunId run, const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a curve's end", [&]() -> Result<std::optional<MetricPoint>> {
    Query query(session,
                "SELECT step, samples, tokens, seconds, value, id FROM metric_point"
                " WHERE run = ? AND name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY "
                "step DESC, id DESC");
    query.bind(run, name);
    const Superseded superseded(session, run);
    while (query.next())
      if (!superseded(query.integer(5), query.integer(0)))
        return std::optional(pointOf(query, name));
    return std::optional<MetricPoint>();
  });
}

}  // namespace wordsight::store
