// What the page is made of and how its parts are wired, once.
#include "pages/scenarios/scenarios_page.h"

#include <QAction>
#include <QLabel>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QUndoStack>
#include <QVBoxLayout>
#include <utility>

#include "bridge/format.h"
#include "models/scenarios/scenario_table_model.h"
#include "pages/scenarios/bulk_panel.h"
#include "pages/scenarios/checks_panel.h"
#include "pages/scenarios/checks_strip.h"
#include "pages/scenarios/datasets_panel.h"
#include "pages/scenarios/export_panel.h"
#include "pages/scenarios/filter_bar.h"
#include "pages/scenarios/generate_panel.h"
#include "pages/scenarios/history_panel.h"
#include "pages/scenarios/import_panel.h"
#include "pages/scenarios/item_panel.h"
#include "pages/scenarios/scenario_table.h"
#include "pages/scenarios/triage_bar.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

void ScenariosPage::buildTabs() {
  m_export = new ExportPanel(m_table);
  m_datasets = new DatasetsPanel(m_table);
  m_transfer = new QWidget;
  auto* transfer = new PanelLayout(m_transfer);
  transfer->setContentsMargins(0, 0, 0, 0);
  transfer->setSpacing(0);
  transfer->addWidget(m_import, 1);
  transfer->addWidget(m_export);
  m_tabs->setObjectName(QStringLiteral("scenarioTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->setUsesScrollButtons(true);
  m_tabs->addTab(m_item, tr("Item"));
  m_tabs->addTab(m_history, tr("History"));
  m_tabs->addTab(m_checks, tr("Checks"));
  m_tabs->addTab(m_generate, tr("Generate"));
  m_tabs->addTab(m_transfer, tr("Files"));
  m_tabs->addTab(m_datasets, tr("Datasets"));
  const QStringList tips = {tr("Read, decide and edit the chosen scenario"),
                            tr("Its revisions and decisions"),
                            tr("What can be said of all scenarios together"),
                            tr("Let a model or the demo's grammar write scenarios"),
                            tr("Bring scenarios in from files, write them to files"),
                            tr("Freeze what training reads")};
  for (int i = 0; i < m_tabs->count(); ++i) m_tabs->setTabToolTip(i, tips[i]);
}

QWidget* ScenariosPage::buildLeft() {
  auto* left = new QWidget(this);
  m_table = new ScenarioTable(left);
  m_table->setScenarios(m_model);
  m_nothing = new EmptyState(
      QStringLiteral("scenarios"), tr("No scenarios yet"),
      tr("Scenarios are short texts: a situation, a question, options and the right one. Let a "
         "model write some, or import a file."),
      left);
  const auto goTo = [this](const QString& name, const QString& iconName, const QString& text,
                           QWidget* tab) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this,
            [this, tab] { m_tabs->setCurrentWidget(tab ? tab : m_transfer); });
    m_nothing->addAction(action);
    return action;
  };
  goTo(QStringLiteral("emptyGenerate"), QStringLiteral("play"), tr("Generate…"), m_generate);
  goTo(QStringLiteral("emptyImport"), QStringLiteral("import"), tr("Import…"), nullptr);
  m_noMatch = new EmptyState(QStringLiteral("filter"), tr("Nothing matches"),
                             tr("No scenario has all that the filter asks for."), left);
  auto* clear = new QAction(icon(QStringLiteral("close")), tr("Clear the filter"), this);
  clear->setObjectName(QStringLiteral("clearFilterAction"));
  connect(clear, &QAction::triggered, m_filter, &ScenarioFilterBar::clear);
  m_noMatch->addAction(clear);
  m_left = new QStackedWidget(left);
  m_left->addWidget(m_table);
  m_left->addWidget(m_nothing);
  m_left->addWidget(m_noMatch);
  m_bulk = new BulkPanel(m_table, left);
  m_triage = new TriageBar(left);
  m_hint = new ElidedLabel(left);
  m_hint->setMuted(true);
  m_hint->setWholeOnly(true);
  m_hint->setText(tr("A R U decide · 1–5 key · E edit · N issue"));
  m_hint->setObjectName(QStringLiteral("keyHint"));
  m_hint->setToolTip(
      tr("Keys while the table has the focus: A accept, R reject, U undecided, 1–5 set the key, E "
         "edit (Esc comes back), N next with an issue, Ctrl+Z undo, Ctrl+Y redo. After a decision "
         "the next row follows."));
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_left, 1);
  column->addWidget(m_bulk);
  m_checksLine = new ChecksStrip(left);
  auto* state = new QHBoxLayout;
  state->setContentsMargins(0, 0, kSpace, 0);
  state->addWidget(m_triage);
  state->addWidget(m_hint, 1);
  column->addLayout(state);
  column->addWidget(m_checksLine);
  left->setMinimumWidth(360);
  return left;
}

