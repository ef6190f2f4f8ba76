#include "shell/job_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/jobs/job_list_model.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QToolButton* smallButton(QWidget* parent, const QString& iconName, const QString& tip,
                         const QString& name) {
  auto* button = new QToolButton(parent);
  button->setIcon(icon(iconName));
  button->setIconSize({16, 16});
  button->setAutoRaise(true);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setObjectName(name);
  return button;
}

constexpr int kBarScale = 1000;

}  // namespace

JobRow::JobRow(quint64 number, QWidget* parent)
    : QWidget(parent),
      m_number(number),
      m_label(new ElidedLabel(this)),
      m_detail(new ElidedLabel(this)),
      m_bar(new QProgressBar(this)),
      m_pause(smallButton(this, QStringLiteral("pause"), tr("Pause this job"),
                          QStringLiteral("jobPause"))),
      m_stop(smallButton(this, QStringLiteral("stop"), tr("Stop this job; what it has is kept"),
                         QStringLiteral("jobStop"))) {
  m_label->setMinimumWidth(160);
  m_label->setMaximumWidth(320);
  m_detail->setMuted(true);
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_bar->setMinimumWidth(160);
  m_bar->setMaximumWidth(260);
  m_bar->setObjectName(QStringLiteral("jobProgress"));
  m_bar->setAccessibleName(tr("Progress"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSpaceLarge, 0, kSpace, 0);
  row->setSpacing(kSpaceLarge);
  row->addWidget(m_label, 2);
  row->addWidget(m_bar, 1);
  row->addWidget(m_detail, 3);
  row->addWidget(m_pause);
  row->addWidget(m_stop);
  connect(m_pause, &QToolButton::clicked, this,
          [this] { Q_EMIT pauseClicked(m_number, !m_paused); });
  connect(m_stop, &QToolButton::clicked, this, [this] {
    m_stopping = true;
    m_stop->setEnabled(false);
    m_pause->setEnabled(false);
    m_detail->setText(tr("stopping; saving what there is"));
    Q_EMIT stopClicked(m_number);
  });
}

void JobRow::display(const JobView& job) {
  m_label->setText(job.label);
  const double fraction = JobListModel::fractionOf(job);
  if (fraction < 0) {
    m_bar->setRange(0, 0);
  } else {
    m_bar->setRange(0, kBarScale);
    m_bar->setValue(static_cast<int>(fraction * kBarScale));
  }
  m_paused = job.state == JobView::State::Paused;
  m_pause->setIcon(icon(m_paused ? QStringLiteral("play") : QStringLiteral("pause")));
  m_pause->setToolTip(m_paused ? tr("Go on with this job") : tr("Pause this job"));
  m_pause->setAccessibleName(m_pause->toolTip());
  if (!m_stopping) m_detail->setText(JobListModel::detailOf(job));
}

JobStrip::JobStrip(QWidget* parent)
    : QWidget(parent),
      m_rows(new QVBoxLayout),
      m_last(new ElidedLabel(this)),
      m_lastIcon(new QLabel(this)),
      m_waiting(new QLabel(this)),
      m_show(smallButton(this, QStringLiteral("external"), tr("Show this run"),
                         QStringLiteral("jobShow"))),
      m_dismiss(smallButton(this, QStringLiteral("close"), tr("Close this message"),
                            QStringLiteral("jobDismiss"))) {
  setObjectName(QStringLiteral("jobStrip"));
  m_last->setObjectName(QStringLiteral("jobLast"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpaceSmall + 1, 0, kSpaceSmall);
  column->setSpacing(2);
  m_rows->setSpacing(2);
  column->addLayout(m_rows);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(kSpaceLarge, 0, kSpace, 0);
  line->setSpacing(kSpace);
  line->addWidget(m_lastIcon);
  line->addWidget(m_last, 1);
  line->addWidget(m_waiting);
  line->addWidget(m_show);
  line->addWidget(m_dismiss);
  column->addLayout(line);
  connect(m_show, &QToolButton::clicked, this, [this] {
    if (m_lastRun) Q_EMIT runRequested(m_lastRun);
  });
  connect(m_dismiss, &QToolButton::clicked, this, [this] {
    m_lastFailed = false;
    m_lastRun = {};
    m_last->setText({});
    reload();
  });
  reload();
}

void JobStrip::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_last->setText({});
  m_lastRun = {};
  m_lastFailed = false;
  if (session) {
    connect(session, &Session::jobsChanged, this, &JobStrip::reload);
    connect(session, &Session::jobProgress, this, &JobStrip::progressed);
    connect(session, &Session::jobEnded, this, &JobStrip::ended);
  }
  reload();
}

void JobStrip::reload() {
  std::vector<JobView> running;
  int waiting = 0;
  if (m_session)
    for (auto& job : m_session->jobs()) {
      if (job.state == JobView::State::Waiting) ++waiting;
      if (job.state == JobView::State::Running || job.state == JobView::State::Paused)
        running.push_back(std::move(job));
    }
  const auto keeps = [&](JobRow* row) {
    for (const auto& job : running)
      if (job.number == row->number()) return true;
    return false;
  };
  for (int i = static_cast<int>(m_running.size()) - 1; i >= 0; --i)
    if (!keeps(m_running[i])) m_running.takeAt(i)->deleteLater();
  for (const auto& job : running) {
    JobRow* row = nullptr;
    for (JobRow* known : m_running)
      if (known->number() == job.number) row = known;
    if (!row) {
      row = new JobRow(job.number, this);
      connect(row, &JobRow::pauseClicked, this, [this](quint64 number, bool pause) {
        if (m_session) pause ? m_session->pause(number) : m_session->resume(number);
      });
      connect(row, &JobRow::stopClicked, this, [this](quint64 number) {
        if (m_session) m_session->cancel(number);
      });
      m_rows->addWidget(row);
      m_running.append(row);
    }
    row->display(job);
  }
  m_waiting->setText(waiting == 0 ? QString() : tr("%n waiting", nullptr, waiting));
  const bool idle = running.empty() && m_last->text().isEmpty();
  if (idle) m_last->setText(m_session ? tr("Nothing runs") : QString());
  const bool said = m_lastRun || m_lastFailed;
  if (!said && !running.empty()) m_last->setText({});
  m_last->setMuted(!m_lastFailed);
  m_lastIcon->setVisible(said);
  m_show->setVisible(bool(m_lastRun));
  m_dismiss->setVisible(said);
  const bool line = !m_last->text().isEmpty() || waiting > 0;
  m_last->setVisible(line);
  m_waiting->setVisible(waiting > 0);
}

void JobStrip::progressed(quint64 number) {
  const JobView* job = m_session ? m_session->job(number) : nullptr;
  if (!job) return;
  for (JobRow* row : m_running)
    if (row->number() == number) row->display(*job);
}

void JobStrip::ended(quint64 number, RunStatus status, const QString& error) {
  const JobView* job = m_session ? m_session->job(number) : nullptr;
  if (!job) return;
  // A failure stays until somebody has closed it.
  if (m_lastFailed && status != RunStatus::Failed) return;
  m_lastFailed = status == RunStatus::Failed;
  m_lastRun = job->run;
  m_last->setText(m_lastFailed
                      ? tr("%1 failed: %2").arg(job->label, error)
                      : tr("%1: %2 after %3")
                            .arg(job->label, statusText(status), formatDuration(job->seconds)));
  const QColor colour = m_lastFailed                ? badColour(palette())
                        : status == RunStatus::Done ? goodColour(palette())
                                                    : mutedColour(palette());
  m_lastIcon->setPixmap(icon(m_lastFailed                ? QStringLiteral("error")
                             : status == RunStatus::Done ? QStringLiteral("accept")
                                                         : QStringLiteral("stop"),
                             colour)
                            .pixmap(16, 16));
  reload();
}

void JobStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QColor window = palette().color(QPalette::Window);
  painter.fillRect(rect(), mixed(window, palette().color(QPalette::WindowText), 0.04));
  painter.fillRect(QRect(0, 0, width(), 1), lineColour(palette()));
}

}  // namespace wordsight::ui
