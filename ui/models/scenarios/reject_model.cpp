#include "models/scenarios/reject_model.h"

#include <algorithm>

#include "bridge/format.h"
#include "models/scenarios/scenario_line.h"

namespace wordsight::ui {

namespace {
constexpr std::int64_t kPage = 200;
}

void RejectModel::setSession(Session* session) {
  m_query.cancel();
  m_moreQuery.cancel();
  m_session = session;
  m_fetching = false;
  m_run.reset();
  m_kept.clear();
  take({});
  refresh();
}

void RejectModel::setRun(std::optional<RunId> run) {
  if (run == m_run) return;
  m_run = run;
  m_moreQuery.cancel();
  m_fetching = false;
  beginResetModel();
  m_rows.clear();
  endResetModel();
  refresh();
}

void RejectModel::refresh() {
  if (!m_session) return;
  m_query.ask(
      m_session->database(), this,
      [run = m_run](store::Connection& connection) -> Result<Page> {
        store::RejectRepository rejects(connection);
        Page page;
        WORDSIGHT_TRY(page.total, rejects.count(run));
        WORDSIGHT_TRY(page.rows, rejects.list(run, kPage));
        return page;
      },
      [this](Result<Page> page) {
        if (page) return take(std::move(*page));
        Q_EMIT failed(toQt(page.error().message));
      });
}

void RejectModel::take(Page page) {
  // Rows are only ever added, at the front: those after the newest one known are new.
  const std::int64_t newest = m_rows.empty() ? 0 : m_rows.front().id;
  const auto known = std::find_if(page.rows.begin(), page.rows.end(),
                                  [&](const auto& row) { return row.id <= newest; });
  const auto added = static_cast<int>(known - page.rows.begin());
  const bool gap = !m_rows.empty() && (known == page.rows.end() || page.rows.empty());
  if (m_rows.empty() || gap) {
    beginResetModel();
    m_rows = std::move(page.rows);
    endResetModel();
  } else if (added > 0) {
    beginInsertRows({}, 0, added - 1);
    m_rows.insert(m_rows.begin(), page.rows.begin(), known);
    endInsertRows();
  }
  if (m_total != page.total) {
    m_total = page.total;
    Q_EMIT totalChanged(m_total);
  }
}

bool RejectModel::canFetchMore(const QModelIndex& parent) const {
  return !parent.isValid() && m_session && !m_rows.empty() && std::ssize(m_rows) < m_total;
}

void RejectModel::fetchMore(const QModelIndex& parent) {
  if (!canFetchMore(parent) || m_fetching) return;
  m_fetching = true;
  m_moreQuery.ask(
      m_session->database(), this,
      [run = m_run, offset = std::ssize(m_rows)](store::Connection& connection) {
        return store::RejectRepository(connection).list(run, kPage, offset);
      },
      [this](Result<std::vector<store::Reject>> rows) {
        m_fetching = false;
        if (!rows) {
          Q_EMIT failed(toQt(rows.error().message));
          return;
        }
        // Others may have come to the front meanwhile: what is known is left out.
        std::erase_if(*rows, [&](const auto& row) { return row.id >= m_rows.back().id; });
        if (rows->empty()) return;
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(rows->size()) - 1);
        std::move(rows->begin(), rows->end(), std::back_inserter(m_rows));
        endInsertRows();
      });
}

void RejectModel::markKept(std::int64_t reject) {
  m_kept.insert(reject);
  if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const store::Reject* RejectModel::at(int row) const {
  return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int RejectModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RejectModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case ReasonColumn:
      return m_kept.contains(row.id) ? tr("Kept: %1").arg(toQt(row.reason)) : toQt(row.reason);
    case StrategyColumn:
      return strategyTitle(toQt(row.strategy));
    case RunColumn:
      return row.run ? formatCount(row.run.value) : QString();
    default:
      return role == Qt::ToolTipRole ? formatTimeExact(row.createdAt) : formatTime(row.createdAt);
  }
}

QVariant RejectModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical || role != Qt::DisplayRole) return {};
  switch (section) {
    case ReasonColumn:
      return tr("Why it was refused");
    case StrategyColumn:
      return tr("Strategy");
    case RunColumn:
      return tr("Run");
    default:
      return tr("When");
  }
}

}  // namespace wordsight::ui
