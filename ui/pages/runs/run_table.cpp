#include "pages/runs/run_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "models/runs/run_table_model.h"
#include "plots/sparkline.h"
#include "widgets/fitted_columns.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QString statusIcon(RunStatus status) {
  switch (status) {
    case RunStatus::Done:
      return QStringLiteral("accept");
    case RunStatus::Failed:
      return QStringLiteral("error");
    case RunStatus::Running:
      return QStringLiteral("play");
    case RunStatus::Queued:
      return QStringLiteral("queue");
    case RunStatus::Cancelled:
      return QStringLiteral("stop");
    case RunStatus::Interrupted:
      return QStringLiteral("warning");
  }
  return {};
}

QColor statusColour(RunStatus status, const QPalette& palette) {
  switch (status) {
    case RunStatus::Done:
      return goodColour(palette);
    case RunStatus::Failed:
      return badColour(palette);
    case RunStatus::Interrupted:
      return warnColour(palette);
    case RunStatus::Running:
      return seriesColour(palette, 0);
    default:
      return mutedColour(palette);
  }
}

/// Star, status with its sign, curve in small; the rest as usual.
class RunDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRowHeight};
  }

  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(RunTableModel::RunRole).isValid()) {
      option->font.setWeight(QFont::DemiBold);
      return;
    }
    option->features &= ~QStyleOptionViewItem::HasCheckIndicator;
    if (index.column() == RunTableModel::StatusColumn) {
      const auto status = static_cast<RunStatus>(index.data(RunTableModel::StatusRole).toInt());
      option->icon = icon(statusIcon(status), statusColour(status, option->palette));
      option->features |= QStyleOptionViewItem::HasDecoration;
      option->decorationSize = {16, 16};
    }
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const bool selected = option.state & QStyle::State_Selected;
    if (index.column() == RunTableModel::CurveColumn) {
      const auto values = index.data(RunTableModel::CurveRole).value<QVector<double>>();
      if (values.isEmpty()) return;
      const QColor colour = selected ? option.palette.color(QPalette::HighlightedText)
                                     : seriesColour(option.palette, 0);
      painter->save();
      painter->setRenderHint(QPainter::Antialiasing);
      paintSparkline(*painter, QRectF(option.rect).adjusted(6, 5, -8, -5),
                     {values.constData(), static_cast<std::size_t>(values.size())}, option.palette,
                     colour);
      painter->restore();
    } else if (index.column() == RunTableModel::StarColumn &&
               index.data(RunTableModel::RunRole).isValid()) {
      const bool starred = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
      const QColor colour = selected  ? option.palette.color(QPalette::HighlightedText)
                            : starred ? warnColour(option.palette)
                                      : mutedColour(option.palette);
      if (!starred && !(option.state & QStyle::State_MouseOver)) return;
      const QRect place(option.rect.center() - QPoint(8, 8), QSize(16, 16));
      icon(starred ? QStringLiteral("star-filled") : QStringLiteral("star"), colour)
          .paint(painter, place);
    }
  }
};

}  // namespace

RunTable::RunTable(RunTableModel* model, Settings& settings, QWidget* parent)
    : QTreeView(parent), m_runs(model) {
  setObjectName(QStringLiteral("runTable"));
  setAccessibleName(tr("Runs"));
  setModel(model);
  setItemDelegate(new RunDelegate(this));
  setUniformRowHeights(true);
  setRootIsDecorated(false);
  setAllColumnsShowFocus(true);
  setAlternatingRowColors(true);
  setSelectionMode(ExtendedSelection);
  setSortingEnabled(true);
  setFrameShape(NoFrame);
  setMouseTracking(true);
  setTextElideMode(Qt::ElideRight);
  setFont(tabularFont(font()));
  header()->setSortIndicator(RunTableModel::NumberColumn, Qt::DescendingOrder);
  // As wide as live figures get: nothing moves while something runs.
  fitColumns(*this, &settings, QStringLiteral("runs/columns"),
             {{3, 0, 0},
              {5, 0, 0},
              {24, 10, 0},
              {11, 0, 4},
              {13, 9, 0},
              {30, 16, 1},
              {12, 8, 3},
              {12, 0, 2},
              {11, 0, 5},
              {12, 6, 6}},
             RunTableModel::NameColumn);
}

void RunTable::showGroups() {
  const bool grouped = m_runs->grouping() != RunTableModel::Grouping::None;
  setRootIsDecorated(grouped);
  if (!grouped) return;
  for (int i = 0; i < m_runs->rowCount(); ++i) setFirstColumnSpanned(i, {}, true);
  expandAll();
}

void RunTable::toggleStar(const QModelIndex& index) {
  const auto* row = m_runs->rowAt(index);
  if (!row) return;
  auto mark = row->mark;
  mark.starred = !mark.starred;
  m_runs->mark(row->run.id, mark, mark.starred ? tr("star a run") : tr("take a star away"));
}

void RunTable::mousePressEvent(QMouseEvent* event) {
  const QModelIndex at = indexAt(event->pos());
  if (event->button() == Qt::LeftButton && at.isValid() &&
      at.column() == RunTableModel::StarColumn && m_runs->rowAt(at)) {
    toggleStar(at);
    return;
  }
  QTreeView::mousePressEvent(event);
}

void RunTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_S && event->modifiers() == Qt::NoModifier) {
    toggleStar(currentIndex());
    return;
  }
  QTreeView::keyPressEvent(event);
}

}  // namespace wordsight::ui
