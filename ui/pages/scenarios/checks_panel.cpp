#include "pages/scenarios/checks_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "jobs/data_jobs.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/content_sections.h"
#include "pages/scenarios/summary_values.h"
#include "plots/bar_plot.h"
#include "store/scenario_repository.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {

namespace {

constexpr int kReloadMilliseconds = 400;
constexpr int kMostRowsShown = 6;  // of a list; more scroll inside it

/// As high as its rows, up to some.
void fit(QTableWidget* table) {
  const int rows = std::clamp(table->rowCount(), 1, kMostRowsShown);
  table->setFixedHeight(rows * kRowHeight + table->horizontalHeader()->sizeHint().height() + 4);
}

}  // namespace

ChecksPanel::ChecksPanel(QWidget* parent)
    : QWidget(parent),
      m_messages(new MessageBar(this)),
      m_empty(new EmptyState(QStringLiteral("bars"), tr("Not checked yet"),
                             tr("A check of all scenarios looks for uneven letters, keys that give "
                                "themselves away by their length, duplicates and faulty items."),
                             this)),
      m_scroll(new QScrollArea(this)),
      m_body(new QWidget) {
  setObjectName(QStringLiteral("checksPanel"));
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  buildHead(column);
  column->addWidget(m_messages);
  column->addWidget(m_empty, 1);
  m_scroll->setObjectName(QStringLiteral("checksScroll"));
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setWidget(m_body);
  column->addWidget(m_scroll, 1);
  auto* parts = new QVBoxLayout(m_body);
  parts->setContentsMargins(kSpaceLarge, 0, kSpaceLarge, kSpaceLarge);
  parts->setSpacing(kSpaceSmall);
  buildCharts(parts);
  buildLists(parts);
  parts->addStretch();
  m_timer.setSingleShot(true);
  m_timer.setInterval(kReloadMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &ChecksPanel::load);
  take({});
}

void ChecksPanel::buildHead(QVBoxLayout* column) {
  m_state = caption({});
  m_state->setObjectName(QStringLiteral("checkState"));
  m_state->setWordWrap(true);
  m_start = new QPushButton(tr("Check all"));
  m_start->setObjectName(QStringLiteral("startCheck"));
  m_start->setToolTip(tr("Check all scenarios that are not rejected, in the background"));
  m_start->setIcon(icon(QStringLiteral("refresh")));
  m_start->setAutoDefault(false);
  m_stop = new QPushButton(tr("Stop"));
  m_stop->setObjectName(QStringLiteral("stopCheck"));
  m_stop->setToolTip(tr("Stop the check; nothing of it is kept"));
  m_stop->setIcon(icon(QStringLiteral("stop")));
  m_stop->setAutoDefault(false);
  m_progress = new QProgressBar;
  m_progress->setObjectName(QStringLiteral("checkProgress"));
  m_progress->setAccessibleName(tr("Progress of the check"));
  m_progress->setFixedHeight(kSpace);
  m_progress->setTextVisible(false);
  connect(m_start, &QPushButton::clicked, this, &ChecksPanel::start);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_session) m_session->cancel(m_job);
  });
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  row->setSpacing(kSpace);
  row->addWidget(m_state, 1);
  row->addWidget(m_progress, 1);
  row->addWidget(m_stop);
  row->addWidget(m_start);
  column->addLayout(row);
}

