// Points of runs on their way to the plots: from the project, live, both, and how fast.
#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <ctime>
#include <mutex>

#include "models/jobs/training_list_model.h"
#include "pages/train/curve_feed.h"
#include "pages/train/run_panel.h"
#include "pages/train/trainings_panel.h"
#include "plots/curve_group.h"
#include "store/metric_repository.h"
#include "train_fixture.h"

namespace wordsight::ui::test {
namespace {

class CurvesTest : public TrainFixture {
 protected:
  store::Connection& connection() {
    if (!m_connection) m_connection = std::move(*m_project->project().connect());
    return *m_connection;
  }
  /// A finished training with made-up points.
  RunId addRun(int steps, double level) {
    wordsight::Run run;
    run.kind = RunKind::Training;
    run.name = "made up";
    run.spec = jobs::toJson(shortSpec(m_model, steps));
    store::RunRepository runs(connection());
    const auto id = *runs.create(run);
    EXPECT_TRUE(runs.start(id));
    std::vector<MetricPoint> points;
    for (int step = 1; step <= steps; ++step) {
      points.push_back({"loss", step, step * 4, step * 400, step * 0.1, level + 1.0 / step});
      points.push_back({"lr", step, step * 4, step * 400, step * 0.1, 1e-4});
      if (step % 50 == 0)
        points.push_back({"eval_loss", step, step * 4, step * 400, step * 0.1, level});
    }
    EXPECT_TRUE(store::MetricRepository(connection()).appendMany(id, points));
    EXPECT_TRUE(runs.finish(id, RunStatus::Done, Json{{"final_loss", level}}));
    return id;
  }
  std::unique_ptr<store::Connection> m_connection;
};

TEST_F(CurvesTest, FiftyRunsLieOverEachOther) {
  std::vector<RunId> runs;
  for (int i = 0; i < 50; ++i) runs.push_back(addRun(450, 0.5 + 0.05 * i));
  session().noteChange(Content::Runs);
  auto& model = find<TrainingsPanel>("trainingsPanel")->model();
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 50; }));
  QVariantList list;
  for (const RunId run : runs) list << qlonglong(run.value);
  page().open({{QStringLiteral("runs"), list}});
  auto& feed = find<RunPanel>("runPanel")->feed();
  QElapsedTimer timer;
  timer.start();
  ASSERT_TRUE(spinUntil([&] {
    return feed.complete() && shownPoints(runs.back(), "loss") == 450 &&
           shownPoints(runs.front(), "eval_loss") == 9;
  }));
  std::printf("[ measured ] 50 runs of 450 steps shown after %lld ms\n",
              static_cast<long long>(timer.elapsed()));
  for (const RunId run : runs) EXPECT_EQ(shownPoints(run, "loss"), 450u);
  model.untickAll();
  EXPECT_EQ(shownPoints(runs.front(), "loss"), 450u);  // the chosen one stays
  EXPECT_EQ(find<CurveGroup>("curves")->plot("loss")->points(runs[7].value), nullptr);
}

TEST_F(CurvesTest, ALongHistoryComesInSlices) {
  const RunId run = addRun(60'000, 1);
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  session().noteChange(Content::Runs);
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 60'000; }));
  const auto* points = find<CurveGroup>("curves")->plot("loss")->points(run.value);
  EXPECT_EQ(points->at(0).step, 1);
  EXPECT_EQ(points->at(59'999).step, 60'000);
}

TEST_F(CurvesTest, LivePointsThatComeBeforeTheHistoryAreNotLost) {
  // A run that is looked at while it is under way: history and live points meet.
  const auto number = session().submit(Session::kModelLane, QStringLiteral("train"),
                                       [spec = shortSpec(m_model, 120)](const jobs::JobContext& c) {
                                         return jobs::trainAdapter(c, spec);
                                       });
  ASSERT_TRUE(spinUntil([&] {
    const JobView* job = session().job(number);
    return job && job->progress.done > 20;
  }));
  const RunId run = session().job(number)->run;
  // Chosen and left several times while points stream in.
  for (int i = 0; i < 5; ++i) {
    page().open({{QStringLiteral("run"), qlonglong(run.value)}});
    spinUntil([] { return false; }, 20);
    find<RunPanel>("runPanel")->showRun({}, {});
    find<RunPanel>("runPanel")->showRun(run, QStringLiteral("again"));
  }
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 120; }));
  const auto* points = find<CurveGroup>("curves")->plot("loss")->points(run.value);
  for (std::size_t i = 0; i < 120; ++i) ASSERT_EQ(points->at(i).step, std::int64_t(i) + 1);
}

TEST_F(CurvesTest, AResumedRunGoesBackInAllOfItsCurves) {
  const RunId run = addRun(220, 1);  // held-out loss after 50, 100, 150 and 200
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  session().noteChange(Content::Runs);
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "eval_loss") == 4; }));
  const auto step = [&](std::int64_t number) {
    StepMetrics told;
    told.step = number;
    told.loss = 0.5;
    Q_EMIT session().jobEvent(1, Event{run, told});
  };
  step(121);
  EXPECT_EQ(shownPoints(run, "loss"), 121u);
  EXPECT_EQ(shownPoints(run, "eval_loss"), 2u) << "150 and 200 were not measured again";
  EvalMetrics eval;
  eval.step = 121;
  eval.evalLoss = 0.4;
  Q_EMIT session().jobEvent(1, Event{run, eval});
  step(122);
  EXPECT_EQ(shownPoints(run, "loss"), 122u);
  EXPECT_EQ(shownPoints(run, "eval_loss"), 3u);
}

