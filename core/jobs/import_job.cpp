#include <map>
#include <unordered_set>

#include "curate/import.h"
#include "eval/viva.h"
#include "jobs/data_jobs.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {
namespace {

constexpr std::size_t kBatch =
    2000;  // rows handed to the store at once: bounds memory, costs nothing
constexpr std::size_t kShownItems = 20;  // of each file, by a dry run

/// Collects scenarios, drops what is known, hands batches to the store; in a dry run it looks only.
class Importer {
 public:
  Importer(RunScope& scope, const ImportSpec& spec) : m_scope(scope), m_spec(spec) {}

  Status loadKnown() {
    if (!m_spec.skipDuplicates) return {};
    WORDSIGHT_TRY(const auto hashes,
                  store::ScenarioRepository(m_scope.connection()).contentHashes());
    for (const auto& [hash, id] : hashes) m_known.insert(hash);
    return {};
  }

  void beginFile() { m_file = {}; }

  Status take(curate::ImportedScenario&& item) {
    if (m_spec.skipDuplicates && !m_known.insert(item.hash).second) {
      ++m_file.alreadyThere;
      return {};
    }
    ++m_file.imported;
    ++m_file.layouts[item.layout];
    m_file.withoutKey += item.content.key < 0;
    if (m_spec.dryRun) {
      if (m_file.items.size() < kShownItems) m_file.items.push_back(itemJson(item));
      return {};
    }
    item.provenance.run = m_scope.id();
    m_statuses.push_back(item.status);
    m_batch.push_back({std::move(item.content), std::move(item.provenance), "import"});
    return m_batch.size() >= kBatch ? flush() : Status{};
  }