QAction* ScenariosPage::add(const char* name, const char* iconName, const QString& text,
                            const QString& tip, std::function<void()> work) {
  auto* action = new QAction(icon(QLatin1String(iconName)), text, this);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(tip);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, std::move(work));
  addAction(action);
  m_actions.append(action);
  return action;
}

void ScenariosPage::buildActions() {
  add("focusFilter", "search", tr("Filter scenarios"), tr("Go to the field that filters by words"),
      [this] { m_filter->focusText(); })
      ->setShortcut(QKeySequence::Find);
  add("clearScenarioFilter", "close", tr("Clear the filter"), tr("Show all scenarios again"),
      [this] { m_filter->clear(); });
  addTableActions();
  add("newScenario", "add", tr("New scenario by hand"), tr("Add an empty scenario and write it"),
      [this] { addByHand(); });
  add("checkScenarios", "bars", tr("Check all scenarios"),
      tr("Look for uneven letters, duplicates and faulty items"), [this] {
        m_tabs->setCurrentWidget(m_checks);
        m_checks->start();
      });
  const auto go = [this](QWidget* tab) { return [this, tab] { m_tabs->setCurrentWidget(tab); }; };
  add("generateScenarios", "play", tr("Generate scenarios"),
      tr("Let a model or the demo's grammar write scenarios"), go(m_generate));
  add("importScenarios", "import", tr("Import or export scenarios"),
      tr("Bring scenarios in from files, write them to files"), go(m_transfer));
  add("freezeDataset", "freeze", tr("Freeze a dataset"),
      tr("Keep scenarios as a named list that training reads"), [this] {
        m_tabs->setCurrentWidget(m_datasets);
        m_datasets->focusName();
      });
  add("freezeSelected", "freeze", tr("Freeze the selected scenarios"),
      tr("Keep the selected rows as a named list that training reads"), [this] {
        m_tabs->setCurrentWidget(m_datasets);
        m_datasets->freezeSelection();
      });
  add("showHistory", "history", tr("History of the scenario"), tr("Its revisions and decisions"),
      go(m_history));
}

/// What keys do in the table, by name too.
void ScenariosPage::addTableActions() {
  const auto decideBy = [this](ReviewStatus status) {
    return [this, status] { decide(m_table->selectedIds(), status, true); };
  };
  add("acceptSelected", "accept", tr("Accept the selected scenarios"),
      tr("In the table the key A does it"), decideBy(ReviewStatus::Accepted));
  add("rejectSelected", "reject", tr("Reject the selected scenarios"),
      tr("In the table the key R does it"), decideBy(ReviewStatus::Rejected));
  add("undecideSelected", "undecided", tr("Leave the selected scenarios undecided"),
      tr("In the table the key U does it"), decideBy(ReviewStatus::Undecided));
  add("editScenario", "edit", tr("Edit the scenario"), tr("In the table the key E does it"),
      [this] { Q_EMIT m_table->editAsked(); });
  add("nextIssue", "warning", tr("Next scenario with an issue"),
      tr("Go to the next scenario in which a check found something (key N)"),
      [this] { nextIssue(); });
  add("reshuffleShown", "shuffle", tr("Reshuffle options of the scenarios shown…"),
      tr("Give the options new orders; shows first what would happen"),
      [this] { m_bulk->startReshuffle(); });
  add("replaceShown", "edit", tr("Find and replace in the scenarios shown…"),
      tr("Find and replace text; shows first what would happen"),
      [this] { m_bulk->startReplace(); });
}

