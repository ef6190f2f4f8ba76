#include "models/compare/stats_table.h"

#include <QCoreApplication>

#include "bridge/format.h"
#include "models/compare/comparison_text.h"

namespace wordsight::ui {

namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(StatsTable)
};
using Value = StatsTable::Value;

Value words(const std::string& text) { return {toQt(text), toQt(text)}; }
Value count(std::int64_t n) { return {formatCount(n), qlonglong(n)}; }
/// Nobody needs to read 2e-44 in a table; the tooltip has it.
Value probability(double p) {
  return {p < 0.001 ? Text::tr("< 0.001") : formatP(p), p, formatP(p)};
}

Value shareOf(int part, int whole) {
  if (whole == 0) return {QStringLiteral("–"), -1.0};
  const double share = static_cast<double>(part) / whole;
  return {
      Text::tr("%1 of %2 (%3)").arg(formatCount(part), formatCount(whole), formatPercent(share)),
      share};
}

}  // namespace

void StatsTableModel::setTable(StatsTable table) {
  beginResetModel();
  m_table = std::move(table);
  endResetModel();
}

int StatsTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int StatsTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant StatsTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto column = static_cast<std::size_t>(index.column());
  const auto& value = m_table.rows[static_cast<std::size_t>(index.row())][column];
  switch (role) {
    case Qt::DisplayRole:
      return value.text;
    case Qt::ToolTipRole:
      return value.tip.isEmpty() ? value.text : value.tip;
    case SortRole:
      return value.sort;
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter |
                 (m_table.columns[column].number ? Qt::AlignRight : Qt::AlignLeft));
    default:
      return {};
  }
}

QVariant StatsTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const auto& column = m_table.columns[static_cast<std::size_t>(section)];
  switch (role) {
    case Qt::DisplayRole:
      return column.title;
    case Qt::ToolTipRole:
      return column.tip.isEmpty() ? column.title : column.tip;
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft));
    default:
      return {};
  }
}

StatsTable cellsTable(const eval::Comparison& comparison) {
  StatsTable table;
  table.columns = {
      {Text::tr("Cell"), {}, false},
      {Text::tr("Accuracy, 95 % interval"), Text::tr("Share of right answers, Wilson's interval")},
      {Text::tr("Right"), Text::tr("Right answers of all items that are compared"), true, 3},
      {Text::tr("Not readable"), Text::tr("Answers without a readable option; they count as wrong"),
       true, 4},
      {Text::tr("Acted too much"),
       Text::tr("Chose to act where the right answer is to do nothing (over-intervention)"), true,
       1},
      {Text::tr("Acted too little"),
       Text::tr("Chose to do nothing where the right answer is to act (under-intervention)"), true,
       2},
      {Text::tr("Confidence off by"),
       Text::tr("How far confidence and accuracy lie apart on average: the expected calibration "
                "error (ECE) over ten bins of confidence, in points of per cent"),
       true, 5}};
  for (const auto& cell : comparison.cells) {
    const auto& share = cell.accuracy;
    table.rows.push_back(
        {words(cell.name),
         {formatInterval(share.value, share.low, share.high), share.value},
         {Text::tr("%1 of %2").arg(formatCount(share.right), formatCount(share.n)), share.right},
         count(cell.unread),
         shareOf(cell.overIntervention, cell.shouldNot),
         shareOf(cell.underIntervention, cell.shouldAct),
         cell.calibrationError
             ? Value{formatPercent(*cell.calibrationError), *cell.calibrationError}
             : Value{QStringLiteral("–"), -1.0}});
  }
  return table;
}