  Status flush() {
    if (m_batch.empty()) return {};
    if (m_scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
    store::ScenarioRepository scenarios(m_scope.connection());
    WORDSIGHT_TRY(const auto ids, scenarios.addMany(m_batch));
    for (const auto status : {ReviewStatus::Accepted, ReviewStatus::Rejected}) {
      std::vector<ScenarioId> chosen;
      for (std::size_t i = 0; i < ids.size(); ++i)
        if (m_statuses[i] == status) chosen.push_back(ids[i]);
      if (!chosen.empty()) WORDSIGHT_CHECK(scenarios.setStatus(chosen, status, "import"));
    }
    m_batch.clear();
    m_statuses.clear();
    m_scope.progress("import", m_imported + m_file.imported, 0, "scenarios");
    return {};
  }

  /// What came of the file, for the summary: counts of what the project takes, not of what is in
  /// it.
  void endFile(Json& entry) {
    m_imported += m_file.imported;
    m_alreadyThere += m_file.alreadyThere;
    entry["imported"] = m_file.imported;
    entry["already_there"] = m_file.alreadyThere;
    entry["without_key"] = m_file.withoutKey;
    entry["layouts"] = Json::object();
    for (const auto& [layout, count] : m_file.layouts) entry["layouts"][layout] = count;
    if (m_spec.dryRun) entry["items"] = std::move(m_file.items);
  }

  std::int64_t imported() const { return m_imported; }
  std::int64_t alreadyThere() const { return m_alreadyThere; }

 private:
  static Json itemJson(const curate::ImportedScenario& item) {
    Json json = toJson(item.content);
    json["source"] = item.provenance.source;
    json["status"] = toText(item.status);
    json["layout"] = item.layout;
    return json;
  }

  struct File {
    std::int64_t imported = 0, alreadyThere = 0, withoutKey = 0;
    std::map<std::string, std::int64_t> layouts;
    Json items = Json::array();
  };
  RunScope& m_scope;
  const ImportSpec& m_spec;
  std::unordered_set<std::string> m_known;
  std::vector<store::NewScenario> m_batch;
  std::vector<ReviewStatus> m_statuses;
  File m_file;
  std::int64_t m_imported = 0, m_alreadyThere = 0;
};

/// Benchmark items as scenarios; what could not be used is told as bad lines.
Status importBenchmarkArray(const std::string& file, Importer& importer,
                            curate::ImportReport& report, RunScope& scope) {
  WORDSIGHT_TRY(const auto benchmark, eval::readViva(file));
  auto items = curate::scenariosFromItems(benchmark.items,
                                          std::filesystem::path(file).filename().string(), &report);
  for (const auto& issue : benchmark.report.issues)
    scope.log(LogLine::Level::Info, "item " + std::to_string(issue.index) + ": " + issue.field +
                                        ": " + issue.problem + ": " + issue.action);
  for (auto& item : items) WORDSIGHT_CHECK(importer.take(std::move(item)));
  return {};
}

Status readFile(const std::string& file, const ImportSpec& spec, Importer& importer,
                RunScope& scope, curate::ImportReport& report) {
  WORDSIGHT_TRY(const auto form, curate::detectForm(file));
  if (form == curate::FileForm::MessageLines)
    return fail(
        file +
        " holds chats (\"messages\"), not scenarios: train on it directly with train --data.");
  if (form == curate::FileForm::BenchmarkArray)
    return importBenchmarkArray(file, importer, report, scope);
  // A dry run looks at good lines and bad ones alike.
  const curate::ImportOptions options{spec.skipBad || spec.dryRun, spec.skipDuplicates, false};
  WORDSIGHT_TRY(report,
                curate::importScenarios(
                    file, options,
                    [&](curate::ImportedScenario&& item) { return importer.take(std::move(item)); },
                    scope.stop()));
  return {};
}

/// Whether (and why) a file that was looked at would refuse the whole import.
std::string refusal(const std::string& file, const ImportSpec& spec,
                    const curate::ImportReport& report) {
  if (report.form != toText(curate::FileForm::BenchmarkArray) && report.bad > 0 && !spec.skipBad)
    return file + " has " + std::to_string(report.bad) +
           (report.bad == 1 ? " bad line" : " bad lines") +
           ": correct them, or take the good lines only.";
  return report.lines == 0 ? file + " holds no scenarios." : std::string();
}

Status importFile(const std::string& file, const ImportSpec& spec, Importer& importer,
                  RunScope& scope) {
  importer.beginFile();
  curate::ImportReport report;
  const Status read = readFile(file, spec, importer, scope, report);
  if (!read && (!spec.dryRun || read.error().kind == ErrorKind::Cancelled)) return read;
  if (!spec.dryRun)
    for (const auto& bad : report.badLines)
      scope.log(LogLine::Level::Warning, "left out: " + bad.reason);
  Json entry = curate::toJson(report);
  entry["file"] = file;
  importer.endFile(entry);
  if (!read) entry["error"] = read.error().message;
  if (const auto reason = refusal(file, spec, report); spec.dryRun && read && !reason.empty())
    entry["refused"] = reason;
  if (entry.contains("error") || entry.contains("refused")) scope.summary["would_fail"] = true;
  scope.summary["files"].push_back(std::move(entry));
  return {};
}

}  // namespace

Result<JobOutcome> importScenarios(const JobContext& context, const ImportSpec& spec) {
  Run run;
  run.kind = RunKind::Import;
  run.name = spec.files.size() == 1 ? std::filesystem::path(spec.files[0]).filename().string()
                                    : std::to_string(spec.files.size()) + " files";
  run.command = spec.command;
  run.spec = Json{
      {"files", spec.files}, {"skip_bad", spec.skipBad}, {"skip_duplicates", spec.skipDuplicates}};
  // A file that is not there, or is of no known form, is refused before anything is begun.
  if (!spec.dryRun)
    for (const auto& file : spec.files) WORDSIGHT_CHECK(curate::detectForm(file));
  const auto body = [&](RunScope& scope) -> Status {
    Importer importer(scope, spec);
    scope.summary["dry_run"] = spec.dryRun;
    scope.summary["files"] = Json::array();
    WORDSIGHT_CHECK(importer.loadKnown());
    const auto work = [&]() -> Status {
      for (const auto& file : spec.files) WORDSIGHT_CHECK(importFile(file, spec, importer, scope));
      return importer.flush();
    };
    WORDSIGHT_CHECK(spec.dryRun ? work() : scope.connection().transaction(work));
    scope.summary["imported"] = importer.imported();
    scope.summary["already_there"] = importer.alreadyThere();
    return {};
  };
  return spec.dryRun ? runUnrecorded(context, body) : runJob(context, run, {}, body);
}

}  // namespace wordsight::jobs
