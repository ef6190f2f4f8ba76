#include "models/jobs/queue_model.h"

#include <QMimeData>
#include <algorithm>

namespace wordsight::ui {

namespace {
const QString kMime = QStringLiteral("application/x-wordsight-job");
}

QueueModel::QueueModel(const char* lane, QObject* parent)
    : QSortFilterProxyModel(parent), m_lane(lane) {
  setSourceModel(&m_jobs);
}

void QueueModel::setSession(Session* session) {
  m_session = session;
  m_jobs.setSession(session);
}

bool QueueModel::filterAcceptsRow(int row, const QModelIndex&) const {
  const JobView& job = m_jobs.job(row);
  return job.lane == QLatin1String(m_lane) && job.state != JobView::State::Ended;
}

jobs::JobNumber QueueModel::number(int row) const {
  return index(row, 0).data(JobListModel::NumberRole).value<quint64>();
}

JobView::State QueueModel::state(int row) const {
  return static_cast<JobView::State>(index(row, 0).data(JobListModel::StateRole).toInt());
}

int QueueModel::rowOf(jobs::JobNumber number) const {
  for (int row = 0; row < rowCount(); ++row)
    if (this->number(row) == number) return row;
  return -1;
}

bool QueueModel::waits(int row) const {
  // The first one runs, or will in a moment. A waiting job may be paused before it begins.
  return row > 0 && row < rowCount() && state(row) != JobView::State::Running;
}

bool QueueModel::canMove(int row, int to) const { return row != to && waits(row) && waits(to); }

bool QueueModel::move(int row, int to) {
  if (!m_session || !canMove(row, to)) return false;
  std::vector<jobs::JobNumber> order;
  for (int i = 0; i < rowCount(); ++i) order.push_back(number(i));
  const auto moved = order[static_cast<std::size_t>(row)];
  order.erase(order.begin() + row);
  order.insert(order.begin() + to, moved);
  m_session->reorder(m_lane, order);
  return true;
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::ItemIsDropEnabled;
  const auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
  return waits(index.row()) ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList QueueModel::mimeTypes() const { return {kMime}; }

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const {
  if (indexes.isEmpty()) return nullptr;
  auto* data = new QMimeData;
  data->setData(kMime, QByteArray::number(number(indexes.first().row())));
  return data;
}

bool QueueModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int, int,
                                 const QModelIndex&) const {
  return action == Qt::MoveAction && data && data->hasFormat(kMime);
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                              const QModelIndex& parent) {
  if (!canDropMimeData(data, action, row, column, parent)) return false;
  const int from = rowOf(data->data(kMime).toULongLong());
  if (from < 0) return false;
  int to = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
  if (to > from) --to;
  // The running job stays in front, whatever is dropped above it.
  while (to < rowCount() && to != from && !canMove(from, to)) ++to;
  // The view would take the row out itself if this were true: the queue has moved it already.
  move(from, std::min(to, rowCount() - 1));
  return false;
}

}  // namespace wordsight::ui
