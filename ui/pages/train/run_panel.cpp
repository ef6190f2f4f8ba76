#include "pages/train/run_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

#include "bridge/format.h"
#include "models/jobs/job_list_model.h"
#include "models/jobs/training_list_model.h"
#include "pages/train/answers_panel.h"
#include "pages/train/result_panel.h"
#include "plots/curve_group.h"
#include "store/run_repository.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

const QString kXAxis = QStringLiteral("train/xAxis"),
              kSmoothing = QStringLiteral("train/smoothing"),
              kHidden = QStringLiteral("train/hiddenCurves");
constexpr int kLogLines = 2000;

QString logLine(UnixMillis time, bool warning, const QString& text) {
  return formatTimeExact(time) + QStringLiteral("   ") +
         (warning ? RunPanel::tr("Warning: ") : QString()) + text;
}

/// The last lines of a log; called away from the window's thread.
QString logText(const std::vector<store::RunLogEntry>& log) {
  QStringList lines;
  const auto first = std::max<std::ptrdiff_t>(0, std::ssize(log) - kLogLines);
  for (auto it = log.begin() + first; it != log.end(); ++it)
    lines << logLine(it->createdAt, it->kind == store::RunLogEntry::Kind::Warning, toQt(it->text));
  return lines.join(u'\n');
}

struct Look {
  QString icon;
  QColor colour;
};

Look lookOf(RunStatus status, bool paused, const QPalette& palette) {
  if (paused) return {QStringLiteral("pause"), warnColour(palette)};
  switch (status) {
    case RunStatus::Done:
      return {QStringLiteral("accept"), goodColour(palette)};
    case RunStatus::Failed:
      return {QStringLiteral("error"), badColour(palette)};
    case RunStatus::Cancelled:
      return {QStringLiteral("stop"), warnColour(palette)};
    case RunStatus::Interrupted:
      return {QStringLiteral("warning"), warnColour(palette)};
    case RunStatus::Queued:
      return {QStringLiteral("clock"), mutedColour(palette)};
    case RunStatus::Running:
      break;
  }
  return {QStringLiteral("play"), seriesColour(palette, 0)};
}

}  // namespace

RunPanel::RunPanel(Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_message(new MessageBar(this)),
      m_tabs(new QTabWidget(this)),
      m_curves(new CurveGroup(this)),
      m_feed(new CurveFeed(*m_curves, this)),
      m_answers(new AnswersPanel(settings, this)),
      m_result(new ResultPanel(this)),
      m_log(new QPlainTextEdit(this)),
      m_showLogAction(new QAction(icon(QStringLiteral("log")), tr("Show log"), this)) {
  setObjectName(QStringLiteral("runPanel"));
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(buildHeader());
  column->addWidget(m_message);
  column->addWidget(m_tabs, 1);
  buildTabs();
  connect(m_showLogAction, &QAction::triggered, this, &RunPanel::showLog);
  connect(m_feed, &CurveFeed::failed, this, [this](const QString& sentence) {
    m_problem = sentence;
    showOutcome();
  });
  showState();
}

QWidget* RunPanel::buildHeader() {
  auto* header = new QWidget(this);
  auto* rows = new QVBoxLayout(header);
  rows->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpaceLarge, kSpaceSmall);
  rows->setSpacing(kSpaceSmall);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace);
  m_statusIcon = new QLabel(header);
  m_name = new ElidedLabel(header);
  m_name->setObjectName(QStringLiteral("runTitle"));
  QFont bold = m_name->font();
  bold.setBold(true);
  m_name->setFont(bold);
  m_status = new ElidedLabel(header);
  m_status->setObjectName(QStringLiteral("runStatus"));
  m_status->setMuted(true);
  m_status->setFont(tabularFont(m_status->font()));
  m_progress = new QProgressBar(header);
  m_progress->setObjectName(QStringLiteral("runProgress"));
  m_progress->setAccessibleName(tr("Progress of the training"));
  m_progress->setTextVisible(false);
  m_progress->setFixedSize(120, 8);
  const auto button = [&](const QString& name) {
    auto* made = new QToolButton(header);
    made->setObjectName(name);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setAutoRaise(true);
    return made;
  };
  m_pause = button(QStringLiteral("pauseRun"));
  m_stop = button(QStringLiteral("stopRun"));
  m_resume = button(QStringLiteral("resumeRun"));
  row->addWidget(m_statusIcon);
  row->addWidget(m_name, 1);
  for (auto* one : {m_pause, m_stop, m_resume}) row->addWidget(one);
  auto* state = new QHBoxLayout;
  state->setSpacing(kSpace);
  state->addWidget(m_progress);
  state->addWidget(m_status, 1);
  rows->addLayout(row);
  rows->addLayout(state);
  return header;
}

