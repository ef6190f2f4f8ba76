#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/run.h"
#include "store/connection.h"

namespace wordsight::store {

/// Points of curves. Appended in batches; NaN and infinite values are kept as they are.
class MetricRepository {
 public:
  explicit MetricRepository(Connection& connection) : m_connection(connection) {}
  /// One transaction. Safe against a killed process, not synced against a power cut (see
  /// Connection).
  /// With `resumedAfter` the run has gone back to that step: what it had appended for later steps
  /// stays in the file, and no curve shows it any more.
  Status appendMany(RunId run, std::span<const MetricPoint> points,
                    std::optional<std::int64_t> resumedAfter = {});
  /// One curve in order of steps. When a resumed run went through a step again, the newest point
  /// stands.
  Result<std::vector<MetricPoint>> series(RunId run, const std::string& name);
  /// What was appended to a curve after the row `afterRow` (0: from its beginning), in the order in
  /// which it came, for views that grow: steps that a resumed run went through again come again.
  /// `*lastRow` becomes the row to go on from; it stays `afterRow` when there is nothing new.
  Result<std::vector<MetricPoint>> seriesAfter(RunId run, const std::string& name,
                                               std::int64_t afterRow, std::int64_t* lastRow);
  /// A curve's values in order of steps, thinned for a picture a few pixels wide: up to 2 × buckets
  /// points come as they are, of more the least and the greatest of each of `buckets` equal
  /// stretches, in the order in which they stand there, so that no spike is lost. Values that are
  /// not finite are left out.
  Result<std::vector<double>> sparkline(RunId run, const std::string& name, int buckets);
  /// Names of a run's curves, in alphabetic order.
  Result<std::vector<std::string>> names(RunId run);
  /// The last point of a curve by step, for lists.
  Result<std::optional<MetricPoint>> last(RunId run, const std::string& name);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
