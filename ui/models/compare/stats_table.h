#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVariant>
#include <vector>

#include "models/compare/comparison_filter.h"

namespace wordsight::ui {

/// A small table of results: made at once, then never changed. Numbers are right-aligned and sort
/// by their value (SortRole).
struct StatsTable {
  struct Column {
    QString title, tip;
    bool number = true;
    int rank = 0;   // where there is little room: the highest goes first, 0 stays
    int least = 0;  // digits to which it may shrink where its title is long; 0: it does not
  };
  struct Value {
    QString text;
    QVariant sort;
    QString tip = {};  // empty: the text
  };
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;
};

class StatsTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Role { SortRole = Qt::UserRole + 1 };
  explicit StatsTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
  void setTable(StatsTable table);
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  StatsTable m_table;
};

/// A row a cell: accuracy with interval and n, unread, over- and under-intervention, calibration.
StatsTable cellsTable(const eval::Comparison& comparison);
/// A row a pair: difference with interval, transitions, McNemar's p and Holm's.
StatsTable pairsTable(const eval::Comparison& comparison);
/// A row a category, for one pair: both accuracies, n, difference, p after Holm's correction.
StatsTable categoriesTable(const eval::Comparison& comparison, const eval::Pair& pair);
/// How often each letter was chosen, cell by cell, under how often it is the key.
StatsTable lettersTable(const eval::Comparison& comparison);

}  // namespace wordsight::ui