void RunPanel::buildTabs() {
  m_curves->setObjectName(QStringLiteral("curves"));
  // Seven plots take half of the page's time: they are made in a turn of their own.
  QTimer::singleShot(0, this, &RunPanel::makePlots);
  connect(m_curves, &CurveGroup::saved, this, [this](const QString& path) {
    say(MessageBar::Kind::Good, tr("Saved as %1.").arg(path));
  });
  connect(m_curves, &CurveGroup::saveFailed, this,
          [this](const QString& sentence) { say(MessageBar::Kind::Error, sentence); });

  m_log->setObjectName(QStringLiteral("runLog"));
  m_log->setAccessibleName(tr("Log of the training"));
  m_log->setReadOnly(true);
  m_log->setMaximumBlockCount(kLogLines);
  m_log->setFrameShape(QFrame::NoFrame);

  m_tabs->setObjectName(QStringLiteral("runTabs"));
  m_tabs->setDocumentMode(true);
  auto* curvePage = new QWidget(m_tabs);
  auto* column = new QVBoxLayout(curvePage);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  column->addWidget(m_curves);
  m_tabs->addTab(curvePage, tr("Curves"));
  m_tabs->addTab(m_answers, tr("Answers"));
  m_tabs->addTab(m_result, tr("What changed"));
  m_tabs->addTab(m_log, tr("Log"));
  addTabActions();
  connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
    if (m_tabs->currentWidget() == m_log) loadLog();
  });
  connect(m_result, &ResultPanel::evaluateWanted, this, &RunPanel::evaluateWanted);
  connect(m_result, &ResultPanel::compareWanted, this, &RunPanel::compareWanted);
  connect(m_result, &ResultPanel::mergeWanted, this, &RunPanel::mergeWanted);
  connect(m_result, &ResultPanel::settingsWanted, this,
          [this] { Q_EMIT settingsWanted(m_record->run.spec); });
  connect(m_result, &ResultPanel::said, this,
          [this](const QString& sentence) { say(MessageBar::Kind::Info, sentence); });
}

void RunPanel::addTabActions() {
  const auto add = [this](const char* name, const char* iconName, const QString& text,
                          QWidget* tab) {
    auto* action = new QAction(icon(QLatin1String(iconName)), text, this);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, [this, tab] { m_tabs->setCurrentWidget(tab); });
    m_tabActions.append(action);
  };
  add("actionCurves", "curve", tr("Curves of the training"), m_tabs->widget(0));
  add("actionAnswers", "scenarios", tr("Answers of the training, then and now"), m_answers);
  add("actionChanged", "diff", tr("What the training changed"), m_result);
  add("actionLog", "log", tr("Log of the training"), m_log);
}

QList<QAction*> RunPanel::panelActions() const { return m_tabActions + m_result->stepActions(); }

void RunPanel::makePlots() {
  if (m_plotsMade) return;
  m_plotsMade = true;
  m_curves->setMetrics(trainingMetrics());
  m_curves->setXAxis(static_cast<XAxis>(m_settings.value(kXAxis, 0).toInt() & 3));
  m_curves->setSmoothing(m_settings.value(kSmoothing, 0.6).toDouble());
  for (const QString& hidden : m_settings.value(kHidden).toStringList())
    m_curves->setMetricVisible(fromQt(hidden), false);
  connect(m_curves, &CurveGroup::settingsChanged, this, [this] {
    m_settings.setValue(kXAxis, static_cast<int>(m_curves->xAxis()));
    m_settings.setValue(kSmoothing, m_curves->smoothing());
    const auto visible = m_curves->visibleMetrics();
    QStringList hidden;
    for (const auto& metric : trainingMetrics())
      if (std::find(visible.begin(), visible.end(), metric.name) == visible.end())
        hidden << toQt(metric.name);
    m_settings.setValue(kHidden, hidden);
  });
}

void RunPanel::setActions(QAction* pause, QAction* stop, QAction* resume) {
  m_pause->setDefaultAction(pause);
  m_stop->setDefaultAction(stop);
  m_resume->setDefaultAction(resume);
  m_resumeAction = resume;
}

