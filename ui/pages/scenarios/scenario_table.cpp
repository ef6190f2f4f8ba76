#include "pages/scenarios/scenario_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>

#include "bridge/settings.h"
#include "models/scenarios/scenario_table_model.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

const QString kLayoutKey = QStringLiteral("scenarios/columns");
const QString kUnwantedKey = QStringLiteral("scenarios/hiddenColumns");
constexpr int kLeastSituation = 200;  // what one reads

/// Status as an icon and a word, issues with a warning sign; all else as Qt draws it.
class LineDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    const int column = index.column();
    if (column == ScenarioTableModel::StatusColumn)
      dressStatus(option, index);
    else if (column == ScenarioTableModel::IssuesColumn &&
             index.data(ScenarioTableModel::IssuesRole).toInt() > 0) {
      option->text += QChar(0x2002);  // the next column begins with text at its left
      sign(option, QStringLiteral("warning"), warnColour(option->palette));
    } else if (column != ScenarioTableModel::SituationColumn &&
               column != ScenarioTableModel::KeyColumn)
      option->palette.setColor(QPalette::Text, mutedColour(option->palette));
    if (column == ScenarioTableModel::ChangedColumn || column == ScenarioTableModel::IssuesColumn)
      option->font = tabularFont(option->font);
  }

 private:
  static void sign(QStyleOptionViewItem* option, const QString& name, const QColor& colour) {
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = icon(name, colour);
    option->decorationSize = QSize(16, 16);
  }

  static void dressStatus(QStyleOptionViewItem* option, const QModelIndex& index) {
    const QVariant status = index.data(ScenarioTableModel::StatusRole);
    if (!status.isValid()) return;
    switch (static_cast<ReviewStatus>(status.toInt())) {
      case ReviewStatus::Accepted:
        return sign(option, QStringLiteral("accept"), goodColour(option->palette));
      case ReviewStatus::Rejected:
        return sign(option, QStringLiteral("reject"), badColour(option->palette));
      case ReviewStatus::Undecided:
        option->palette.setColor(QPalette::Text, mutedColour(option->palette));
        return sign(option, QStringLiteral("undecided"), mutedColour(option->palette));
    }
  }
};

}  // namespace

ScenarioTable::ScenarioTable(QWidget* parent) : QTableView(parent) {
  setObjectName(QStringLiteral("scenarioTable"));
  setAccessibleName(tr("Scenarios"));
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setShowGrid(false);
  setWordWrap(false);
  setFrameShape(QFrame::NoFrame);
  setTabKeyNavigation(false);
  setAlternatingRowColors(false);
  setItemDelegate(new LineDelegate(this));
  setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSectionsMovable(true);
  horizontalHeader()->setSortIndicatorClearable(true);
  horizontalHeader()->setMinimumSectionSize(32);
  horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(horizontalHeader(), &QWidget::customContextMenuRequested, this,
          &ScenarioTable::columnsMenu);
}

void ScenarioTable::setScenarios(ScenarioTableModel* model) {
  m_model = model;
  setModel(model);
  // Of its own: a header asks whether its whole column is selected, row by row, which for all of
  // 100,000 rows held the window for 16 ms.
  horizontalHeader()->setSelectionModel(new QItemSelectionModel(model, horizontalHeader()));
  horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  setSortingEnabled(true);
  horizontalHeader()->setSectionResizeMode(ScenarioTableModel::SituationColumn,
                                           QHeaderView::Stretch);
  using Model = ScenarioTableModel;
  m_widths.assign(Model::ColumnCount, 0);
  connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int now) {
    if (now > 0) m_widths[static_cast<std::size_t>(column)] = now;
  });
  const QFontMetrics metrics(font());
  const auto width = [&](int column, const QString& widest) {
    setColumnWidth(column, metrics.horizontalAdvance(widest) + kSpacePage);
  };
  width(Model::StatusColumn, QStringLiteral("xxx") + tr("Undecided"));
  width(Model::KeyColumn, QStringLiteral("Key"));
  width(Model::StrategyColumn, QStringLiteral("Complexity"));
  width(Model::CategoryColumn, QStringLiteral("Emergency he"));
  width(Model::IssuesColumn, QStringLiteral("Issues"));
  width(Model::GeneratorColumn, QStringLiteral("Made by"));
  width(Model::ChangedColumn, QStringLiteral("23 Nov 14:05"));
  // The situation is what one reads; the category comes back by the header's menu.
  m_unwanted = {Model::CategoryColumn};
  fitColumns();
  connect(model, &Model::listAboutToChange, this, &ScenarioTable::beforeChange);
  connect(model, &Model::listChanged, this, &ScenarioTable::afterChange);
  connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
    if (!m_changing) Q_EMIT currentScenarioChanged(currentId());
  });
  connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    if (!m_changing) Q_EMIT selectionCountChanged(selectedCount());
  });
}