void ChecksPanel::buildCharts(QVBoxLayout* column) {
  m_letters = new BarPlot;
  m_letters->setObjectName(QStringLiteral("letterPlot"));
  m_letters->setFixedHeight(168);
  m_letterText = new QLabel;
  m_letterText->setObjectName(QStringLiteral("letterText"));
  m_letterText->setWordWrap(true);
  m_reshuffle = new QPushButton(tr("Reshuffle…"));
  m_reshuffle->setObjectName(QStringLiteral("reshuffleLetters"));
  m_reshuffle->setIcon(icon(QStringLiteral("shuffle")));
  m_reshuffle->setToolTip(
      tr("New orders of options make every letter as often right; shows first what would happen"));
  m_reshuffle->setAutoDefault(false);
  connect(m_reshuffle, &QPushButton::clicked, this, &ChecksPanel::reshuffleAsked);
  m_letterButtons = new QHBoxLayout;
  m_letterButtons->setSpacing(kSpaceSmall);
  auto* verdict = new QHBoxLayout;
  verdict->addWidget(m_letterText, 1);
  verdict->addWidget(m_reshuffle, 0, Qt::AlignTop);
  column->addWidget(heading(tr("Letters of the right options")));
  column->addWidget(m_letters);
  column->addLayout(m_letterButtons);
  column->addLayout(verdict);
  column->addSpacing(kSpaceLarge);
  m_lengths = new BarPlot;
  m_lengths->setObjectName(QStringLiteral("lengthPlot"));
  m_lengths->setFixedHeight(184);
  m_lengthText = new QLabel;
  m_lengthText->setObjectName(QStringLiteral("lengthText"));
  m_lengthText->setWordWrap(true);
  column->addWidget(heading(tr("Lengths of options")));
  column->addWidget(m_lengths);
  column->addWidget(m_lengthText);
  column->addSpacing(kSpaceLarge);
}

void ChecksPanel::buildLists(QVBoxLayout* column) {
  m_findings = plainTable(QStringLiteral("findingList"), tr("What was found"),
                          {tr("Found"), tr("Scenarios")});
  m_findings->setColumnWidth(0, 260);
  const auto choose = [this](int row) {
    if (const auto* item = m_findings->item(row, 0))
      Q_EMIT issueChosen(item->data(Qt::UserRole).toString());
  };
  connect(m_findings, &QTableWidget::cellClicked, this, choose);
  connect(m_findings, &QTableWidget::cellActivated, this, choose);
  m_groups = plainTable(QStringLiteral("duplicateGroups"), tr("Groups of duplicates"),
                        {tr("Scenarios"), tr("Numbers"), tr("Right option")});
  m_groups->setColumnWidth(0, 80);
  m_groups->setColumnWidth(1, 200);
  connect(m_groups, &QTableWidget::cellClicked, this, &ChecksPanel::groupSelected);
  connect(m_groups, &QTableWidget::cellActivated, this, &ChecksPanel::groupSelected);
  m_compare = new WordDiff;
  m_compare->setObjectName(QStringLiteral("duplicateDiff"));
  m_compare->setFixedHeight(220);
  m_compare->setFrameShape(QFrame::StyledPanel);
  m_findingsTitle = heading(tr("Found in single scenarios"));
  m_groupsTitle = heading(tr("Duplicates"));
  column->addWidget(m_findingsTitle);
  column->addWidget(m_findings);
  column->addSpacing(kSpaceLarge);
  column->addWidget(m_groupsTitle);
  column->addWidget(m_groups);
  column->addWidget(m_compare);
}

void ChecksPanel::setSession(Session* session) {
  m_query.cancel();
  m_groupQuery.cancel();
  m_timer.stop();
  m_session = session;
  m_job = 0;
  m_messages->clear();
  take({});
  if (!session) return;
  connect(session, &Session::jobProgress, this, &ChecksPanel::progressed, Qt::UniqueConnection);
  connect(session, &Session::jobEnded, this, &ChecksPanel::ended, Qt::UniqueConnection);
  load();
}

void ChecksPanel::contentChanged() {
  if (m_session && !m_timer.isActive()) m_timer.start();
}

void ChecksPanel::load() {
  if (!m_session) return;
  m_query.ask(m_session->database(), this, latestCheck,
              [this](Result<std::optional<CheckReport>> report) {
                if (report) return take(std::move(*report));
                m_messages->showError(toQt(report.error().message));
              });
}

void ChecksPanel::start() {
  if (!m_session || m_session->readOnly() || m_job) return;
  m_messages->clear();
  jobs::CheckSpec spec;
  spec.command = jobs::commandOf(m_session->project().path(), spec);
  m_progress->setRange(0, 0);
  m_job = m_session->submit(
      Session::kDataLane, tr("Check scenarios"),
      [spec](const jobs::JobContext& context) { return jobs::checkScenarios(context, spec); });
  describe();
}

