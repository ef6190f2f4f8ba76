#include "models/runs/run_table_model.h"

#include <QDateTime>
#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>
#include <algorithm>
#include <functional>

#include "bridge/format.h"
#include "jobs/model_jobs.h"
#include "store/metric_repository.h"

namespace wordsight::ui {

namespace {

constexpr quintptr kTop = 0;  // internalId of rows without a parent
constexpr int kBuckets = 60;
constexpr int kFetchDelay = 30, kReloadDelay = 200;  // ms
constexpr std::size_t kFetchAtOnce = 64;

class MarkCommand final : public QUndoCommand {
 public:
  MarkCommand(std::function<void(bool)> put, const QString& text) : m_put(std::move(put)) {
    setText(text);
  }
  void redo() override { m_put(true); }
  void undo() override { m_put(false); }

 private:
  std::function<void(bool)> m_put;
};

double durationOf(const Run& run) {
  if (run.startedAt <= 0) return -1;
  const UnixMillis end = run.finishedAt > 0 ? run.finishedAt : nowMillis();
  return run.status == RunStatus::Running || run.finishedAt > 0
             ? static_cast<double>(end - run.startedAt) / 1000
             : -1;
}

}  // namespace

RunTableModel::RunTableModel(QObject* parent) : QAbstractItemModel(parent) {
  m_fetch.setSingleShot(true);
  m_fetch.setInterval(kFetchDelay);
  connect(&m_fetch, &QTimer::timeout, this, &RunTableModel::fetchCurves);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kReloadDelay);
  connect(&m_soon, &QTimer::timeout, this, &RunTableModel::reload);
}

void RunTableModel::setSession(Session* session) {
  m_query.cancel();
  m_soon.stop();
  if (m_session) m_session->disconnect(this);
  m_session = session;
  beginResetModel();
  m_rows.clear();
  m_groups.clear();
  m_place.clear();
  m_curves.clear();
  m_wanted.clear();
  endResetModel();
  if (!session) return;
  connect(session, &Session::contentChanged, this, [this](Content content) {
    if (content == Content::Runs && !m_soon.isActive()) m_soon.start();
  });
  connect(session, &Session::jobEvent, this, [this](quint64, const Event& event) { hear(event); });
  reload();
}

void RunTableModel::setFilter(const store::RunFilter& filter) {
  m_filter = filter;
  reload();
}

void RunTableModel::setGrouping(Grouping grouping) {
  if (grouping == m_grouping) return;
  beginResetModel();
  m_grouping = grouping;
  arrange();
  endResetModel();
  Q_EMIT loaded();
}

void RunTableModel::reload() {
  if (!m_session) return;
  m_query.ask(
      m_session->database(), this,
      [filter = m_filter](store::Connection& connection) -> Result<std::vector<store::RunRow>> {
        WORDSIGHT_TRY(auto rows, store::RunRepository(connection).rows(filter));
        WORDSIGHT_CHECK(jobs::countOverrides(connection, rows));
        return rows;
      },
      [this](Result<std::vector<store::RunRow>> rows) {
        if (!rows) {
          Q_EMIT failed(toQt(rows.error().message));
          return;
        }
        beginResetModel();
        m_rows = std::move(*rows);
        arrange();
        endResetModel();
        Q_EMIT loaded();
      });
}

void RunTableModel::arrange() {
  m_place.clear();
  m_place.reserve(static_cast<int>(m_rows.size()));
  m_groups.clear();
  QHash<QString, int> known;
  for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
    const auto& row = m_rows[static_cast<std::size_t>(i)];
    m_place.insert(row.run.id.value, i);
    if (m_grouping == Grouping::None) continue;
    const QString title = groupOf(row);
    const auto found = known.constFind(title);
    int group = found == known.constEnd() ? -1 : *found;
    if (group < 0) {
      group = static_cast<int>(m_groups.size());
      known.insert(title, group);
      m_groups.push_back({title, {}});
    }
    m_groups[static_cast<std::size_t>(group)].rows.push_back(i);
  }
}

QString RunTableModel::groupOf(const store::RunRow& row) const {
  switch (m_grouping) {
    case Grouping::Kind:
      return kindText(row.run.kind);
    case Grouping::Status:
      return statusText(row.run.status);
    case Grouping::Day:
      return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.run.createdAt).date());
    case Grouping::Tag:
      return row.mark.tags.empty() ? tr("no tag") : toQt(row.mark.tags.front());
    case Grouping::None:
      break;
  }
  return {};
}

const store::RunRow* RunTableModel::rowAt(const QModelIndex& index) const {
  if (!index.isValid()) return nullptr;
  if (m_grouping == Grouping::None) return &m_rows[static_cast<std::size_t>(index.row())];
  if (index.internalId() == kTop) return nullptr;
  const auto& group = m_groups[static_cast<std::size_t>(index.internalId() - 1)];
  return &m_rows[static_cast<std::size_t>(group.rows[static_cast<std::size_t>(index.row())])];
}