ScenarioId ScenarioTable::currentId() const {
  return m_model ? m_model->idAt(currentIndex().row()) : ScenarioId();
}

int ScenarioTable::selectedCount() const {
  int count = 0;
  for (const auto& range : selectionModel()->selection()) count += range.height();
  return count;
}

std::vector<ScenarioId> ScenarioTable::selectedIds() const {
  std::vector<std::pair<int, int>> runs;
  for (const auto& range : selectionModel()->selection())
    runs.emplace_back(range.top(), range.bottom());
  std::sort(runs.begin(), runs.end());
  std::vector<ScenarioId> ids;
  for (const auto& [top, bottom] : runs)
    for (int row = top; row <= bottom; ++row) ids.push_back(m_model->idAt(row));
  if (ids.empty() && currentId()) ids.push_back(currentId());
  return ids;
}

bool ScenarioTable::setCurrentId(ScenarioId id) {
  const int row = m_model ? m_model->rowOf(id) : -1;
  if (row < 0) return false;
  const QModelIndex index = m_model->index(row, ScenarioTableModel::SituationColumn);
  selectionModel()->setCurrentIndex(
      index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  scrollTo(index);
  return true;
}

void ScenarioTable::goOn() {
  int row = currentIndex().row();
  for (const auto& range : selectionModel()->selection()) row = std::max(row, range.bottom());
  row = std::min(row + 1, m_model->rowCount() - 1);
  if (row >= 0) setCurrentId(m_model->idAt(row));
}

int ScenarioTable::visibleRows() const {
  return std::max(1, viewport()->height() / verticalHeader()->defaultSectionSize());
}

void ScenarioTable::beforeChange() {
  m_changing = true;
  m_current = currentId();
  const int top = verticalScrollBar()->value(), rows = m_model->rowCount();
  const int bottom = std::min(rows, top + visibleRows() + 1);
  const int current = currentIndex().row();
  const int anchor = current >= top && current < bottom ? current : top;
  m_anchorOffset = anchor - top;
  m_near.clear();
  for (int row = anchor; row < bottom; ++row) m_near.push_back(m_model->idAt(row));
  for (int row = anchor - 1; row >= top; --row) m_near.push_back(m_model->idAt(row));
  const int count = selectedCount();
  m_allSelected = count > 1 && count == rows;
  m_selected.clear();
  if (count > 1 && !m_allSelected)
    for (const auto id : selectedIds()) m_selected.insert(id);
}

void ScenarioTable::afterChange() {
  const int stays = m_model->rowOf(m_current);
  int anchor = -1;
  for (const auto id : m_near)
    if (anchor = m_model->rowOf(id); anchor >= 0) break;
  if (stays >= 0) {
    if (currentIndex().row() != stays)
      selectionModel()->setCurrentIndex(
          m_model->index(stays, ScenarioTableModel::SituationColumn),
          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  } else if (m_current && anchor >= 0) {
    // What was current is gone: its neighbour takes the place.
    selectionModel()->setCurrentIndex(
        m_model->index(anchor, ScenarioTableModel::SituationColumn),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  }
  restoreSelection();
  if (anchor >= 0) {
    executeDelayedItemsLayout();
    updateGeometries();
    verticalScrollBar()->setValue(std::max(0, anchor - m_anchorOffset));
  }
  m_changing = false;
  m_near.clear();
  m_selected.clear();
  Q_EMIT currentScenarioChanged(currentId());
  Q_EMIT selectionCountChanged(selectedCount());
}

void ScenarioTable::restoreSelection() {
  if (m_allSelected) return selectAll();
  if (m_selected.empty()) return;
  QItemSelection selection;
  int first = -1;
  const auto& ids = m_model->ids();
  const int last = static_cast<int>(ids.size());
  for (int row = 0; row <= last; ++row) {
    const bool in = row < last && m_selected.contains(ids[static_cast<std::size_t>(row)]);
    if (in && first < 0) first = row;
    if (in || first < 0) continue;
    selection.append(QItemSelectionRange(m_model->index(first, 0),
                                         m_model->index(row - 1, m_model->columnCount() - 1)));
    first = -1;
  }
  selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

bool ScenarioTable::triageKey(const QKeyEvent& event) {
  if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
  switch (event.key()) {
    case Qt::Key_A:
      Q_EMIT decideAsked(ReviewStatus::Accepted);
      return true;
    case Qt::Key_R:
      Q_EMIT decideAsked(ReviewStatus::Rejected);
      return true;
    case Qt::Key_U:
      Q_EMIT decideAsked(ReviewStatus::Undecided);
      return true;
    case Qt::Key_E:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      Q_EMIT editAsked();
      return true;
    case Qt::Key_N:
      Q_EMIT nextIssueAsked();
      return true;
    default:
      break;
  }
  if (event.key() < Qt::Key_1 || event.key() > Qt::Key_9) return false;
  Q_EMIT keyAsked(event.key() - Qt::Key_1);
  return true;
}

bool ScenarioTable::event(QEvent* event) {
  // Single letters are keys of the table here, whatever shortcuts the window has.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    const bool triage = plain && ((key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9) ||
                                  (key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z));
    if (triage || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
      event->accept();
      return true;
    }
  }
  return QTableView::event(event);
}

void ScenarioTable::keyPressEvent(QKeyEvent* event) {
  const bool redo = event->matches(QKeySequence::Redo) ||
                    (event->key() == Qt::Key_Y && event->modifiers() == Qt::ControlModifier);
  if (event->matches(QKeySequence::Undo)) {
    Q_EMIT undoAsked();
  } else if (redo) {
    Q_EMIT redoAsked();
  } else if (!triageKey(*event)) {
    // Letters without a meaning do nothing: Qt's search by typing would read every row.
    const bool letter = !event->text().isEmpty() && event->text().at(0).isPrint() &&
                        !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) &&
                        event->key() != Qt::Key_Space;
    if (letter) return event->ignore();
    return QTableView::keyPressEvent(event);
  }
  event->accept();
}

void ScenarioTable::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && viewport()) viewport()->update();
}

