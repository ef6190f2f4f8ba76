#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "bridge/session.h"
#include "models/evaluations/evaluation_feed.h"

class QToolButton;

namespace wordsight::ui {

class ElidedLabel;
class NarrowingPlot;

/// One evaluation as it goes: its accuracy with the interval as it narrows, rate and time left,
/// pause and stop. Follows what runs; while nothing does, it shows the one that was chosen.
class EvaluationWatch : public QWidget {
  Q_OBJECT
 public:
  explicit EvaluationWatch(EvaluationFeed& feed, QWidget* parent = nullptr);
  void setSession(Session* session);
  /// Shows a run's curve; ignored while an evaluation runs, unless it is that one.
  void choose(RunId run);
  RunId shownRun() const { return m_run; }
  /// Share of right answers that guessing gets in the benchmark; 0: not known.
  void setChance(double share);
  NarrowingPlot& plot() const { return *m_plot; }

 private:
  void build();
  void refresh();
  void follow();
  void load(RunId run);
  void flushTallies();
  const JobView* runningJob() const;
  QString detail(const JobView* job, const EvaluationEntry* entry) const;
  QString queueText() const;

  EvaluationFeed& m_feed;
  QPointer<Session> m_session;
  ElidedLabel *m_title, *m_detail, *m_next;
  QToolButton *m_pause, *m_stop, *m_clear;
  NarrowingPlot* m_plot;
  RunId m_run;                 // whose curve is shown
  bool m_following = false;    // it runs now
  jobs::JobNumber m_job = 0;   // that works on it, or 0
  std::vector<Tally> m_fresh;  // came since the last repaint
  QTimer m_repaint;
  LatestQuery m_query;
};

}  // namespace wordsight::ui
