#include "pages/evaluate/evaluation_watch.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/evaluations/evaluation_list_model.h"
#include "models/jobs/job_list_model.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/narrowing_plot.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

/// New points are painted this often; a small model gives hundreds a second.
constexpr int kRepaintMilliseconds = 40;

QString titleOf(const EvaluationEntry& entry) {
  return toQt(entry.spec.label) + QStringLiteral(" · ") +
         EvaluationListModel::armText(entry.spec.arm);
}

}  // namespace

EvaluationWatch::EvaluationWatch(EvaluationFeed& feed, QWidget* parent)
    : QWidget(parent),
      m_feed(feed),
      m_title(new ElidedLabel(this)),
      m_detail(new ElidedLabel(this)),
      m_next(new ElidedLabel(this)),
      m_plot(new NarrowingPlot(this)) {
  build();
  m_repaint.setSingleShot(true);
  m_repaint.setInterval(kRepaintMilliseconds);
  connect(&m_repaint, &QTimer::timeout, this, &EvaluationWatch::flushTallies);
  connect(&feed, &EvaluationFeed::changed, this, &EvaluationWatch::follow);
  connect(&feed, &EvaluationFeed::tallied, this, [this](RunId run) {
    if (run != m_run) return;
    if (const auto* entry = m_feed.find(run)) m_fresh.push_back(entry->tally);
    if (!m_repaint.isActive()) m_repaint.start();
  });
  connect(m_pause, &QToolButton::clicked, this, [this] {
    const JobView* job = m_session ? m_session->job(m_job) : nullptr;
    if (!job) return;
    if (job->state == JobView::State::Paused)
      m_session->resume(m_job);
    else
      m_session->pause(m_job);
  });
  connect(m_stop, &QToolButton::clicked, this, [this] {
    if (m_session && m_job != 0) m_session->cancel(m_job);
  });
  connect(m_clear, &QToolButton::clicked, this, [this] {
    for (const auto& job : m_feed.pending())
      if (job.state == JobView::State::Waiting) m_session->cancel(job.number);
  });
  refresh();
}

void EvaluationWatch::build() {
  m_title->setObjectName(QStringLiteral("watchTitle"));
  QFont bold = m_title->font();
  bold.setWeight(QFont::DemiBold);
  m_title->setFont(bold);
  m_detail->setObjectName(QStringLiteral("watchDetail"));
  m_detail->setMuted(true);
  m_detail->setFont(tabularFont(m_detail->font()));
  m_next->setObjectName(QStringLiteral("watchNext"));
  m_next->setMuted(true);
  m_plot->setObjectName(QStringLiteral("narrowingPlot"));
  m_plot->setMessage(tr("Here an evaluation's accuracy narrows while answers come."));
  m_pause = iconButton(QStringLiteral("watchPause"), QStringLiteral("pause"), tr("Pause"), this);
  m_stop = iconButton(QStringLiteral("watchStop"), QStringLiteral("stop"),
                      tr("Stop; what was answered stays, and it can go on later"), this);
  m_clear = iconButton(QStringLiteral("clearQueue"), QStringLiteral("remove"),
                       tr("Take those that wait out of the queue"), this);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpaceSmall);
  head->addWidget(m_title, 1);
  head->addWidget(m_pause);
  head->addWidget(m_stop);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_detail);
  column->addWidget(m_plot, 1);
  auto* foot = new QHBoxLayout;
  foot->setSpacing(kSpaceSmall);
  foot->addWidget(m_next, 1);
  foot->addWidget(m_clear);
  column->addLayout(foot);
}

void EvaluationWatch::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_query.cancel();
  m_session = session;
  m_run = {};
  m_job = 0;
  m_following = false;
  m_fresh.clear();
  m_plot->setCurve({}, 0);
  if (session)
    connect(session, &Session::jobProgress, this, [this](quint64 number) {
      if (number == m_job) refresh();
    });
  refresh();
}

void EvaluationWatch::setChance(double share) { m_plot->setChance(share); }

