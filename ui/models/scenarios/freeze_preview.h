#pragma once
#include <cstdint>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/result.h"
#include "jobs/data_jobs.h"
#include "store/connection.h"
#include "store/dataset_repository.h"

namespace wordsight::ui {

/// What freezing would take and leave out.
struct FreezePreview {
  std::int64_t matching = 0, rejected = 0, leftOut = 0;       // leftOut: with errors
  std::vector<std::pair<std::string, std::int64_t>> reasons;  // code, scenarios; most first
  std::vector<std::pair<std::string, std::int64_t>> splits;   // as the form names them, about
  std::int64_t frozen() const { return matching - leftOut; }
};
/// Looks at every scenario that matches: some 3 s for 100,000; for a reader's thread. Stopped: an
/// error of kind Cancelled.
Result<FreezePreview> freezePreview(store::Connection& connection, const jobs::FreezeSpec& spec,
                                    std::stop_token stop);

/// A dataset, and the runs that rest on it.
struct DatasetRow {
  store::Dataset dataset;
  std::vector<RunId> usedBy;
};
Result<std::vector<DatasetRow>> datasetRows(store::Connection& connection);

}  // namespace wordsight::ui