TEST_F(CurvesTest, AHistoryThatIsOlderThanTheResumeDoesNotBringItsPointsBack) {
  const RunId run = addRun(220, 1);
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  find<RunPanel>("runPanel")->showRun(run, QStringLiteral("shown"));
  StepMetrics told;
  told.step = 121;
  Q_EMIT session().jobEvent(1, Event{run, told});  // before what is stored was read
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") > 0; }));
  ASSERT_TRUE(spinUntil([&] { return find<RunPanel>("runPanel")->feed().complete(); }));
  EXPECT_EQ(shownPoints(run, "loss"), 121u);
  EXPECT_EQ(shownPoints(run, "eval_loss"), 2u);
}

/// When each step was told by the trainer, and when its point had been painted.
class PaintWatch : public QObject {
 public:
  using Clock = std::chrono::steady_clock;
  void told(std::int64_t step) {
    const std::lock_guard lock(m_mutex);
    m_told[step] = Clock::now();
  }
  void painted(std::size_t points) {
    const auto now = Clock::now();
    const std::lock_guard lock(m_mutex);
    for (auto it = m_told.begin(); it != m_told.end();) {
      if (it->first > std::int64_t(points)) {
        ++it;
        continue;
      }
      m_delays.push_back(std::chrono::duration<double, std::milli>(now - it->second).count());
      it = m_told.erase(it);
    }
  }
  std::vector<double> delays() {
    const std::lock_guard lock(m_mutex);
    auto sorted = m_delays;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }

 private:
  std::mutex m_mutex;
  std::map<std::int64_t, Clock::time_point> m_told;
  std::vector<double> m_delays;
};

TEST_F(CurvesTest, APointIsOnScreenSoonAfterItsStep) {
  PaintWatch watch;
  const auto number =
      session().submit(Session::kModelLane, QStringLiteral("train"),
                       [spec = shortSpec(m_model, 60), &watch](const jobs::JobContext& context) {
                         jobs::JobContext watched = context;
                         watched.sink = [&watch, sink = context.sink](const Event& event) {
                           if (const auto* step = std::get_if<StepMetrics>(&event.what))
                             watch.told(step->step);
                           sink(event);
                         };
                         return jobs::trainAdapter(watched, spec);
                       });
  ASSERT_TRUE(spinUntil([&] { return session().job(number)->run.value != 0; }));
  const RunId run = session().job(number)->run;
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  CurvePlot* plot = nullptr;
  ASSERT_TRUE(spinUntil([&] {
    plot = find<CurveGroup>("curves")->plot("loss");
    return plot && plot->points(run.value) != nullptr;
  }));
  QObject::connect(plot, &CurvePlot::replotted, &watch, [&] {
    if (const auto* points = plot->points(run.value)) watch.painted(points->size());
  });
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return watch.delays().size() == 60; }));
  const auto delays = watch.delays();
  const double median = delays[delays.size() / 2], worst = delays.back();
  std::printf("[ measured ] point on screen after: median %.1f ms, 95 %% %.1f ms, worst %.1f ms\n",
              median, delays[delays.size() * 95 / 100], worst);
  EXPECT_LT(delays[delays.size() * 95 / 100], 200);
}

double threadMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// How long the window's thread was busy in each turn of its event loop: its own processor time,
/// which other programs on the machine cannot lengthen.
class BusyTimes : public QObject {
 public:
  BusyTimes() {
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            [this] {
              const double now = threadMilliseconds();
              if (m_since >= 0) m_times.push_back(now - m_since);
              m_since = now;
            });
  }
  std::vector<double> sorted() const {
    auto times = m_times;
    std::sort(times.begin(), times.end());
    return times;
  }

 private:
  double m_since = -1;
  std::vector<double> m_times;
};

TEST_F(CurvesTest, ThePageIsMadeInNoTime) {
  m_page.reset();
  const double before = threadMilliseconds();
  m_page = std::make_unique<TrainPage>(Services{*m_settings, *m_catalog});
  const double made = threadMilliseconds();
  m_page->resize(1280, 800);
  m_page->show();
  m_page->setSession(m_session.get());
  m_page->grab();
  std::printf("[ measured ] page made in %.1f ms, first painted after %.1f ms more\n",
              made - before, threadMilliseconds() - made);
}

TEST_F(CurvesTest, TheWindowStaysFreeWhileATrainingRuns) {
  // From the click on Start to the outcome, with 49 earlier runs over the live one.
  QVariantList earlier;
  for (int i = 0; i < 49; ++i) earlier << qlonglong(addRun(450, 0.5 + 0.05 * i).value);
  session().noteChange(Content::Runs);
  page().open({{QStringLiteral("runs"), earlier}});
  auto* panel = find<RunPanel>("runPanel");
  ASSERT_TRUE(spinUntil([&] { return panel->run() && panel->feed().complete(); }));
  fillShort(60);
  BusyTimes busy;
  QEventLoop loop;
  RunId run;
  QObject::connect(&session(), &Session::jobEnded, &loop, [&] {
    run = panel->run();
    QTimer::singleShot(300, &loop, &QEventLoop::quit);
  });
  QTimer::singleShot(50, &loop, [&] { click("startTraining"); });
  QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
  loop.exec();
  EXPECT_EQ(stored(run).status, RunStatus::Done);
  const auto times = busy.sorted();
  ASSERT_FALSE(times.empty());
  const auto over = times.end() - std::upper_bound(times.begin(), times.end(), 10.0);
  std::printf(
      "[ measured ] window busy: %zu times, 95 %% %.1f ms, longest %.1f ms, over 10 ms: %td\n",
      times.size(), times[times.size() * 95 / 100], times.back(), over);
  EXPECT_LT(times.back(), 100);
}

}  // namespace
}  // namespace wordsight::ui::test
