#include "bridge/session.h"

#include <QFileInfo>
#include <QMetaObject>
#include <QUndoStack>
#include <algorithm>
#include <variant>

#include "bridge/format.h"
#include "jobs/mailbox.h"

namespace wordsight::ui {

namespace {
constexpr std::size_t kEndedKept = 50;
}

const char* const Session::kModelLane = "model";
const char* const Session::kDataLane = "data";

/// Events and ends of jobs on their way from the lanes' threads.
struct Session::Feed {
  using Item =
      std::pair<jobs::JobNumber, std::variant<Event, std::shared_ptr<Result<jobs::JobOutcome>>>>;
  explicit Feed(std::function<void()> wake) : box(std::move(wake)) {}
  jobs::Mailbox<Item> box;
};

Session::Session(store::Project project, QObject* parent)
    : QObject(parent),
      m_project(std::move(project)),
      m_database(std::make_unique<Database>(m_project)),
      m_undoStack(new QUndoStack(this)),
      m_feed(std::make_shared<Feed>([this] {
        QMetaObject::invokeMethod(
            this, [this] { drain(); }, Qt::QueuedConnection);
      })) {
  m_queue = std::make_unique<jobs::JobQueue>(
      m_project,
      [feed = m_feed](jobs::JobNumber number, const Event& event) {
        feed->box.post({number, event});
      },
      [feed = m_feed](jobs::JobNumber number, const Result<jobs::JobOutcome>& outcome) {
        feed->box.post({number, std::make_shared<Result<jobs::JobOutcome>>(outcome)});
      });
}

Session::~Session() {
  m_queue.reset();  // waits for the lanes; what they still post stays in the box
  m_database.reset();
}

QString Session::path() const { return toQt(m_project.path().string()); }
QString Session::name() const { return QFileInfo(path()).completeBaseName(); }
bool Session::readOnly() const { return m_project.mode() == store::OpenMode::ReadOnly; }

jobs::JobNumber Session::submit(const char* lane, const QString& label, jobs::JobFunction job) {
  const auto number = m_queue->submit(lane, fromQt(label), std::move(job));
  // Its first events may be in the box already, but none is looked at before this returns.
  JobView view;
  view.number = number;
  view.lane = QString::fromLatin1(lane);
  view.label = label;
  m_jobs[number] = view;
  Q_EMIT jobsChanged();
  return number;
}

bool Session::cancel(jobs::JobNumber number) { return m_queue->cancel(number); }

bool Session::pause(jobs::JobNumber number) {
  if (!m_queue->pause(number)) return false;
  if (const auto found = m_jobs.find(number); found != m_jobs.end())
    found->second.state = JobView::State::Paused;
  Q_EMIT jobsChanged();
  return true;
}

bool Session::resume(jobs::JobNumber number) {
  if (!m_queue->resume(number)) return false;
  if (const auto found = m_jobs.find(number); found != m_jobs.end())
    found->second.state =
        m_watches.count(number) > 0 ? JobView::State::Running : JobView::State::Waiting;
  Q_EMIT jobsChanged();
  return true;
}

void Session::reorder(const char* lane, const std::vector<jobs::JobNumber>& order) {
  m_queue->reorder(lane, order);
  Q_EMIT jobsChanged();
}

std::vector<JobView> Session::jobs() const {
  std::vector<JobView> views;
  for (const auto& queued : m_queue->jobs())
    if (const auto found = m_jobs.find(queued.number);
        found != m_jobs.end() && found->second.state != JobView::State::Ended)
      views.push_back(found->second);
  for (const auto number : m_ended) views.push_back(m_jobs.at(number));
  for (auto& view : views)
    if (const auto watch = m_watches.find(view.number); watch != m_watches.end())
      view.seconds = watch->second.seconds();
  return views;
}

const JobView* Session::job(jobs::JobNumber number) const {
  const auto found = m_jobs.find(number);
  return found == m_jobs.end() ? nullptr : &found->second;
}

const JobView* Session::jobOfRun(RunId run) const {
  for (const auto& [number, view] : m_jobs)
    if (view.run == run && view.state != JobView::State::Ended) return &view;
  return nullptr;
}

bool Session::busy() const {
  return std::any_of(m_jobs.begin(), m_jobs.end(),
                     [](const auto& entry) { return entry.second.state != JobView::State::Ended; });
}

void Session::stopAll() {
  for (const auto& queued : m_queue->jobs()) m_queue->cancel(queued.number);
}

void Session::drain() {
  for (auto& [number, what] : m_feed->box.takeAll()) {
    if (const auto* event = std::get_if<Event>(&what))
      apply(number, *event);
    else
      finish(number, *std::get<1>(what));
  }
}

void Session::apply(jobs::JobNumber number, const Event& event) {
  const auto found = m_jobs.find(number);
  if (found == m_jobs.end()) return;
  JobView& view = found->second;
  bool moved = false;
  if (const auto* started = std::get_if<Started>(&event.what)) {
    view.run = event.run;
    view.kind = started->kind;
    if (view.state != JobView::State::Paused) view.state = JobView::State::Running;
    m_watches.try_emplace(number);  // a demo is several runs; its time is that of all
    moved = true;
  } else if (const auto* progress = std::get_if<Progress>(&event.what)) {
    view.progress = *progress;
    if (view.state == JobView::State::Waiting) {  // a job without a row of its own
      view.state = JobView::State::Running;
      m_watches[number].restart();
      moved = true;
    }
  } else if (const auto* step = std::get_if<StepMetrics>(&event.what)) {
    view.progress = {"training", step->step, step->totalSteps, 0, "steps", {}};
    if (step->seconds > 0) view.progress.rate = static_cast<double>(step->step) / step->seconds;
  }
  if (const auto* ended = std::get_if<Finished>(&event.what)) {
    view.status = ended->status;
    view.error = toQt(ended->error);
  }
  Q_EMIT jobEvent(number, event);
  if (moved) {
    Q_EMIT jobsChanged();
    Q_EMIT contentChanged(Content::Runs);
  } else if (std::holds_alternative<Progress>(event.what) ||
             std::holds_alternative<StepMetrics>(event.what)) {
    Q_EMIT jobProgress(number);
  }
  // A demo is several runs in one job; each leaves something behind.
  if (std::holds_alternative<Finished>(event.what)) announceChanges(view.kind);
}

void Session::finish(jobs::JobNumber number, const Result<jobs::JobOutcome>& outcome) {
  const auto found = m_jobs.find(number);
  if (found == m_jobs.end()) return;
  JobView& view = found->second;
  view.state = JobView::State::Ended;
  if (outcome) {
    view.status = outcome->status;
  } else {
    const bool cancelled = outcome.error().kind == ErrorKind::Cancelled;
    view.status = cancelled ? RunStatus::Cancelled : RunStatus::Failed;
    view.error = cancelled ? QString() : toQt(outcome.error().message);
  }
  if (const auto watch = m_watches.find(number); watch != m_watches.end()) {
    view.seconds = watch->second.seconds();
    m_watches.erase(watch);
  }
  m_ended.push_back(number);
  if (m_ended.size() > kEndedKept) {
    m_jobs.erase(m_ended.front());
    m_ended.erase(m_ended.begin());
  }
  const JobView ended = view;
  Q_EMIT jobsChanged();
  Q_EMIT jobEnded(number, ended.status, ended.error);
}

void Session::announceChanges(RunKind kind) {
  Q_EMIT contentChanged(Content::Runs);
  switch (kind) {
    case RunKind::Synthesis:
    case RunKind::Import:
    case RunKind::Check:
      Q_EMIT contentChanged(Content::Scenarios);
      break;
    case RunKind::Freeze:
      Q_EMIT contentChanged(Content::Datasets);
      break;
    case RunKind::Benchmark:
      Q_EMIT contentChanged(Content::Benchmarks);
      break;
    case RunKind::Evaluation:
      Q_EMIT contentChanged(Content::Predictions);
      break;
    case RunKind::Training:
    case RunKind::Merge:
      Q_EMIT contentChanged(Content::Models);
      break;
    case RunKind::Comparison:
    case RunKind::Export:
      break;
  }
}

}  // namespace wordsight::ui