const JobView* EvaluationWatch::runningJob() const {
  if (!m_session) return nullptr;
  for (const auto& entry : m_feed.entries())
    if (entry.status == RunStatus::Running)
      if (const auto* job = m_session->jobOfRun(entry.run)) return job;
  return nullptr;
}

/// Keeps to what runs now; when it ended, its whole curve is read from the project once more.
void EvaluationWatch::follow() {
  const JobView* job = runningJob();
  if (job && job->run != m_run) load(job->run);
  if (!job && m_following) load(m_run);
  m_following = job != nullptr;
  m_job = job ? job->number : 0;
  if (!m_run && !m_feed.entries().empty())
    for (const auto& entry : m_feed.entries())
      if (entry.tally.n > 0) {
        load(entry.run);
        break;
      }
  refresh();
}

void EvaluationWatch::choose(RunId run) {
  if (!run || run == m_run || m_following) return;
  load(run);
  refresh();
}

void EvaluationWatch::load(RunId run) {
  const bool another = run != m_run;
  m_run = run;
  if (another) {
    m_fresh.clear();
    m_plot->setCurve({}, 0);
  }
  if (!m_session || !run) return;
  m_query.ask(
      m_session->database(), this,
      [run](store::Connection& connection) { return loadNarrowing(connection, run); },
      [this, run](Result<std::vector<Tally>> answer) {
        if (run != m_run || !answer) return;
        // What a running one said in the meantime goes on from there.
        const auto live = m_plot->curve();
        const auto reached = answer->empty() ? 0 : answer->back().n;
        const auto* entry = m_feed.find(run);
        m_plot->setCurve(std::move(*answer), entry ? entry->asked * entry->spec.shifts : 0);
        for (const auto& tally : live)
          if (tally.n > reached) m_plot->append(tally);
        flushTallies();
        refresh();
      });
}

void EvaluationWatch::flushTallies() {
  for (const auto& tally : m_fresh) m_plot->append(tally);
  m_fresh.clear();
}

void EvaluationWatch::refresh() {
  const auto* entry = m_feed.find(m_run);
  const JobView* job = m_session && m_job != 0 ? m_session->job(m_job) : nullptr;
  m_title->setText(entry ? titleOf(*entry) : tr("No evaluation yet"));
  m_detail->setText(detail(job, entry));
  const bool paused = job && job->state == JobView::State::Paused;
  m_pause->setVisible(job != nullptr);
  m_stop->setVisible(job != nullptr);
  m_pause->setIcon(icon(paused ? QStringLiteral("resume") : QStringLiteral("pause")));
  m_pause->setToolTip(paused ? tr("Go on") : tr("Pause; the model stays loaded"));
  m_pause->setAccessibleName(paused ? tr("Go on") : tr("Pause"));
  if (job && job->progress.total > 0) {
    // Progress counts what is left to ask; what was answered before comes on top.
    const auto total = entry ? std::max(entry->asked * entry->spec.shifts,
                                        static_cast<std::int64_t>(job->progress.total))
                             : job->progress.total;
    m_plot->setTotal(total);
  }
  const QString next = queueText();
  m_next->setText(next);
  m_next->setVisible(!next.isEmpty());
  m_clear->setVisible(!next.isEmpty());
}

QString EvaluationWatch::detail(const JobView* job, const EvaluationEntry* entry) const {
  if (job) return JobListModel::detailOf(*job);
  if (!entry) return {};
  QStringList parts{statusText(entry->status)};
  if (entry->tally.n > 0) parts << tr("%1 answers").arg(formatCount(entry->tally.n));
  if (entry->itemsPerSecond > 0)
    parts << tr("%1 items/s").arg(QLocale().toString(entry->itemsPerSecond, 'f', 1));
  return parts.join(QStringLiteral(" · "));
}

QString EvaluationWatch::queueText() const {
  QStringList waiting;
  for (const auto& job : m_feed.pending())
    if (job.state == JobView::State::Waiting) waiting << job.label;
  if (waiting.isEmpty()) return {};
  return tr("Next: %1").arg(waiting.join(QStringLiteral(", ")));
}

}  // namespace wordsight::ui