void ChecksPanel::progressed(quint64 number) {
  if (!m_job || number != m_job) return;
  const JobView* job = m_session->job(number);
  if (!job || job->progress.total <= 0) return;
  m_progress->setRange(0, 1000);
  m_progress->setValue(static_cast<int>(1000 * job->progress.done / job->progress.total));
}

void ChecksPanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (!m_job || number != m_job) return;
  m_job = 0;
  if (status == RunStatus::Failed) m_messages->showError(error);
  describe();
  load();
}

void ChecksPanel::take(std::optional<CheckReport> report) {
  m_report = std::move(report);
  const bool any = m_report && m_report->items > 0;
  m_empty->setVisible(!any);
  m_scroll->setVisible(any);
  if (any) {
    showLetters();
    showLengths();
    showFindings();
    showGroups();
  }
  describe();
  Q_EMIT reportChanged(m_report);
}

void ChecksPanel::describe() {
  const bool readOnly = m_session && m_session->readOnly();
  m_start->setVisible(!m_job);
  m_start->setEnabled(m_session && !readOnly);
  if (readOnly) m_start->setToolTip(tr("This project is open for reading only."));
  m_stop->setVisible(m_job != 0);
  m_progress->setVisible(m_job != 0);
  m_reshuffle->setEnabled(m_session && !readOnly);
  if (m_job)
    m_state->setText(tr("Checking…"));
  else if (!m_report)
    m_state->clear();
  else
    m_state->setText((m_report->stale
                          ? tr("Checked %1: %2 scenarios. Some changed since: check again.")
                          : tr("Checked %1: %2 scenarios."))
                         .arg(formatTime(m_report->finishedAt), formatCount(m_report->items)));
  m_start->setText(m_report && m_report->stale ? tr("Check again") : tr("Check all"));
}

