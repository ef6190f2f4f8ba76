// How the page is put together; what it does is in evaluate_page.cpp.

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>
#include <QToolButton>

#include "models/evaluations/evaluation_feed.h"
#include "pages/evaluate/benchmark_import.h"
#include "pages/evaluate/benchmark_report_panel.h"
#include "pages/evaluate/cells_panel.h"
#include "pages/evaluate/command_panel.h"
#include "pages/evaluate/evaluate_form.h"
#include "pages/evaluate/evaluate_page.h"
#include "pages/evaluate/evaluation_table.h"
#include "pages/evaluate/evaluation_watch.h"
#include "pages/evaluate/prompt_panel.h"
#include "pages/evaluate/recorded_panel.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kFormWidth = 300, kLeastForm = 256;
constexpr int kNarrow = 1080;      // of the page: below, cells and live plot don't fit side by side
constexpr int kFieldsWidth = 680;  // longer fields are harder to read, not easier
}  // namespace

EvaluatePage::EvaluatePage(Services services, QWidget* parent)
    : Page(PageId::Evaluate, services, parent), m_feed(new EvaluationFeed(this)) {
  setObjectName(QStringLiteral("evaluatePage"));
  setAcceptDrops(false);  // the window takes drops and asks the page
  buildActions();
  m_stack = new QStackedLayout(this);
  buildEmptyStates();
  buildContent();
  connectParts();
  showContent();
}

EvaluatePage::~EvaluatePage() {
  // Editors that lose the focus as the page goes must find nobody who listens.
  m_form->disconnect(this);
  m_cells->disconnect(this);
  m_feed->disconnect(this);
}

QAction* EvaluatePage::addPageAction(const QString& name, const QString& iconName,
                                     const QString& text, const QString& tip) {
  auto* action = new QAction(icon(iconName), text, this);
  action->setObjectName(name);
  action->setToolTip(tip);
  addAction(action);
  m_actions.append(action);
  return action;
}

void EvaluatePage::buildActions() {
  auto* run = addPageAction(QStringLiteral("actionRunCells"), QStringLiteral("play"),
                            tr("Run ticked cells"), tr("Queue the ticked cells"));
  run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
  run->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(run, &QAction::triggered, this, [this] { m_cells->run(); });
  m_importAction = addPageAction(QStringLiteral("actionImportBenchmark"), QStringLiteral("import"),
                                 tr("Import a benchmark…"),
                                 tr("An annotation file in VIVA's form, with or without pictures"));
  connect(m_importAction, &QAction::triggered, this, [this] { showImport(true); });
  m_demoAction = addPageAction(
      QStringLiteral("actionDemoBenchmark"), QStringLiteral("demo"), tr("Add the demo's benchmark"),
      tr("300 small drawn situations, with a model that is small enough for any machine"));
  connect(m_demoAction, &QAction::triggered, this, &EvaluatePage::startDemo);
  auto* recorded =
      addPageAction(QStringLiteral("actionImportRecorded"), QStringLiteral("import"),
                    tr("Import recorded answers…"), tr("Answers of a model that ran elsewhere"));
  connect(recorded, &QAction::triggered, this, [this] { m_tabs->setCurrentWidget(m_recorded); });
}

void EvaluatePage::buildEmptyStates() {
  m_noProject = new EmptyState(QStringLiteral("evaluate"), tr("No project is open"),
                               tr("Open or make a project to ask models about a benchmark."), this);
  auto* none = new EmptyState(
      QStringLiteral("evaluate"), tr("No benchmark yet"),
      tr("A benchmark is a set of pictures with a decision to make about each. Import one, and "
         "models can be asked about its captions and its pictures."),
      this);
  none->setObjectName(QStringLiteral("noBenchmark"));
  none->addAction(m_importAction);
  none->addAction(m_demoAction);
  m_noBenchmark = none;
  m_stack->addWidget(m_noProject);
  m_stack->addWidget(m_noBenchmark);
}

QWidget* EvaluatePage::buildTop() {
  auto* top = new QWidget(this);
  m_choice = new QComboBox(top);
  m_choice->setObjectName(QStringLiteral("benchmarkChoice"));
  m_choice->setToolTip(tr("The benchmark that models are asked about"));
  m_choice->setAccessibleName(tr("Benchmark"));
  m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_choice->setMinimumContentsLength(10);
  m_summary = new ElidedLabel(top);
  m_summary->setObjectName(QStringLiteral("benchmarkSummary"));
  m_summary->setMuted(true);
  auto* import = new QToolButton(top);
  import->setObjectName(QStringLiteral("topImport"));
  import->setDefaultAction(m_importAction);
  import->setText(tr("Import…"));
  import->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  auto* label = new QLabel(tr("Benchmark"), top);
  label->setBuddy(m_choice);
  auto* row = new QHBoxLayout(top);
  row->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  row->setSpacing(kSpace);
  row->addWidget(label);
  row->addWidget(m_choice);
  row->addWidget(m_summary, 1);
  row->addWidget(import);
  return top;
}