QModelIndex RunTableModel::indexOf(RunId run, int column) const {
  const int place = m_place.value(run.value, -1);
  if (place < 0) return {};
  if (m_grouping == Grouping::None) return createIndex(place, column, kTop);
  for (std::size_t g = 0; g < m_groups.size(); ++g) {
    const auto& rows = m_groups[g].rows;
    const auto at = std::lower_bound(rows.begin(), rows.end(), place);
    if (at != rows.end() && *at == place)
      return createIndex(static_cast<int>(at - rows.begin()), column, quintptr(g + 1));
  }
  return {};
}

QModelIndex RunTableModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : kTop);
}

QModelIndex RunTableModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == kTop) return {};
  return createIndex(static_cast<int>(child.internalId()) - 1, 0, kTop);
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
  if (m_grouping == Grouping::None) return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
  if (!parent.isValid()) return static_cast<int>(m_groups.size());
  if (parent.internalId() != kTop || parent.column() > 0) return 0;
  return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int RunTableModel::columnCount(const QModelIndex&) const { return kColumns; }

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (const auto* row = rowAt(index)) return runData(*row, index.column(), role);
  if (role != Qt::DisplayRole || index.column() != StarColumn) return {};
  const auto& group = m_groups[static_cast<std::size_t>(index.row())];
  return QStringLiteral("%1 (%2)").arg(group.title, formatCount(std::int64_t(group.rows.size())));
}

QVariant RunTableModel::runData(const store::RunRow& row, int column, int role) const {
  const Run& run = row.run;
  switch (role) {
    case RunRole:
      return QVariant::fromValue<qint64>(run.id.value);
    case StatusRole:
      return static_cast<int>(run.status);
    case KindRole:
      return static_cast<int>(run.kind);
    case CurveRole:
      return column == CurveColumn ? curve(run) : QVariant();
    case Qt::CheckStateRole:
      return column == StarColumn ? QVariant(row.mark.starred ? Qt::Checked : Qt::Unchecked)
                                  : QVariant();
    case Qt::TextAlignmentRole:
      return column == NumberColumn || column == DurationColumn
                 ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                 : QVariant();
    case Qt::ToolTipRole:
      if (column == StatusColumn && !run.error.empty()) return toQt(run.error);
      if (column == StartedColumn) return formatTimeExact(run.startedAt);
      if (column == ResultColumn) return resultText(run);
      if (column == NameColumn) return toQt(row.mark.note.empty() ? run.name : row.mark.note);
      return {};
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  QStringList tags;
  switch (column) {
    case NumberColumn:
      return formatCount(run.id.value);
    case NameColumn:
      return toQt(run.name);
    case KindColumn:
      return kindText(run.kind);
    case StatusColumn:
      return statusText(run.status);
    case ResultColumn:
      return resultText(run);
    case StartedColumn:
      return formatTime(run.startedAt > 0 ? run.startedAt : run.createdAt);
    case DurationColumn:
      return formatDuration(durationOf(run));
    case TagsColumn:
      for (const auto& tag : row.mark.tags) tags << toQt(tag);
      return tags.join(QStringLiteral(", "));
    default:
      return {};
  }
}

QString RunTableModel::resultText(const Run& run) {
  const Json& s = run.summary;
  if (!s.is_object()) return {};
  const auto number = [&](const char* name) -> std::optional<double> {
    const auto it = s.find(name);
    return it != s.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
  };
  if (run.kind == RunKind::Evaluation) {
    const auto accuracy = number("accuracy"), n = number("n");
    if (!accuracy || !n) return {};
    QString text =
        tr("%1, n %2")
            .arg(formatInterval(*accuracy, number("low").value_or(0), number("high").value_or(1)),
                 formatCount(static_cast<std::int64_t>(*n)));
    if (const auto overridden = number("overridden"); overridden.value_or(0) > 0)
      text += tr(", %n overridden", nullptr, static_cast<int>(*overridden));
    return text;
  }
  if (run.kind == RunKind::Training) {
    const auto loss = number("final_loss"), steps = number("steps");
    if (const auto now = number("loss_now"), step = number("step_now"); !loss && now && step)
      return tr("loss %1 at step %2")
          .arg(formatNumber(*now), formatCount(static_cast<std::int64_t>(*step)));
    return loss && steps
               ? tr("loss %1, %2 steps")
                     .arg(formatNumber(*loss), formatCount(static_cast<std::int64_t>(*steps)))
               : QString();
  }
  const auto items = number("items"), imported = number("imported");
  if (items || imported)
    return tr("%n items", nullptr, static_cast<int>(items.value_or(imported.value_or(0))));
  return {};
}

QVariant RunTableModel::curve(const Run& run) const {
  if (run.kind != RunKind::Training) return {};
  const auto known = m_curves.constFind(run.id.value);
  if (known != m_curves.constEnd()) return QVariant::fromValue(*known);
  m_curves.insert(run.id.value, {});  // asked for once
  m_wanted.push_back(run.id);
  if (!m_fetch.isActive()) m_fetch.start();
  return {};
}

void RunTableModel::fetchCurves() {
  if (!m_session || m_wanted.empty()) return;
  std::vector<RunId> now;
  // What was looked at last is still in view, most likely.
  while (!m_wanted.empty() && now.size() < kFetchAtOnce) {
    now.push_back(m_wanted.back());
    m_wanted.pop_back();
  }
  using Curves = std::vector<std::pair<RunId, std::vector<double>>>;
  m_session->database().read(
      this,
      [now](store::Connection& connection) -> Result<Curves> {
        Curves curves;
        store::MetricRepository metrics(connection);
        for (const RunId run : now) {
          WORDSIGHT_TRY(auto values, metrics.sparkline(run, "loss", kBuckets));
          curves.emplace_back(run, std::move(values));
        }
        return curves;
      },
      [this](const Result<Curves>& curves) {
        if (!curves) return;
        for (const auto& [run, values] : *curves) {
          m_curves[run.value] = QVector<double>(values.begin(), values.end());
          const QModelIndex cell = indexOf(run, CurveColumn);
          if (cell.isValid()) Q_EMIT dataChanged(cell, cell);
        }
        if (!m_wanted.empty()) m_fetch.start();
      });
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && (section == NumberColumn || section == DurationColumn))
    return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section == StarColumn) return tr("Starred runs (S)");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case StarColumn:
      return QStringLiteral("★");
    case NumberColumn:
      return tr("No.");
    case NameColumn:
      return tr("Name");
    case KindColumn:
      return tr("Kind");
    case StatusColumn:
      return tr("Status");
    case ResultColumn:
      return tr("What came of it");
    case CurveColumn:
      return tr("Loss");
    case StartedColumn:
      return tr("Started");
    case DurationColumn:
      return tr("Took");
    case TagsColumn:
      return tr("Tags");
    default:
      return {};
  }
}

