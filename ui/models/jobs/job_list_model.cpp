#include "models/jobs/job_list_model.h"

#include <algorithm>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

bool sameJobs(const std::vector<JobView>& a, const std::vector<JobView>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.number == y.number && x.state == y.state;
  });
}

}  // namespace

JobListModel::JobListModel(QObject* parent) : QAbstractListModel(parent) {}

void JobListModel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  if (session) {
    connect(session, &Session::jobsChanged, this, &JobListModel::reload);
    connect(session, &Session::jobProgress, this, &JobListModel::progressed);
  }
  reload();
}

void JobListModel::reload() {
  auto jobs = m_session ? m_session->jobs() : std::vector<JobView>();
  if (sameJobs(jobs, m_jobs)) {
    m_jobs = std::move(jobs);
    if (!m_jobs.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    return;
  }
  beginResetModel();
  m_jobs = std::move(jobs);
  endResetModel();
}

void JobListModel::progressed(quint64 number) {
  const JobView* view = m_session ? m_session->job(number) : nullptr;
  if (!view) return;
  for (std::size_t i = 0; i < m_jobs.size(); ++i) {
    if (m_jobs[i].number != number) continue;
    m_jobs[i].progress = view->progress;
    m_jobs[i].seconds = view->seconds;
    const QModelIndex changed = index(static_cast<int>(i));
    Q_EMIT dataChanged(changed, changed);
    return;
  }
}

int JobListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QVariant JobListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const JobView& view = m_jobs[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return view.label;
    case Qt::ToolTipRole:
      return view.error.isEmpty() ? detailOf(view) : view.error;
    case NumberRole:
      return QVariant::fromValue<quint64>(view.number);
    case LaneRole:
      return view.lane;
    case StateRole:
      return static_cast<int>(view.state);
    case FractionRole:
      return fractionOf(view);
    case DetailRole:
      return detailOf(view);
    case ErrorRole:
      return view.error;
    case RunRole:
      return QVariant::fromValue<qint64>(view.run.value);
    default:
      return {};
  }
}

double JobListModel::fractionOf(const JobView& job) {
  if (job.progress.total <= 0) return -1;
  return std::clamp(
      static_cast<double>(job.progress.done) / static_cast<double>(job.progress.total), 0.0, 1.0);
}

double JobListModel::secondsLeft(const JobView& job) {
  if (job.progress.rate <= 0 || job.progress.total <= 0) return -1;
  return static_cast<double>(job.progress.total - job.progress.done) / job.progress.rate;
}

QString JobListModel::detailOf(const JobView& job) {
  switch (job.state) {
    case JobView::State::Waiting:
      return tr("waiting");
    case JobView::State::Ended:
      return job.error.isEmpty()
                 ? tr("%1 after %2").arg(statusText(job.status), formatDuration(job.seconds))
                 : job.error;
    case JobView::State::Paused:
    case JobView::State::Running:
      break;
  }
  QStringList parts;
  if (job.state == JobView::State::Paused) parts << tr("paused");
  const Progress& p = job.progress;
  const QString unit = toQt(p.unit);
  if (p.total > 0)
    parts << tr("%1 of %2 %3").arg(formatCount(p.done), formatCount(p.total), unit);
  else if (p.done > 0)
    parts << QStringLiteral("%1 %2").arg(formatCount(p.done), unit);
  else
    parts << tr("starting");
  if (!p.detail.empty()) parts << toQt(p.detail);
  if (job.state == JobView::State::Running && p.rate > 0) {
    parts << QStringLiteral("%1 %2/s").arg(formatNumber(p.rate), unit);
    if (const double left = secondsLeft(job); left >= 0)
      parts << tr("%1 left").arg(formatDuration(left));
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace wordsight::ui
