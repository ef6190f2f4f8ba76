#include "models/compare/comparison_remarks.h"

#include <QCoreApplication>
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(ComparisonRemarks)
};

constexpr qsizetype kMostNamed = 3;

QString named(const QStringList& names) {
  if (names.size() <= kMostNamed) return names.join(QStringLiteral(", "));
  return Text::tr("%1 and %2 more")
      .arg(names.mid(0, kMostNamed).join(QStringLiteral(", ")),
           formatCount(names.size() - kMostNamed));
}

QString itemsRemark(const eval::Comparison& comparison) {
  const auto common = static_cast<int>(comparison.items.size());
  QStringList counts;
  bool more = false;
  for (const auto& cell : comparison.cells) {
    more |= cell.own.n > common;
    counts << Text::tr("%1 %2").arg(toQt(cell.name), formatCount(cell.own.n));
  }
  if (!more) return {};
  return Text::tr(
             "All figures are over the %1 items that every cell answered. Answered in all: %2.")
      .arg(formatCount(common), counts.join(QStringLiteral(", ")));
}

/// "wording: default (base · caption), demo (tuned · caption)"; empty when all agree.
QString difference(const eval::Comparison& comparison, const QString& what,
                   const std::function<QString(const eval::CellSettings&)>& value) {
  std::vector<std::pair<QString, QStringList>> groups;
  for (const auto& cell : comparison.cells) {
    if (cell.settings.recorded) continue;
    const QString text = value(cell.settings);
    if (text.isEmpty()) continue;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& known) { return known.first == text; });
    if (group == groups.end()) group = groups.insert(groups.end(), {text, {}});
    group->second << toQt(cell.name);
  }
  if (groups.size() < 2) return {};
  QStringList parts;
  for (const auto& [text, names] : groups)
    parts << QStringLiteral("%1 (%2)").arg(text, named(names));
  return Text::tr("%1: %2").arg(what, parts.join(QStringLiteral(", ")));
}

QString settingsRemark(const eval::Comparison& comparison) {
  QStringList parts{
      difference(comparison, Text::tr("wording"), [](const auto& s) { return toQt(s.prompt); }),
      difference(comparison, Text::tr("scored by"),
                 [](const auto& s) {
                   return s.scoring == "generate"  ? Text::tr("generated text")
                          : s.scoring == "logprob" ? Text::tr("letter probabilities")
                                                   : toQt(s.scoring);
                 }),
      difference(comparison, Text::tr("orders of the options"),
                 [](const auto& s) { return formatCount(s.shifts); }),
      difference(comparison, Text::tr("precision"),
                 [](const auto& s) { return toQt(s.precision); })};
  parts.removeAll(QString());
  if (parts.isEmpty()) return {};
  return Text::tr(
             "These cells were not asked in the same way, and differences may come from that: "
             "%1.")
      .arg(parts.join(QStringLiteral("; ")));
}

QString recordedRemark(const eval::Comparison& comparison) {
  QStringList recorded;
  for (const auto& cell : comparison.cells)
    if (cell.settings.recorded) recorded << toQt(cell.name);
  if (recorded.isEmpty() || recorded.size() == std::ssize(comparison.cells)) return {};
  return Text::tr("Recorded elsewhere, so that it is not known how they were asked: %1.")
      .arg(named(recorded));
}

}  // namespace

QStringList comparisonRemarks(const eval::Comparison& comparison) {
  QStringList remarks{itemsRemark(comparison), settingsRemark(comparison),
                      recordedRemark(comparison)};
  remarks.removeAll(QString());
  return remarks;
}

}  // namespace wordsight::ui