void RunPanel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_recordQuery.cancel();
  m_logQuery.cancel();
  m_session = session;
  m_overlays.clear();
  m_feed->setSession(session);
  showRun({}, {});
  if (!session) return;
  connect(session, &Session::jobEvent, this, &RunPanel::hear);
  connect(session, &Session::jobProgress, this, [this](quint64 number) {
    const JobView* mine = job();
    if (mine && mine->number == number) showProgress();
  });
  connect(session, &Session::jobsChanged, this, &RunPanel::showState);
}

const JobView* RunPanel::job() const {
  return m_session && m_run ? m_session->jobOfRun(m_run) : nullptr;
}

void RunPanel::showRun(RunId run, const QString& title) {
  const bool other = run != m_run;
  m_run = run;
  m_title = title;
  if (other) {
    m_record.reset();
    m_liveSamples.clear();
    m_problem.clear();
    m_waitingToResume = false;
    m_logLoaded = false;
    m_recordQuery.cancel();
    m_logQuery.cancel();
    m_answers->setSamples({});
    m_result->setRecord(nullptr);
    m_log->clear();
  }
  m_name->setText(title);
  showRuns();
  showState();
  if (other && run) {
    reload();
    if (m_tabs->currentWidget() == m_log) loadLog();
  }
}

void RunPanel::setOverlays(const std::vector<CurveFeed::Shown>& overlays) {
  m_overlays = overlays;
  showRuns();
}

void RunPanel::showRuns() {
  std::vector<CurveFeed::Shown> runs;
  if (m_run) runs.push_back({m_run, m_title, job() != nullptr});
  for (const auto& overlay : m_overlays)
    if (overlay.run != m_run) runs.push_back(overlay);
  if (!runs.empty()) makePlots();
  m_feed->show(runs);
}

void RunPanel::reload() {
  if (!m_session || !m_run) return;
  m_recordQuery.ask(
      m_session->database(), this,
      [run = m_run](store::Connection& c) -> Result<std::shared_ptr<TrainingRecord>> {
        WORDSIGHT_TRY(auto record, trainingRecord(c, run));
        return std::make_shared<TrainingRecord>(std::move(record));
      },
      [this](Result<std::shared_ptr<TrainingRecord>> record) { arrived(std::move(record)); });
}

void RunPanel::arrived(Result<std::shared_ptr<TrainingRecord>> record) {
  if (!record) {
    m_problem = toQt(record.error().message);
    return showOutcome();
  }
  m_problem.clear();
  m_record = std::move(*record);
  if (const QString title = TrainingListModel::title(m_record->run); title != m_title) {
    m_title = title;
    m_name->setText(title);
    showRuns();
  }
  m_answers->setSamples(m_record->samples);
  // The file was read a moment ago: what was told meanwhile comes behind it.
  for (const auto& sample : m_liveSamples) m_answers->add(sample);
  m_result->setRecord(m_record);
  showState();
}

void RunPanel::hear(quint64, const Event& event) {
  if (!m_run || event.run != m_run) return;
  if (const auto* sample = std::get_if<Sample>(&event.what)) {
    m_liveSamples.push_back(*sample);
    m_answers->add(*sample);
  } else if (const auto* line = std::get_if<LogLine>(&event.what)) {
    if (m_logLoaded)
      appendLog(toQt(line->text), line->level == LogLine::Level::Warning);
    else if (m_tabs->currentWidget() == m_log)
      loadLog();
  } else if (std::holds_alternative<Started>(event.what) ||
             std::holds_alternative<Finished>(event.what)) {
    reload();
    if (m_tabs->currentWidget() == m_log) loadLog();
  }
}

TrainingControls RunPanel::controls() const {
  TrainingControls controls;
  if (const JobView* running = job()) {
    controls.canPause = running->state == JobView::State::Running;
    controls.canGoOn = running->state == JobView::State::Paused;
    controls.canStop = true;
    controls.whyNotResume = tr("It is running.");
    return controls;
  }
  if (!m_record) return controls;
  const RunStatus status = m_record->run.status;
  if (status == RunStatus::Done)
    controls.whyNotResume = tr("This training is done.");
  else if (m_session && m_session->readOnly())
    controls.whyNotResume = tr("The project is open for reading only.");
  else if (m_waitingToResume)
    controls.whyNotResume = tr("It waits in the queue.");
  else if (status == RunStatus::Running || status == RunStatus::Queued)
    controls.whyNotResume = tr("It is running in another program; stop it there first.");
  else
    controls.canResume = true;
  return controls;
}

