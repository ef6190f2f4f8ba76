// How the page is put together: its places, its shortcuts, and who hears whom.
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/compare/comparison_remarks.h"
#include "pages/compare/cells_bar.h"
#include "pages/compare/compare_export.h"
#include "pages/compare/compare_page.h"
#include "pages/compare/evaluation_chooser.h"
#include "pages/compare/filter_bar.h"
#include "pages/compare/item_list.h"
#include "pages/compare/item_view.h"
#include "pages/compare/statistics_panel.h"
#include "widgets/empty_state.h"
#include "widgets/message_bar.h"
#include "widgets/picture_view.h"
#include "widgets/theme.h"

namespace wordsight::ui {

QWidget* ComparePage::makeListSide() {
  auto* side = new QWidget(this);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_nothing->setObjectName(QStringLiteral("nothingMatches"));
  m_nothing->setText(tr("No item matches. Take a filter away."));
  m_nothing->setAlignment(Qt::AlignCenter);
  m_nothing->setWordWrap(true);
  m_nothing->setForegroundRole(QPalette::PlaceholderText);
  m_nothing->setBackgroundRole(QPalette::Base);
  m_nothing->setAutoFillBackground(true);
  m_nothing->hide();
  auto* hint = new QLabel(tr("↑ ↓ walk   Space zoom   O override   F filter"), side);
  hint->setObjectName(QStringLiteral("keyHint"));
  hint->setForegroundRole(QPalette::PlaceholderText);
  hint->setContentsMargins(kSpace, 2, kSpace, 2);
  column->addWidget(m_list, 1);
  column->addWidget(m_nothing, 1);
  column->addWidget(hint);
  side->setMinimumWidth(220);
  return side;
}

void ComparePage::makeLayout() {
  m_empty = new EmptyState(QStringLiteral("compare"), tr("No project is open"),
                           tr("Open a project to compare what its models answered."), this);
  m_empty->addAction(m_goEvaluate);
  m_across->setObjectName(QStringLiteral("acrossSplitter"));
  m_across->addWidget(makeListSide());
  m_across->addWidget(m_view);
  m_across->setChildrenCollapsible(false);
  m_across->setStretchFactor(0, 0);
  m_across->setStretchFactor(1, 1);
  m_across->setSizes({320, 900});
  m_down->setObjectName(QStringLiteral("downSplitter"));
  m_down->addWidget(m_across);
  m_down->addWidget(m_statistics);
  m_down->setStretchFactor(0, 1);
  m_down->setStretchFactor(1, 0);
  m_down->setCollapsible(0, false);
  m_down->setSizes({460, 250});

  makeRemarks();
  auto* head = new QVBoxLayout;
  head->setContentsMargins(kSpace, kSpace, kSpace, kSpaceSmall);
  head->setSpacing(kSpace);
  head->addWidget(m_cells);
  head->addWidget(m_remarks);
  head->addWidget(m_filter);
  auto* column = new QVBoxLayout(m_content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_down, 1);
  m_waiting->setObjectName(QStringLiteral("comparing"));
  m_waiting->setText(tr("Comparing…"));
  m_waiting->setAlignment(Qt::AlignCenter);
  m_waiting->setForegroundRole(QPalette::PlaceholderText);
  m_stack->addWidget(m_waiting);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_content);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(m_message);
  all->addWidget(m_stack, 1);
  keepLayout();
}

void ComparePage::keepLayout() {
  const std::pair<QSplitter*, QString> splitters[] = {
      {m_across, QStringLiteral("compare/across")},
      {m_down, QStringLiteral("compare/down")},
      {m_view->splitter(), QStringLiteral("compare/item")},
      {m_statistics->splitter(), QStringLiteral("compare/statistics")}};
  for (const auto& [splitter, key] : splitters) {
    splitter->restoreState(settings().value(key).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this, [this, splitter = splitter, key = key] {
      settings().setValue(key, splitter->saveState());
    });
  }
  const bool grid = settings().value(QStringLiteral("compare/grid"), false).toBool();
  m_filter->gridButton()->setChecked(grid);
  m_filter->showGrid(grid);
  m_list->setGrid(grid);
  const bool published = settings().value(QStringLiteral("compare/published"), true).toBool();
  m_cells->publishedBox()->setChecked(published);
  m_statistics->setPublished(published);
  m_export->setPublished(published);
}

void ComparePage::addWalk(const QString& text, const char* name, const QList<QKeySequence>& keys,
                          const std::function<void()>& walk) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcuts(keys);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  action->setToolTip(text);
  connect(action, &QAction::triggered, this, walk);
  m_across->addAction(action);
  m_actions << action;
}

