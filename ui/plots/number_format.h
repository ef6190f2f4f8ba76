#pragma once
#include <QString>
#include <vector>

namespace wordsight::ui {

// Numbers as plots write them: in the user's locale, with SI prefixes from 100,000 on and powers of
// ten below 0.001. Pure functions.

/// How a quantity is written: as it is, as a share in per cent, or as a time in seconds.
enum class NumberStyle { Plain, Percent, Time };

/// The labels of an axis: one prefix and one number of decimals for all ticks.
std::vector<QString> tickLabels(const std::vector<double>& ticks, NumberStyle style);
/// The same for a logarithmic axis, where each tick has a size of its own.
std::vector<QString> logTickLabels(const std::vector<double>& ticks, NumberStyle style);
/// What has to stand in the axis's title, because the labels leave it out: "h:min", "min:s", "s".
QString timeUnit(double longest);

/// One value to read, with four significant digits: "1.234", "12.34", "1.234 M", "5.000×10⁻⁵",
/// "61.3 %", "NaN".
QString valueText(double value, NumberStyle style = NumberStyle::Plain);
/// A whole number with separators of thousands.
QString countText(double count);
/// "61.3 % (58.6–63.9)".
QString intervalText(double value, double low, double high);
/// "1:02:03", "2:03", "4.5 s".
QString durationText(double seconds);

/// About `count` round numbers (1, 2, 5 × 10ⁿ; for times also 15, 30, 60 …) inside [low, high].
std::vector<double> roundTicks(double low, double high, int count,
                               NumberStyle style = NumberStyle::Plain);
/// The same for a logarithmic axis: powers of ten, with 2 and 5 between them when there are few,
/// and round numbers when the range is less than a decade. Empty when low is not positive.
std::vector<double> logTicks(double low, double high, int count);

}  // namespace wordsight::ui
