#pragma once
#include <QAbstractItemModel>
#include <QHash>
#include <QPointer>
#include <QTimer>
#include <vector>

#include "bridge/session.h"
#include "store/run_repository.h"

namespace wordsight::ui {

/// All runs of a project, flat or in groups; 10,000 rows come in one question. Curves in small are
/// asked for row by row, as they are looked at. Live runs follow their events.
class RunTableModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column {
    StarColumn,
    NumberColumn,
    NameColumn,
    KindColumn,
    StatusColumn,
    ResultColumn,
    CurveColumn,
    StartedColumn,
    DurationColumn,
    TagsColumn,
    kColumns
  };
  enum Role { RunRole = Qt::UserRole + 1, CurveRole, StatusRole, KindRole };
  enum class Grouping { None, Kind, Status, Day, Tag };

  explicit RunTableModel(QObject* parent = nullptr);
  void setSession(Session* session);
  void setFilter(const store::RunFilter& filter);
  const store::RunFilter& filter() const { return m_filter; }
  void setGrouping(Grouping grouping);
  Grouping grouping() const { return m_grouping; }
  void reload();

  /// How many rows there are, groups not counted.
  int runCount() const { return static_cast<int>(m_rows.size()); }
  /// Null for a group's own row.
  const store::RunRow* rowAt(const QModelIndex& index) const;
  QModelIndex indexOf(RunId run, int column = 0) const;
  /// Changes a row's mark here and in the file, undoable.
  void mark(RunId run, const store::RunMark& mark, const QString& what);

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

  /// What came of a run, in a few words: "72.3 % of 300", "loss 0.504".
  static QString resultText(const Run& run);

 Q_SIGNALS:
  /// New rows are there.
  void loaded();
  void failed(const QString& sentence);

 private:
  struct Group {
    QString title;
    std::vector<int> rows;  // indexes into m_rows
  };
  void arrange();
  QString groupOf(const store::RunRow& row) const;
  QVariant runData(const store::RunRow& row, int column, int role) const;
  QVariant curve(const Run& run) const;
  void fetchCurves();
  void putMark(RunId run, const store::RunMark& mark);
  void hear(const Event& event);

  QPointer<Session> m_session;
  LatestQuery m_query;
  store::RunFilter m_filter;
  Grouping m_grouping = Grouping::None;
  std::vector<store::RunRow> m_rows;
  std::vector<Group> m_groups;
  QHash<qint64, int> m_place;  // run → index into m_rows
  mutable QHash<qint64, QVector<double>> m_curves;
  mutable std::vector<RunId> m_wanted;  // curves that somebody looked for
  mutable QTimer m_fetch;
  QTimer m_soon;
};

}  // namespace wordsight::ui
