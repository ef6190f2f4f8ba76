#pragma once
#include <QAbstractTableModel>
#include <QPointer>
#include <QSet>
#include <optional>
#include <vector>

#include "bridge/session.h"
#include "store/reject_repository.h"

namespace wordsight::ui {

/// What generators wrote that did not become a scenario, newest first, fetched in pages as one
/// scrolls. Lives on the window's thread.
class RejectModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { ReasonColumn, StrategyColumn, RunColumn, WhenColumn, ColumnCount };
  using QAbstractTableModel::QAbstractTableModel;

  void setSession(Session* session);
  /// Of one run; none: of all.
  void setRun(std::optional<RunId> run);
  /// Looks for new ones; those that are there keep their rows.
  void refresh();
  /// Says that a text was mended and kept.
  void markKept(std::int64_t reject);
  const store::Reject* at(int row) const;
  std::int64_t total() const { return m_total; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  bool canFetchMore(const QModelIndex& parent) const override;
  void fetchMore(const QModelIndex& parent) override;

 Q_SIGNALS:
  void totalChanged(qint64 total);
  void failed(const QString& sentence);

 private:
  struct Page {
    std::int64_t total = 0;
    std::vector<store::Reject> rows;
  };
  void take(Page page);
  QPointer<Session> m_session;
  std::optional<RunId> m_run;
  std::vector<store::Reject> m_rows;
  QSet<qint64> m_kept;
  std::int64_t m_total = 0;
  bool m_fetching = false;
  LatestQuery m_query, m_moreQuery;
};

}  // namespace wordsight::ui
