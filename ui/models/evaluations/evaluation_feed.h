#pragma once
#include <QObject>
#include <QPointer>
#include <unordered_map>
#include <vector>

#include "bridge/session.h"
#include "models/evaluations/evaluation_entry.h"

namespace wordsight::ui {

/// The evaluations of the open project, kept up to date: read anew when runs change, and moved by
/// what running ones say about themselves. Lives on the window's thread; it also remembers which
/// waiting jobs will fill which cell.
class EvaluationFeed : public QObject {
  Q_OBJECT
 public:
  explicit EvaluationFeed(QObject* parent = nullptr);
  void setSession(Session* session);

  /// Newest first.
  const std::vector<EvaluationEntry>& entries() const { return m_entries; }
  const EvaluationEntry* find(RunId run) const;
  /// The newest one of a cell that says something: running, done, or stopped with answers; null:
  /// none.
  const EvaluationEntry* latest(const CellKey& key) const;
  /// Whether the project was read at least once.
  bool loaded() const { return m_loaded; }

  /// Queues an evaluation; its cell counts as waiting until it starts.
  jobs::JobNumber start(const QString& label, const jobs::EvaluationSpec& spec);
  jobs::JobNumber resume(const EvaluationEntry& entry, const QString& label);
  /// The job that waits for or works on a cell, or null.
  const JobView* jobOf(const CellKey& key) const;
  /// Jobs of evaluations that this window queued and that have not ended, in their order.
  std::vector<JobView> pending() const;

 Q_SIGNALS:
  /// Entries, or which jobs wait for what.
  void changed();
  /// A running evaluation's numbers moved; the entry has them already.
  void tallied(wordsight::RunId run);
  void failed(const QString& sentence);

 private:
  void reload();
  void heard(quint64 number, const Event& event);
  void ended(quint64 number);
  EvaluationEntry* entryOf(RunId run);

  QPointer<Session> m_session;
  std::vector<EvaluationEntry> m_entries;
  std::unordered_map<jobs::JobNumber, CellKey> m_cells;
  std::unordered_map<RunId, Tally> m_live;  // of runs that go on now
  bool m_loaded = false;
  LatestQuery m_query;
};

}  // namespace wordsight::ui
