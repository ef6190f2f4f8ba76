#include "plots/number_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace wordsight::ui {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const std::vector<QString>& labels) {
  std::vector<std::string> all;
  for (const QString& label : labels)
    all.push_back(QString(label).replace(QChar(0xa0), QLatin1Char(' ')).toStdString());
  return all;
}

std::string plain(QString text) {
  return text.replace(QChar(0xa0), QLatin1Char(' ')).toStdString();
}

TEST(NumberFormat, TicksShareOnePrefixAndOneNumberOfDecimals) {
  EXPECT_THAT(texts(tickLabels({0, 500, 1000, 1500}, NumberStyle::Plain)),
              ElementsAre("0", "500", "1,000", "1,500"));
  EXPECT_THAT(texts(tickLabels({0, 500'000, 1'000'000, 1'500'000}, NumberStyle::Plain)),
              ElementsAre("0", "0.5 M", "1.0 M", "1.5 M"));
  EXPECT_THAT(texts(tickLabels({0, 50'000, 100'000}, NumberStyle::Plain)),
              ElementsAre("0", "50 k", "100 k"));
  EXPECT_THAT(texts(tickLabels({2.0, 2.5, 3.0}, NumberStyle::Plain)),
              ElementsAre("2.0", "2.5", "3.0"));
  EXPECT_THAT(texts(tickLabels({0, 2e-5, 4e-5, 1e-4}, NumberStyle::Plain)),
              ElementsAre("0", "2×10⁻⁵", "4×10⁻⁵", "10×10⁻⁵"));
  EXPECT_THAT(texts(tickLabels({-0.2, 0, 0.2}, NumberStyle::Plain)),
              ElementsAre("−0.2", "0.0", "0.2"));
}

TEST(NumberFormat, SharesArePerCentAndTimesAClock) {
  EXPECT_THAT(texts(tickLabels({0.2, 0.4, 0.6}, NumberStyle::Percent)),
              ElementsAre("20", "40", "60"));
  EXPECT_THAT(texts(tickLabels({0.605, 0.61}, NumberStyle::Percent)), ElementsAre("60.5", "61.0"));
  EXPECT_THAT(texts(tickLabels({0, 30, 60, 90}, NumberStyle::Time)),
              ElementsAre("0:00", "0:30", "1:00", "1:30"));
  EXPECT_THAT(texts(tickLabels({0, 1800, 3600}, NumberStyle::Time)),
              ElementsAre("0:00", "0:30", "1:00"));
  EXPECT_EQ(timeUnit(7200).toStdString(), "h:min");
  EXPECT_EQ(timeUnit(90).toStdString(), "min:s");
  EXPECT_EQ(timeUnit(9).toStdString(), "s");
}

TEST(NumberFormat, RoundTicksLieInsideTheRange) {
  EXPECT_THAT(roundTicks(0, 1000, 5), ElementsAre(0, 200, 400, 600, 800, 1000));
  EXPECT_THAT(roundTicks(0, 3600, 4, NumberStyle::Time), ElementsAre(0, 900, 1800, 2700, 3600));
  EXPECT_TRUE(roundTicks(5, 5, 4).empty());
  EXPECT_TRUE(roundTicks(0, std::numeric_limits<double>::infinity(), 4).empty());
  EXPECT_GE(roundTicks(0.42, 0.74, 1).size(), 2u) << "one tick says nothing";
  for (const double low : {-7.3, 0.0, 1e-9, 123456.0})
    for (const double width : {1e-7, 0.3, 42.0, 1e9}) {
      const auto ticks = roundTicks(low, low + width, 6);
      ASSERT_GE(ticks.size(), 2u) << low << " + " << width;
      ASSERT_LE(ticks.size(), 8u);
      EXPECT_GE(ticks.front(), low - width * 1e-6);
      EXPECT_LE(ticks.back(), low + width * (1 + 1e-6));
    }
}

TEST(NumberFormat, LogarithmicTicksAreDecadesWhenThereAreSome) {
  EXPECT_THAT(texts(logTickLabels(logTicks(1e-6, 1, 7), NumberStyle::Plain)),
              ElementsAre("10⁻⁶", "10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1", "1"));
  EXPECT_THAT(texts(logTickLabels(logTicks(0.9, 30, 5), NumberStyle::Plain)),
              ElementsAre("1", "2", "5", "10", "20"));
  // Less than a decade: round numbers.
  EXPECT_THAT(texts(logTickLabels(logTicks(1.1, 3.2, 4), NumberStyle::Plain)),
              ElementsAre("2", "3"));
  EXPECT_TRUE(logTicks(0, 10, 4).empty());
  EXPECT_TRUE(logTicks(-1, 10, 4).empty());
}

TEST(NumberFormat, ValuesHaveFourFigures) {
  EXPECT_EQ(plain(valueText(1.23456)), "1.235");
  EXPECT_EQ(plain(valueText(0.0123456)), "0.0123");
  EXPECT_EQ(plain(valueText(12345.6)), "12,346");
  EXPECT_EQ(plain(valueText(1'234'567)), "1.235 M");
  EXPECT_EQ(plain(valueText(5e-5)), "5.000×10⁻⁵");
  EXPECT_EQ(plain(valueText(-0.5)), "−0.5000");
  EXPECT_EQ(plain(valueText(0)), "0");
  EXPECT_EQ(plain(valueText(std::nan(""))), "NaN");
  EXPECT_EQ(plain(valueText(-std::numeric_limits<double>::infinity())), "−∞");
  EXPECT_EQ(plain(valueText(0.6129, NumberStyle::Percent)), "61.3 %");
  EXPECT_EQ(plain(intervalText(0.6129, 0.5861, 0.6390)), "61.3 % (58.6–63.9)");
  EXPECT_EQ(plain(countText(1240)), "1,240");
  EXPECT_EQ(plain(durationText(4.52)), "4.5 s");
  EXPECT_EQ(plain(durationText(123)), "2:03");
  EXPECT_EQ(plain(durationText(3723)), "1:02:03");
}

}  // namespace
}  // namespace wordsight::ui
