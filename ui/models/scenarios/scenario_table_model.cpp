#include "models/scenarios/scenario_table_model.h"

#include <algorithm>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

constexpr int kBlock = 200;         // rows asked for at once: a screen holds some 40
constexpr int kMostLines = 20'000;  // kept in memory, some 1 kB each
constexpr int kMostFetches = 2;     // at once; the project has two readers
constexpr int kMostWanted = 4;      // of a fast scroll only the last places count
constexpr int kRefreshMilliseconds = 400;

QVariant alignmentOf(int column) {
  if (column == ScenarioTableModel::IssuesColumn)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (column == ScenarioTableModel::KeyColumn) return QVariant(Qt::AlignCenter);
  return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
}

}  // namespace

struct ScenarioTableModel::Answer {
  std::vector<ScenarioId> ids;
  ListChange change;
  std::vector<ScenarioLine> lines;  // around what the eye is on
};

ScenarioTableModel::ScenarioTableModel(QObject* parent)
    : QAbstractTableModel(parent),
      m_ids(std::make_shared<std::vector<ScenarioId>>()),
      m_lines(kMostLines) {
  m_fetchTimer.setSingleShot(true);
  m_fetchTimer.setInterval(0);
  connect(&m_fetchTimer, &QTimer::timeout, this, &ScenarioTableModel::fetchWanted);
  m_refreshTimer.setSingleShot(true);
  m_refreshTimer.setInterval(kRefreshMilliseconds);
  connect(&m_refreshTimer, &QTimer::timeout, this, [this] { refresh(); });
}

void ScenarioTableModel::setSession(Session* session) {
  m_listQuery.cancel();
  m_refreshTimer.stop();
  m_session = session;
  m_fetching.clear();
  m_wanted.clear();
  Q_EMIT listAboutToChange();
  beginResetModel();
  m_lines.clear();
  m_ids = std::make_shared<std::vector<ScenarioId>>();
  ++m_generation;
  endResetModel();
  Q_EMIT listChanged();
  if (m_session) refresh();
}

void ScenarioTableModel::setView(const ScenarioView& view, ScenarioId keep) {
  m_view = view;
  m_loading = true;
  refresh(keep);
}

void ScenarioTableModel::refreshSoon() {
  if (!m_refreshTimer.isActive()) m_refreshTimer.start();
}

void ScenarioTableModel::refresh(ScenarioId keep) {
  if (!m_session) return;
  m_refreshTimer.stop();
  m_fetchFailed = false;
  ++m_generation;
  m_listQuery.ask(
      m_session->database(), this,
      [view = m_view, before = m_ids, keep](store::Connection& connection) {
        return answer(connection, view, *before, keep);
      },
      [this](Result<Answer> result) {
        m_loading = false;
        if (result) return take(std::move(*result));
        Q_EMIT failed(toQt(result.error().message));
      });
}

Result<ScenarioTableModel::Answer> ScenarioTableModel::answer(store::Connection& connection,
                                                              const ScenarioView& view,
                                                              const std::vector<ScenarioId>& before,
                                                              ScenarioId keep) {
  store::ScenarioRepository scenarios(connection);
  Answer answer;
  if (view.only) {
    answer.ids = *view.only;
  } else {
    WORDSIGHT_TRY(answer.ids, scenarios.ids(view.filter));
  }
  answer.change = listChange(before, answer.ids);
  if (!answer.change.reset) return answer;
  // A new list: its first rows come along, so that nobody sees it empty.
  const auto found = std::find(answer.ids.begin(), answer.ids.end(), keep);
  const auto place = found == answer.ids.end() ? 0 : found - answer.ids.begin();
  const auto first = place / kBlock * kBlock;
  const auto last = std::min<std::ptrdiff_t>(first + kBlock, std::ssize(answer.ids));
  WORDSIGHT_TRY(const auto rows,
                scenarios.rowsOf({answer.ids.begin() + first, answer.ids.begin() + last}));
  for (const auto& row : rows) answer.lines.push_back(lineOf(row));
  return answer;
}

