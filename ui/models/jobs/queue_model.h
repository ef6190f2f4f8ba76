#pragma once
#include <QPointer>
#include <QSortFilterProxyModel>

#include "models/jobs/job_list_model.h"

namespace wordsight::ui {

/// The jobs of one lane that run or wait, in the order in which they will run. Waiting ones can be
/// moved, by dragging or by move(); a running one stays in front.
class QueueModel : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit QueueModel(const char* lane, QObject* parent = nullptr);
  void setSession(Session* session);

  jobs::JobNumber number(int row) const;
  JobView::State state(int row) const;
  int rowOf(jobs::JobNumber number) const;
  /// Whether it has not begun.
  bool waits(int row) const;
  bool canMove(int row, int to) const;
  /// Moves a waiting job to another place among the waiting ones.
  bool move(int row, int to);

  Qt::ItemFlags flags(const QModelIndex& index) const override;
  Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;
  bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                       const QModelIndex& parent) const override;
  bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                    const QModelIndex& parent) override;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  const char* m_lane;
  QPointer<Session> m_session;
  JobListModel m_jobs;
};

}  // namespace wordsight::ui
