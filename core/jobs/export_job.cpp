#include <algorithm>

#include "jobs/data_jobs.h"
#include "jobs/resources.h"
#include "store/dataset_repository.h"

namespace wordsight::jobs {
namespace {

using Visit = std::function<Status(const Scenario&, const std::string& split)>;

/// Walks what is to be exported: a dataset's frozen revisions, chosen scenarios, or a filter's.
class Selection {
 public:
  Selection(store::Connection& connection, const ExportSpec& spec, std::stop_token stop)
      : m_connection(connection), m_spec(spec), m_stop(std::move(stop)) {}

  Status forEach(const Visit& visit) {
    const auto unlessStopped = [&](const Scenario& scenario, const std::string& split) -> Status {
      if (m_stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
      return visit(scenario, split);
    };
    if (!m_spec.dataset.empty()) return ofDataset(unlessStopped);
    store::ScenarioRepository scenarios(m_connection);
    if (m_spec.ids.empty())
      return scenarios.forEach(
          m_spec.filter, [&](const Scenario& scenario) { return unlessStopped(scenario, {}); });
    constexpr std::size_t kChunk = 1000;
    const std::span all(m_spec.ids);
    for (std::size_t at = 0; at < all.size(); at += kChunk) {
      WORDSIGHT_TRY(const auto part,
                    scenarios.getMany(all.subspan(at, std::min(kChunk, all.size() - at))));
      for (const auto& scenario : part) WORDSIGHT_CHECK(unlessStopped(scenario, {}));
    }
    return {};
  }

 private:
  Status ofDataset(const Visit& visit) {
    store::DatasetRepository datasets(m_connection);
    WORDSIGHT_TRY(const auto dataset, datasets.find(m_spec.dataset));
    const auto split = m_spec.split.empty() ? std::optional<std::string>() : m_spec.split;
    if (split && std::none_of(dataset.splits.begin(), dataset.splits.end(),
                              [&](const auto& known) { return known.first == *split; }))
      return fail("The dataset " + m_spec.dataset + " has no split \"" + *split + "\".",
                  ErrorKind::NotFound);
    return datasets.forEachItem(dataset.id, split, [&](const store::DatasetItem& item) -> Status {
      Scenario scenario;
      scenario.id = item.revision.scenario;
      scenario.revision = item.revision.id;
      scenario.revisionNumber = item.revision.number;
      scenario.content = item.revision.content;
      scenario.provenance = item.provenance;
      scenario.status = ReviewStatus::Accepted;
      return visit(scenario, item.split);
    });
  }

  store::Connection& m_connection;
  const ExportSpec& m_spec;
  const std::stop_token m_stop;
};

bool hasKey(const ScenarioContent& content) {
  return content.key >= 0 && content.key < static_cast<int>(content.options.size());
}

}  // namespace

Result<ExportOutcome> exportScenarios(const store::Project& project, const ExportSpec& spec,
                                      std::stop_token stop) {
  if (spec.file.empty()) return fail("Name the file to export to.");
  WORDSIGHT_TRY(const auto connection, project.connect());
  DecisionPrompt prompt;
  if (curate::writesChats(spec.format)) {
    WORDSIGHT_TRY(prompt, decisionPrompt(spec.prompt));
  }
  Selection selection(*connection, spec, std::move(stop));
  curate::ScenarioWriter::Options options{spec.format, &prompt};
  if (spec.format == curate::ExportFormat::Csv)  // its first line must know
    WORDSIGHT_CHECK(selection.forEach([&](const Scenario& scenario, const std::string&) -> Status {
      options.optionColumns = std::max(options.optionColumns, scenario.content.options.size());
      return {};
    }));
  WORDSIGHT_TRY(auto writer, curate::ScenarioWriter::open(spec.file, options));
  ExportOutcome outcome;
  WORDSIGHT_CHECK(
      selection.forEach([&](const Scenario& scenario, const std::string& split) -> Status {
        if (curate::writesChats(spec.format) && !hasKey(scenario.content)) {
          ++outcome.leftOut;
          return {};
        }
        return writer.add(scenario, split);
      }));
  WORDSIGHT_CHECK(writer.finish());
  outcome.written = writer.written();
  return outcome;
}

}  // namespace wordsight::jobs
