#include <QApplication>
#include <QPalette>

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
    EXPECT_GE(contrast(p.color(text), p.color(ground)),
              text == QPalette::PlaceholderText || text == QPalette::HighlightedText ? 4.2 : 4.5)
        << text << " on " << ground;
  const QColor base = p.color(QPalette::Base);
  for (const QColor& colour : {goodColour(p), badColour(p), warnColour(p), mutedColour(p)})
    EXPECT_GE(contrast(colour, base), 4.5) << colour.name().toStdString();
  for (int i = 0; i < 6; ++i) EXPECT_GE(contrast(seriesColour(p, i), base), 3.0) << i;
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
