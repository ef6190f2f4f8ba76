#include "models/compare/compare_item_model.h"

#include <algorithm>

#include "bridge/format.h"

namespace wordsight::ui {

CompareItemModel::CompareItemModel(QObject* parent) : QAbstractListModel(parent) {}

void CompareItemModel::setComparison(ComparisonPtr data) {
  m_data = std::move(data);
  refilter();
}

void CompareItemModel::setFilter(const ComparisonFilter& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  refilter();
}

void CompareItemModel::refilter() {
  auto rows = m_data ? filteredItems(*m_data, m_filter) : std::vector<int>();
  if (rows == m_rows && !rows.empty()) {  // the same items: views keep their place
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    return;
  }
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

int CompareItemModel::itemAt(int row) const {
  return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)] : -1;
}

int CompareItemModel::rowOf(int item) const {
  const auto found = std::find(m_rows.begin(), m_rows.end(), item);
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CompareItemModel::total() const {
  return m_data ? static_cast<int>(m_data->comparison.items.size()) : 0;
}

int CompareItemModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CompareItemModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !m_data || index.row() >= rowCount()) return {};
  const auto item = static_cast<std::size_t>(itemAt(index.row()));
  const auto& entry = m_data->comparison.items[item];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return toQt(entry.content.situation.empty() ? entry.imageFile : entry.content.situation);
    case Qt::AccessibleTextRole:
      return spoken(item);
    case ItemRole:
      return static_cast<int>(item);
    case PictureRole:
      return toQt(entry.picture);
    default:
      return {};
  }
}

/// "Item 17, key C. base · image: B, wrong. tuned · image: C, right. …"
QString CompareItemModel::spoken(std::size_t item) const {
  const auto& entry = m_data->comparison.items[item];
  QString text = tr("Item %1, key %2.").arg(entry.index).arg(letterText(entry.content.key));
  for (const auto& cell : m_data->comparison.cells)
    text += u' ' + (cell.right[item] ? tr("%1: %2, right.") : tr("%1: %2, wrong."))
                       .arg(toQt(cell.name), letterText(cell.answers[item].choice.option));
  return text + u' ' + toQt(entry.content.situation);
}

}  // namespace wordsight::ui