void RunPanel::setWaitingToResume(bool waiting) {
  if (m_waitingToResume == waiting) return;
  m_waitingToResume = waiting;
  showState();
}

void RunPanel::showProgress() {
  const JobView* running = job();
  m_progress->setVisible(running != nullptr);
  if (!running) return;
  const double share = JobListModel::fractionOf(*running);
  m_progress->setRange(0, share < 0 ? 0 : 1000);
  m_progress->setValue(static_cast<int>(share * 1000));
  m_status->setText(JobListModel::detailOf(*running));
}

QString RunPanel::outcomeText(RunStatus status) const {
  const auto seconds = m_record ? summaryNumber(m_record->run, "training_seconds") : std::nullopt;
  return status == RunStatus::Done && seconds
             ? tr("%1 after %2").arg(statusText(status), formatDuration(*seconds))
             : statusText(status);
}

void RunPanel::showState() {
  const JobView* running = job();
  const bool paused = running && running->state == JobView::State::Paused;
  const RunStatus status = running    ? RunStatus::Running
                           : m_record ? m_record->run.status
                                      : RunStatus::Queued;
  const bool known = running || m_record;
  const Look look = lookOf(status, paused, palette());
  m_statusIcon->setPixmap(known ? icon(look.icon, look.colour).pixmap(16, 16) : QPixmap());
  m_status->setText(m_waitingToResume ? tr("waits in the queue")
                    : known           ? outcomeText(status)
                                      : QString());
  showProgress();
  showOutcome();
  Q_EMIT controlsChanged();
}

void RunPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showState();
}

void RunPanel::showOutcome() {
  if (!m_problem.isEmpty()) return m_message->showError(m_problem);
  const bool ended = !job() && m_record && !m_waitingToResume;
  const RunStatus status = ended ? m_record->run.status : RunStatus::Done;
  QList<QAction*> steps{m_showLogAction};
  if (controls().canResume && m_resumeAction) steps << m_resumeAction;
  const QString where =
      !ended || m_record->checkpoints.empty()
          ? tr("There is no checkpoint: it would start again.")
          : tr("It can go on after step %1.").arg(formatCount(m_record->checkpoints.back().step));
  if (status == RunStatus::Failed)
    m_message->showError(toQt(m_record->run.error), steps);
  else if (status == RunStatus::Interrupted)
    m_message->showMessage(MessageBar::Kind::Warning,
                           tr("The program ended while this training ran. %1").arg(where), steps);
  else if (status == RunStatus::Cancelled)
    m_message->showMessage(MessageBar::Kind::Info, tr("Stopped. %1").arg(where), steps);
  else if (m_outcomeShown)
    m_message->clear();  // what else was said there stays
  m_outcomeShown = status == RunStatus::Failed || status == RunStatus::Interrupted ||
                   status == RunStatus::Cancelled;
}

void RunPanel::showLog() { m_tabs->setCurrentWidget(m_log); }

void RunPanel::showResult() { m_tabs->setCurrentWidget(m_result); }

void RunPanel::saveCurves() {
  SaveActions actions;
  actions.owner = m_curves;
  actions.name = tr("training %1").arg(m_run.value);
  actions.prepare = [this](const std::filesystem::path& path) {
    return m_curves->prepareExport(path);
  };
  actions.done = [this](const QString& path, const Status& status) {
    if (status)
      say(MessageBar::Kind::Good, tr("Saved as %1.").arg(path));
    else
      say(MessageBar::Kind::Error, toQt(status.error().message));
  };
  askAndSave(actions, {QStringLiteral("png"), QStringLiteral("pdf"), QStringLiteral("svg"),
                       QStringLiteral("csv")});
}

void RunPanel::loadLog() {
  if (!m_session || !m_run) return;
  m_logQuery.ask(
      m_session->database(), this,
      [run = m_run](store::Connection& c) -> Result<QString> {
        WORDSIGHT_TRY(const auto log, store::RunRepository(c).log(run));
        return logText(log);
      },
      [this](Result<QString> text) {
        if (!text) return say(MessageBar::Kind::Error, toQt(text.error().message));
        m_logLoaded = true;
        m_log->setPlainText(*text);
        m_log->moveCursor(QTextCursor::End);
      });
}

void RunPanel::appendLog(const QString& line, bool warning) {
  m_log->appendPlainText(logLine(nowMillis(), warning, line));
}

void RunPanel::say(MessageBar::Kind kind, const QString& sentence) {
  m_outcomeShown = false;
  m_message->showMessage(kind, sentence);
}

}  // namespace wordsight::ui
