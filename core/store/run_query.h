#pragma once
// How a RunFilter becomes SQL, and a row a Run. For this layer only.

#include <string>
#include <vector>

#include "domain/run.h"
#include "store/run_repository.h"
#include "store/session.h"

namespace wordsight::store {

/// Columns that runOf() and markOf() read, of r (run) and m (its newest run_mark, or NULL).
std::string runColumns();
/// " FROM run AS r LEFT JOIN …"
std::string runsFrom();
/// A run that nobody works on any more counts as interrupted, whether or not its row says so yet.
Run runOf(const Query& row, const std::vector<RunId>& dead);
/// Rows queued or running whose owner lives no more. Read with every list; nearly always none.
std::vector<RunId> deadRuns(SqlSession& session);
RunMark runMarkOf(const Query& row);

/// WHERE of a filter ("" when everything matches), and its values.
std::string whereOf(const RunFilter& filter, const std::vector<RunId>& dead);
void bindFilter(Query& query, const RunFilter& filter);
/// ORDER BY with LIMIT ? OFFSET ?.
std::string orderOf(const RunFilter& filter);

}  // namespace wordsight::store
