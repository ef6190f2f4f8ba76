#include "plots/curve_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <limits>

#include "plot_fixture.h"

namespace wordsight::ui {
namespace {

using namespace test;

class CurvePlotTest : public testing::Test {
 protected:
  void SetUp() override {
    m_plot.setPalette(lightPalette());
    m_plot.setTitle(QStringLiteral("Loss"), QStringLiteral("nats/token"));
  }
  void addRun(SeriesId id, std::int64_t steps, double end = 1.1) {
    m_plot.setSeries(
        {id, QStringLiteral("run %1").arg(id), seriesStyle(static_cast<int>(id)), false});
    m_plot.append(id, lossCurve(steps, static_cast<std::uint64_t>(id), end));
  }
  void show(QSize size = {700, 320}) { present(m_plot, size); }
  void settle() { QTest::qWait(80); }
  QWidget* canvas() { return canvasOf(m_plot); }
  // A point of the canvas by its share of width and height, well inside the axes.
  QPoint at(double x, double y) {
    return {70 + static_cast<int>(x * (canvas()->width() - 90)),
            12 + static_cast<int>(y * (canvas()->height() - 70))};
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {}) {
    QTest::mousePress(canvas(), Qt::LeftButton, keys, from);
    QTest::mouseMove(canvas(), (from + to) / 2);
    QTest::mouseMove(canvas(), to);
    QTest::mouseRelease(canvas(), Qt::LeftButton, keys, to);
    settle();
  }

