#include "pages/scenarios/generate_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "jobs/data_jobs.h"
#include "models/jobs/job_list_model.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/command_line.h"
#include "pages/scenarios/generate_form.h"
#include "pages/scenarios/prompt_view.h"
#include "pages/scenarios/reject_tray.h"
#include "store/reject_repository.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kTail = 50;  // newest scenarios shown
constexpr int kTailMilliseconds = 400;
}  // namespace

GeneratePanel::GeneratePanel(ModelCatalog& models, Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_form(new GenerateForm(models, settings)),
      m_command(new CommandLine(QStringLiteral("generateCommand"))),
      m_prompt(new PromptView),
      m_messages(new MessageBar),
      m_tabs(new QTabWidget),
      m_tray(new RejectTray) {
  setObjectName(QStringLiteral("generatePanel"));
  auto* upper = new QWidget;
  auto* fields = new QVBoxLayout(upper);
  fields->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  fields->setSpacing(kSpace);
  fields->addWidget(m_form);
  fields->addWidget(caption(tr("The same from a terminal"), m_command));
  fields->addWidget(m_command);
  fields->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(upper);
  auto* head = new QWidget;
  auto* inHead = new QVBoxLayout(head);
  inHead->setContentsMargins(0, 0, 0, 0);
  inHead->setSpacing(0);
  inHead->addWidget(scroll, 1);
  auto* run = new QVBoxLayout;
  run->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpaceLarge, kSpace);
  run->setSpacing(kSpaceSmall);
  buildRun(run);
  inHead->addLayout(run);
  m_arrivedList = new QTableWidget(0, 3);
  dressTable(*m_arrivedList);
  m_arrivedList->setSortingEnabled(false);
  m_arrivedList->setObjectName(QStringLiteral("arrivedList"));
  m_arrivedList->setAccessibleName(tr("Newest scenarios of this run"));
  m_arrivedList->setHorizontalHeaderLabels({tr("Situation"), tr("Key"), tr("Strategy")});
  m_arrivedList->horizontalHeader()->setStretchLastSection(false);
  m_arrivedList->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_arrivedList->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_arrivedList->setColumnWidth(1, 44);
  m_arrivedList->setColumnWidth(2, 92);
  m_arrivedList->setSelectionMode(QAbstractItemView::SingleSelection);
  connect(m_arrivedList, &QTableWidget::cellClicked, this, [this](int row) {
    if (const auto* item = m_arrivedList->item(row, 0))
      Q_EMIT scenarioChosen(ScenarioId(item->data(Qt::UserRole).toLongLong()));
  });
  m_tabs->setObjectName(QStringLiteral("generateTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(m_arrivedList, tr("Arrived"));
  auto* tray = new QWidget;
  auto* inTray = new QVBoxLayout(tray);
  inTray->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  inTray->addWidget(m_tray);
  m_tabs->addTab(tray, tr("Refused"));
  auto* wording = new QWidget;
  auto* inWording = new QVBoxLayout(wording);
  inWording->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  inWording->addWidget(m_prompt);
  m_tabs->addTab(wording, tr("Prompt"));
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(head);
  splitter->addWidget(m_tabs);
  splitter->setChildrenCollapsible(false);
  splitter->setStretchFactor(0, 4);
  splitter->setStretchFactor(1, 5);
  splitter->setSizes({340, 400});
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(splitter);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kTailMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &GeneratePanel::loadTail);
  connect(m_form, &GenerateForm::changed, this, &GeneratePanel::describe);
  connect(m_prompt, &PromptView::copied, m_form, &GenerateForm::setPromptFolder);
  connect(m_prompt, &PromptView::failed, this,
          [this](const QString& sentence) { m_messages->showError(sentence); });
  connect(m_tray->model(), &RejectModel::totalChanged, this, [this](qint64 total) {
    m_tabs->setTabText(1, total > 0 ? tr("Refused (%1)").arg(formatCount(total)) : tr("Refused"));
  });
  describe();
}

void GeneratePanel::buildRun(QVBoxLayout* column) {
  const auto button = [](const char* name, const QString& iconName, const QString& text,
                         const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(QString::fromLatin1(name));
    if (!iconName.isEmpty()) made->setIcon(icon(iconName));
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  m_start = button("startGenerate", QStringLiteral("play"), tr("Generate"),
                   tr("Start in the background; each valid scenario is kept at once"));
  m_stop =
      button("stopGenerate", QStringLiteral("stop"), tr("Stop"), tr("Stop; what came is kept"));
  m_showRun = button("showRun", {}, tr("Show in table"), tr("Show the scenarios of this run"));
  m_problem = caption({});
  m_problem->setObjectName(QStringLiteral("generateProblem"));
  m_problem->setWordWrap(true);
  m_state = new QLabel;
  m_state->setObjectName(QStringLiteral("generateState"));
  m_state->setWordWrap(true);
  m_progress = new QProgressBar;
  m_progress->setObjectName(QStringLiteral("generateProgress"));
  m_progress->setAccessibleName(tr("Progress of the generation"));
  m_progress->setTextVisible(false);
  m_progress->setFixedHeight(kSpace);
  connect(m_start, &QPushButton::clicked, this, &GeneratePanel::start);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_session) m_session->cancel(m_job);
  });
  connect(m_showRun, &QPushButton::clicked, this, [this] { Q_EMIT runChosen(m_run); });
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace);
  row->addWidget(m_start);
  row->addWidget(m_stop);
  row->addWidget(m_problem, 1);
  auto* state = new QHBoxLayout;
  state->addWidget(m_state, 1);
  state->addWidget(m_showRun);
  column->addLayout(row);
  column->addWidget(m_messages);
  column->addWidget(m_progress);
  column->addLayout(state);
}

