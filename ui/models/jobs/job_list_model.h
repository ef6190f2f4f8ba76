#pragma once
#include <QAbstractListModel>
#include <QPointer>
#include <vector>

#include "bridge/session.h"

namespace wordsight::ui {

/// The session's jobs, waiting, running and lately ended ones, newest state at once; progress moves
/// rows without resetting them.
class JobListModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role {
    NumberRole = Qt::UserRole + 1,
    LaneRole,
    StateRole,     // JobView::State as int
    FractionRole,  // 0 … 1, negative: unknown
    DetailRole,    // "120 of 450 steps · 16 steps/s · 21 s left"
    ErrorRole,
    RunRole
  };
  explicit JobListModel(QObject* parent = nullptr);
  void setSession(Session* session);
  const JobView& job(int row) const { return m_jobs[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

  /// "120 of 450 steps · 16 steps/s · 21 s left", from what a job said last.
  static QString detailOf(const JobView& job);
  /// Share done, negative when it is not known.
  static double fractionOf(const JobView& job);
  /// Seconds that are probably left; negative when nothing can be said.
  static double secondsLeft(const JobView& job);

 private:
  void reload();
  void progressed(quint64 number);
  QPointer<Session> m_session;
  std::vector<JobView> m_jobs;
};

}  // namespace wordsight::ui
