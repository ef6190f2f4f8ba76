#include "jobs/report_job.h"

#include <filesystem>

#include "base/file.h"
#include "eval/report.h"
#include "jobs/commands.h"
#include "jobs/comparison.h"
#include "store/run_repository.h"
#include "vision/thumbnail.h"

namespace wordsight::jobs {
namespace {

constexpr int kReportPicture = 480;  // longer side, pixels

Status linkCells(RunScope& scope, const std::vector<RunId>& runs) {
  store::RunRepository repository(scope.connection());
  for (const auto run : runs) WORDSIGHT_CHECK(repository.linkParent(scope.id(), run, "cell"));
  WORDSIGHT_TRY(const auto benchmarks, repository.benchmarks(runs.at(0)));
  for (const auto benchmark : benchmarks)
    WORDSIGHT_CHECK(repository.linkBenchmark(scope.id(), benchmark));
  return {};
}

Status writeFile(RunScope& scope, const ReportSpec& spec, const eval::Comparison& comparison) {
  WORDSIGHT_TRY(const auto info,
                reportInfo(scope.connection(), scope.project(), spec.runs, spec.title));
  const auto total = static_cast<std::int64_t>(comparison.items.size());
  ReportPictures counts;
  const eval::PictureSource pictures = [&](const BenchmarkItem& item) -> std::string {
    scope.waitWhilePaused("after " + std::to_string(counts.all) + " pictures");
    if (scope.stopRequested()) return {};
    scope.progress("report", ++counts.all, total, "pictures");
    auto bytes = vision::thumbnail(item.picture, kReportPicture);
    counts.missing += !bytes;
    return bytes ? std::move(*bytes) : std::string();
  };
  const std::string html = eval::renderReport(comparison, info, pictures);
  if (scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
  WORDSIGHT_CHECK(writeFileAtomically(spec.file, html));
  scope.summary["report"] = spec.file;
  scope.summary["pictures"] = counts.all;
  scope.summary["pictures_missing"] = counts.missing;
  if (const auto lack = lackOf(counts, scope.project(), info.benchmark); !lack.empty())
    scope.log(LogLine::Level::Warning, lack);
  return {};
}

}  // namespace

Result<JobOutcome> writeReport(const JobContext& context, const ReportSpec& asked) {
  ReportSpec spec = asked;
  std::error_code code;
  if (const auto file = std::filesystem::absolute(spec.file, code); !spec.file.empty() && !code)
    spec.file = file.lexically_normal().string();
  {
    WORDSIGHT_TRY(const auto connection, context.project.connect());
    WORDSIGHT_CHECK(checkComparable(*connection, spec.runs));
  }
  Run run;
  run.kind = RunKind::Comparison;
  run.name = spec.title.empty() ? std::to_string(spec.runs.size()) + " cells" : spec.title;
  run.command = spec.command.empty() ? compareCommand(context.project.path(), spec.runs, spec.file)
                                     : spec.command;
  run.spec = Json{{"runs", Json::array()}, {"seed", spec.seed}, {"file", spec.file}};
  for (const auto id : spec.runs) run.spec["runs"].push_back(id.value);
  const auto body = [&](RunScope& scope) -> Status {
    if (scope.id()) WORDSIGHT_CHECK(linkCells(scope, spec.runs));
    // Intervals of differences take a hundred times as long as the rest: only for who reads them.
    WORDSIGHT_TRY(const auto comparison,
                  compareRuns(scope.connection(), spec.runs, spec.seed,
                              spec.file.empty() ? eval::Bootstrap::Later : eval::Bootstrap::Now));
    for (const auto& cell : comparison.cells) {
      Json json = eval::toJson(cell);
      json.erase("categories");  // a summary is read with every list of runs
      scope.summary["cells"].push_back(std::move(json));
    }
    if (scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
    if (!spec.file.empty()) WORDSIGHT_CHECK(writeFile(scope, spec, comparison));
    return {};
  };
  return context.project.mode() == store::OpenMode::ReadOnly ? runUnrecorded(context, body)
                                                             : runJob(context, run, {}, body);
}

}  // namespace wordsight::jobs
