#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "store/scenario_repository.h"

namespace wordsight::ui {

/// Revisions and decisions of one scenario, newest first.
class HistoryModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { WhatColumn, WhoColumn, WhenColumn, NoteColumn, ColumnCount };
  /// RevisionRole: place in history().revisions, -1 for a decision. StatusRole: of a decision.
  enum Role { RevisionRole = Qt::UserRole + 1, StatusRole };
  using QAbstractTableModel::QAbstractTableModel;

  void setHistory(store::ScenarioHistory history);
  const store::ScenarioHistory& history() const { return m_history; }
  /// Row of a revision by its place; -1: none.
  int rowOfRevision(int place) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Entry {
    bool decision = false;
    std::size_t place = 0;
    UnixMillis at = 0;
  };
  QString what(const Entry& entry) const;
  store::ScenarioHistory m_history;
  std::vector<Entry> m_entries;
};

/// "person" → "Person", "run 12" → "Run 12": who made a revision or decision.
QString authorTitle(const std::string& author);

}  // namespace wordsight::ui