QWidget* EvaluatePage::buildBenchmarkTab() {
  auto* tab = new QWidget(this);
  m_import = new BenchmarkImport(tab);
  m_import->setObjectName(QStringLiteral("benchmarkImportForm"));
  m_report = new BenchmarkReportPanel(settings(), tab);
  m_report->setObjectName(QStringLiteral("benchmarkReport"));
  auto* form = new QWidget(tab);
  m_import->setMaximumWidth(kFieldsWidth);
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_import);
  column->addStretch();
  m_benchmarkStack = new QStackedLayout;
  m_benchmarkStack->addWidget(m_report);
  m_benchmarkStack->addWidget(form);
  auto* outer = new QVBoxLayout(tab);
  outer->setContentsMargins(0, kSpace, 0, 0);
  outer->addLayout(m_benchmarkStack);
  return tab;
}

void EvaluatePage::buildContent() {
  m_content = new QWidget(this);
  auto* top = buildTop();  // first in the order of tabs
  m_form = new EvaluateForm(services().models, settings(), m_content);
  m_form->setObjectName(QStringLiteral("evaluateForm"));
  auto* scroll = new QScrollArea(m_content);
  scroll->setObjectName(QStringLiteral("evaluateFormScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_form->layout()->setContentsMargins(kSpaceLarge, kSpace, kSpace, kSpaceLarge);
  scroll->setWidget(m_form);
  scroll->setMinimumWidth(kLeastForm);
  m_cells = new CellsPanel(*m_feed, *m_form, m_content);
  m_watch = new EvaluationWatch(*m_feed, m_content);
  m_watch->setObjectName(QStringLiteral("evaluationWatch"));
  m_table = new EvaluationTable(*m_feed, settings(), m_content);
  m_benchmarkTab = buildBenchmarkTab();
  m_prompt = new PromptPanel(m_content);
  m_commands = new CommandPanel(m_content);
  m_recorded = new RecordedPanel(m_content);
  m_tabs = new QTabWidget(m_content);
  m_tabs->setObjectName(QStringLiteral("evaluateTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(m_table, tr("Evaluations"));
  m_tabs->addTab(m_benchmarkTab, tr("Benchmark"));
  m_tabs->addTab(m_prompt, tr("Prompt"));
  m_tabs->addTab(m_commands, tr("Commands"));
  m_tabs->addTab(m_recorded, tr("Recorded answers"));
  m_upper = new QSplitter(Qt::Horizontal, m_content);
  m_upper->addWidget(m_cells);
  m_upper->addWidget(m_watch);
  m_upper->setStretchFactor(1, 1);
  auto* right = new QSplitter(Qt::Vertical, m_content);
  right->addWidget(m_upper);
  right->addWidget(m_tabs);
  right->setStretchFactor(1, 1);
  right->setContentsMargins(kSpace, kSpace, kSpaceLarge, kSpaceLarge);
  auto* columns = new QSplitter(Qt::Horizontal, m_content);
  columns->addWidget(scroll);
  columns->addWidget(right);
  columns->setStretchFactor(1, 1);
  keepSplitter(*columns, settings(), QStringLiteral("evaluate/columns"), {kFormWidth, 860});
  keepSplitter(*right, settings(), QStringLiteral("evaluate/rows"), {280, 380});
  keepSplitter(*m_upper, settings(), QStringLiteral("evaluate/upper"), {500, 400});
  auto* column = new QVBoxLayout(m_content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(top);
  column->addWidget(columns, 1);
  m_stack->addWidget(m_content);
}

void EvaluatePage::resizeEvent(QResizeEvent* event) {
  placeWatch(width() < kNarrow);
  Page::resizeEvent(event);
}

void EvaluatePage::placeWatch(bool narrow) {
  const int tab = m_tabs->indexOf(m_watch);
  if (narrow == (tab >= 0)) return;
  if (narrow) {
    m_tabs->insertTab(1, m_watch, tr("Live"));
    m_tabs->setTabToolTip(1, tr("How the accuracy of what runs narrows while answers come"));
    return;
  }
  m_tabs->removeTab(tab);
  m_upper->addWidget(m_watch);
  m_watch->show();
}

}  // namespace wordsight::ui
