#include "bridge/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <cmath>

namespace wordsight::ui {

namespace {

struct Format {
  Q_DECLARE_TR_FUNCTIONS(Format)
};

/// A narrow no-break space between number and unit.
const QChar kThin(0x202f);

QString withUnit(const QString& number, const QString& unit) { return number + kThin + unit; }

}  // namespace

QString formatCount(std::int64_t count) { return QLocale().toString(qlonglong(count)); }

QString formatPercent(double share, int digits) {
  return withUnit(QLocale().toString(share * 100, 'f', digits), QStringLiteral("%"));
}

QString formatInterval(double share, double low, double high) {
  const QLocale locale;
  return QStringLiteral("%1 (%2–%3)")
      .arg(formatPercent(share), locale.toString(low * 100, 'f', 1),
           locale.toString(high * 100, 'f', 1));
}

QString formatPoints(double difference) {
  const QString number = QLocale().toString(std::abs(difference) * 100, 'f', 1);
  return (difference < 0 ? QChar(0x2212) : QChar(u'+')) + number;
}

QString formatNumber(double value) {
  if (std::isnan(value)) return Format::tr("not a number");
  if (value == 0) return QStringLiteral("0");
  const double size = std::abs(value);
  if (size < 1e-3 || size >= 1e6) return QLocale().toString(value, 'e', 2);
  const int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
  return QLocale().toString(value, 'f', digits);
}

QString formatP(double p) {
  if (p < 1e-3) return QLocale().toString(p, 'e', 0);
  return QLocale().toString(p, 'f', 3);
}

QString formatDuration(double seconds) {
  if (!(seconds >= 0)) return QStringLiteral("–");
  const QLocale locale;
  if (seconds < 1) return withUnit(locale.toString(seconds * 1000, 'f', 0), Format::tr("ms"));
  if (seconds < 10) return withUnit(locale.toString(seconds, 'f', 1), Format::tr("s"));
  if (seconds < 60) return withUnit(locale.toString(seconds, 'f', 0), Format::tr("s"));
  const auto whole = static_cast<qlonglong>(seconds + 0.5);
  if (whole < 3600) {
    const QString minutes = withUnit(locale.toString(whole / 60), Format::tr("min"));
    if (whole >= 600 || whole % 60 == 0) return minutes;
    return minutes + u' ' + withUnit(locale.toString(whole % 60), Format::tr("s"));
  }
  return withUnit(locale.toString(whole / 3600), Format::tr("h")) + u' ' +
         withUnit(QStringLiteral("%1").arg(whole % 3600 / 60, 2, 10, QLatin1Char('0')),
                  Format::tr("min"));
}

QString formatBytes(double bytes) {
  static const char* const kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  int unit = 0;
  while (bytes >= 1000 && unit < 4) {
    bytes /= 1000;
    ++unit;
  }
  return withUnit(QLocale().toString(bytes, 'f', unit == 0 || bytes >= 100 ? 0 : 1),
                  QLatin1String(kUnits[unit]));
}

QString formatParameters(double parameters) {
  const QLocale locale;
  if (parameters >= 1e9)
    return withUnit(locale.toString(parameters / 1e9, 'f', 1), Format::tr("B"));
  if (parameters < 1e6) return withUnit(locale.toString(parameters / 1e3, 'f', 0), Format::tr("k"));
  return withUnit(locale.toString(parameters / 1e6, 'f', 1), Format::tr("M"));
}

QString formatTime(UnixMillis time) {
  if (time <= 0) return {};
  const QLocale locale;
  const QDateTime when = QDateTime::fromMSecsSinceEpoch(time);
  const QDate today = QDate::currentDate();
  const QString clock = when.time().toString(QStringLiteral("HH:mm"));
  if (when.date() == today) return Format::tr("today %1").arg(clock);
  if (when.date().year() == today.year())
    return locale.toString(when.date(), QStringLiteral("d MMM")) + u' ' + clock;
  return locale.toString(when.date(), QStringLiteral("d MMM yyyy"));
}

QString formatTimeExact(UnixMillis time) {
  if (time <= 0) return {};
  return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time),
                            QStringLiteral("d MMM yyyy HH:mm:ss"));
}

QString statusText(RunStatus status) {
  switch (status) {
    case RunStatus::Queued:
      return Format::tr("queued");
    case RunStatus::Running:
      return Format::tr("running");
    case RunStatus::Done:
      return Format::tr("done");
    case RunStatus::Failed:
      return Format::tr("failed");
    case RunStatus::Cancelled:
      return Format::tr("stopped");
    case RunStatus::Interrupted:
      return Format::tr("interrupted");
  }
  return {};
}

QString kindText(RunKind kind) {
  switch (kind) {
    case RunKind::Synthesis:
      return Format::tr("Synthesis");
    case RunKind::Import:
      return Format::tr("Import");
    case RunKind::Check:
      return Format::tr("Check");
    case RunKind::Freeze:
      return Format::tr("Freeze");
    case RunKind::Training:
      return Format::tr("Training");
    case RunKind::Evaluation:
      return Format::tr("Evaluation");
    case RunKind::Benchmark:
      return Format::tr("Benchmark");
    case RunKind::Comparison:
      return Format::tr("Comparison");
    case RunKind::Export:
      return Format::tr("Export");
    case RunKind::Merge:
      return Format::tr("Merge");
  }
  return toQt(toText(kind));
}

QString statusText(ReviewStatus status) {
  switch (status) {
    case ReviewStatus::Undecided:
      return Format::tr("undecided");
    case ReviewStatus::Accepted:
      return Format::tr("accepted");
    case ReviewStatus::Rejected:
      return Format::tr("rejected");
  }
  return {};
}

QString letterText(int option) {
  return option < 0 || option >= kMaxOptions ? QStringLiteral("–")
                                             : QString(QLatin1Char(letterOf(option)));
}

}  // namespace wordsight::ui
