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
  Status appendMany(RunId run, std::span<const MetricPoint> points);
  /// One curve in order of steps. When a resumed run went through a step again, the newest point
  /// stands.
  Result<std::vector<MetricPoint>> series(RunId run, const std::string& name);
  /// Names of a run's curves, in alphabetic order.
  Result<std::vector<std::string>> names(RunId run);
  /// The last point of a curve by step, for lists.
  Result<std::optional<MetricPoint>> last(RunId run, const std::string& name);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
