#include "models/scenarios/freeze_preview.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

#include "curate/checks.h"
#include "store/scenario_repository.h"

namespace wordsight::ui {

Result<FreezePreview> freezePreview(store::Connection& connection, const jobs::FreezeSpec& spec,
                                    std::stop_token stop) {
  FreezePreview preview;
  std::map<std::string, std::int64_t> reasons;
  const auto look = [&](const Scenario& scenario) -> Status {
    if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
    if ((spec.ids || !spec.filter.status) && scenario.status == ReviewStatus::Rejected) {
      ++preview.rejected;
      return {};
    }
    ++preview.matching;
    std::set<std::string> codes;
    for (const auto& finding : curate::checkItem(scenario.content))
      if (finding.severity == curate::Severity::Error) codes.insert(finding.code);
    for (const auto& code : codes) ++reasons[code];
    preview.leftOut += !codes.empty();
    return {};
  };
  store::ScenarioRepository scenarios(connection);
  if (spec.ids) {
    constexpr std::size_t kChunk = 1000;
    for (std::size_t at = 0; at < spec.ids->size(); at += kChunk) {
      const auto part = std::span(*spec.ids).subspan(at, std::min(kChunk, spec.ids->size() - at));
      WORDSIGHT_TRY(const auto some, scenarios.getMany(part));
      for (const auto& scenario : some) WORDSIGHT_CHECK(look(scenario));
    }
  } else {
    WORDSIGHT_CHECK(scenarios.forEach(spec.filter, look));
  }
  preview.reasons.assign(reasons.begin(), reasons.end());
  std::stable_sort(preview.reasons.begin(), preview.reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& share : spec.shares)
    preview.splits.emplace_back(
        share.name, std::llround(share.fraction * static_cast<double>(preview.frozen())));
  return preview;
}

Result<std::vector<DatasetRow>> datasetRows(store::Connection& connection) {
  store::DatasetRepository datasets(connection);
  WORDSIGHT_TRY(auto all, datasets.list());
  std::vector<DatasetRow> rows;
  for (auto& dataset : all) {
    WORDSIGHT_TRY(auto used, datasets.usedBy(dataset.id));
    rows.push_back({std::move(dataset), std::move(used)});
  }
  return rows;
}

}  // namespace wordsight::ui