void ScenarioTableModel::take(Answer answer) {
  for (auto& line : answer.lines) {
    line.generation = m_generation;
    m_lines.insert(line.id.value, new ScenarioLine(std::move(line)));
  }
  m_wanted.clear();
  Q_EMIT listAboutToChange();
  apply(answer.change, std::move(answer.ids));
  Q_EMIT listChanged();
  // What stayed is read anew when it is looked at.
  if (!answer.change.reset && !m_ids->empty())
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ScenarioTableModel::apply(const ListChange& change, std::vector<ScenarioId> ids) {
  if (change.reset) {
    beginResetModel();
    m_ids = std::make_shared<std::vector<ScenarioId>>(std::move(ids));
    endResetModel();
    return;
  }
  if (change.empty()) return;
  auto list = std::make_shared<std::vector<ScenarioId>>(*m_ids);
  m_ids = list;
  for (const auto& run : change.removed) {
    beginRemoveRows({}, run.first, run.first + run.count - 1);
    list->erase(list->begin() + run.first, list->begin() + run.first + run.count);
    endRemoveRows();
  }
  for (const auto& run : change.inserted) {
    beginInsertRows({}, run.first, run.first + run.count - 1);
    list->insert(list->begin() + run.first, ids.begin() + run.first,
                 ids.begin() + run.first + run.count);
    endInsertRows();
  }
}

ScenarioId ScenarioTableModel::idAt(int row) const {
  return row >= 0 && row < rowCount() ? (*m_ids)[static_cast<std::size_t>(row)] : ScenarioId();
}

int ScenarioTableModel::rowOf(ScenarioId id) const {
  if (!id) return -1;
  const auto found = std::find(m_ids->begin(), m_ids->end(), id);
  return found == m_ids->end() ? -1 : static_cast<int>(found - m_ids->begin());
}

const ScenarioLine* ScenarioTableModel::lineAt(int row) const {
  const ScenarioId id = idAt(row);
  if (!id) return nullptr;
  const ScenarioLine* line = m_lines.object(id.value);
  if (!line || line->generation != m_generation) want(row / kBlock);
  return line && !line->missing ? line : nullptr;
}

void ScenarioTableModel::showStatus(const std::vector<ScenarioId>& ids, ReviewStatus status) {
  for (const auto id : ids)
    if (auto* line = m_lines.object(id.value)) line->status = status;
  if (m_ids->empty()) return;
  const int row = ids.size() == 1 ? rowOf(ids.front()) : -1;
  if (row >= 0)
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
  else
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ScenarioTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_ids->size());
}

int ScenarioTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ScenarioTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role == IdRole) return QVariant::fromValue<qlonglong>(idAt(index.row()).value);
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != StatusRole &&
      role != IssuesRole && role != LoadedRole)
    return {};
  const ScenarioLine* line = lineAt(index.row());
  if (role == LoadedRole) return line != nullptr;
  if (!line) return {};
  switch (role) {
    case Qt::DisplayRole:
      return display(*line, index.column());
    case Qt::ToolTipRole:
      return tooltip(*line, index.column());
    case StatusRole:
      return static_cast<int>(line->status);
    default:
      return line->issues;
  }
}

QVariant ScenarioTableModel::display(const ScenarioLine& line, int column) const {
  switch (column) {
    case StatusColumn:
      return statusTitle(line.status);
    case SituationColumn:
      return line.situation;
    case KeyColumn:
      return line.key;
    case StrategyColumn:
      return strategyTitle(line.strategy);
    case CategoryColumn:
      return line.category;
    case IssuesColumn:
      return line.issues > 0 ? formatCount(line.issues) : QString();
    case GeneratorColumn:
      return generatorTitle(line.generator);
    case ChangedColumn:
      return formatTime(line.changedAt);
    default:
      return {};
  }
}

QVariant ScenarioTableModel::tooltip(const ScenarioLine& line, int column) const {
  switch (column) {
    case IssuesColumn: {
      QStringList titles;
      for (const auto& code : line.issueCodes) titles.append(issueTitle(code));
      return titles.join(u'\n');
    }
    case KeyColumn:
      return tr("%1 of %2 options").arg(line.key, formatCount(line.options));
    case GeneratorColumn:
      return line.generator;
    case ChangedColumn:
      return formatTimeExact(line.changedAt);
    default:
      return display(line, column);
  }
}

