#pragma once
#include <QAbstractListModel>
#include <vector>

#include "models/compare/comparison_filter.h"

namespace wordsight::ui {

/// The items of a comparison that pass a filter. Everything is in memory: data() reads the shared
/// comparison and nothing else.
class CompareItemModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role {
    ItemRole = Qt::UserRole + 1,  // index into the comparison's items
    PictureRole                   // path; empty: the item has none
  };
  explicit CompareItemModel(QObject* parent = nullptr);

  /// Null: nothing is compared.
  void setComparison(ComparisonPtr data);
  void setFilter(const ComparisonFilter& filter);
  const ComparisonPtr& comparison() const { return m_data; }
  const ComparisonFilter& filter() const { return m_filter; }

  int itemAt(int row) const;  // -1 for a row that is not there
  int rowOf(int item) const;  // -1 when the filter hides it
  int total() const;          // items before filtering

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  void refilter();
  QString spoken(std::size_t item) const;
  ComparisonPtr m_data;
  ComparisonFilter m_filter;
  std::vector<int> m_rows;
};

}  // namespace wordsight::ui