  CurvePlot m_plot;
};

TEST_F(CurvePlotTest, APointIsOnScreenWithinTwoHundredMilliseconds) {
  addRun(1, 2000);
  show();
  for (int i = 0; i < 5; ++i) {
    QSignalSpy painted(&m_plot, &CurvePlot::replotted);
    QElapsedTimer clock;
    clock.start();
    m_plot.append(1, CurvePoint{2001 + i, 0, 0, 0, 1.0});
    ASSERT_TRUE(painted.wait(200));
    RecordProperty("milliseconds", static_cast<int>(clock.elapsed()));
    EXPECT_EQ(m_plot.shownX().high, 2001 + i);
  }
}

TEST_F(CurvePlotTest, ABurstIsPaintedOnce) {
  addRun(1, 10);
  show();
  QSignalSpy painted(&m_plot, &CurvePlot::replotted);
  for (int i = 0; i < 5000; ++i) m_plot.append(1, CurvePoint{11 + i, 0, 0, 0, 2.0});
  QTest::qWait(25);
  EXPECT_LE(painted.count(), 2);
  settle();
  EXPECT_LE(painted.count(), 3);
  EXPECT_GE(painted.count(), 1);
}

TEST_F(CurvePlotTest, ASpikeOfOneStepInAMillionIsPainted) {
  m_plot.setSeries({1, QStringLiteral("run"), seriesStyle(0), true});
  std::vector<CurvePoint> points;
  for (std::int64_t step = 1; step <= 1'000'000; ++step)
    points.push_back({step, step, step, 0, step == 345'678 ? 30.0 : 1.0});
  m_plot.append(1, points);
  show();
  for (const double smoothing : {0.0, 0.9}) {
    m_plot.setSmoothing(smoothing);
    settle();
    const QImage image = canvas()->grab().toImage();
    const QColor colour =
        smoothing > 0 ? blend(seriesStyle(0).colour, Qt::white, 0.32) : seriesStyle(0).colour;
    const QRect upper(60, 10, canvas()->width() - 70, canvas()->height() / 2);
    EXPECT_GT(countColour(image, upper, colour), upper.height() / 3) << smoothing;
  }
}

TEST_F(CurvePlotTest, NoDashSwallowsASpike) {
  // Eighty spikes across the plot: wherever the dashes' gaps are, each is painted.
  m_plot.setSeries({1, QStringLiteral("dotted"), seriesStyle(2), false});
  for (int step = 0; step <= 640; ++step)
    m_plot.append(1, CurvePoint{step, 0, 0, 0, step % 8 == 4 ? 5.0 : 1.0});
  show({800, 320});
  const QImage image = canvas()->grab().toImage();
  const QRect upper(60, 60, canvas()->width() - 90, 1);
  EXPECT_GE(countColour(image, upper, seriesStyle(2).colour, 90), 80);
}

TEST_F(CurvePlotTest, FollowsTheLiveEdgeUntilZoomed) {
  addRun(1, 1000);
  show();
  EXPECT_EQ(m_plot.shownX(), (AxisRange{1, 1000}));
  QSignalSpy zoomed(&m_plot, &CurvePlot::zoomChanged), reset(&m_plot, &CurvePlot::zoomReset);
  drag(at(0.25, 0.5), at(0.5, 0.5));
  ASSERT_EQ(zoomed.count(), 1);
  const AxisRange chosen = m_plot.shownX();
  EXPECT_NEAR(chosen.low, 250, 40);
  EXPECT_NEAR(chosen.high, 500, 40);
  m_plot.append(1, CurvePoint{1001, 0, 0, 0, 1});
  settle();
  EXPECT_EQ(m_plot.shownX(), chosen);
  QTest::mouseDClick(canvas(), Qt::LeftButton, {}, at(0.5, 0.5));
  settle();
  EXPECT_EQ(reset.count(), 1);
  EXPECT_EQ(m_plot.shownX(), (AxisRange{1, 1001}));
  EXPECT_FALSE(m_plot.zoomed());
}

TEST_F(CurvePlotTest, ATallDragChoosesBothAxes) {
  addRun(1, 1000);
  show();
  const AxisRange before = m_plot.shownY();
  drag(at(0.3, 0.3), at(0.6, 0.7));
  EXPECT_TRUE(m_plot.zoomed());
  EXPECT_LT(m_plot.shownY().high, before.high);
  EXPECT_GT(m_plot.shownY().low, before.low);
  m_plot.resetZoom();
  settle();
  EXPECT_EQ(m_plot.shownY(), before);
}

TEST_F(CurvePlotTest, ShiftDragMovesAndClicksDoNothing) {
  addRun(1, 1000);
  show();
  QTest::mouseClick(canvas(), Qt::LeftButton, {}, at(0.5, 0.5));
  EXPECT_FALSE(m_plot.zoomed());
  m_plot.zoomTo({400, 600});
  settle();
  drag(at(0.5, 0.5), at(0.25, 0.5), Qt::ShiftModifier);
  EXPECT_NEAR(m_plot.shownX().low, 450, 15);
  EXPECT_NEAR(m_plot.shownX().high - m_plot.shownX().low, 200, 1e-6);
}

TEST_F(CurvePlotTest, TheWheelZoomsAroundTheMouse) {
  addRun(1, 1000);
  show();
  const auto turn = [&](int notches, Qt::KeyboardModifiers keys) {
    const QPointF where = at(0.5, 0.5);
    QWheelEvent event(where, canvas()->mapToGlobal(where), {}, {0, 120 * notches}, Qt::NoButton,
                      keys, Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas(), &event);
    settle();
  };
  turn(3, {});
  const double width = m_plot.shownX().high - m_plot.shownX().low;
  EXPECT_NEAR(width, 999 * 0.512, 1);
  m_plot.setWheelNeedsControl(true);
  turn(1, {});
  EXPECT_EQ(m_plot.shownX().high - m_plot.shownX().low, width);
  turn(1, Qt::ControlModifier);
  EXPECT_LT(m_plot.shownX().high - m_plot.shownX().low, width);
}

TEST_F(CurvePlotTest, EverythingCanBeDoneFromTheKeyboard) {
  addRun(1, 100);
  show();
  m_plot.setFocus();
  QSignalSpy moved(&m_plot, &CurvePlot::cursorMoved);
  QTest::keyClick(&m_plot, Qt::Key_Left);
  ASSERT_EQ(moved.count(), 1);
  EXPECT_EQ(moved.last().first().toDouble(), 100);
  QTest::keyClick(&m_plot, Qt::Key_Left);
  EXPECT_EQ(moved.last().first().toDouble(), 99);
  ASSERT_TRUE(m_plot.readout());
  EXPECT_TRUE(m_plot.accessibleDescription().contains(m_plot.readout()->rows[0].value))
      << "what the cursor reads is for ears too";
  QTest::keyClick(&m_plot, Qt::Key_Plus);
  EXPECT_TRUE(m_plot.zoomed());
  const AxisRange before = m_plot.shownX();
  QTest::keyClick(&m_plot, Qt::Key_Left, Qt::ControlModifier);
  EXPECT_LT(m_plot.shownX().low, before.low);
  QTest::keyClick(&m_plot, Qt::Key_Home);
  EXPECT_FALSE(m_plot.zoomed());
  QTest::keyClick(&m_plot, Qt::Key_Escape);
  EXPECT_FALSE(m_plot.readout());
}

TEST_F(CurvePlotTest, TheCursorReadsEverySeries) {
  m_plot.setSeries({1, QStringLiteral("one"), seriesStyle(0), true});
  m_plot.setSeries({2, QStringLiteral("two"), seriesStyle(1), false});
  for (int step = 1; step <= 10; ++step) {
    m_plot.append(1, CurvePoint{step, step * 32, 0, 0, step * 1.0});
    if (step <= 5) m_plot.append(2, CurvePoint{step, step * 32, 0, 0, step * 10.0});
  }
  show();
  m_plot.showCursorAt(4.2);
  ASSERT_TRUE(m_plot.readout());
  ASSERT_EQ(m_plot.readout()->rows.size(), 2u);
  EXPECT_EQ(m_plot.readout()->rows[0].value, QStringLiteral("4.000"));
  EXPECT_EQ(m_plot.readout()->rows[1].value, QStringLiteral("40.00"));
  EXPECT_TRUE(m_plot.readout()->rows[0].raw.isEmpty());
  m_plot.showCursorAt(9);
  EXPECT_EQ(m_plot.readout()->rows.size(), 1u) << "the second has ended";
  m_plot.setSmoothing(0.5);
  settle();
  EXPECT_EQ(m_plot.readout()->rows[0].raw, QStringLiteral("9.000"));
  EXPECT_NE(m_plot.readout()->rows[0].value, QStringLiteral("9.000"));
  m_plot.hideCursor();
  EXPECT_FALSE(m_plot.readout());
}

TEST_F(CurvePlotTest, HoveringHighlightsTheNearestSeries) {
  for (SeriesId id : {1, 2}) {
    m_plot.setSeries({id, QStringLiteral("run"), seriesStyle(0), false});
    for (int step = 0; step <= 100; ++step)
      m_plot.append(id, CurvePoint{step, 0, 0, 0, id == 1 ? 1.0 : 2.0});
  }
  show();
  QSignalSpy hovered(&m_plot, &CurvePlot::seriesHovered);
  const double top = m_plot.shownY().high, bottom = m_plot.shownY().low;
  ASSERT_LT(bottom, 1.0);
  ASSERT_GT(top, 2.0);
  SeriesId last = 0;
  std::vector<SeriesId> seen;
  for (int y = 8; y < canvas()->height() - 50; y += 2) {
    QTest::mouseMove(canvas(), QPoint(canvas()->width() / 2, y));
    if (hovered.isEmpty()) continue;
    last = hovered.last().first().value<SeriesId>();
    if (seen.empty() || seen.back() != last) seen.push_back(last);
  }
  EXPECT_THAT(seen, testing::ElementsAre(2, kNoSeries, 1));
}

TEST_F(CurvePlotTest, MayBeDestroyedWhileSomethingIsPointedAt) {
  for (const bool focus : {true, false}) {
    CurvePlot plot;
    for (SeriesId id : {1, 2}) {
      plot.setSeries({id, QStringLiteral("run"), seriesStyle(0), false});
      plot.append(id, lossCurve(50, 1));
    }
    present(plot, {400, 240});
    if (focus) plot.setFocus();
    plot.highlight(2);
    QTest::mouseMove(canvasOf(plot), QPoint(200, 100));
    plot.append(1, CurvePoint{51, 0, 0, 0, 1});
  }
}

TEST_F(CurvePlotTest, TakesTheColoursOfAnyPalette) {
  addRun(1, 200);
  show();
  EXPECT_GT(countColour(canvas()->grab().toImage(), canvas()->rect(), Qt::white, 4), 20'000);
  m_plot.setPalette(darkPalette());
  settle();
  const QImage dark = canvas()->grab().toImage();
  EXPECT_GT(countColour(dark, canvas()->rect(), darkPalette().color(QPalette::Base), 4), 20'000);
  EXPECT_EQ(countColour(dark, canvas()->rect(), Qt::white, 4), 0) << "a colour that was fixed";
}

TEST_F(CurvePlotTest, OddDataIsShownAsFarAsItGoes) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  m_plot.setSeries({1, QStringLiteral("odd"), seriesStyle(0), false});
  show();
  m_plot.append(1, CurvePoint{1, 0, 0, 0, kNan});
  settle();
  m_plot.append(1, CurvePoint{2, 0, 0, 0, 5});
  settle();
  m_plot.setLogarithmic(true);
  m_plot.append(1, CurvePoint{3, 0, 0, 0, 0});
  m_plot.append(1, CurvePoint{4, 0, 0, 0, -1});
  m_plot.append(1, CurvePoint{5, 0, 0, 0, 1e300});
  m_plot.append(1, CurvePoint{6, 0, 0, 0, std::numeric_limits<double>::infinity()});
  settle();
  EXPECT_GT(m_plot.shownY().low, 0);
  EXPECT_GE(m_plot.shownY().high, 1e200);
  m_plot.setLogarithmic(false);
  m_plot.zoomTo({2.1, 2.2});
  settle();
  EXPECT_TRUE(std::isfinite(m_plot.shownY().low));
  m_plot.append(99, CurvePoint{1, 0, 0, 0, 1});  // a series nobody announced
  EXPECT_EQ(m_plot.points(99), nullptr);
  m_plot.removeSeries(1);
  m_plot.clear();
  settle();
  EXPECT_FALSE(m_plot.dataX());
}

TEST_F(CurvePlotTest, AnyAxisCanBeChosenAndResetsTheZoom) {
  addRun(1, 1000);
  show();
  m_plot.zoomTo({10, 20});
  for (const auto& [axis, high] : {std::pair{XAxis::Samples, 32'000.0},
                                   {XAxis::Tokens, 7.9e6},
                                   {XAxis::Time, 1900.0},
                                   {XAxis::Step, 1000.0}}) {
    m_plot.setXAxis(axis);
    settle();
    EXPECT_FALSE(m_plot.zoomed());
    EXPECT_NEAR(m_plot.shownX().high, high, 1e-6);
  }
}

TEST_F(CurvePlotTest, AHiddenPlotCatchesUpWhenShown) {
  addRun(1, 100);
  show();
  m_plot.hide();
  QSignalSpy painted(&m_plot, &CurvePlot::replotted);
  for (int i = 0; i < 50; ++i) {
    m_plot.append(1, CurvePoint{101 + i, 0, 0, 0, 1});
    QTest::qWait(1);
  }
  EXPECT_EQ(painted.count(), 0) << "work for nobody";
  m_plot.show();
  settle();
  EXPECT_EQ(m_plot.shownX().high, 150);
}

}  // namespace
}  // namespace wordsight::ui
