#include "jobs/report_job.h"

#include "base/file.h"
#include "eval/report.h"
#include "jobs/comparison.h"
#include "vision/thumbnail.h"

namespace wordsight::jobs {
namespace {

constexpr int kReportPicture = 480;  // longer side, pixels

/// At most ten events a second.
class PictureProgress {
 public:
  PictureProgress(const JobContext& context, std::int64_t total)
      : m_context(context), m_total(total) {}
  void done(std::int64_t pictures) {
    if (!m_context.sink || (pictures < m_total && m_last.seconds() < 0.1)) return;
    m_last.restart();
    const double seconds = m_watch.seconds();
    const double rate = seconds > 0.05 ? static_cast<double>(pictures) / seconds : 0;
    m_context.sink(Event{RunId(), Progress{"report", pictures, m_total, rate, "pictures"}});
  }

 private:
  const JobContext& m_context;
  std::int64_t m_total;
  Stopwatch m_watch, m_last;
};

Status write(const JobContext& context, const ReportSpec& spec) {
  WORDSIGHT_TRY(const auto connection, context.project.connect());
  WORDSIGHT_TRY(const auto comparison, compareRuns(*connection, spec.runs));
  WORDSIGHT_TRY(const auto info, reportInfo(*connection, context.project, spec.runs, spec.title));
  PictureProgress progress(context, static_cast<std::int64_t>(comparison.items.size()));
  std::int64_t done = 0;
  const eval::PictureSource pictures = [&](const BenchmarkItem& item) -> std::string {
    if (context.pause) context.pause->wait(context.stop);
    if (context.stop.stop_requested()) return {};
    progress.done(++done);
    if (item.picture.empty()) return {};
    auto bytes = vision::thumbnail(item.picture, kReportPicture);
    return bytes ? std::move(*bytes) : std::string();
  };
  const std::string html = eval::renderReport(comparison, info, pictures);
  if (context.stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
  return writeFileAtomically(spec.file, html);
}

}  // namespace

Result<JobOutcome> writeReport(const JobContext& context, const ReportSpec& spec) {
  const auto end = [&](RunStatus status, const std::string& error, const Json& summary) {
    if (context.sink) context.sink(Event{RunId(), Finished{status, error, summary}});
  };
  JobOutcome outcome;
  outcome.summary["report"] = spec.file;
  const auto written = write(context, spec);
  if (!written && written.error().kind != ErrorKind::Cancelled) {
    end(RunStatus::Failed, written.error().message, outcome.summary);
    return fail(written.error());
  }
  outcome.status = written ? RunStatus::Done : RunStatus::Cancelled;
  end(outcome.status, {}, outcome.summary);
  return outcome;
}

}  // namespace wordsight::jobs