void ChecksPanel::showLetters() {
  BarData data;
  BarSeries observed{tr("Right options"), seriesStyle(0), {}};
  while (auto* item = m_letterButtons->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
  m_letterButtons->addWidget(caption(tr("Show")));
  for (const auto& letter : m_report->letters) {
    const QString text = letterText(letter.option);
    data.categories.append(text);
    observed.values.push_back(static_cast<double>(letter.count));
    data.expected.push_back(letter.expected);
    auto* button = new QToolButton(m_body);
    button->setObjectName(QStringLiteral("letter") + text);
    button->setText(text);
    button->setAutoRaise(true);
    button->setToolTip(
        tr("Show the %1 scenarios whose key is %2").arg(formatCount(letter.count), text));
    button->setAccessibleName(button->toolTip());
    connect(button, &QToolButton::clicked, this,
            [this, option = letter.option] { Q_EMIT letterChosen(option); });
    m_letterButtons->addWidget(button);
  }
  m_letterButtons->addStretch();
  data.series.push_back(std::move(observed));
  data.expectedLabel = tr("even");
  data.yTitle = tr("Scenarios");
  m_letters->setData(std::move(data));
  m_letterText->setText(
      (m_report->stale ? tr("Before later changes:") + u' ' : QString()) +
      (m_report->balanced
           ? tr("The letters are even enough (chi-square test, p = %1, n = %2).")
           : tr("The letters are uneven (chi-square test, p = %1, n = %2): a model can learn the "
                "letter instead of the decision."))
          .arg(formatP(m_report->pValue), formatCount(m_report->withKey))
          .replace(QStringLiteral("= <"), QStringLiteral("<")));
  m_reshuffle->setVisible(!m_report->balanced);
}

void ChecksPanel::showLengths() {
  BarData data;
  const auto shares = [](const std::vector<double>& counts) {
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    std::vector<double> out;
    for (const double count : counts) out.push_back(total > 0 ? count / total : 0);
    return out;
  };
  const auto key = shares(m_report->keyLengths), others = shares(m_report->otherLengths);
  const std::size_t bars = std::max(key.size(), others.size());
  for (std::size_t i = 0; i < bars; ++i)
    data.categories.append(formatCount(static_cast<std::int64_t>(i) * m_report->barWidth) +
                           (i + 1 == bars ? QStringLiteral("+") : QString()));
  data.series.push_back({tr("Right option"), seriesStyle(0), key});
  data.series.push_back({tr("Other options"), seriesStyle(1), others});
  data.xTitle = tr("Characters, from");
  data.yTitle = tr("Share of options, %");
  data.numbers = NumberStyle::Percent;
  m_lengths->setData(std::move(data));
  const double n = static_cast<double>(std::max<std::int64_t>(1, m_report->withKey));
  m_lengthText->setText(
      tr("The right option is the longest in %1 of scenarios and the shortest in %2; %3 each would "
         "be even (n = %4).")
          .arg(formatPercent(static_cast<double>(m_report->keyLongest) / n),
               formatPercent(static_cast<double>(m_report->keyShortest) / n),
               formatPercent(m_report->evenShare()), formatCount(m_report->withKey)));
}

void ChecksPanel::showFindings() {
  m_findings->setRowCount(static_cast<int>(m_report->findings.size()));
  int row = 0;
  for (const auto& [code, count] : m_report->findings) {
    auto* title = tableCell(issueTitle(code));
    title->setData(Qt::UserRole, code);
    title->setToolTip(tr("Show these scenarios"));
    m_findings->setItem(row, 0, title);
    m_findings->setItem(row, 1, tableCell(formatCount(count), true));
    ++row;
  }
  fit(m_findings);
  m_findings->setVisible(row > 0);
  m_findingsTitle->setText(
      row > 0 ? tr("Found in single scenarios: %1 with errors, %2 with warnings")
                    .arg(formatCount(m_report->withErrors), formatCount(m_report->withWarnings))
              : tr("Nothing found in single scenarios"));
}

void ChecksPanel::showGroups() {
  m_compare->hide();
  const auto& groups = m_report->groups;
  m_groups->setRowCount(static_cast<int>(groups.size()));
  for (int row = 0; row < static_cast<int>(groups.size()); ++row) {
    const auto& group = groups[static_cast<std::size_t>(row)];
    QStringList numbers;
    for (const auto id : group.ids) numbers.append(formatCount(id.value));
    m_groups->setItem(row, 0, tableCell(formatCount(std::ssize(group.ids)), true));
    m_groups->setItem(row, 1, tableCell(numbers.join(QStringLiteral(" · "))));
    m_groups->setItem(row, 2, tableCell(group.conflict ? tr("≠ they differ") : tr("the same")));
  }
  fit(m_groups);
  m_groups->setVisible(!groups.empty());
  m_groupsTitle->setText(
      groups.empty()
          ? tr("No duplicates")
          : tr("Duplicates: %1 groups, %2 of them with different right options")
                .arg(formatCount(m_report->groupCount), formatCount(m_report->conflictCount)));
}

void ChecksPanel::groupSelected(int row) {
  if (!m_report || row < 0 || row >= std::ssize(m_report->groups)) return;
  const auto& group = m_report->groups[static_cast<std::size_t>(row)];
  compareGroup(group);
  Q_EMIT groupChosen(group.ids, tr("%1 duplicates").arg(formatCount(std::ssize(group.ids))));
}

void ChecksPanel::compareGroup(const CheckReport::Group& group) {
  if (!m_session) return;
  m_groupQuery.ask(
      m_session->database(), this,
      [first = group.ids[0], second = group.ids[1]](store::Connection& connection) {
        return store::ScenarioRepository(connection).getMany(std::vector{first, second});
      },
      [this](Result<std::vector<Scenario>> pair) {
        if (!pair) return m_messages->showError(toQt(pair.error().message));
        m_compare->setSections(contentSections((*pair)[0].content, (*pair)[1].content));
        m_compare->show();
        QTimer::singleShot(0, this, [this] { m_scroll->ensureWidgetVisible(m_compare); });
      });
}

}  // namespace wordsight::ui
