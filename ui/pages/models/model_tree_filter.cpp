#include "pages/models/model_tree_filter.h"

#include "models/folders/model_tree.h"

namespace wordsight::ui {

ModelTreeFilter::ModelTreeFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setRecursiveFilteringEnabled(true);
  setSortRole(ModelTree::SortRole);
}

void ModelTreeFilter::setText(const QString& text) {
  m_text = text.trimmed();
  invalidateFilter();
}

void ModelTreeFilter::setFolder(const QString& folder) {
  m_folder = folder;
  invalidateFilter();
}

void ModelTreeFilter::setCheckpoints(bool shown) {
  m_checkpoints = shown;
  invalidateFilter();
}

bool ModelTreeFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  if (!m_checkpoints && index.data(ModelTree::CheckpointRole).toBool()) return false;
  const QString path = index.data(ModelTree::PathRole).toString();
  if (!m_folder.isEmpty() && path != m_folder && !path.startsWith(m_folder + u'/')) return false;
  if (m_text.isEmpty() || path.contains(m_text, Qt::CaseInsensitive)) return true;
  for (int column = 0; column < ModelTree::kColumns; ++column)
    if (index.siblingAtColumn(column)
            .data(Qt::DisplayRole)
            .toString()
            .contains(m_text, Qt::CaseInsensitive))
      return true;
  // Adapters of a model that fits are shown with it.
  return parent.isValid() && filterAcceptsRow(parent.row(), parent.parent());
}

}  // namespace wordsight::ui
