#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QPalette>
#include <QRadioButton>
#include <QThread>
#include <ctime>

#include "bridge/format.h"
#include "bridge/stall_log.h"
#include "demo_project.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {
namespace {

class Themes : public ::testing::TestWithParam<ThemeChoice> {
 protected:
  void SetUp() override { applyTheme(GetParam()); }
  void TearDown() override { applyTheme(ThemeChoice::Light); }
};

/// WCAG 2.1: 4.5 : 1 for text, 3 : 1 for marks.
TEST_P(Themes, EveryPairOfColoursIsReadable) {
  const QPalette p = QApplication::palette();
  const std::pair<QPalette::ColorRole, QPalette::ColorRole> texts[] = {
      {QPalette::Text, QPalette::Base},
      {QPalette::Text, QPalette::AlternateBase},
      {QPalette::WindowText, QPalette::Window},
      {QPalette::ButtonText, QPalette::Button},
      {QPalette::HighlightedText, QPalette::Highlight},
      {QPalette::ToolTipText, QPalette::ToolTipBase},
      {QPalette::Link, QPalette::Base},
      {QPalette::PlaceholderText, QPalette::Base}};
  for (const auto& [text, ground] : texts)
    EXPECT_GE(contrast(p.color(text), p.color(ground)), 4.5) << text << " on " << ground;
  const QColor base = p.color(QPalette::Base);
  for (const QColor& colour : {goodColour(p), badColour(p), warnColour(p), mutedColour(p)})
    EXPECT_GE(contrast(colour, base), 4.5) << colour.name().toStdString();
  for (int i = 0; i < 6; ++i) EXPECT_GE(contrast(seriesColour(p, i), base), 3.0) << i;
}

/// What cannot be used may be faint, but not invisible; rings and outlines are marks.
TEST_P(Themes, DisabledTextRingsAndOutlinesShow) {
  const QPalette p = QApplication::palette();
  const std::pair<QPalette::ColorRole, QPalette::ColorRole> texts[] = {
      {QPalette::Text, QPalette::Base},
      {QPalette::WindowText, QPalette::Window},
      {QPalette::ButtonText, QPalette::Button},
      {QPalette::HighlightedText, QPalette::Highlight}};
  for (const auto& [text, ground] : texts)
    EXPECT_GE(contrast(p.color(QPalette::Disabled, text), p.color(QPalette::Disabled, ground)), 3.0)
        << text << " on " << ground;
  for (const auto ground : {QPalette::Base, QPalette::Window}) {
    EXPECT_GE(contrast(p.color(QPalette::Highlight), p.color(ground)), 3.0) << "focus ring";
    EXPECT_GE(contrast(markColour(p), p.color(ground)), 3.0) << "outline of a check box";
  }
}

/// An empty box, as it is painted: its outline stands out from what is around it and inside it.
TEST_P(Themes, EmptyBoxesAreSeen) {
  for (const bool radio : {false, true}) {
    std::unique_ptr<QAbstractButton> button;
    if (radio)
      button = std::make_unique<QRadioButton>();
    else
      button = std::make_unique<QCheckBox>();
    button->resize(40, 24);
    const QImage seen = button->grab().toImage();
    const QColor ground = QApplication::palette().color(QPalette::Window);
    double most = 1;
    for (int y = 0; y < seen.height(); ++y)
      for (int x = 0; x < seen.width(); ++x)
        most = std::max(most, contrast(seen.pixelColor(x, y), ground));
    EXPECT_GE(most, 2.9) << (radio ? "radio button" : "check box");
  }
}

INSTANTIATE_TEST_SUITE_P(All, Themes, ::testing::Values(ThemeChoice::Light, ThemeChoice::Dark));

TEST(Icons, FollowTheThemeAndTheDisabledState) {
  applyTheme(ThemeChoice::Light);
  const QImage light = icon(QStringLiteral("train")).pixmap(20, 20).toImage();
  applyTheme(ThemeChoice::Dark);
  const QImage dark = icon(QStringLiteral("train")).pixmap(20, 20).toImage();
  EXPECT_FALSE(light.isNull());
  EXPECT_NE(light, dark);
  EXPECT_NE(icon(QStringLiteral("train")).pixmap(20, 20, QIcon::Disabled).toImage(), dark);
  EXPECT_TRUE(icon(QStringLiteral("no-such-icon")).isNull());
  applyTheme(ThemeChoice::Light);
}

TEST(Icons, TheProgramsOwnHasFewerLinesWhereItIsSmall) {
  applyTheme(ThemeChoice::Light);
  const QIcon own = applicationIcon();
  EXPECT_TRUE(own.availableSizes().contains(QSize(16, 16)));
  const auto shown = [](const QIcon& drawn, int side) {
    return drawn.pixmap(side, side).toImage();
  };
  for (const int side : {16, 20, 24})
    EXPECT_EQ(shown(own, side), shown(icon(QStringLiteral("wordsight-small")), side)) << side;
  for (const int side : {32, 64})
    EXPECT_EQ(shown(own, side), shown(icon(QStringLiteral("wordsight")), side)) << side;
}

/// Processor time counts where the thread was ready all along, all time where it waited.
TEST(EventWatch, KnowsOwnTimeFromOthers) {
  const EventWatch busy;
  const std::clock_t begun = std::clock();
  while (std::clock() - begun < CLOCKS_PER_SEC / 50) {
  }
  EXPECT_GE(busy.wall(), 19);
  EXPECT_LE(busy.counts(), busy.wall());
  const EventWatch waiting;
  QThread::msleep(30);
  EXPECT_GE(waiting.counts(), 29) << "a wait of its own counts";
}

TEST(Format, WritesNumbersAsPeopleReadThem) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  const auto plain = [](QString text) { return text.replace(QChar(0x202f), u' ').toStdString(); };
  EXPECT_EQ(plain(formatCount(1234567)), "1,234,567");
  EXPECT_EQ(plain(formatPercent(0.7233)), "72.3 %");
  EXPECT_EQ(plain(formatInterval(0.723, 0.67, 0.771)), "72.3 % (67.0–77.1)");
  EXPECT_EQ(plain(formatPoints(0.4933)), "+49.3");
  EXPECT_EQ(plain(formatPoints(-0.05)), "−5.0");
  EXPECT_EQ(plain(formatDuration(0.85)), "850 ms");
  EXPECT_EQ(plain(formatDuration(75)), "1 min 15 s");
  EXPECT_EQ(plain(formatDuration(3900)), "1 h 05 min");
  EXPECT_EQ(plain(formatDuration(-1)), "–");
  EXPECT_EQ(plain(formatBytes(15.2e9)), "15.2 GB");
  EXPECT_EQ(plain(formatNumber(0.50412)), "0.5041");
  EXPECT_EQ(letterText(2).toStdString(), "C");
  EXPECT_EQ(letterText(-1).toStdString(), "–");
}

TEST(StallLog, KeepsTheNewestThousand) {
  StallLog log;
  for (int i = 0; i < 1500; ++i) log.note({QStringLiteral("x"), 1, double(i)});
  EXPECT_EQ(log.stalls().size(), 1000u);
  EXPECT_EQ(log.longest(), 1499);
  log.clear();
  EXPECT_TRUE(log.stalls().empty());
}

}  // namespace
}  // namespace wordsight::ui
