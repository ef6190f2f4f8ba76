// Pictures of every plot with data as it comes, light and dark, at 1× and 2×, in
// build/…/screenshots: for people to look at after each change. A second process takes those at
// 2×, because the scale is read when the program starts.
#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QScreen>
#include <QTest>
#include <QVBoxLayout>
#include <cmath>

#include "base/random.h"
#include "plot_fixture.h"
#include "plots/bar_plot.h"
#include "plots/category_plot.h"
#include "plots/curve_group.h"
#include "plots/interval_plot.h"
#include "plots/reliability_plot.h"
#include "plots/sparkline.h"

#include <QPainter>

namespace wordsight::ui {
namespace {

using namespace test;

QString folder() {
  // tests/ui/plots/test_ui_plots → screenshots, at the top of the build folder.
  QDir top(QApplication::applicationDirPath());
  top.cd(QStringLiteral("../../.."));
  top.mkpath(QStringLiteral("screenshots"));
  return top.filePath(QStringLiteral("screenshots"));
}

bool twice() { return qApp->devicePixelRatio() > 1.5; }

void shoot(QWidget& widget, const QString& name, QSize size) {
  for (const bool dark : {false, true}) {
    const QPalette palette = dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    widget.setPalette(palette);
    widget.setAutoFillBackground(true);
    present(widget, size);
    const QString file =
        QStringLiteral("%1/plots_%2_%3_%4x.png")
            .arg(folder(), name, dark ? QStringLiteral("dark") : QStringLiteral("light"))
            .arg(twice() ? 2 : 1);
    const QPixmap picture = widget.grab();
    EXPECT_TRUE(picture.save(file)) << file.toStdString();
    EXPECT_EQ(picture.size(), size * (twice() ? 2 : 1));
  }
  widget.hide();
}

CurveSeries run(SeriesId id, const char* label, bool live = false) {
  return {id, QString::fromUtf8(label), seriesStyle(static_cast<int>(id) - 1), live};
}

const char* const kCells[] = {"base · caption", "base · image", "tuned · caption", "tuned · image"};

TEST(Screenshots, CurvePlot) {
  CurvePlot plot;
  plot.setTitle(QStringLiteral("Loss"), QStringLiteral("nats/token"));
  plot.setSmoothing(0.9);
  plot.setReferences({{1.32, QStringLiteral("best so far")}});
  plot.setSeries(run(1, "corrected r32 lr 1e-4", true));
  plot.setSeries(run(2, "as-published r32"));
  plot.setSeries(run(3, "a run with quite a long name that says everything about its settings"));
  plot.append(1, lossCurve(1400, 1, 1.05));
  plot.append(2, lossCurve(2000, 2, 1.35));
  plot.append(3, lossCurve(1800, 3, 1.2));
  shoot(plot, QStringLiteral("curve"), {760, 360});
  plot.showCursorAt(620);
  shoot(plot, QStringLiteral("curve_cursor"), {760, 360});
  plot.highlight(2);
  plot.zoomTo({300, 520});
  plot.showCursorAt(480);
  shoot(plot, QStringLiteral("curve_zoomed"), {760, 360});
  plot.hideCursor();
  plot.highlight(kNoSeries);
  plot.resetZoom();
  plot.setLogarithmic(true);
  plot.setXAxis(XAxis::Time);
  plot.setSmoothing(0);
  shoot(plot, QStringLiteral("curve_log_time"), {480, 280});
}

TEST(Screenshots, CurvePlotMillion) {
  CurvePlot plot;
  plot.setTitle(QStringLiteral("Loss"), QStringLiteral("nats/token"));
  plot.setSeries(run(1, "a million steps", true));
  plot.append(1, lossCurve(1'000'000, 5));
  plot.setSmoothing(0.99);
  shoot(plot, QStringLiteral("curve_million"), {760, 320});
}

TEST(Screenshots, CurvePlotManyRuns) {
  CurvePlot plot;
  plot.setTitle(QStringLiteral("Loss"), QStringLiteral("nats/token"));
  plot.setSmoothing(0.9);
  for (int i = 1; i <= 50; ++i) {
    plot.setSeries({i, QStringLiteral("sweep lr %1").arg(i), seriesStyle(i - 1), i == 50});
    plot.append(i, lossCurve(2000, static_cast<std::uint64_t>(i), 0.9 + 0.02 * i));
  }
  plot.highlight(17);
  plot.showCursorAt(900);
  shoot(plot, QStringLiteral("curve_fifty"), {760, 360});
}

TEST(Screenshots, CurvePlotEmpty) {
  CurvePlot plot;
  plot.setTitle(QStringLiteral("Probe accuracy"), QStringLiteral("%"), NumberStyle::Percent);
  plot.setMessage(
      QStringLiteral("No points yet. Every 50 steps a hundred caption items are answered."));
  shoot(plot, QStringLiteral("curve_empty"), {480, 240});
}

TEST(Screenshots, CurveGroup) {
  CurveGroup group;
  group.setMetrics(trainingMetrics());
  group.plot("probe_accuracy")->setReferences({{0.742, QStringLiteral("published")}});
  group.setRun(run(1, "corrected r32 lr 1e-4", true));
  group.setRun(run(2, "as-published r32"));
  group.append(1, trainingPoints(420, 11));
  group.append(2, trainingPoints(600, 12));
  group.setSmoothing(0.85);
  shoot(group, QStringLiteral("group"), {1180, 860});
  group.setXAxis(XAxis::Tokens);
  present(group, {1180, 860});
  QWidget* canvas = canvasOf(*group.plot("loss"));
  QTest::mouseMove(canvas, QPoint(canvas->width() / 2, canvas->height() / 2));
  shoot(group, QStringLiteral("group_cursor"), {1180, 860});
  shoot(group, QStringLiteral("group_narrow"), {560, 640});
  if (!twice()) {
    EXPECT_TRUE(
        group.exportTo((folder() + QStringLiteral("/plots_saved_group.png")).toStdString()));
    EXPECT_TRUE(
        group.exportTo((folder() + QStringLiteral("/plots_saved_group.svg")).toStdString()));
    EXPECT_TRUE(
        group.exportTo((folder() + QStringLiteral("/plots_saved_group.pdf")).toStdString()));
  }
}

TEST(Screenshots, BarPlot) {
  BarPlot letters;
  letters.setTitle(QStringLiteral("Key letters"));
  BarData data;
  for (const char* letter : {"A", "B", "C", "D", "E"}) data.categories += QString::fromUtf8(letter);
  data.series = {{QStringLiteral("accepted"), seriesStyle(0), {412, 268, 231, 190, 103}},
                 {QStringLiteral("undecided"), seriesStyle(1), {96, 88, 71, 64, 52}}};
  data.expected = {241, 241, 241, 241, 241};
  data.expectedLabel = QStringLiteral("expected of the accepted (20 %)");
  data.yTitle = QStringLiteral("scenarios");
  letters.setData(data);
  shoot(letters, QStringLiteral("bars_letters"), {480, 280});

  Random random(3);
  std::vector<double> words;
  for (int i = 0; i < 1204; ++i)
    words.push_back(std::round(std::exp(3.4 + 0.45 * random.normal())));
  BarPlot lengths;
  lengths.setTitle(QStringLiteral("Length of the situation"));
  BarData counts = histogram(words, 20, QStringLiteral("scenarios"));
  counts.xTitle = QStringLiteral("words");
  counts.yTitle = QStringLiteral("scenarios");
  lengths.setData(counts);
  shoot(lengths, QStringLiteral("bars_lengths"), {480, 240});
}

TEST(Screenshots, IntervalPlot) {
  IntervalPlot plot;
  plot.setTitle(QStringLiteral("Accuracy on VIVA"));
  plot.setRows(
      {{QStringLiteral("base · caption"), 0.7823, 0.7585, 0.8044, 1240, seriesStyle(0), 0.7955},
       {QStringLiteral("base · image"), 0.7411, 0.7160, 0.7647, 1240, seriesStyle(1), 0.7492},
       {QStringLiteral("tuned · caption"), 0.8024, 0.7793, 0.8236, 1240, seriesStyle(2), {}},
       {QStringLiteral("tuned · image"), 0.7984, 0.7752, 0.8198, 1240, seriesStyle(3), 0.8061},
       {QStringLiteral("base · options only, shifted five times"),
        0.4129,
        0.3858,
        0.4405,
        1240,
        seriesStyle(4),
        {}}},
      QStringLiteral("published (arXiv 2503.16965)"));
  plot.setReferences(
      {{0.2, QStringLiteral("chance")}, {0.8366, QStringLiteral("GPT-4o, published")}});
  shoot(plot, QStringLiteral("intervals"), {720, 280});
  shoot(plot, QStringLiteral("intervals_narrow"), {380, 280});
}

TEST(Screenshots, ReliabilityPlot) {
  ReliabilityPlot plot;
  plot.setTitle(QStringLiteral("Calibration"));
  Random random(9);
  std::vector<ReliabilitySeries> series;
  for (int cell = 1; cell < 4; cell += 2) {
    ReliabilitySeries one{
        QString::fromUtf8(kCells[cell]), seriesStyle(cell), {}, cell == 1 ? 0.124 : 0.047};
    for (int bin = 2; bin < 10; ++bin) {
      const double confidence = (bin + 0.5) / 10;
      const double accuracy = confidence - (cell == 1 ? 0.14 : 0.04) + 0.03 * random.normal();
      const int n = 14 + bin * bin * 3;
      const double half = 1 / std::sqrt(static_cast<double>(n));
      one.bins.push_back({confidence, accuracy, std::max(0.0, accuracy - half),
                          std::min(1.0, accuracy + half), n});
    }
    series.push_back(one);
  }
  plot.setSeries(series);
  shoot(plot, QStringLiteral("reliability"), {400, 420});
  series.pop_back();
  plot.setSeries(series);
  shoot(plot, QStringLiteral("reliability_one"), {360, 380});
}

TEST(Screenshots, CategoryPlot) {
  CategoryPlot plot;
  plot.setTitle(QStringLiteral("Accuracy by category"));
  Random random(4);
  std::vector<CategoryCell> cells;
  for (int i = 0; i < 4; ++i) cells.push_back({QString::fromUtf8(kCells[i]), seriesStyle(i)});
  std::vector<CategoryRow> rows;
  for (const char* name :
       {"Assistance of People in Distress", "Child Safety", "Emergency Situations",
        "Environmental Care", "Animal Welfare", "Uncivilised Behaviour", "Normal Situations",
        "People with Disabilities"}) {
    CategoryRow row{QString::fromUtf8(name), {}};
    const int n = 40 + static_cast<int>(random.below(260));
    const double base = 0.6 + 0.25 * random.uniform();
    for (int i = 0; i < 4; ++i) {
      const double value = base + 0.03 * i + 0.03 * random.normal();
      const double half = 0.9 / std::sqrt(static_cast<double>(n));
      row.values.push_back({value, value - half, std::min(1.0, value + half), n});
    }
    rows.push_back(row);
  }
  plot.setData(cells, rows);
  plot.setOrder(CategoryPlot::Order::Difference);
  shoot(plot, QStringLiteral("categories"), {720, plot.sizeHint().height()});
}

class SparklineTable : public QWidget {
 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(palette().color(QPalette::Text));
    for (int row = 0; row < 5; ++row) {
      std::vector<double> values;
      for (const CurvePoint& point : lossCurve(60 + 900 * row, static_cast<std::uint64_t>(row)))
        values.push_back(point.value);
      if (row == 3) std::fill(values.begin() + 900, values.begin() + 1500, std::nan(""));
      painter.drawText(QRect(8, row * 28, 80, 28), Qt::AlignVCenter,
                       QStringLiteral("run %1").arg(row + 1));
      paintSparkline(painter, QRectF(88, row * 28, 120, 28), values, palette(),
                     seriesStyle(row).colour);
    }
  }
};

TEST(Screenshots, Sparkline) {
  SparklineTable table;
  shoot(table, QStringLiteral("sparklines"), {220, 140});
}

TEST(Screenshots, ZoomedDesktop) {
  if (twice()) GTEST_SKIP() << "this is the second process";
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
  process.setProcessEnvironment(environment);
  process.setProcessChannelMode(QProcess::ForwardedChannels);
  process.start(
      QApplication::applicationFilePath(),
      {QStringLiteral("--gtest_filter=Screenshots.*"), QStringLiteral("--gtest_brief=1")});
  ASSERT_TRUE(process.waitForFinished(120'000));
  EXPECT_EQ(process.exitCode(), 0);
}

}  // namespace
}  // namespace wordsight::ui