void ComparePage::makeActions() {
  addWalk(tr("Next item"), "nextItem", {Qt::Key_J, Qt::Key_Right}, [this] { step(1); });
  addWalk(tr("Previous item"), "previousItem", {Qt::Key_K, Qt::Key_Left}, [this] { step(-1); });
  addWalk(tr("First item"), "firstItem", {Qt::Key_Home}, [this] { goTo(0); });
  addWalk(tr("Last item"), "lastItem", {Qt::Key_End}, [this] { goTo(m_items->rowCount() - 1); });
  addWalk(tr("Override an answer; again for the next cell"), "overrideItem", {Qt::Key_O},
          [this] { m_view->beginOverride(); });
  addWalk(tr("Filter items"), "filterItems", {Qt::Key_F}, [this] { m_filter->focusText(); });
}

/// Read and closed is not said again.
void ComparePage::makeRemarks() {
  m_remarks->setObjectName(QStringLiteral("comparabilityRemarks"));
  connect(m_remarks, &MessageBar::closed, this, [this] {
    if (comparison())
      m_remarksRead = comparisonRemarks(comparison()->comparison).join(QLatin1Char(' '));
  });
}

void ComparePage::connectParts() {
  connect(m_cells, &CellsBar::checkedChanged, this, [this](const std::vector<RunId>& runs) {
    m_checked = runs;
    m_picked = true;
    compare();
  });
  connect(m_cells->chooseButton(), &QToolButton::clicked, this, [this] {
    m_chooser->setEntries(m_entries, m_shown);
    m_chooser->popUp(*m_cells->chooseButton());
  });
  connect(m_chooser, &EvaluationChooser::chosen, this, [this](const std::vector<RunId>& runs) {
    m_shown = m_checked = runs;
    m_picked = true;
    m_cells->setRuns(m_entries, m_shown, m_checked);
    compare();
  });
  connect(m_chooser, &EvaluationChooser::latestWanted, this, [this] {
    m_picked = false;
    m_chooser->hide();
    refreshRuns();
  });
  connect(m_cells->publishedBox(), &QCheckBox::toggled, this, [this](bool on) {
    settings().setValue(QStringLiteral("compare/published"), on);
    m_statistics->setPublished(on);
    m_export->setPublished(on);
  });
  connect(m_filter, &ItemFilterBar::filterChanged, this, &ComparePage::filterChanged);
  connect(m_filter, &ItemFilterBar::leftText, this, [this] { m_list->setFocus(); });
  connect(m_view, &ItemView::overrideClosed, this, [this] { m_list->setFocus(); });
  connect(m_filter->gridButton(), &QToolButton::toggled, this, [this](bool on) {
    settings().setValue(QStringLiteral("compare/grid"), on);
    m_list->setGrid(on);
    m_filter->showGrid(on);
  });
  connect(m_list, &ItemList::zoomToggled, m_view->picture(), &PictureView::toggleZoom);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
          &ComparePage::currentChanged);
  connect(m_view, &ItemView::overrideDecided, this,
          [this](std::size_t cell, int option, const QString& note) {
            overrideAnswer(cell, {true, option, {}, fromQt(note)});
          });
  connect(m_view, &ItemView::overrideWithdrawn, this,
          [this](std::size_t cell, const QString& note) {
            overrideAnswer(cell, {false, -1, {}, fromQt(note)});
          });
  connect(m_statistics, &StatisticsPanel::pairChosen, this, &ComparePage::choosePair);
  connect(m_statistics, &StatisticsPanel::transitionChosen, this,
          [this](std::optional<Transition> transition) {
            auto filter = m_filter->filter();
            filter.transition = transition;
            filter.changed = false;
            m_filter->setFilter(filter);
          });
  connect(m_statistics, &StatisticsPanel::categoryChosen, this, [this](const QString& category) {
    auto filter = m_filter->filter();
    filter.category = category;
    m_filter->setFilter(filter);
  });
  connect(m_statistics, &StatisticsPanel::saved, this, &ComparePage::showSaved);
  connect(m_statistics, &StatisticsPanel::saveFailed, this, &ComparePage::showError);
  m_filter->exportButton()->setMenu(m_export->menu());
  connect(m_export, &CompareExport::saved, this, &ComparePage::showSaved);
  connect(m_export, &CompareExport::failed, this, &ComparePage::showError);
}

}  // namespace wordsight::ui