void RunTableModel::sort(int column, Qt::SortOrder order) {
  using Sort = store::RunFilter::Sort;
  switch (column) {
    case NameColumn:
      m_filter.sort = Sort::Name;
      break;
    case KindColumn:
      m_filter.sort = Sort::Kind;
      break;
    case StatusColumn:
      m_filter.sort = Sort::Status;
      break;
    case StartedColumn:
      m_filter.sort = Sort::Started;
      break;
    case DurationColumn:
      m_filter.sort = Sort::Duration;
      break;
    default:
      m_filter.sort = Sort::Created;
      break;
  }
  m_filter.descending = order == Qt::DescendingOrder;
  reload();
}

void RunTableModel::hear(const Event& event) {
  const int place = m_place.value(event.run.value, -1);
  if (place < 0) return;
  auto& run = m_rows[static_cast<std::size_t>(place)].run;
  if (const auto* step = std::get_if<StepMetrics>(&event.what)) {
    auto& values = m_curves[event.run.value];
    values.append(step->loss);
    if (!run.summary.is_object()) run.summary = Json::object();
    run.summary["loss_now"] = step->loss;
    run.summary["step_now"] = step->step;
    // As many as a small picture shows; the file has them all.
    constexpr int kMost = 4 * kBuckets;
    if (values.size() > kMost) {
      QVector<double> half;
      for (int i = 0; i < values.size(); i += 2) half.append(values[i]);
      values = half;
    }
  } else if (const auto* tally = std::get_if<Tally>(&event.what)) {
    if (!run.summary.is_object()) run.summary = Json::object();
    run.summary["accuracy"] = tally->accuracy;
    run.summary["low"] = tally->low;
    run.summary["high"] = tally->high;
    run.summary["n"] = tally->n;
  } else {
    return;
  }
  const QModelIndex left = indexOf(event.run, ResultColumn);
  Q_EMIT dataChanged(left, left.siblingAtColumn(DurationColumn));
}

void RunTableModel::mark(RunId run, const store::RunMark& mark, const QString& what) {
  const int place = m_place.value(run.value, -1);
  if (place < 0 || !m_session) return;
  const store::RunMark before = m_rows[static_cast<std::size_t>(place)].mark;
  if (before == mark) return;
  QPointer<RunTableModel> self(this);
  m_session->undoStack().push(new MarkCommand(
      [self, run, before, mark](bool forward) {
        if (self) self->putMark(run, forward ? mark : before);
      },
      what));
}

void RunTableModel::putMark(RunId run, const store::RunMark& mark) {
  if (!m_session) return;
  if (const int place = m_place.value(run.value, -1); place >= 0) {
    m_rows[static_cast<std::size_t>(place)].mark = mark;
    const QModelIndex left = indexOf(run, 0);
    Q_EMIT dataChanged(left, left.siblingAtColumn(kColumns - 1));
  }
  m_session->database().write(
      this,
      [run, mark](store::Connection& connection) {
        return store::RunRepository(connection).mark(run, mark);
      },
      [this](const Status& status) {
        if (status) return;
        Q_EMIT failed(toQt(status.error().message));
        reload();
      });
}

}  // namespace wordsight::ui
