#pragma once
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <stop_token>
#include <vector>

#include "bridge/session.h"
#include "domain/run.h"
#include "plots/plot_theme.h"

namespace wordsight::ui {

class CurveGroup;

/// Brings the points of the runs that are looked at to the plots: what is stored is read in the
/// background, what a running job says comes straight from its events. Points that arrive while a
/// run's history is being read wait for it, so that each curve stays in order. A run that is
/// resumed goes back to its checkpoint: what any of its curves held beyond goes, as it does in the
/// project. Lives on the window's thread; the group outlives it.
class CurveFeed : public QObject {
  Q_OBJECT
 public:
  struct Shown {
    RunId run;
    QString label;
    bool live = false;
  };
  CurveFeed(CurveGroup& group, QObject* parent);

  /// Null when the project closes: everything goes.
  void setSession(Session* session);
  /// The runs in view, the first one in front. Those that were in view keep points and colour.
  void show(const std::vector<Shown>& runs);
  /// How a run is drawn; nothing while it is not in view.
  const SeriesStyle* style(RunId run) const;
  /// Whether the history of every run in view has arrived.
  bool complete() const;

 Q_SIGNALS:
  /// All that was known of a run is in the plots.
  void loaded(wordsight::RunId run);
  void failed(const QString& sentence);
  void stylesChanged();

 private:
  struct Member {
    int place = 0;  // of its style
    SeriesStyle style;
    bool ready = false;
    std::vector<MetricPoint> waiting;  // came live while the history was read
    std::int64_t last = -1;            // the newest step that is known
    /// What was heard live stands for all steps from this one on, whatever the history says.
    std::optional<std::int64_t> liveFrom;
    std::stop_source stop;
  };
  void load(RunId run, Member& member);
  void arrived(RunId run, Result<std::vector<MetricPoint>> history);
  void hear(const Event& event);
  /// `from`: steps from this one on are not known yet; those that are were superseded.
  void take(RunId run, std::vector<MetricPoint> points, std::int64_t from);
  void goBack(RunId run, Member& member, std::int64_t from);
  void appendSlice();
  int freePlace() const;

  CurveGroup& m_group;
  QPointer<Session> m_session;
  std::map<RunId, Member> m_members;
  /// History on its way into the plots, some thousand points a turn of the event loop.
  struct Delivery {
    RunId run;
    std::vector<MetricPoint> points;
    std::size_t next = 0;
  };
  std::deque<Delivery> m_deliveries;
  QTimer m_slices;
};

/// A step's or an evaluation's numbers as points of curves, named as they are stored.
std::vector<MetricPoint> pointsOf(const StepMetrics& step);
std::vector<MetricPoint> pointsOf(const EvalMetrics& eval);

}  // namespace wordsight::ui