QVariant ScenarioTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical) return {};
  if (role == Qt::TextAlignmentRole) return alignmentOf(section);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case StatusColumn:
      return tr("Status");
    case SituationColumn:
      return tr("Situation");
    case KeyColumn:
      return tr("Key");
    case StrategyColumn:
      return tr("Strategy");
    case CategoryColumn:
      return tr("Category");
    case IssuesColumn:
      return tr("Issues");
    case GeneratorColumn:
      return tr("Made by");
    case ChangedColumn:
      return tr("Changed");
    default:
      return {};
  }
}

store::ScenarioFilter::Sort ScenarioTableModel::sortOf(int column) {
  using Sort = store::ScenarioFilter::Sort;
  switch (column) {
    case StatusColumn:
      return Sort::Status;
    case SituationColumn:
      return Sort::Situation;
    case KeyColumn:
      return Sort::Key;
    case StrategyColumn:
      return Sort::Strategy;
    case CategoryColumn:
      return Sort::Category;
    case IssuesColumn:
      return Sort::Issues;
    case GeneratorColumn:
      return Sort::Generator;
    case ChangedColumn:
      return Sort::Changed;
    default:
      return Sort::Created;
  }
}

void ScenarioTableModel::sort(int column, Qt::SortOrder order) {
  ScenarioView view = m_view;
  view.filter.sort = sortOf(column);
  view.filter.descending = column >= 0 && order == Qt::DescendingOrder;
  if (view.filter.sort == m_view.filter.sort && view.filter.descending == m_view.filter.descending)
    return;
  setView(view);
}

void ScenarioTableModel::want(int block) const {
  if (m_fetchFailed || std::find(m_fetching.begin(), m_fetching.end(), block) != m_fetching.end())
    return;
  std::erase(m_wanted, block);
  m_wanted.push_back(block);
  if (m_wanted.size() > kMostWanted) m_wanted.erase(m_wanted.begin());
  if (!m_fetchTimer.isActive()) m_fetchTimer.start();
}

void ScenarioTableModel::fetchWanted() {
  while (m_session && !m_wanted.empty() && m_fetching.size() < kMostFetches) {
    const int block = m_wanted.back();
    m_wanted.pop_back();
    fetch(block);
  }
}

void ScenarioTableModel::fetch(int block) {
  std::vector<ScenarioId> asked;
  const int last = std::min(rowCount(), (block + 1) * kBlock);
  for (int row = block * kBlock; row < last; ++row) {
    const ScenarioLine* line = m_lines.object(idAt(row).value);
    if (!line || line->generation != m_generation) asked.push_back(idAt(row));
  }
  if (asked.empty()) return;
  m_fetching.push_back(block);
  m_session->database().read(
      this,
      [asked](store::Connection& connection) -> Result<std::vector<ScenarioLine>> {
        WORDSIGHT_TRY(const auto rows, store::ScenarioRepository(connection).rowsOf(asked));
        std::vector<ScenarioLine> lines;
        lines.reserve(rows.size());
        for (const auto& row : rows) lines.push_back(lineOf(row));
        return lines;
      },
      [this, asked, block, generation = m_generation,
       session = m_session](Result<std::vector<ScenarioLine>> lines) {
        if (session != m_session) return;
        std::erase(m_fetching, block);
        if (lines) {
          takeLines(asked, std::move(*lines), generation);
        } else {
          m_fetchFailed = true;
          Q_EMIT failed(toQt(lines.error().message));
        }
        fetchWanted();
      });
}

void ScenarioTableModel::takeLines(const std::vector<ScenarioId>& asked,
                                   std::vector<ScenarioLine> lines, int generation) {
  std::size_t next = 0;
  for (const auto id : asked) {
    auto* line = new ScenarioLine;
    if (next < lines.size() && lines[next].id == id)
      *line = std::move(lines[next++]);
    else
      line->missing = true;  // so that it is not asked for again and again
    line->generation = generation;
    m_lines.insert(id.value, line);
  }
  if (!m_ids->empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

}  // namespace wordsight::ui