void ScenarioTable::columnsMenu(const QPoint& place) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (int column = 0; column < m_model->columnCount(); ++column) {
    if (column == ScenarioTableModel::SituationColumn) continue;
    auto* action =
        menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setCheckable(true);
    action->setChecked(!m_unwanted.contains(column));
    connect(action, &QAction::toggled, this, [this, column](bool shown) {
      if (shown)
        m_unwanted.erase(column);
      else
        m_unwanted.insert(column);
      fitColumns();
    });
  }
  menu->popup(horizontalHeader()->mapToGlobal(place));
}

void ScenarioTable::saveLayout(Settings& settings) const {
  settings.setValue(kLayoutKey, horizontalHeader()->saveState());
  QVariantList unwanted;
  for (const int column : m_unwanted) unwanted.append(column);
  settings.setValue(kUnwantedKey, unwanted);
}

void ScenarioTable::restoreLayout(const Settings& settings) {
  const QByteArray state = settings.value(kLayoutKey).toByteArray();
  if (state.isEmpty()) return;
  horizontalHeader()->restoreState(state);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  if (const QVariant unwanted = settings.value(kUnwantedKey); unwanted.isValid()) {
    m_unwanted.clear();
    for (const QVariant& column : unwanted.toList()) m_unwanted.insert(column.toInt());
    m_unwanted.erase(ScenarioTableModel::SituationColumn);
  }
  for (int column = 0; column < m_model->columnCount(); ++column) {
    setColumnHidden(column, false);
    m_widths[static_cast<std::size_t>(column)] = columnWidth(column);
  }
  fitColumns();
}

void ScenarioTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  if (m_model && event->size().width() != event->oldSize().width()) fitColumns();
}

/// In a narrow window columns go, the least needed first, until the situation has room to be read.
void ScenarioTable::fitColumns() {
  using Model = ScenarioTableModel;
  m_noRoom.clear();
  int needed = kLeastSituation;
  for (int column = 0; column < m_model->columnCount(); ++column)
    if (column != Model::SituationColumn && !m_unwanted.contains(column))
      needed += m_widths[static_cast<std::size_t>(column)];
  for (const int column : {Model::ChangedColumn, Model::GeneratorColumn, Model::StrategyColumn,
                           Model::CategoryColumn, Model::IssuesColumn}) {
    if (needed <= viewport()->width()) break;
    if (m_unwanted.contains(column)) continue;
    m_noRoom.insert(column);
    needed -= m_widths[static_cast<std::size_t>(column)];
  }
  for (int column = 0; column < m_model->columnCount(); ++column)
    setColumnHidden(column, m_unwanted.contains(column) || m_noRoom.contains(column));
}

}  // namespace wordsight::ui
