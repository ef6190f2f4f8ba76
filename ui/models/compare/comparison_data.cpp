#include "models/compare/comparison_data.h"

#include <algorithm>
#include <filesystem>

#include "bridge/format.h"
#include "jobs/comparison.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"

namespace wordsight::ui {

namespace {

Result<std::unordered_map<std::size_t, OverrideNote>> overridesOf(store::Connection& connection,
                                                                  const eval::Cell& cell) {
  store::PredictionRepository repository(connection);
  std::unordered_map<std::size_t, OverrideNote> notes;
  for (std::size_t i = 0; i < cell.answers.size(); ++i) {
    if (!cell.answers[i].overridden) continue;
    for (const auto id : cell.answers[i].predictions) {
      WORDSIGHT_TRY(const auto history, repository.overrides(id));
      if (history.empty() || history.back().withdrawn) continue;
      notes[i] = {history.back().person, history.back().note, history.back().createdAt};
    }
  }
  return notes;
}

Result<CellRecord> recordOf(store::Connection& connection, RunId id, const eval::Cell& cell) {
  WORDSIGHT_TRY(const auto run, store::RunRepository(connection).get(id));
  CellRecord record;
  record.run = id;
  if (auto arm = armFromText(run.spec.value("arm", std::string("caption")))) record.arm = *arm;
  record.model = run.spec.value("model", std::string());
  record.adapter = run.spec.value("adapter", std::string());
  record.recorded = run.spec.contains("recorded");
  record.generated = run.spec.value("scoring", std::string()) == "generate";
  record.shifts = run.spec.value("shifts", 1);
  if (!record.recorded)
    if (auto prompt = jobs::decisionPrompt(run.spec.value("prompt", std::string("default"))))
      record.prompt = std::move(*prompt);
  WORDSIGHT_TRY(record.overrides, overridesOf(connection, cell));
  return record;
}

QString searchTextOf(const BenchmarkItem& item) {
  QString text = QString::number(item.index) + u'\n' + toQt(item.content.situation) + u'\n' +
                 toQt(item.content.question) + u'\n' + toQt(item.imageFile);
  for (const auto& option : item.content.options) text += u'\n' + toQt(option);
  return text.toCaseFolded();
}

std::string fileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace

std::vector<RunId> ComparisonData::runs() const {
  std::vector<RunId> ids;
  for (const auto& cell : cells) ids.push_back(cell.run);
  return ids;
}

Result<ComparisonPtr> loadComparison(store::Connection& connection, const store::Project& project,
                                     const std::vector<RunId>& runs,
                                     const std::vector<RunId>& offered) {
  auto data = std::make_shared<ComparisonData>();
  WORDSIGHT_TRY(data->comparison, jobs::compareRuns(connection, runs, 1, eval::Bootstrap::Later));
  WORDSIGHT_TRY(const auto info, jobs::reportInfo(connection, project, runs, {}));
  data->benchmark = info.benchmark;
  data->published = info.published;
  for (const auto& cell : data->comparison.cells) {
    WORDSIGHT_TRY(auto record, recordOf(connection, RunId(cell.run), cell));
    const auto place = std::find(offered.begin(), offered.end(), record.run);
    record.style = static_cast<int>(place == offered.end()
                                        ? data->cells.size()
                                        : static_cast<std::size_t>(place - offered.begin()));
    data->cells.push_back(std::move(record));
    data->calibration.push_back(eval::reliability(cell));
  }
  for (const auto& item : data->comparison.items) data->searchTexts.push_back(searchTextOf(item));
  return ComparisonPtr(std::move(data));
}

ComparisonPtr withIntervals(const ComparisonData& data, const std::stop_token& stop) {
  auto whole = std::make_shared<ComparisonData>(data);
  if (!eval::addIntervals(whole->comparison, stop)) return nullptr;
  return whole;
}

Result<std::vector<CandidateCell>> listEvaluations(store::Connection& connection) {
  store::RunFilter filter;
  filter.kind = RunKind::Evaluation;
  store::RunRepository repository(connection);
  store::PredictionRepository predictions(connection);
  store::BenchmarkRepository benchmarks(connection);
  WORDSIGHT_TRY(const auto runs, repository.list(filter));
  WORDSIGHT_TRY(const auto known, benchmarks.list());
  std::vector<CandidateCell> entries;
  for (const auto& row : runs) {
    CandidateCell entry;
    entry.run = row.id;
    entry.status = row.status;
    entry.createdAt = row.createdAt;
    WORDSIGHT_TRY(entry.answers, predictions.count(row.id));
    WORDSIGHT_TRY(const auto linked, repository.benchmarks(row.id));
    if (entry.answers == 0 || linked.empty()) continue;
    entry.benchmarkId = linked[0];
    for (const auto& benchmark : known)
      if (benchmark.id == linked[0]) entry.benchmark = benchmark.name;
    WORDSIGHT_TRY(const auto run, repository.get(row.id));
    entry.label = run.spec.value("label", std::string("model"));
    entry.arm = run.spec.value("arm", std::string("caption"));
    entry.recorded = run.spec.contains("recorded");
    entry.model = fileName(run.spec.value(entry.recorded ? "recorded" : "model", std::string()));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace wordsight::ui
