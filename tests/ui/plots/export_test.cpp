#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QAction>
#include <QImage>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "plot_fixture.h"
#include "plots/bar_plot.h"
#include "plots/curve_group.h"
#include "support.h"

namespace wordsight::ui {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::StartsWith;
using wordsight::test::TempFolder;

std::string content(const std::filesystem::path& path) {
  auto bytes = readFile(path);
  return bytes ? *bytes : std::string();
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find("\r\n", from);
    all.push_back(text.substr(from, end - from));
    from = end == std::string::npos ? text.size() : end + 2;
  }
  return all;
}

class ExportTest : public testing::Test {
 protected:
  void fill(CurvePlot& plot, std::int64_t steps) {
    plot.setTitle(QStringLiteral("Loss"), QStringLiteral("nats/token"));
    plot.setSeries({1, QStringLiteral("run, \"quoted\""), seriesStyle(0), true});
    plot.append(1, lossCurve(steps, 3));
  }
  TempFolder m_folder;
};

TEST_F(ExportTest, PicturesAreMadeInEveryFormatWithoutAWindow) {
  CurvePlot plot;
  plot.setPalette(darkPalette());
  fill(plot, 5000);
  plot.resize(600, 360);
  ASSERT_OK(plot.exportTo(m_folder / "loss.png"));
  const QImage image(QString::fromStdString((m_folder / "loss.png").string()));
  EXPECT_EQ(image.size(), QSize(1200, 720)) << "twice the size";
  EXPECT_GT(countColour(image, image.rect(), Qt::white, 2), image.width() * image.height() / 2)
      << "paper is white, whatever the desktop is";
  EXPECT_GT(countColour(image, image.rect(), seriesStyle(0).colour), 1000);
  ASSERT_OK(plot.exportTo(m_folder / "loss.pdf"));
  EXPECT_THAT(content(m_folder / "loss.pdf"), StartsWith("%PDF"));
  ASSERT_OK(plot.exportTo(m_folder / "loss.SVG"));
  const std::string svg = content(m_folder / "loss.SVG");
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("Loss"));
  EXPECT_THAT(svg, HasSubstr("polyline"));
}

TEST_F(ExportTest, CsvHasEveryPoint) {
  CurvePlot plot;
  fill(plot, 30'000);
  ASSERT_OK(plot.exportTo(m_folder / "loss.csv"));
  const auto rows = lines(content(m_folder / "loss.csv"));
  ASSERT_EQ(rows.size(), 30'001u);
  EXPECT_EQ(rows[0], "series,metric,step,samples,tokens,seconds,value");
  EXPECT_THAT(rows[1], StartsWith("\"run, \"\"quoted\"\"\",Loss,1,32,7900,1.9,"));
  // Numbers read back as they were.
  const double value = std::stod(rows[777].substr(rows[777].rfind(',') + 1));
  EXPECT_EQ(value, plot.points(1)->at(776).value);
}

TEST_F(ExportTest, AGroupSavesItsVisiblePlots) {
  CurveGroup group;
  group.setMetrics(trainingMetrics());
  group.setRun({1, QStringLiteral("now"), seriesStyle(0), true});
  group.append(1, trainingPoints(200, 1));
  group.setMetricVisible("memory_mib", false);
  ASSERT_OK(group.exportTo(m_folder / "all.png"));
  const QImage image(QString::fromStdString((m_folder / "all.png").string()));
  EXPECT_EQ(image.width(), 2 * 2 * 560);
  ASSERT_OK(group.exportTo(m_folder / "all.csv"));
  const std::string csv = content(m_folder / "all.csv");
  EXPECT_THAT(csv, HasSubstr("now,eval_loss,"));
  EXPECT_THAT(csv, HasSubstr("now,lr,"));
  EXPECT_THAT(csv, testing::Not(HasSubstr("memory_mib")));
  ASSERT_OK(group.exportTo(m_folder / "all.pdf"));
  ASSERT_OK(group.exportTo(m_folder / "all.svg"));
}

TEST_F(ExportTest, ErrorsNameTheFileAndLeaveNothingBehind) {
  CurvePlot plot;
  const Status empty = plot.exportTo(m_folder / "empty.png");
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().message, HasSubstr("nothing to save"));
  fill(plot, 100);
  const Status unknown = plot.exportTo(m_folder / "loss.gif");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("loss.gif"));
  for (const char* name : {"loss.png", "loss.csv"}) {
    const Status nowhere = plot.exportTo(m_folder / "no such folder" / name);
    ASSERT_FALSE(nowhere);
    EXPECT_THAT(nowhere.error().message, HasSubstr("no such folder"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(m_folder.path()));
  CurveGroup group;
  EXPECT_FALSE(group.exportTo(m_folder / "all.csv"));
}

TEST_F(ExportTest, ChartsSaveTheirNumbers) {
  BarPlot plot;
  BarData data;
  data.categories = QStringList{QStringLiteral("A"), QStringLiteral("B")};
  data.series = {{QStringLiteral("observed"), seriesStyle(0), {312, 190}}};
  data.expected = {248, 248};
  plot.setData(data);
  ASSERT_OK(plot.exportTo(m_folder / "letters.csv"));
  EXPECT_EQ(content(m_folder / "letters.csv"),
            "category,observed,expected\r\nA,312,248\r\nB,190,248\r\n");
  for (const char* name : {"letters.png", "letters.pdf", "letters.svg"})
    EXPECT_OK(plot.exportTo(m_folder / name));
}

TEST_F(ExportTest, WritingHappensOnAThreadOfItsOwn) {
  QWidget owner;
  bool done = false;
  Qt::HANDLE writer = nullptr;
  runExport(
      &owner,
      [&]() -> Status {
        writer = QThread::currentThreadId();
        return fail("the disk is full");
      },
      [&](const Status& status) {
        done = true;
        EXPECT_FALSE(status);
        EXPECT_EQ(status.error().message, "the disk is full");
      });
  ASSERT_TRUE(QTest::qWaitFor([&] { return done; }, 2000));
  EXPECT_NE(writer, QThread::currentThreadId());
}

}  // namespace
}  // namespace wordsight::ui
