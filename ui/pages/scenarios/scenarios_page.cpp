#include "pages/scenarios/scenarios_page.h"

#include <QAction>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QUndoStack>
#include <QVBoxLayout>

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

namespace {
constexpr int kFacetsMilliseconds = 250;
const QString kSplitterKey = QStringLiteral("scenarios/splitter");
const QString kTabKey = QStringLiteral("scenarios/tab");
}  // namespace

ScenariosPage::ScenariosPage(Services services, QWidget* parent)
    : Page(PageId::Scenarios, services, parent),
      m_model(new ScenarioTableModel(this)),
      m_filter(new ScenarioFilterBar(this)),
      m_messages(new MessageBar(this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_tabs(new QTabWidget(this)),
      m_item(new ItemPanel),
      m_history(new HistoryPanel),
      m_checks(new ChecksPanel),
      m_generate(new GeneratePanel(services.models, services.settings)),
      m_import(new ImportPanel) {
  setObjectName(QStringLiteral("scenariosPage"));
  m_messages->setObjectName(QStringLiteral("pageMessages"));
  m_splitter->setObjectName(QStringLiteral("scenarioSplitter"));
  m_splitter->addWidget(buildLeft());
  buildTabs();
  m_splitter->addWidget(m_tabs);
  m_splitter->setStretchFactor(0, 3);
  m_splitter->setStretchFactor(1, 2);
  m_splitter->setChildrenCollapsible(false);
  m_splitter->setHandleWidth(1);
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_filter);
  column->addWidget(m_messages);
  column->addWidget(m_splitter, 1);

  m_facetsTimer.setSingleShot(true);
  m_facetsTimer.setInterval(kFacetsMilliseconds);
  connect(&m_facetsTimer, &QTimer::timeout, this, &ScenariosPage::askFacets);
  connect(m_filter, &ScenarioFilterBar::changed, this, &ScenariosPage::applyFilter);
  connectTable();
  connectChecks();
  connectGenerate();
  connectDatasets();
  buildActions();
  m_table->restoreLayout(settings());
  m_splitter->restoreState(settings().value(kSplitterKey).toByteArray());
  m_tabs->setCurrentIndex(settings().value(kTabKey, 0).toInt());
}

ScenariosPage::~ScenariosPage() { saveLayout(); }

void ScenariosPage::sessionChanged() {
  m_facetsQuery.cancel();
  m_facetsRunning = m_facetsAgain = false;
  m_nextQuery.cancel();
  m_facetsTimer.stop();
  m_messages->clear();
  m_goTo = {};
  m_notWritten.reset();
  m_total = -1;
  m_item->setSession(session());
  m_history->setSession(session());
  m_bulk->setSession(session());
  m_checks->setSession(session());
  m_generate->setSession(session());
  m_import->setSession(session());
  m_export->setSession(session());
  m_datasets->setSession(session());
  m_listFailed = false;
  m_filter->clear();
  m_triage->showCounts({});
  m_model->setSession(session());
  setEnabled(session() != nullptr);
  if (session()) connectSession();
}

void ScenariosPage::connectSession() {
  connect(session(), &Session::contentChanged, this, &ScenariosPage::contentChanged);
  connect(session(), &Session::jobProgress, this, [this](quint64 number) {
    // Scenarios are kept as they come: the list grows while they are made.
    const JobView* job = session()->job(number);
    if (!job || job->kind != RunKind::Synthesis) return;
    m_model->refreshSoon();
    if (!m_facetsTimer.isActive()) m_facetsTimer.start();
  });
  connectEdits(ScenarioEdits::of(session()));
  askFacets();
}

void ScenariosPage::connectEdits(ScenarioEdits* edits) {
  connect(edits, &ScenarioEdits::decided, m_model, &ScenarioTableModel::showStatus,
          Qt::UniqueConnection);
  connect(edits, &ScenarioEdits::notWritten, this,
          [this](const ScenarioEdits::Edit& edit) { m_notWritten = edit; });
  connect(edits, &ScenarioEdits::failed, this, &ScenariosPage::showFailure);
  connect(edits, &ScenarioEdits::added, this, [this](ScenarioId id) {
    m_goTo = id;
    m_filter->clear();
    m_tabs->setCurrentWidget(m_item);
  });
}

void ScenariosPage::showFailure(const QString& sentence) {
  QList<QAction*> steps;
  if (m_notWritten) {
    auto* again = new QAction(tr("Try again"), m_messages);
    again->setObjectName(QStringLiteral("tryAgain"));
    ScenarioEdits::Edit edit = std::move(*m_notWritten);
    m_notWritten.reset();
    connect(again, &QAction::triggered, this, [this, edit = std::move(edit)] {
      m_messages->clear();
      if (auto* edits = ScenarioEdits::of(session())) edits->edit(edit);
    });
    steps.append(again);
  }
  m_messages->showError(sentence, steps);
}

bool ScenariosPage::writable() {
  if (session() && !session()->readOnly()) return true;
  m_messages->showMessage(MessageBar::Kind::Info,
                          tr("This project is open for reading only; nothing can be changed."));
  return false;
}

void ScenariosPage::applyFilter() {
  ScenarioView view = m_filter->view();
  view.filter.sort = m_model->view().filter.sort;
  view.filter.descending = m_model->view().filter.descending;
  m_model->setView(view, m_goTo ? m_goTo : m_table->currentId());
  m_facetsTimer.start();
  m_datasets->setView(view, m_filter->filtering());
}

void ScenariosPage::listChanged() {
  const int rows = m_model->rowCount();
  if (rows > 0)
    m_left->setCurrentWidget(m_table);
  else if (m_filter->filtering())
    m_left->setCurrentWidget(m_noMatch);
  else
    m_left->setCurrentWidget(m_total == 0 ? static_cast<QWidget*>(m_nothing) : m_table);
  const bool any = m_left->currentWidget() != m_nothing;
  for (QWidget* part : {static_cast<QWidget*>(m_bulk), static_cast<QWidget*>(m_triage),
                        static_cast<QWidget*>(m_hint), static_cast<QWidget*>(m_checksLine)})
    part->setVisible(any);
  if (m_total >= 0) m_filter->showCount(rows, std::max<std::int64_t>(m_total, rows));
  if (m_goTo && !m_model->loading()) {
    if (!m_table->setCurrentId(m_goTo))
      m_messages->showMessage(MessageBar::Kind::Warning,
                              tr("There is no scenario %1.").arg(formatCount(m_goTo.value)));
    m_goTo = {};
  }
  if (m_reshuffleNext && !m_model->loading()) {
    m_reshuffleNext = false;
    m_bulk->updateScope();
    m_bulk->startReshuffle();
  }
  if (rows > 0 && !m_table->currentId() && !m_item->hasFocusInside())
    m_table->setCurrentId(m_model->idAt(0));
}

void ScenariosPage::currentChanged(ScenarioId id) {
  // Somebody who writes is not disturbed because the list changed.
  if (id != m_item->id() && m_item->id() && m_item->hasFocusInside() &&
      m_model->rowOf(m_item->id()) < 0) {
    m_item->setOutsideList(true);
    return;
  }
  m_item->show(id);
  m_history->show(id);
}

void ScenariosPage::decide(const std::vector<ScenarioId>& ids, ReviewStatus status, bool goOn) {
  if (ids.empty() || !writable()) return;
  m_item->save();
  ScenarioEdits::of(session())->decide(ids, status);
  if (goOn) m_table->goOn();
}

void ScenariosPage::keyPressed(int key) {
  if (m_table->currentId() && writable()) m_item->setKey(key);
}

void ScenariosPage::nextIssue() {
  if (!session()) return;
  m_nextQuery.ask(
      session()->database(), this,
      [filter = m_model->view().filter,
       current = m_table->currentId()](store::Connection& connection) {
        return store::ScenarioRepository(connection).nextWithIssue(filter, current);
      },
      [this](Result<std::optional<ScenarioId>> next) {
        if (!next) return showFailure(toQt(next.error().message));
        if (!*next || !m_table->setCurrentId(**next))
          m_messages->showMessage(
              MessageBar::Kind::Info,
              tr("None of the scenarios shown has an issue. Texts that were never checked have "
                 "none yet: see Checks."));
      });
}

void ScenariosPage::addByHand() {
  if (!session() || !writable()) return;
  ScenarioContent empty;
  empty.options.resize(5);
  Provenance from;
  from.generator = "person";
  ScenarioEdits::of(session())->add(empty, from);
}

void ScenariosPage::askFacets() {
  m_facetsTimer.stop();
  if (!session()) return;
  // They count all scenarios six times: one at a time, so that a reader stays free for the table.
  if (m_facetsRunning) {
    m_facetsAgain = true;
    return;
  }
  m_facetsRunning = true;
  m_facetsAgain = false;
  m_facetsQuery.ask(
      session()->database(), this,
      [filter = m_filter->view().filter](store::Connection& connection) {
        return scenarioFacets(connection, filter);
      },
      [this](Result<ScenarioFacets> facets) {
        m_facetsRunning = false;
        if (m_facetsAgain) m_facetsTimer.start();
        if (facets) takeFacets(std::move(*facets));
      });
}

void ScenariosPage::takeFacets(ScenarioFacets facets) {
  m_total = facets.total;
  m_filter->showFacets(facets);
  m_triage->showCounts(facets.statuses);
  QStringList categories;
  for (const auto& [category, count] : facets.categories)
    if (!category.empty()) categories.append(toQt(category));
  m_item->setCategories(categories);
  listChanged();
}

void ScenariosPage::contentChanged(Content content) {
  if (content == Content::Scenarios || content == Content::Runs) m_checks->contentChanged();
  m_datasets->contentChanged(content);
  if (content != Content::Scenarios) return;
  m_model->refresh(m_table->currentId());
  m_item->reload();
  m_history->reload();
  m_bulk->contentChanged();
  if (!m_facetsTimer.isActive()) m_facetsTimer.start();
}

void ScenariosPage::open(const QVariantMap& what) {
  const auto number = [&](const char* key) { return what.value(QLatin1String(key)).toLongLong(); };
  if (const auto id = number("scenario"); id > 0) {
    m_goTo = ScenarioId(id);
    m_tabs->setCurrentWidget(m_item);
    if (!m_table->setCurrentId(m_goTo))
      m_filter->clear();  // then it is in the list
    else
      m_goTo = {};
  }
  if (const auto run = number("run"); run > 0) {
    ScenarioView view;
    view.filter.run = RunId(run);
    m_filter->setView(view);
  }
  if (what.contains(QStringLiteral("text")))
    m_filter->setText(what.value(QStringLiteral("text")).toString());
  if (QWidget* panel = panelNamed(what.value(QStringLiteral("panel")).toString()))
    m_tabs->setCurrentWidget(panel);
}

QWidget* ScenariosPage::panelNamed(const QString& name) const {
  const std::pair<const char*, QWidget*> panels[] = {
      {"item", m_item},         {"history", m_history}, {"checks", m_checks},
      {"generate", m_generate}, {"import", m_transfer}, {"export", m_transfer},
      {"datasets", m_datasets}};
  for (const auto& [known, panel] : panels)
    if (name == QLatin1String(known)) return panel;
  return nullptr;
}

void ScenariosPage::shown() {
  if (m_left->currentWidget() == m_table) m_table->setFocus();
}

void ScenariosPage::hiddenAway() {
  m_item->save();
  saveLayout();
}

bool ScenariosPage::dropped(const QStringList& paths) {
  static const QStringList ours = {QStringLiteral("jsonl"), QStringLiteral("json"),
                                   QStringLiteral("csv")};
  QStringList files;
  for (const auto& path : paths)
    if (ours.contains(path.section(u'.', -1).toLower())) files.append(path);
  if (files.isEmpty() || !session()) return false;
  m_tabs->setCurrentWidget(m_transfer);
  m_import->addFiles(files);
  return true;
}

void ScenariosPage::flush() { m_item->save(); }

void ScenariosPage::saveLayout() {
  m_table->saveLayout(settings());
  settings().setValue(kSplitterKey, m_splitter->saveState());
  settings().setValue(kTabKey, m_tabs->currentIndex());
}

}  // namespace wordsight::ui
