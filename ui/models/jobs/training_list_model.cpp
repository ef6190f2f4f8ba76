#include "models/jobs/training_list_model.h"

#include <algorithm>

#include "bridge/format.h"
#include "models/jobs/job_list_model.h"

namespace wordsight::ui {

namespace {

/// A list that a person looks through; older ones are found by the filter.
constexpr std::int64_t kMost = 1000;

std::vector<RunId> idsOf(const std::vector<store::RunRow>& rows) {
  std::vector<RunId> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows) ids.push_back(row.run.id);
  return ids;
}

}  // namespace

TrainingListModel::TrainingListModel(QObject* parent) : QAbstractTableModel(parent) {}

void TrainingListModel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_query.cancel();
  beginResetModel();
  m_session = session;
  m_rows.clear();
  m_ticked.clear();
  m_live.clear();
  m_known = m_cut = false;
  endResetModel();
  if (!session) return;
  connect(session, &Session::contentChanged, this, [this](Content content) {
    if (content == Content::Runs) refresh();
  });
  connect(session, &Session::jobsChanged, this, [this] {
    if (!m_rows.empty())
      Q_EMIT dataChanged(index(0, Status), index(rowCount() - 1, Status),
                         {Qt::DisplayRole, StatusRole});
  });
  connect(session, &Session::jobProgress, this, &TrainingListModel::progressed);
  // Shown with the next progress, which comes some ten times a second at most.
  connect(session, &Session::jobEvent, this, [this](quint64, const Event& event) {
    if (const auto* step = std::get_if<StepMetrics>(&event.what)) m_live[event.run] = step->loss;
    if (std::holds_alternative<Finished>(event.what)) m_live.erase(event.run);
  });
  refresh();
}

void TrainingListModel::setFilter(const QString& text) {
  if (text == m_filter) return;
  m_filter = text;
  refresh();
}

void TrainingListModel::setSwatch(std::function<QVariant(RunId)> swatch) {
  m_swatch = std::move(swatch);
}

void TrainingListModel::swatchesChanged() {
  if (!m_rows.empty())
    Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::DecorationRole});
}

void TrainingListModel::refresh() {
  if (!m_session) return;
  store::RunFilter filter;
  filter.kind = RunKind::Training;
  filter.text = fromQt(m_filter.trimmed());
  filter.limit = kMost + 1;
  m_query.ask(
      m_session->database(), this,
      [filter](store::Connection& c) { return store::RunRepository(c).rows(filter); },
      [this](Result<std::vector<store::RunRow>> rows) {
        if (rows)
          take(std::move(*rows));
        else
          Q_EMIT failed(toQt(rows.error().message));
      });
}

void TrainingListModel::take(std::vector<store::RunRow> rows) {
  m_known = true;
  m_cut = std::ssize(rows) > kMost;
  if (m_cut) rows.resize(static_cast<std::size_t>(kMost));
  const auto before = idsOf(m_rows), now = idsOf(rows);
  const auto more = std::ssize(now) - std::ssize(before);
  if (now == before) {
    m_rows = std::move(rows);
  } else if (more > 0 && std::equal(before.begin(), before.end(), now.begin() + more)) {
    // The usual case: new runs in front; selection and place in the list stay.
    beginInsertRows({}, 0, static_cast<int>(more) - 1);
    m_rows = std::move(rows);
    endInsertRows();
  } else {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
  }
  if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  Q_EMIT refreshed();
}

void TrainingListModel::progressed(quint64 number) {
  const JobView* job = m_session ? m_session->job(number) : nullptr;
  if (!job || job->kind != RunKind::Training) return;
  if (const int row = rowOf(job->run); row >= 0)
    Q_EMIT dataChanged(index(row, Status), index(row, Loss), {Qt::DisplayRole});
}

const store::RunRow* TrainingListModel::find(RunId run) const {
  const int row = rowOf(run);
  return row < 0 ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int TrainingListModel::rowOf(RunId run) const {
  const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                  [run](const store::RunRow& row) { return row.run.id == run; });
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void TrainingListModel::setTicked(RunId run, bool ticked) {
  if (m_ticked.contains(run) == ticked) return;
  const int row = rowOf(run);
  if (ticked)
    m_ticked[run] =
        row >= 0 ? title(m_rows[static_cast<std::size_t>(row)].run) : QString::number(run.value);
  else
    m_ticked.erase(run);
  if (row >= 0) Q_EMIT dataChanged(index(row, Name), index(row, Name), {Qt::CheckStateRole});
  Q_EMIT tickedChanged();
}

void TrainingListModel::untickAll() {
  if (m_ticked.empty()) return;
  m_ticked.clear();
  if (!m_rows.empty())
    Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::CheckStateRole});
  Q_EMIT tickedChanged();
}

int TrainingListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TrainingListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString TrainingListModel::title(const Run& run) {
  return QStringLiteral("%1 · %2").arg(run.id.value).arg(toQt(run.name));
}

QString TrainingListModel::statusOf(const store::RunRow& row) const {
  const JobView* job = m_session ? m_session->jobOfRun(row.run.id) : nullptr;
  if (!job || job->state == JobView::State::Ended) return statusText(row.run.status);
  const bool paused = job->state == JobView::State::Paused;
  const double share = JobListModel::fractionOf(*job);
  if (share < 0) return paused ? tr("paused") : statusText(row.run.status);
  return (paused ? tr("paused, %1") : tr("running, %1")).arg(formatPercent(share, 0));
}

QString TrainingListModel::lossText(const Run& run) const {
  if (const auto now = m_live.find(run.id);
      now != m_live.end() && m_session && m_session->jobOfRun(run.id))
    return formatNumber(now->second);
  const auto loss = run.summary.find("final_loss");
  return loss != run.summary.end() && loss->is_number() ? formatNumber(loss->get<double>())
                                                        : QStringLiteral("–");
}

QVariant TrainingListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const store::RunRow& row = m_rows[static_cast<std::size_t>(index.row())];
  if (role == RunRole) return QVariant::fromValue<qint64>(row.run.id.value);
  if (role == StatusRole) return static_cast<int>(row.run.status);
  if (role == Qt::ToolTipRole) {
    QString tip = title(row.run) + u'\n' + statusText(row.run.status);
    if (!row.run.error.empty()) tip += QStringLiteral(": ") + toQt(row.run.error);
    return tip + u'\n' + formatTimeExact(row.run.createdAt);
  }
  if (role == Qt::TextAlignmentRole && index.column() == Loss)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (index.column() == Name) {
    if (role == Qt::CheckStateRole)
      return m_ticked.contains(row.run.id) ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::DecorationRole && m_swatch) return m_swatch(row.run.id);
  }
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      return title(row.run);
    case Status:
      return statusOf(row);
    case Loss:
      return lossText(row.run);
    default:
      return formatTime(row.run.createdAt);
  }
}

bool TrainingListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::CheckStateRole || index.column() != Name ||
      !checkIndex(index, CheckIndexOption::IndexIsValid))
    return false;
  setTicked(row(index.row()).run.id, value.toInt() == Qt::Checked);
  return true;
}

QVariant TrainingListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant((section == Loss ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section == Name)
    return tr("Tick a training to see its curves beside the chosen one's");
  if (role == Qt::ToolTipRole && section == Loss)
    return tr("Loss of the last step; while it runs, how far it is");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Training");
    case Status:
      return tr("Status");
    case Loss:
      return tr("Loss");
    default:
      return tr("Created");
  }
}

Qt::ItemFlags TrainingListModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const auto flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
  return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

}  // namespace wordsight::ui
