#include <algorithm>

#include "jobs/commands.h"
#include "jobs/data_jobs.h"
#include "jobs/resources.h"
#include "store/dataset_repository.h"
#include "store/run_repository.h"

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

/// The dataset is there, and so is the split.
Status checkDataset(store::Connection& connection, const ExportSpec& spec) {
  WORDSIGHT_TRY(const auto dataset, store::DatasetRepository(connection).find(spec.dataset));
  if (spec.split.empty()) return {};
  std::string names;
  for (const auto& [name, count] : dataset.splits) {
    if (name == spec.split) return {};
    names += (names.empty() ? "" : ", ") + name;
  }
  return fail("The dataset " + spec.dataset + " has no split \"" + spec.split +
                  "\"; there are: " + names + ".",
              ErrorKind::NotFound);
}

bool hasKey(const ScenarioContent& content) {
  return content.key >= 0 && content.key < static_cast<int>(content.options.size());
}

}  // namespace

namespace {

Json toJson(const ExportSpec& spec) {
  Json json{{"format", curate::toText(spec.format)}, {"file", spec.file}};
  if (curate::writesChats(spec.format)) json["prompt"] = spec.prompt;
  if (!spec.dataset.empty()) {
    json["dataset"] = spec.dataset;
    if (!spec.split.empty()) json["split"] = spec.split;
  } else if (!spec.ids.empty()) {
    json["scenarios"] = spec.ids.size();
  } else {
    json["filter"] = filterText(spec.filter);
  }
  return json;
}

Status writeScenarios(RunScope& scope, const ExportSpec& spec, const DecisionPrompt& prompt,
                      ExportOutcome& outcome) {
  if (!spec.dataset.empty() && scope.id()) {
    WORDSIGHT_TRY(const auto dataset,
                  store::DatasetRepository(scope.connection()).find(spec.dataset));
    WORDSIGHT_CHECK(store::RunRepository(scope.connection()).linkDataset(scope.id(), dataset.id));
  }
  Selection selection(scope.connection(), spec, scope.stop());
  curate::ScenarioWriter::Options options{spec.format, &prompt};
  if (spec.format == curate::ExportFormat::Csv)  // its first line must know
    WORDSIGHT_CHECK(selection.forEach([&](const Scenario& scenario, const std::string&) -> Status {
      options.optionColumns = std::max(options.optionColumns, scenario.content.options.size());
      return {};
    }));
  WORDSIGHT_TRY(auto writer, curate::ScenarioWriter::open(spec.file, options));
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
  scope.summary["items"] = outcome.written;
  scope.summary["left_out"] = outcome.leftOut;
  scope.summary["file"] = spec.file;
  return {};
}

}  // namespace

Result<ExportOutcome> exportScenarios(const JobContext& context, const ExportSpec& asked) {
  if (asked.file.empty()) return fail("Name the file to export to.");
  ExportSpec spec = asked;
  std::error_code code;
  if (const auto file = std::filesystem::absolute(asked.file, code); !code)
    spec.file = file.lexically_normal().string();
  DecisionPrompt prompt;
  if (curate::writesChats(spec.format)) {
    WORDSIGHT_TRY(prompt, decisionPrompt(spec.prompt));
  }
  if (!spec.dataset.empty()) {
    WORDSIGHT_TRY(const auto connection, context.project.connect());
    WORDSIGHT_CHECK(checkDataset(*connection, spec));
  }
  Run run;
  run.kind = RunKind::Export;
  run.name = std::filesystem::path(spec.file).filename().string();
  run.command = !spec.command.empty() || !spec.ids.empty()
                    ? spec.command
                    : commandOf(context.project.path(), spec);
  run.spec = toJson(spec);
  ExportOutcome outcome;
  const auto body = [&](RunScope& scope) { return writeScenarios(scope, spec, prompt, outcome); };
  WORDSIGHT_TRY(const auto done, context.project.mode() == store::OpenMode::ReadOnly
                                     ? runUnrecorded(context, body)
                                     : runJob(context, run, {}, body));
  if (done.status == RunStatus::Cancelled) return fail("Stopped.", ErrorKind::Cancelled);
  outcome.run = done.run;
  return outcome;
}

}  // namespace wordsight::jobs
