#include "pages/evaluate/evaluation_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "bridge/settings.h"
#include "models/evaluations/evaluation_list_model.h"
#include "widgets/fitted_columns.h"
#include "widgets/message_bar.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

EvaluationTable::EvaluationTable(EvaluationFeed& feed, Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_feed(feed),
      m_settings(settings),
      m_model(new EvaluationListModel(feed, this)),
      m_proxy(new QSortFilterProxyModel(this)),
      m_filter(new QLineEdit(this)),
      m_view(new QTableView(this)),
      m_message(new MessageBar(this)) {
  m_proxy->setSourceModel(m_model);
  m_proxy->setSortRole(EvaluationListModel::SortRole);
  m_proxy->setFilterKeyColumn(-1);
  m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
  build();
  connectButtons();
  connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &EvaluationTable::selectionMoved);
  connect(&feed, &EvaluationFeed::changed, this, &EvaluationTable::refreshActions);
  connect(m_view, &QTableView::doubleClicked, this,
          [this] { Q_EMIT compareAsked(selectedRuns()); });
  refreshActions();
}

void EvaluationTable::build() {
  m_filter->setObjectName(QStringLiteral("evaluationFilter"));
  m_filter->setPlaceholderText(tr("Filter evaluations"));
  m_filter->setAccessibleName(m_filter->placeholderText());
  m_filter->setToolTip(tr("Part of a name, model, benchmark or status"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(240);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_filter, 1);
  row->addStretch();
  m_compare = textButton(QStringLiteral("compareRuns"), QStringLiteral("compare"), tr("Compare"),
                         tr("The selected evaluations side by side, item by item"), this);
  m_resume = textButton(QStringLiteral("resumeRun"), QStringLiteral("resume"), tr("Resume"),
                        tr("Go on where it was stopped; answers that are there stay"), this);
  m_again = iconButton(QStringLiteral("useSettings"), QStringLiteral("duplicate"),
                       tr("Use settings: fill the form with what this one was made with"), this);
  m_copy = iconButton(QStringLiteral("copyCommand"), QStringLiteral("copy"),
                      tr("Copy the command line that does the same"), this);
  m_open = iconButton(QStringLiteral("openRun"), QStringLiteral("log"),
                      tr("Show run: its settings and log on the page Runs"), this);
  for (QWidget* button :
       std::initializer_list<QWidget*>{m_compare, m_resume, m_again, m_copy, m_open})
    row->addWidget(button);
  m_view->setObjectName(QStringLiteral("evaluationTable"));
  m_view->setAccessibleName(tr("Evaluations"));
  m_view->setModel(m_proxy);
  dressTable(*m_view);
  m_view->sortByColumn(EvaluationListModel::When, Qt::DescendingOrder);
  // Accuracy and answers change while a cell runs: their columns are as wide as they get.
  fitColumns(*m_view, &m_settings, QStringLiteral("evaluate/evaluationWidths"),
             {{14, 8, 0},
              {8, 7, 0},
              {20, 0, 0},
              {8, 0, 2},
              {11, 0, 1},
              {9, 0, 6},
              {10, 6, 5},
              {20, 8, 3},
              {12, 0, 4}},
             EvaluationListModel::Model);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpace, 0, 0);
  column->setSpacing(kSpace);
  column->addLayout(row);
  column->addWidget(m_message);
  column->addWidget(m_view, 1);
}

void EvaluationTable::connectButtons() {
  connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareAsked(selectedRuns()); });
  connect(m_resume, &QPushButton::clicked, this, [this] {
    for (const RunId run : selectedRuns())
      if (const auto* entry = m_feed.find(run); entry && entry->resumable())
        Q_EMIT resumeAsked(run);
  });
  connect(m_again, &QToolButton::clicked, this, [this] {
    if (const auto* entry = current()) Q_EMIT settingsAsked(entry->run);
  });
  connect(m_copy, &QToolButton::clicked, this, [this] {
    if (const auto* entry = current()) QGuiApplication::clipboard()->setText(toQt(entry->command));
  });
  connect(m_open, &QToolButton::clicked, this, [this] {
    if (const auto* entry = current()) Q_EMIT runAsked(entry->run);
  });
}

std::vector<RunId> EvaluationTable::selectedRuns() const {
  std::vector<RunId> runs;
  auto rows = m_view->selectionModel()->selectedRows();
  std::sort(rows.begin(), rows.end());
  for (const auto& row : rows)
    runs.emplace_back(row.data(EvaluationListModel::RunRole).toLongLong());
  return runs;
}

const EvaluationEntry* EvaluationTable::current() const {
  const auto runs = selectedRuns();
  return runs.empty() ? nullptr : m_feed.find(runs.front());
}

void EvaluationTable::select(RunId run) {
  for (int row = 0; row < m_proxy->rowCount(); ++row)
    if (RunId(m_proxy->index(row, 0).data(EvaluationListModel::RunRole).toLongLong()) == run) {
      m_view->selectRow(row);
      m_view->scrollTo(m_proxy->index(row, 0));
      return;
    }
}

void EvaluationTable::setReadOnly(bool readOnly) {
  m_readOnly = readOnly;
  refreshActions();
}

void EvaluationTable::selectionMoved() {
  refreshActions();
  const EvaluationEntry* one = current();
  if (one && one->status == RunStatus::Failed && !one->error.empty())
    m_message->showError(toQt(one->error));
  else
    m_message->clear();
  if (const auto runs = selectedRuns(); runs.size() == 1) Q_EMIT chosen(runs.front());
}

void EvaluationTable::refreshActions() {
  const auto runs = selectedRuns();
  const EvaluationEntry* one = current();
  bool resumable = false, answered = !runs.empty();
  for (const RunId run : runs) {
    const auto* entry = m_feed.find(run);
    resumable |= entry && entry->resumable();
    answered &= entry && entry->tally.n > 0;
  }
  m_compare->setEnabled(answered);
  m_resume->setEnabled(resumable && !m_readOnly);
  m_resume->setToolTip(m_readOnly ? tr("This project is open for reading only")
                                  : tr("Go on where it was stopped; answers that are there stay"));
  m_again->setEnabled(one && one->recorded.empty());
  m_copy->setEnabled(one && !one->command.empty());
  m_open->setEnabled(one != nullptr);
}

}  // namespace wordsight::ui