void GeneratePanel::setSession(Session* session) {
  m_tailQuery.cancel();
  m_timer.stop();
  m_session = session;
  m_job = 0;
  m_run = {};
  m_arrived = m_rejected = 0;
  m_arrivedList->setRowCount(0);
  m_messages->clear();
  m_prompt->setSession(session);
  m_tray->setSession(session);
  if (session) {
    connect(session, &Session::jobEvent, this, &GeneratePanel::jobEvent, Qt::UniqueConnection);
    connect(session, &Session::jobProgress, this, &GeneratePanel::progressed, Qt::UniqueConnection);
    connect(session, &Session::jobEnded, this, &GeneratePanel::ended, Qt::UniqueConnection);
    connect(session, &Session::jobsChanged, this, &GeneratePanel::adopt, Qt::UniqueConnection);
    adopt();
  }
  describe();
}

void GeneratePanel::start() {
  if (!m_session || m_session->readOnly() || m_job || !m_form->problem().isEmpty()) return;
  m_messages->clear();
  auto spec = m_form->spec();
  spec.command = jobs::commandOf(m_session->project().path(), spec);
  m_arrived = m_rejected = 0;
  m_run = {};
  m_arrivedList->setRowCount(0);
  m_job = m_session->submit(
      m_form->usesModel() ? Session::kModelLane : Session::kDataLane,
      tr("Generate %1 scenarios").arg(formatCount(spec.count)),
      [spec](const jobs::JobContext& context) { return jobs::synthesize(context, spec); });
  describe();
}

/// A synthesis that was started elsewhere (resumed, or before this panel was made) is shown too.
void GeneratePanel::adopt() {
  if (!m_session || m_job) return;
  for (const auto& job : m_session->jobs()) {
    if (job.state == JobView::State::Ended || job.kind != RunKind::Synthesis || !job.run) continue;
    m_job = job.number;
    m_run = job.run;
    m_tray->setRun(m_run);
    m_timer.start();
    describe();
    return;
  }
}

void GeneratePanel::jobEvent(quint64 number, const Event& event) {
  if (!m_job || number != m_job || m_run || !event.run) return;
  m_run = event.run;
  m_tray->setRun(m_run);
}

void GeneratePanel::progressed(quint64 number) {
  if (!m_job || number != m_job) return;
  describeProgress();
  if (!m_timer.isActive()) m_timer.start();
}

void GeneratePanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (!m_job || number != m_job) return;
  m_job = 0;
  if (status == RunStatus::Failed)
    m_messages->showError(error);
  else if (status == RunStatus::Cancelled)
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("Stopped. What came is kept; the run can be resumed under Runs."));
  loadTail();
  describe();
}

void GeneratePanel::loadTail() {
  if (!m_session || !m_run) return;
  m_tray->refresh();
  m_tailQuery.ask(
      m_session->database(), this,
      [run = m_run](store::Connection& connection) -> Result<Tail> {
        store::ScenarioRepository scenarios(connection);
        store::ScenarioFilter filter;
        filter.run = run;
        Tail tail;
        WORDSIGHT_TRY(tail.arrived, scenarios.count(filter));
        filter.descending = true;
        filter.limit = kTail;
        WORDSIGHT_TRY(const auto ids, scenarios.ids(filter));
        WORDSIGHT_TRY(tail.newest, scenarios.rowsOf(ids));
        WORDSIGHT_TRY(tail.rejected, store::RejectRepository(connection).count(run));
        return tail;
      },
      [this](Result<Tail> tail) {
        if (tail) return takeTail(std::move(*tail));
        m_messages->showError(toQt(tail.error().message));
      });
}

void GeneratePanel::takeTail(Tail tail) {
  m_arrived = tail.arrived;
  m_rejected = tail.rejected;
  m_arrivedList->setRowCount(static_cast<int>(tail.newest.size()));
  int row = 0;
  for (const auto& scenario : tail.newest) {
    const ScenarioLine line = lineOf(scenario);
    const QStringList texts = {line.situation, line.key, strategyTitle(line.strategy)};
    for (int column = 0; column < 3; ++column) {
      auto* item = new QTableWidgetItem(texts[column]);
      item->setToolTip(texts[column]);
      if (column == 1) item->setTextAlignment(Qt::AlignCenter);
      if (column == 0) item->setData(Qt::UserRole, QVariant::fromValue<qlonglong>(line.id.value));
      m_arrivedList->setItem(row, column, item);
    }
    ++row;
  }
  m_tabs->setTabText(
      0, m_arrived > 0 ? tr("Arrived (%1)").arg(formatCount(m_arrived)) : tr("Arrived"));
  describeProgress();
}

void GeneratePanel::describe() {
  const bool readOnly = m_session && m_session->readOnly();
  const QString problem =
      readOnly ? tr("This project is open for reading only.") : m_form->problem();
  m_start->setEnabled(m_session && !m_job && problem.isEmpty());
  m_stop->setVisible(m_job != 0);
  m_problem->setText(problem);
  constexpr int kPromptTab = 2;
  m_tabs->setTabVisible(kPromptTab, m_form->usesModel());
  if (m_form->usesModel())
    m_prompt->showPrompt(m_form->promptFolder(), m_form->strategy(), m_form->seed());
  if (m_session)
    m_command->setCommand(toQt(jobs::commandOf(m_session->project().path(), m_form->spec())));
  describeProgress();
}

void GeneratePanel::describeProgress() {
  const JobView* job = m_session && m_job ? m_session->job(m_job) : nullptr;
  m_progress->setVisible(job != nullptr);
  m_showRun->setVisible(bool(m_run) && m_arrived > 0);
  if (job) {
    const bool counted = job->progress.total > 0;
    m_progress->setRange(0, counted ? 1000 : 0);
    if (counted)
      m_progress->setValue(static_cast<int>(1000 * job->progress.done / job->progress.total));
  }
  if (!m_run) return m_state->setText(job ? tr("Waiting to begin…") : QString());
  QStringList parts = {tr("%1 arrived").arg(formatCount(m_arrived)),
                       tr("%1 refused").arg(formatCount(m_rejected))};
  if (const auto all = m_arrived + m_rejected; all > 0)
    parts.append(
        tr("%1 valid")
            .arg(formatPercent(static_cast<double>(m_arrived) / static_cast<double>(all))));
  if (job && job->progress.total > 0) parts.append(JobListModel::detailOf(*job));
  m_state->setText(parts.join(QStringLiteral(" · ")));
}

}  // namespace wordsight::ui
