#include "plots/number_format.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace wordsight::ui {
namespace {

constexpr std::array<const char*, 5> kPrefixes{"", "k", "M", "G", "T"};

// The C locale writes no separators of thousands; English does.
QLocale locale() {
  const QLocale user;
  return user.language() == QLocale::C ? QLocale(QLocale::English) : user;
}

QString number(double value, int decimals) {
  if (value == 0) value = 0;  // no minus before a zero
  QString text = locale().toString(value, 'f', std::clamp(decimals, 0, 9));
  if (text.startsWith(QLatin1Char('-'))) text[0] = QChar(0x2212);
  return text;
}

QString superscript(int exponent) {
  static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
  QString text = exponent < 0 ? QStringLiteral("⁻") : QString();
  for (const QChar digit : QString::number(std::abs(exponent))) text += digits[digit.digitValue()];
  return text;
}

QString scientific(double value, int decimals, int exponent) {
  const double mantissa = value / std::pow(10.0, exponent);
  const QString power = QStringLiteral("10") + superscript(exponent);
  if (decimals == 0 && std::abs(mantissa - 1) < 1e-9) return power;
  return number(mantissa, decimals) + QStringLiteral("×") + power;
}

int exponentOf(double value) {
  return value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
}

// How many decimals tell multiples of `step` apart.
int decimalsFor(double step) {
  for (int decimals = 0; decimals < 9; ++decimals) {
    const double scaled = step * std::pow(10.0, decimals);
    if (scaled >= 0.999 && std::abs(scaled - std::round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 9;
}

QString withPrefix(double value, int prefix, int decimals) {
  const QString digits = number(value / std::pow(1000.0, prefix), decimals);
  if (prefix == 0) return digits;
  return digits + QChar(0xa0) + QString::fromLatin1(kPrefixes[static_cast<std::size_t>(prefix)]);
}

double smallestStep(const std::vector<double>& ticks) {
  double step = 0;
  for (std::size_t i = 1; i < ticks.size(); ++i)
    if (const double gap = std::abs(ticks[i] - ticks[i - 1]); gap > 0 && (step == 0 || gap < step))
      step = gap;
  return step > 0 ? step : (ticks.empty() || ticks[0] == 0 ? 1 : std::abs(ticks[0]));
}

double largest(const std::vector<double>& ticks) {
  double found = 0;
  for (const double tick : ticks) found = std::max(found, std::abs(tick));
  return found;
}

QString clock(double seconds, bool withHours, bool withSeconds) {
  const auto whole = static_cast<long long>(std::llround(seconds));
  const auto two = [](long long n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
  if (!withHours) return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
  QString text = QStringLiteral("%1:%2").arg(whole / 3600).arg(two(whole / 60 % 60));
  if (withSeconds) text += QLatin1Char(':') + two(whole % 60);
  return text;
}

double roundStep(double rough) {
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (rough <= factor * power * 1.0001) return factor * power;
  return 10 * power;
}

double roundTimeStep(double rough) {
  if (rough <= 1) return roundStep(rough);
  for (const double step : {2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0,
                            3600.0, 7200.0, 10800.0, 21600.0, 43200.0})
    if (rough <= step * 1.0001) return step;
  return 86400 * std::max(1.0, roundStep(rough / 86400));
}

double stepFor(double rough, NumberStyle style) {
  return style == NumberStyle::Time ? roundTimeStep(rough) : roundStep(rough);
}

std::vector<double> ticksWithStep(double low, double high, double step) {
  std::vector<double> ticks;
  if (!(step > 0) || !std::isfinite(step)) return ticks;
  const double first = std::ceil(low / step - 1e-9);
  // A range of a few ulps around a large number has no round numbers to tell apart.
  if (std::abs(first) > 1e15) return ticks;
  const double last = std::floor(high / step + 1e-9);
  for (double n = first; n <= last; ++n) ticks.push_back(n * step);
  return ticks;
}

}  // namespace

std::vector<QString> tickLabels(const std::vector<double>& ticks, NumberStyle style) {
  std::vector<QString> labels;
  labels.reserve(ticks.size());
  const double scale = style == NumberStyle::Percent ? 100 : 1;
  const double step = smallestStep(ticks) * scale, top = largest(ticks) * scale;
  for (double tick : ticks) {
    tick *= scale;
    if (std::abs(tick) < step * 1e-6) tick = 0;
    if (style == NumberStyle::Time && top >= 60) {
      labels.push_back(clock(tick, top >= 3600, false));
    } else if (tick == 0) {
      labels.push_back(number(0, top < 1e5 && step >= 1e-4 ? decimalsFor(step) : 0));
    } else if (top >= 1e5) {
      const int prefix = std::clamp(exponentOf(top) / 3, 0, static_cast<int>(kPrefixes.size()) - 1);
      labels.push_back(withPrefix(tick, prefix, decimalsFor(step / std::pow(1000.0, prefix))));
    } else if (step < 1e-4) {
      // "2×10⁻⁵" rather than "0.2×10⁻⁴", as long as the first number stays short.
      const int exponent = exponentOf(top < 100 * step ? step : top);
      labels.push_back(scientific(tick, decimalsFor(step / std::pow(10.0, exponent)), exponent));
    } else {
      labels.push_back(number(tick, decimalsFor(step)));
    }
  }
  return labels;
}

std::vector<QString> logTickLabels(const std::vector<double>& ticks, NumberStyle style) {
  if (ticks.empty() || ticks.back() < 10 * ticks.front()) return tickLabels(ticks, style);
  std::vector<QString> labels;
  labels.reserve(ticks.size());
  for (double tick : ticks) {
    if (style == NumberStyle::Percent) tick *= 100;
    const int exponent = exponentOf(tick);
    if (exponent < -3) {
      labels.push_back(scientific(tick, 0, exponent));
    } else if (exponent >= 5) {
      const int prefix = std::min(exponent / 3, static_cast<int>(kPrefixes.size()) - 1);
      labels.push_back(withPrefix(tick, prefix, 0));
    } else {
      labels.push_back(number(tick, std::max(0, -exponent)));
    }
  }
  return labels;
}

QString timeUnit(double longest) {
  if (longest >= 3600) return QCoreApplication::translate("plots", "h:min");
  if (longest >= 60) return QCoreApplication::translate("plots", "min:s");
  return QCoreApplication::translate("plots", "s");
}

QString valueText(double value, NumberStyle style) {
  if (std::isnan(value)) return QStringLiteral("NaN");
  if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
  if (style == NumberStyle::Time) return durationText(value);
  if (style == NumberStyle::Percent) return number(100 * value, 1) + QChar(0xa0) + QLatin1Char('%');
  if (value == 0) return number(0, 0);
  const double size = std::abs(value);
  if (size < 1e-3) return scientific(value, 3, exponentOf(value));
  if (size >= 1e5) {
    const int prefix = std::min(exponentOf(size) / 3, static_cast<int>(kPrefixes.size()) - 1);
    return withPrefix(value, prefix, std::clamp(3 - (exponentOf(size) - 3 * prefix), 0, 3));
  }
  return number(value, std::clamp(3 - exponentOf(size), 0, 4));
}

QString countText(double count) { return number(std::round(count), 0); }

QString intervalText(double value, double low, double high) {
  return QStringLiteral("%1 (%2–%3)")
      .arg(valueText(value, NumberStyle::Percent), number(100 * low, 1), number(100 * high, 1));
}

QString durationText(double seconds) {
  if (!std::isfinite(seconds)) return QStringLiteral("–");
  if (seconds < 60) return QStringLiteral("%1 s").arg(number(seconds, seconds < 10 ? 1 : 0));
  return clock(seconds, seconds >= 3600, true);
}

std::vector<double> roundTicks(double low, double high, int count, NumberStyle style) {
  std::vector<double> ticks;
  if (!(low < high) || !std::isfinite(high - low) || count < 1) return ticks;
  // One tick says nothing; a few more tries find two.
  for (int more = 0; ticks.size() < 2 && more <= 4; ++more)
    ticks = ticksWithStep(low, high, stepFor((high - low) / (count + more), style));
  return ticks;
}

std::vector<double> logTicks(double low, double high, int count) {
  std::vector<double> ticks;
  if (!(low > 0) || !(low < high) || !std::isfinite(high)) return ticks;
  const double decades = std::log10(high / low);
  if (decades < 1) return roundTicks(low, high, count);
  const bool between = decades < 2.5 && count >= 4;
  const int every = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, count))));
  const int from = static_cast<int>(std::floor(std::log10(low)));
  for (int exponent = from; std::pow(10.0, exponent) <= high * 1.0001; ++exponent) {
    if (exponent % every != 0) continue;
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, exponent);
      if ((factor == 1.0 || between) && tick >= low * 0.9999 && tick <= high * 1.0001)
        ticks.push_back(tick);
    }
  }
  return ticks;
}

}  // namespace wordsight::ui
