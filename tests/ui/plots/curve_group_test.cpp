#include "plots/curve_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include "plot_fixture.h"

namespace wordsight::ui {
namespace {

using namespace test;

class CurveGroupTest : public testing::Test {
 protected:
  void SetUp() override {
    m_group.setPalette(lightPalette());
    m_group.setMetrics(trainingMetrics());
    m_group.setRun({1, QStringLiteral("now"), seriesStyle(0), true});
    m_group.setRun({2, QStringLiteral("before"), seriesStyle(1), false});
    m_group.append(1, trainingPoints(500, 1));
    m_group.append(2, trainingPoints(800, 2));
    present(m_group, {1200, 900});
  }
  CurvePlot& plot(const char* metric) { return *m_group.plot(metric); }

  CurveGroup m_group;
};

TEST_F(CurveGroupTest, EveryMetricGetsItsPoints) {
  for (const CurveMetric& metric : trainingMetrics()) {
    const SeriesStore* points = plot(metric.name.c_str()).points(1);
    ASSERT_NE(points, nullptr) << metric.name;
    EXPECT_GT(points->size(), 0u) << metric.name;
  }
  EXPECT_EQ(plot("loss").points(2)->size(), 800u);
  EXPECT_EQ(plot("loss").points(1)->at(9).tokens, 10 * 7'900);
  m_group.append(1, std::vector<MetricPoint>{{"unheard_of", 1, 1, 1, 1, 1}});
  EXPECT_EQ(m_group.plot("unheard_of"), nullptr);
}

TEST_F(CurveGroupTest, AllPlotsSpanTheSameXAndZoomTogether) {
  for (const CurveMetric& metric : trainingMetrics())
    EXPECT_EQ(plot(metric.name.c_str()).shownX(), (AxisRange{1, 800})) << metric.name;
  QWidget* canvas = canvasOf(plot("loss"));
  const QPoint from(canvas->width() / 3, canvas->height() / 2);
  QTest::mousePress(canvas, Qt::LeftButton, {}, from);
  QTest::mouseMove(canvas, from + QPoint(30, 0));
  QTest::mouseMove(canvas, from + QPoint(80, 0));
  QTest::mouseRelease(canvas, Qt::LeftButton, {}, from + QPoint(80, 0));
  QTest::qWait(80);
  ASSERT_TRUE(plot("loss").zoomed());
  EXPECT_EQ(plot("lr").shownX(), plot("loss").shownX());
  EXPECT_EQ(plot("eval_loss").shownX(), plot("loss").shownX());
  QTest::mouseDClick(canvasOf(plot("lr")), Qt::LeftButton, {}, QPoint(150, 60));
  QTest::qWait(80);
  EXPECT_FALSE(plot("loss").zoomed());
}

TEST_F(CurveGroupTest, OneCursorReadsAllPlots) {
  QWidget* canvas = canvasOf(plot("grad_norm"));
  QTest::mouseMove(canvas, QPoint(canvas->width() / 2, canvas->height() / 2));
  ASSERT_TRUE(plot("grad_norm").readout());
  ASSERT_TRUE(plot("loss").readout());
  EXPECT_TRUE(plot("loss").readout()->title.isEmpty()) << "names only where the mouse is";
  EXPECT_EQ(plot("loss").readout()->rows.size(), 2u);
  EXPECT_FALSE(plot("grad_norm").readout()->title.isEmpty());
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(canvas, &leave);
  EXPECT_FALSE(plot("loss").readout());
}

TEST_F(CurveGroupTest, AxisSmoothingAndChoiceApplyToAllAndAreAnnounced) {
  QSignalSpy changed(&m_group, &CurveGroup::settingsChanged);
  auto* axis = m_group.findChild<QComboBox*>();
  ASSERT_NE(axis, nullptr);
  QTest::keyClick(axis, Qt::Key_Down);
  QTest::keyClick(axis, Qt::Key_Down);
  EXPECT_EQ(m_group.xAxis(), XAxis::Tokens);
  EXPECT_NEAR(plot("lr").dataX()->high, 800 * 7'900, 1);
  m_group.findChild<QSlider*>()->setValue(90);
  EXPECT_EQ(m_group.smoothing(), 0.9);
  EXPECT_EQ(plot("loss").points(1)->smoothing(), 0.9);
  m_group.setMetricVisible("memory_mib", false);
  EXPECT_FALSE(plot("memory_mib").isVisible());
  EXPECT_THAT(m_group.visibleMetrics(), testing::Not(testing::Contains("memory_mib")));
  EXPECT_GE(changed.count(), 4);
  m_group.setSmoothing(7);
  EXPECT_EQ(m_group.smoothing(), 0.99);
}

TEST_F(CurveGroupTest, PlotsTakeAsManyColumnsAsFit) {
  const auto sameRow = [&] { return plot("loss").y() == plot("eval_loss").y(); };
  EXPECT_TRUE(sameRow());
  m_group.resize(500, 900);
  QTest::qWait(50);
  EXPECT_FALSE(sameRow());
  EXPECT_EQ(plot("loss").x(), plot("eval_loss").x());
}

TEST_F(CurveGroupTest, RunsComeAndGo) {
  m_group.removeRun(2);
  QTest::qWait(80);
  EXPECT_EQ(plot("loss").shownX().high, 500);
  EXPECT_EQ(plot("loss").points(2), nullptr);
  m_group.setRun({1, QStringLiteral("renamed"), seriesStyle(3), true});
  EXPECT_EQ(plot("loss").points(1)->size(), 500u) << "a new name keeps the points";
  EXPECT_EQ(plot("loss").series().front().label, QStringLiteral("renamed"));
  m_group.clear();
  QTest::qWait(80);
  EXPECT_FALSE(plot("loss").dataX());
}

TEST_F(CurveGroupTest, EveryControlHasANameAndATip) {
  int controls = 0;
  for (QWidget* widget : m_group.findChildren<QWidget*>()) {
    const bool control = qobject_cast<QAbstractButton*>(widget) ||
                         qobject_cast<QComboBox*>(widget) || qobject_cast<QSlider*>(widget);
    if (!control) continue;
    ++controls;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->toolTip().isEmpty()) << widget->metaObject()->className();
    EXPECT_NE(widget->focusPolicy(), Qt::NoFocus) << widget->metaObject()->className();
  }
  EXPECT_GE(controls, 4);
  for (const CurveMetric& metric : trainingMetrics()) {
    EXPECT_FALSE(plot(metric.name.c_str()).accessibleName().isEmpty());
    EXPECT_FALSE(plot(metric.name.c_str()).accessibleDescription().isEmpty());
  }
}

}  // namespace
}  // namespace wordsight::ui
