#include "pages/compare/evaluation_chooser.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "widgets/fitted_columns.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
enum Column { Cell, Benchmark, Answers, Source, When, Number, kColumns };
}

EvaluationChooser::EvaluationChooser(QWidget* parent)
    : QFrame(parent, Qt::Popup), m_list(new QTreeWidget(this)), m_hint(new QLabel(this)) {
  setObjectName(QStringLiteral("evaluationChooser"));
  setFrameShape(QFrame::StyledPanel);
  m_list->setObjectName(QStringLiteral("evaluationList"));
  m_list->setAccessibleName(tr("Evaluations"));
  m_list->setColumnCount(kColumns);
  m_list->setHeaderLabels(
      {tr("Cell"), tr("Benchmark"), tr("Answers"), tr("Model or file"), tr("Started"), tr("Run")});
  m_list->setRootIsDecorated(false);
  m_list->setUniformRowHeights(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setTextElideMode(Qt::ElideMiddle);
  fitColumns(*m_list, nullptr, {},
             {{24, 12, 0}, {12, 6, 3}, {0, 0, 0}, {22, 8, 1}, {0, 0, 2}, {5, 0, 4}}, Cell);
  m_hint->setWordWrap(true);
  m_hint->setForegroundRole(QPalette::PlaceholderText);
  auto* latest = new QPushButton(tr("Latest of each"), this);
  latest->setObjectName(QStringLiteral("latestCells"));
  latest->setToolTip(tr("The newest finished evaluation of each model and arm, kept up to date"));
  latest->setAutoDefault(false);
  connect(latest, &QPushButton::clicked, this, &EvaluationChooser::latestWanted);
  connect(m_list, &QTreeWidget::itemChanged, this, &EvaluationChooser::ticked);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(kSpace, 0, kSpace, kSpace);
  foot->addWidget(m_hint, 1);
  foot->addWidget(latest);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace);
  column->addWidget(m_list, 1);
  column->addLayout(foot);
  m_hint->setText(tr("Up to %1 evaluations of one benchmark. They are compared over the items that "
                     "all of them answered.")
                      .arg(kMostCells));
}

void EvaluationChooser::setEntries(const std::vector<CandidateCell>& entries,
                                   const std::vector<RunId>& chosen) {
  m_filling = true;
  m_entries = entries;
  m_list->clear();
  for (const auto& entry : entries) {
    auto* row = new QTreeWidgetItem(m_list);
    row->setSizeHint(Number, QSize(kRowHeight, kRowHeight));
    row->setText(Cell, QStringLiteral("%1 · %2").arg(toQt(entry.label), toQt(entry.arm)));
    row->setText(Benchmark, toQt(entry.benchmark));
    row->setText(Answers, formatCount(entry.answers));
    row->setText(Source, toQt(entry.model));
    row->setText(When, formatTime(entry.createdAt));
    row->setText(Number, QString::number(entry.run.value));
    if (entry.status != RunStatus::Done)
      row->setText(Answers,
                   tr("%1 (%2)").arg(formatCount(entry.answers), statusText(entry.status)));
    for (const int column : {Answers, Number})
      row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    for (const int column : {Cell, Benchmark, Answers, Source})
      row->setToolTip(column, row->text(column));
    row->setToolTip(When, formatTimeExact(entry.createdAt));
    row->setData(Cell, Qt::UserRole, qlonglong(entry.run.value));
    const bool on = std::find(chosen.begin(), chosen.end(), entry.run) != chosen.end();
    row->setCheckState(Cell, on ? Qt::Checked : Qt::Unchecked);
  }
  m_filling = false;
}

void EvaluationChooser::popUp(const QWidget& below) {
  const int rows = std::clamp(static_cast<int>(m_entries.size()), 3, 12);
  const int room = below.window()->width() - 2 * kSpaceHuge;
  const QSize wanted(std::min(780, room), (rows + 1) * kRowHeight + 64);
  resize(wanted);
  QPoint corner = below.mapToGlobal(QPoint(below.width() - wanted.width(), below.height() + 2));
  if (const QScreen* screen = below.screen())
    corner.setX(std::max(corner.x(), screen->availableGeometry().left()));
  move(corner);
  show();
  m_list->setFocus();
}

std::vector<RunId> EvaluationChooser::runs() const {
  std::vector<RunId> ids;
  for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
    const auto* row = m_list->topLevelItem(i);
    if (row->checkState(Cell) == Qt::Checked)
      ids.emplace_back(row->data(Cell, Qt::UserRole).toLongLong());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

void EvaluationChooser::ticked(QTreeWidgetItem* item) {
  if (m_filling) return;
  m_filling = true;
  const auto place = static_cast<std::size_t>(m_list->indexOfTopLevelItem(item));
  if (item->checkState(Cell) == Qt::Checked && place < m_entries.size()) {
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
      if (m_entries[static_cast<std::size_t>(i)].benchmarkId != m_entries[place].benchmarkId)
        m_list->topLevelItem(i)->setCheckState(Cell, Qt::Unchecked);
    if (runs().size() > kMostCells) item->setCheckState(Cell, Qt::Unchecked);
  } else if (runs().empty()) {
    item->setCheckState(Cell, Qt::Checked);  // nothing can't be compared
  }
  m_filling = false;
  Q_EMIT chosen(runs());
}

}  // namespace wordsight::ui
