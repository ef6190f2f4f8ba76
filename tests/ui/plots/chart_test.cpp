#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QHelpEvent>
#include <QTest>
#include <QToolTip>
#include <cmath>
#include <limits>
#include <vector>

#include "plot_fixture.h"
#include "plots/bar_plot.h"
#include "plots/category_plot.h"
#include "plots/interval_plot.h"
#include "plots/reliability_plot.h"
#include "plots/sparkline.h"

#include <QPainter>

namespace wordsight::ui {
namespace {

using namespace test;
using testing::ElementsAre;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string tipAt(QWidget& widget, QPoint at) {
  QToolTip::hideText();
  QTest::qWait(1);
  QHelpEvent event(QEvent::ToolTip, at, widget.mapToGlobal(at));
  QApplication::sendEvent(&widget, &event);
  return QToolTip::text().toStdString();
}

TEST(Histogram, CountsEveryFiniteValueOnce) {
  std::vector<double> values{kNan, std::numeric_limits<double>::infinity()};
  for (int i = 0; i <= 1000; ++i) values.push_back(i);
  const BarData data = histogram(values, 10, QStringLiteral("words"));
  ASSERT_EQ(data.edges.size(), data.series[0].values.size() + 1);
  EXPECT_EQ(data.edges.front(), 0);
  EXPECT_EQ(data.edges.back(), 1000);
  double sum = 0;
  for (const double count : data.series[0].values) sum += count;
  EXPECT_EQ(sum, 1001);
  EXPECT_EQ(data.series[0].values.back(), 101) << "the last edge belongs to the last bin";
}

TEST(Histogram, OddInput) {
  EXPECT_TRUE(histogram({}, 10, {}).edges.empty());
  const std::vector<double> same(7, 42.0);
  const BarData one = histogram(same, 10, {});
  double sum = 0;
  for (const double count : one.series[0].values) sum += count;
  EXPECT_EQ(sum, 7);
  const std::vector<double> few{-1e9, 3, 1e9};
  EXPECT_GE(histogram(few, 0, {}).edges.size(), 2u);
}

TEST(BarPlot, SaysWhatABarIsAndWhatWasExpected) {
  BarPlot plot;
  plot.setTitle(QStringLiteral("Letters"));
  BarData data;
  data.categories = QStringList{QStringLiteral("A"), QStringLiteral("B")};
  data.series = {{QStringLiteral("observed"), seriesStyle(0), {312, 190}}};
  data.expected = {248, 248};
  data.expectedLabel = QStringLiteral("expected");
  plot.setData(data);
  present(plot, {400, 300});
  const std::string tip = tipAt(plot, {130, 220});
  EXPECT_THAT(tip, testing::HasSubstr("A"));
  EXPECT_THAT(tip, testing::HasSubstr("312"));
  EXPECT_THAT(tip, testing::HasSubstr("248"));
  EXPECT_THAT(plot.accessibleDescription().toStdString(), testing::HasSubstr("A, observed: 312"));
  EXPECT_EQ(plot.accessibleName(), QStringLiteral("Letters"));
}

TEST(BarPlot, MissingAndOddValuesHaveNoBar) {
  BarPlot plot;
  BarData data;
  data.categories = QStringList{QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")};
  data.series = {{QStringLiteral("x"), seriesStyle(0), {kNan, 0}}};
  plot.setData(data);
  present(plot, {300, 200});
  EXPECT_THAT(plot.accessibleDescription().toStdString(), testing::StartsWith("B, x: 0"));
  data.series[0].values = {kNan};
  plot.setData(data);
  plot.setMessage(QStringLiteral("Nothing yet."));
  QTest::qWait(20);
  EXPECT_EQ(plot.accessibleDescription(), QStringLiteral("Nothing yet."));
  plot.setData({});
  plot.resize(20, 10);
  QTest::qWait(20);
}

TEST(IntervalPlot, NamesEveryCellWithIntervalAndPublishedFigure) {
  IntervalPlot plot;
  plot.setRows({{QStringLiteral("base · image"), 0.613, 0.586, 0.639, 1240, seriesStyle(0), 0.6},
                {QStringLiteral("<b>tuned</b>"), 0.7, 0.67, 0.73, 1240, seriesStyle(1), {}}},
               QStringLiteral("published"));
  plot.setReferences({{0.2, QStringLiteral("chance")}});
  present(plot, {600, 220});
  const std::string description = plot.accessibleDescription().toStdString();
  EXPECT_THAT(description, testing::HasSubstr("base · image"));
  EXPECT_THAT(description, testing::HasSubstr("published: 60.0"));
  // A label is a person's text: shown, not interpreted.
  const std::string tip = tipAt(plot, {40, plot.height() - 66});
  EXPECT_THAT(tip, testing::HasSubstr("&lt;b&gt;tuned"));
}

TEST(CategoryPlot, SortsByWhatIsAsked) {
  CategoryPlot plot;
  const auto value = [](double share, int n) {
    return CategoryValue{share, share - 0.1, share + 0.1, n};
  };
  plot.setData(
      {{QStringLiteral("base"), seriesStyle(0)}, {QStringLiteral("tuned"), seriesStyle(1)}},
      {{QStringLiteral("b"), {value(0.5, 30), value(0.7, 30)}},
       {QStringLiteral("c"), {value(0.6, 90), value(0.6, 90)}},
       {QStringLiteral("a"), {value(0.1, 10), value(0.5, 10)}},
       {QStringLiteral("d"), {value(0.9, 40), {}}}});
  const auto labels = [&](CategoryPlot::Order order) {
    plot.setOrder(order);
    return plot.shownLabels().join(QString()).toStdString();
  };
  using Order = CategoryPlot::Order;
  EXPECT_EQ(labels(Order::AsGiven), "bcad");
  EXPECT_EQ(labels(Order::Name), "abcd");
  EXPECT_EQ(labels(Order::Accuracy), "bcad");
  EXPECT_EQ(labels(Order::Difference), "abcd");
  EXPECT_EQ(labels(Order::Count), "cdba");
  present(plot, plot.sizeHint());
  EXPECT_THAT(tipAt(plot, {20, 50}), testing::HasSubstr("tuned"));
}

TEST(CategoryPlot, RowsWithTooFewValuesAreFilledUp) {
  CategoryPlot plot;
  plot.setData({{QStringLiteral("base"), seriesStyle(0)}}, {{QStringLiteral("a"), {}}});
  present(plot, {300, 150});
  EXPECT_THAT(plot.accessibleDescription().toStdString(), testing::HasSubstr("no answers"));
}

TEST(ReliabilityPlot, LeavesOutEmptyBins) {
  ReliabilityPlot plot;
  plot.setSeries({{QStringLiteral("base"),
                   seriesStyle(0),
                   {{0.3, 0.2, 0.1, 0.3, 20}, {0.5, 0, 0, 1, 0}},
                   0.1}});
  present(plot, {380, 400});
  EXPECT_EQ(plot.accessibleDescription().count(QStringLiteral("confidence")), 1);
  plot.setSeries({});
  QTest::qWait(20);
}

QImage sparkline(const std::vector<double>& values, QSize size = {120, 24}) {
  QImage image(size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::white);
  QPainter painter(&image);
  paintSparkline(painter, QRectF(QPointF(0, 0), QSizeF(size)), values, lightPalette(), Qt::blue);
  return image;
}

TEST(Sparkline, KeepsASpikeAmongAMillion) {
  std::vector<double> values(1'000'000, 1.0);
  values[345'678] = 9;
  EXPECT_GT(countColour(sparkline(values), QRect(30, 2, 30, 8), Qt::blue, 140), 3);
}

TEST(Sparkline, OddInputPaintsWhatThereIs) {
  const auto ink = [](const QImage& image) {
    return image.width() * image.height() - countColour(image, image.rect(), Qt::white, 4);
  };
  EXPECT_EQ(ink(sparkline({})), 0);
  EXPECT_EQ(ink(sparkline({kNan, kNan})), 0);
  EXPECT_EQ(ink(sparkline({1, 2, 3}, {6, 6})), 0);
  EXPECT_GT(ink(sparkline({5})), 4);
  EXPECT_GT(ink(sparkline({2, 2, 2})), 100) << "a constant is a line";
  // A gap in the middle stays one.
  std::vector<double> values(90, 1.0);
  for (std::size_t i = 30; i < 60; ++i) values[i] = kNan;
  EXPECT_EQ(countColour(sparkline(values), QRect(50, 0, 15, 24), Qt::white, 4), 15 * 24);
}

}  // namespace
}  // namespace wordsight::ui
