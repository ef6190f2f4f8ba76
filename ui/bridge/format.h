#pragma once
#include <QLocale>
#include <QString>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "domain/run.h"
#include "domain/scenario.h"

namespace wordsight::ui {

// Text between the core (UTF-8) and the window, and numbers as people read them. All functions use
// QLocale(), which preferences set; digits are grouped, a unit or n always follows.

inline QString toQt(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string fromQt(const QString& text) { return text.toStdString(); }

/// "12,345"
QString formatCount(std::int64_t count);
/// 0.723 → "72.3 %"
QString formatPercent(double share, int digits = 1);
/// "72.3 % (67.0–77.1)"
QString formatInterval(double share, double low, double high);
/// +0.4933 → "+49.3"; points of per cent with a sign
QString formatPoints(double difference);
/// four significant digits: "0.5041", "1.2e-05"
QString formatNumber(double value);
/// p of a test: "0.012", "< 0.001", "1e-34"
QString formatP(double p);
/// "3.4 s", "12 min", "1 h 05 min"
QString formatDuration(double seconds);
/// "15.2 GB"
QString formatBytes(double bytes);
/// "2.6 M", "410 k"
QString formatParameters(double parameters);
/// "today 14:05", "23 Nov 14:05", "23 Nov 2025"
QString formatTime(UnixMillis time);
/// The same with seconds, for tooltips.
QString formatTimeExact(UnixMillis time);

QString statusText(RunStatus status);
QString kindText(RunKind kind);
QString statusText(ReviewStatus status);
/// "A" … "Z", "–" for none.
QString letterText(int option);

}  // namespace wordsight::ui
