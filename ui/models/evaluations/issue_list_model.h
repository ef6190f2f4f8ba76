#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "domain/benchmark.h"

namespace wordsight::ui {

/// What was wrong with a benchmark's items, and what was done about it.
class IssueListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Item, Field, Problem, Action, kColumns };
  enum Role { SortRole = Qt::UserRole + 1, FieldRole };
  explicit IssueListModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
  void setIssues(std::vector<ItemIssue> issues);
  const std::vector<ItemIssue>& issues() const { return m_issues; }
  /// Fields that occur, in the order of their first issue.
  QStringList fields() const;
  /// What a field of VIVA's form is called, in words; an unknown one as it is.
  static QString fieldText(const QString& field);
  /// Rows as tab-separated lines, with a line of headers.
  QString copyText(const std::vector<int>& rows) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const ItemIssue& issue, int column) const;
  std::vector<ItemIssue> m_issues;
};

}  // namespace wordsight::ui
