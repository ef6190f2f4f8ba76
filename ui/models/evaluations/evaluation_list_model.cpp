#include "models/evaluations/evaluation_list_model.h"

#include <QFileInfo>
#include <algorithm>

#include "bridge/format.h"
#include "models/evaluations/evaluation_feed.h"

namespace wordsight::ui {

namespace {

QString fileName(const std::string& path) { return QFileInfo(toQt(path)).fileName(); }

/// Only a model that was asked has a name of its own folder; hub snapshots are called by a hash.
QString modelText(const EvaluationEntry& entry) {
  if (!entry.recorded.empty()) return fileName(entry.recorded);
  const QString model = fileName(entry.spec.model);
  if (entry.spec.adapter.empty()) return model;
  const QFileInfo adapter(toQt(entry.spec.adapter));
  return model + QStringLiteral(" + ") + QFileInfo(adapter.path()).fileName() + u'/' +
         adapter.fileName();
}

bool sameRuns(const std::vector<EvaluationEntry>& a, const std::vector<EvaluationEntry>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.run == y.run; });
}

}  // namespace

EvaluationListModel::EvaluationListModel(EvaluationFeed& feed, QObject* parent)
    : QAbstractTableModel(parent), m_feed(feed), m_rows(feed.entries()) {
  connect(&feed, &EvaluationFeed::changed, this, &EvaluationListModel::reload);
  connect(&feed, &EvaluationFeed::tallied, this, &EvaluationListModel::tallied);
}

void EvaluationListModel::reload() {
  const auto& now = m_feed.entries();
  if (sameRuns(m_rows, now)) {
    m_rows = now;
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    return;
  }
  // New ones come first, so that a selection stays where it is.
  const auto fresh = now.size() > m_rows.size() ? now.size() - m_rows.size() : 0;
  const bool onlyFresh =
      fresh > 0 && sameRuns(m_rows, {now.begin() + static_cast<std::ptrdiff_t>(fresh), now.end()});
  if (onlyFresh && !m_rows.empty()) {
    beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    m_rows = now;
    endInsertRows();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    return;
  }
  beginResetModel();
  m_rows = now;
  endResetModel();
}

void EvaluationListModel::tallied(RunId run) {
  const auto* entry = m_feed.find(run);
  for (std::size_t i = 0; entry && i < m_rows.size(); ++i) {
    if (m_rows[i].run != run) continue;
    m_rows[i].tally = entry->tally;
    const int row = static_cast<int>(i);
    Q_EMIT dataChanged(index(row, Accuracy), index(row, Answers));
  }
}

int EvaluationListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EvaluationListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString EvaluationListModel::armText(Arm arm) {
  switch (arm) {
    case Arm::Image:
      return tr("image");
    case Arm::Caption:
      return tr("caption");
    case Arm::Blind:
      break;
  }
  return tr("blind");
}

QString EvaluationListModel::settingsText(const EvaluationEntry& entry) {
  const auto& spec = entry.spec;
  QStringList lines;
  if (!entry.recorded.empty()) {
    lines << tr("Recorded answers: %1").arg(toQt(entry.recorded));
  } else {
    lines << tr("Model: %1").arg(toQt(spec.model));
    if (!spec.adapter.empty()) lines << tr("Adapter: %1").arg(toQt(spec.adapter));
    lines << tr("Wording: %1").arg(toQt(spec.prompt));
    lines << (spec.scoring == infer::Scoring::LogProb
                  ? tr("Letter probabilities, %1").arg(QLatin1String(toText(spec.precision)))
                  : tr("Generated text, temperature %1, %2")
                        .arg(formatNumber(spec.generate.temperature),
                             QLatin1String(toText(spec.precision))));
    if (spec.shifts > 1) lines << tr("Options in %Ln orders", nullptr, spec.shifts);
    if (spec.limit > 0) lines << tr("First %Ln items", nullptr, spec.limit);
  }
  if (entry.unread > 0)
    lines << tr("%Ln answers without a letter", nullptr, static_cast<int>(entry.unread));
  return lines.join(u'\n');
}

QVariant EvaluationListModel::text(const EvaluationEntry& entry, int column) const {
  switch (column) {
    case Name:
      return toQt(entry.spec.label);
    case ArmColumn:
      return armText(entry.spec.arm);
    case Accuracy:
      return entry.tally.n > 0
                 ? formatInterval(entry.tally.accuracy, entry.tally.low, entry.tally.high)
                 : QStringLiteral("–");
    case Answers:
      return formatCount(entry.tally.n);
    case Status:
      return statusText(entry.status);
    case Scoring:
      return !entry.recorded.empty()                         ? tr("recorded")
             : entry.spec.scoring == infer::Scoring::LogProb ? tr("letters")
                                                             : tr("text");
    case Benchmark:
      return toQt(entry.spec.benchmark);
    case Model:
      return modelText(entry);
    case When:
      return formatTime(entry.finishedAt > 0 ? entry.finishedAt : entry.createdAt);
    default:
      return {};
  }
}

QVariant EvaluationListModel::sortKey(const EvaluationEntry& entry, int column) const {
  switch (column) {
    case Accuracy:
      return entry.tally.n > 0 ? entry.tally.accuracy : -1.0;
    case Answers:
      return QVariant::fromValue<qint64>(entry.tally.n);
    case When:
      return QVariant::fromValue<qint64>(entry.finishedAt > 0 ? entry.finishedAt : entry.createdAt);
    default:
      return text(entry, column);
  }
}

QString EvaluationListModel::tip(const EvaluationEntry& entry, int column) const {
  if (column == Status && !entry.error.empty()) return toQt(entry.error);
  if (column == When)
    return formatTimeExact(entry.finishedAt > 0 ? entry.finishedAt : entry.createdAt);
  if (column == Accuracy && entry.tally.n > 0)
    return tr("%1 of %2 right; 95 % interval")
        .arg(formatCount(entry.tally.right), formatCount(entry.tally.n));
  return settingsText(entry);
}

QVariant EvaluationListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto& one = entry(index.row());
  const int column = index.column();
  const bool number = column == Accuracy || column == Answers;
  switch (role) {
    case Qt::DisplayRole:
      return text(one, column);
    case Qt::ToolTipRole:
      return tip(one, column);
    case Qt::TextAlignmentRole:
      return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RunRole:
      return QVariant::fromValue<qint64>(one.run.value);
    case SortRole:
      return sortKey(one, column);
    case ResumableRole:
      return one.resumable();
    case ErrorRole:
      return toQt(one.error);
    case CommandRole:
      return toQt(one.command);
    case ToneRole:
      return column != Status                  ? 0
             : one.status == RunStatus::Failed ? -1
             : one.status == RunStatus::Done   ? 1
                                               : 0;
    default:
      return {};
  }
}

QVariant EvaluationListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == Accuracy || section == Answers ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Name");
    case ArmColumn:
      return tr("Asked with");
    case Accuracy:
      return tr("Accuracy (95 %)");
    case Answers:
      return tr("Answers");
    case Status:
      return tr("Status");
    case Scoring:
      return tr("Read from");
    case Benchmark:
      return tr("Benchmark");
    case Model:
      return tr("Model");
    case When:
      return tr("When");
    default:
      return {};
  }
}

}  // namespace wordsight::ui
