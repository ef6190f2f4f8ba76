#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "models/evaluations/evaluation_entry.h"

namespace wordsight::ui {

class EvaluationFeed;

/// The feed's evaluations as a table. Rows move only when an evaluation came or went; numbers of a
/// running one change in place.
class EvaluationListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Name,
    ArmColumn,
    Accuracy,
    Answers,
    Status,
    Scoring,
    Benchmark,
    Model,
    When,
    kColumns
  };
  enum Role {
    RunRole = Qt::UserRole + 1,
    SortRole,       // numbers and times as such
    ResumableRole,  // bool
    ErrorRole,      // the sentence of a failed one
    CommandRole,
    ToneRole  // of the status: 1 good, -1 bad, 0 neither
  };
  explicit EvaluationListModel(EvaluationFeed& feed, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  const EvaluationEntry& entry(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

  /// "caption", "picture", "options only": for people.
  static QString armText(Arm arm);
  /// What was asked how, in lines: for tooltips.
  static QString settingsText(const EvaluationEntry& entry);

 private:
  void reload();
  void tallied(RunId run);
  QVariant text(const EvaluationEntry& entry, int column) const;
  QVariant sortKey(const EvaluationEntry& entry, int column) const;
  QString tip(const EvaluationEntry& entry, int column) const;

  EvaluationFeed& m_feed;
  std::vector<EvaluationEntry> m_rows;
};

}  // namespace wordsight::ui