StatsTable pairsTable(const eval::Comparison& comparison) {
  StatsTable table;
  table.columns = {{Text::tr("From"), {}, false},
                   {Text::tr("To"), {}, false},
                   {Text::tr("Difference (95 %)"),
                    Text::tr("Accuracy of the second minus the first, in points of per cent, with "
                             "its 95 % interval (bootstrap over items)")},
                   {Text::tr("Chance"),
                    Text::tr("How often chance alone would make a difference at least this large, "
                             "taking into account that several pairs are looked at: p of "
                             "McNemar's exact two-sided test after Holm's correction. Below 0.05 "
                             "a difference is called one."),
                    true, 1},
                   {Text::tr("Chance, this pair alone"),
                    Text::tr("The same for this pair alone: p of McNemar's exact test without the "
                             "correction"),
                    true, 6, 6},
                   {Text::tr("wrong → right"), Text::tr("Items"), true, 2},
                   {Text::tr("right → wrong"), Text::tr("Items"), true, 3},
                   {Text::tr("both right"), Text::tr("Items"), true, 4},
                   {Text::tr("both wrong"), Text::tr("Items"), true, 5}};
  for (const auto& pair : comparison.pairs)
    table.rows.push_back({words(comparison.cells[pair.first].name),
                          words(comparison.cells[pair.second].name),
                          {differenceText(pair), pair.difference},
                          probability(pair.pHolm),
                          probability(pair.p),
                          count(pair.pairs.wr),
                          count(pair.pairs.rw),
                          count(pair.pairs.rr),
                          count(pair.pairs.ww)});
  return table;
}

StatsTable categoriesTable(const eval::Comparison& comparison, const eval::Pair& pair) {
  const auto& first = comparison.cells[pair.first];
  const auto& second = comparison.cells[pair.second];
  StatsTable table;
  table.columns = {{Text::tr("Category"), {}, false},
                   {Text::tr("n"), Text::tr("Items of the category"), true, 2},
                   {toQt(first.name),
                    Text::tr("Accuracy of %1 in this category").arg(toQt(first.name)), true, 0, 7},
                   {toQt(second.name),
                    Text::tr("Accuracy of %1 in this category").arg(toQt(second.name)), true, 0, 7},
                   {Text::tr("Points"),
                    Text::tr("Accuracy of the second minus the first, in points of per cent")},
                   {Text::tr("Chance"),
                    Text::tr("How often chance alone would make a difference at least this large, "
                             "taking into account that many categories are looked at: p of "
                             "McNemar's exact test after Holm's correction"),
                    true, 1}};
  for (std::size_t i = 0; i < comparison.categories.size(); ++i) {
    const auto& test = pair.categories[i];
    const double a = first.categories[i].accuracy.value, b = second.categories[i].accuracy.value;
    table.rows.push_back({words(test.category),
                          count(test.pairs.n()),
                          {formatPercent(a), a},
                          {formatPercent(b), b},
                          {formatPoints(test.difference), test.difference},
                          probability(test.pHolm)});
  }
  return table;
}

StatsTable lettersTable(const eval::Comparison& comparison) {
  StatsTable table;
  std::size_t letters = 0;
  for (const auto& item : comparison.items)
    letters = std::max(letters, item.content.options.size());
  std::vector<int> keys(letters + 1);
  for (const auto& item : comparison.items) ++keys[static_cast<std::size_t>(item.content.key)];
  table.columns.push_back({Text::tr("Chosen"), {}, false});
  for (std::size_t i = 0; i < letters; ++i)
    table.columns.push_back({letterText(static_cast<int>(i)), {}});
  table.columns.push_back({Text::tr("none"), Text::tr("No option could be read"), true, 1});
  table.columns.push_back({Text::tr("n"), Text::tr("Items"), true, 2});
  const int n = static_cast<int>(comparison.items.size());
  const auto add = [&](const QString& name, const std::vector<int>& counts) {
    std::vector<Value> row{{name, name}};
    for (const int each : counts) {
      const double share = n ? static_cast<double>(each) / n : 0;
      row.push_back({formatPercent(share, 0), each,
                     Text::tr("%1 of %2").arg(formatCount(each), formatCount(n))});
    }
    row.push_back(count(n));
    table.rows.push_back(std::move(row));
  };
  add(Text::tr("Right answer (key)"), keys);
  for (const auto& cell : comparison.cells) add(toQt(cell.name), cell.letters);
  return table;
}

}  // namespace wordsight::ui