void ScenariosPage::connectTable() {
  connect(m_model, &ScenarioTableModel::failed, this, [this](const QString& sentence) {
    showFailure(sentence);
    m_listFailed = true;
  });
  connect(m_model, &ScenarioTableModel::listChanged, this, [this] {
    if (std::exchange(m_listFailed, false)) m_messages->clear();
    listChanged();
  });
  connect(m_table, &ScenarioTable::currentScenarioChanged, this, &ScenariosPage::currentChanged);
  connect(m_table, &ScenarioTable::decideAsked, this,
          [this](ReviewStatus status) { decide(m_table->selectedIds(), status, true); });
  connect(m_table, &ScenarioTable::keyAsked, this, &ScenariosPage::keyPressed);
  connect(m_table, &ScenarioTable::editAsked, this, [this] {
    m_tabs->setCurrentWidget(m_item);
    m_item->focusText();
  });
  connect(m_table, &QAbstractItemView::doubleClicked, m_table, &ScenarioTable::editAsked);
  connect(m_table, &ScenarioTable::nextIssueAsked, this, &ScenariosPage::nextIssue);
  connect(m_table, &ScenarioTable::undoAsked, this, [this] {
    m_item->save();
    if (session() && writable()) session()->undoStack().undo();
  });
  connect(m_table, &ScenarioTable::redoAsked, this, [this] {
    if (session() && writable()) session()->undoStack().redo();
  });
  connect(m_table, &ScenarioTable::selectionCountChanged, m_bulk, &BulkPanel::updateScope);
  connect(m_bulk, &BulkPanel::newAsked, this, &ScenariosPage::addByHand);
  connect(m_item, &ItemPanel::decideAsked, this, [this](ReviewStatus status) {
    if (m_item->id()) decide({m_item->id()}, status, false);
  });
  connect(m_item, &ItemPanel::left, this, [this] {
    m_item->save();
    m_table->setFocus();
    currentChanged(m_table->currentId());
  });
  connect(m_item, &ItemPanel::historyAsked, this, [this] { m_tabs->setCurrentWidget(m_history); });
  connect(m_item, &ItemPanel::showIssue, m_filter, &ScenarioFilterBar::setIssue);
}

void ScenariosPage::connectChecks() {
  connect(m_checksLine, &QAbstractButton::clicked, this,
          [this] { m_tabs->setCurrentWidget(m_checks); });
  connect(m_checks, &ChecksPanel::reportChanged, m_checksLine, &ChecksStrip::showReport);
  connect(m_checks, &ChecksPanel::issueChosen, m_filter, &ScenarioFilterBar::setIssue);
  connect(m_checks, &ChecksPanel::letterChosen, m_filter, &ScenarioFilterBar::setKey);
  connect(m_checks, &ChecksPanel::groupChosen, this,
          [this](const std::vector<ScenarioId>& ids, const QString& label) {
            ScenarioView view = m_filter->view();
            view.only = ids;
            m_filter->setView(view, label);
          });
  connect(m_checks, &ChecksPanel::reshuffleAsked, this, [this] {
    m_filter->clear();
    m_reshuffleNext = true;  // as soon as the list shows all
  });
}

void ScenariosPage::connectGenerate() {
  connect(m_generate, &GeneratePanel::scenarioChosen, this, [this](ScenarioId id) {
    m_goTo = id;
    if (m_table->setCurrentId(id))
      m_goTo = {};
    else
      m_filter->clear();
  });
  connect(m_generate, &GeneratePanel::runChosen, this, [this](RunId run) {
    ScenarioView view;
    view.filter.run = run;
    m_filter->setView(view);
  });
}

void ScenariosPage::connectDatasets() {
  connect(m_import, &ImportPanel::imported, this, [this](RunId run) {
    ScenarioView view;
    view.filter.run = run;
    m_filter->setView(view);
  });
  connect(m_table, &ScenarioTable::selectionCountChanged, m_export, &ExportPanel::updateScope);
  connect(m_table, &ScenarioTable::selectionCountChanged, m_datasets,
          &DatasetsPanel::updateSelection);
  connect(m_datasets, &DatasetsPanel::datasetsChanged, m_export, &ExportPanel::showDatasets);
  connect(m_datasets, &DatasetsPanel::exportAsked, this, [this](const QString& name) {
    m_export->chooseDataset(name);
    m_tabs->setCurrentWidget(m_transfer);
  });
  connect(m_datasets, &DatasetsPanel::trainAsked, this, [this](const QString& name) {
    Q_EMIT navigate(PageId::Train, {{QStringLiteral("dataset"), name}});
  });
  connect(m_datasets, &DatasetsPanel::showAsked, this,
          [this](const std::vector<ScenarioId>& ids, const QString& label) {
            ScenarioView view;
            view.only = ids;
            m_filter->setView(view, label);
          });
}

}  // namespace wordsight::ui
