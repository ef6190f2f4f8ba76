#include "pages/evaluate/cells_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "models/evaluations/evaluation_list_model.h"
#include "models/jobs/job_list_model.h"
#include "pages/evaluate/evaluate_form.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"

namespace wordsight::ui {

CellsPanel::CellsPanel(EvaluationFeed& feed, EvaluateForm& form, QWidget* parent)
    : QWidget(parent),
      m_feed(feed),
      m_form(form),
      m_matrix(new CellMatrix(this)),
      m_run(new QPushButton(icon(QStringLiteral("play")), {}, this)),
      m_compare(new QPushButton(icon(QStringLiteral("compare")), tr("Compare these"), this)),
      m_hint(new QLabel(this)),
      m_failure(new MessageBar(this)),
      m_offer(new MessageBar(this)),
      m_resumeAction(new QAction(icon(QStringLiteral("resume")), tr("Resume"), this)) {
  build();
  m_refresh.setSingleShot(true);
  m_refresh.setInterval(0);
  connect(&m_refresh, &QTimer::timeout, this, &CellsPanel::refresh);
  const auto later = [this] { m_refresh.start(); };
  connect(&feed, &EvaluationFeed::changed, this, later);
  connect(&feed, &EvaluationFeed::tallied, this, later);
  connect(&form, &EvaluateForm::changed, this, later);
  connect(m_matrix, &CellMatrix::ticksChanged, this, [this] {
    refreshButtons();
    Q_EMIT ticksChanged();
  });
  connect(m_matrix, &CellMatrix::chosen, this, [this](bool tuned, Arm arm) {
    if (const RunId run = m_matrix->tile({tuned, arm}).state().run) Q_EMIT chosen(run);
  });
  connect(m_run, &QPushButton::clicked, this, &CellsPanel::run);
  connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareAsked(shownRuns()); });
  connect(m_resumeAction, &QAction::triggered, this, [this] {
    const auto offered = m_offered;
    for (const RunId run : offered) resume(run);
  });
  connect(m_offer, &MessageBar::closed, this, [this] {
    for (const RunId run : m_offered) m_dismissed.insert(run.value);
  });
  refresh();
}

void CellsPanel::build() {
  m_matrix->setObjectName(QStringLiteral("cellMatrix"));
  m_run->setObjectName(QStringLiteral("runCells"));
  m_run->setDefault(true);
  m_compare->setObjectName(QStringLiteral("compareCells"));
  m_compare->setToolTip(tr("The results that are shown here, side by side, item by item"));
  m_compare->setAutoDefault(false);
  m_failure->setObjectName(QStringLiteral("cellFailure"));
  m_offer->setObjectName(QStringLiteral("resumeOffer"));
  m_resumeAction->setObjectName(QStringLiteral("resumeOffered"));
  m_resumeAction->setToolTip(tr("Go on where it was stopped; answers that are there stay"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpace);
  buttons->addWidget(m_run);
  buttons->addWidget(m_compare);
  m_hint->setObjectName(QStringLiteral("runHint"));
  m_hint->setForegroundRole(QPalette::PlaceholderText);
  m_hint->setWordWrap(true);
  buttons->addWidget(m_hint, 1);
  buttons->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, kSpaceSmall, 0);
  column->setSpacing(kSpace);
  column->addWidget(m_matrix);
  column->addLayout(buttons);
  column->addWidget(m_failure);
  column->addWidget(m_offer);
  column->addStretch();
}

void CellsPanel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_mine.clear();
  m_dismissed.clear();
  m_failure->clear();
  m_offer->clear();
  m_matrix->clearTicks();
  if (session) {
    connect(session, &Session::jobEnded, this, &CellsPanel::ended);
    connect(session, &Session::jobProgress, this, [this] { m_refresh.start(); });
  }
  refresh();
}

void CellsPanel::setBenchmark(const std::optional<BenchmarkView>& view) {
  m_view = view;
  refresh();
}

QString CellsPanel::labelOf(const jobs::EvaluationSpec& spec) const {
  return toQt(spec.label) + QStringLiteral(" · ") + EvaluationListModel::armText(spec.arm);
}

jobs::EvaluationSpec CellsPanel::specOf(CellPlace place) const {
  auto spec = m_form.spec(place.tuned, place.arm);
  if (m_view) spec.benchmark = m_view->record.name;
  return spec;
}

QString CellsPanel::obstacle() const {
  if (!m_session) return tr("No project is open");
  if (m_session->readOnly()) return tr("This project is open for reading only");
  if (!m_view) return tr("Import a benchmark first");
  if (m_form.model().folder().isEmpty()) return tr("Choose a model first");
  if (!m_form.model().usable())
    return m_form.model().problem().isEmpty() ? tr("Reading the model…")
                                              : tr("This model cannot be used");
  return {};
}

QString CellsPanel::obstacle(CellPlace place) const {
  if (place.tuned && m_form.adapter().folder().isEmpty()) return tr("needs an adapter");
  if (place.tuned && !m_form.adapter().usable())
    return m_form.adapter().problem().isEmpty() ? tr("reading the adapter…")
                                                : tr("this adapter cannot be used");
  if (place.arm != Arm::Image) return {};
  if (const auto& model = m_form.model().model(); model && !model->hasVision)
    return tr("this model reads text only");
  if (m_view && m_view->picturesThere == 0) return tr("no pictures are joined");
  return {};
}

CellState CellsPanel::stateOf(CellPlace place) const {
  CellState state;
  state.impossible = obstacle(place);
  state.blocked = obstacle();
  const auto spec = specOf(place);
  if (spec.model.empty() || (place.tuned && spec.adapter.empty()) || !m_view) return state;
  const CellKey key{spec.benchmark, spec.model, spec.adapter, spec.arm};
  if (const auto* entry = m_feed.latest(key)) {
    state.run = entry->run;
    state.tally = entry->tally;
    state.detail = EvaluationListModel::settingsText(*entry);
    state.status = entry->status == RunStatus::Done      ? CellState::Status::Done
                   : entry->status == RunStatus::Failed  ? CellState::Status::Failed
                   : entry->status == RunStatus::Running ? CellState::Status::Running
                                                         : CellState::Status::Stopped;
    if (state.status == CellState::Status::Failed) state.detail = toQt(entry->error);
    state.note = formatTime(entry->finishedAt);
    if (!entry->sameSettings(spec)) {
      state.detail.prepend(state.note + u'\n');
      state.note = tr("other settings");
    }
  }
  if (const auto* job = m_feed.jobOf(key)) {
    state.status = job->state == JobView::State::Waiting  ? CellState::Status::Waiting
                   : job->state == JobView::State::Paused ? CellState::Status::Paused
                                                          : CellState::Status::Running;
    if (job->state != JobView::State::Waiting) state.share = JobListModel::fractionOf(*job);
  }
  return state;
}

void CellsPanel::refresh() {
  m_matrix->setNames(m_form.baseName(), m_form.tunedName());
  for (const auto place : CellMatrix::places()) m_matrix->setState(place, stateOf(place));
  if (m_tickOpen) tickOpen();
  refreshButtons();
  offerResume();
  Q_EMIT ticksChanged();  // the form decides what ticked cells mean
}

void CellsPanel::refreshButtons() {
  const auto ticked = m_matrix->ticked();
  const int count = static_cast<int>(ticked.size());
  m_run->setText(count == 0   ? tr("Run ticked cells")
                 : count == 1 ? tr("Run 1 cell")
                              : tr("Run %Ln cells", nullptr, count));
  m_run->setAccessibleName(m_run->text());
  m_run->setEnabled(!ticked.empty());
  const QString why = obstacle();
  m_hint->setText(why);
  m_hint->setVisible(!why.isEmpty());
  m_run->setToolTip(!why.isEmpty() ? why
                    : ticked.empty()
                        ? tr("Tick the cells that are to be asked")
                        : tr("Queue the ticked cells, one after another (Ctrl+Return)"));
  m_compare->setEnabled(shownRuns().size() >= 2);
}

std::vector<jobs::EvaluationSpec> CellsPanel::tickedSpecs() const {
  std::vector<jobs::EvaluationSpec> specs;
  if (!m_session) return specs;
  for (const auto place : m_matrix->ticked()) {
    auto spec = specOf(place);
    spec.command = jobs::commandOf(m_session->project().path(), spec);
    specs.push_back(std::move(spec));
  }
  return specs;
}

std::vector<RunId> CellsPanel::shownRuns() const {
  std::vector<RunId> runs;
  for (const auto place : CellMatrix::places()) {
    const auto& state = m_matrix->tile(place).state();
    if (state.run && state.status == CellState::Status::Done && state.tally.n > 0)
      runs.push_back(state.run);
  }
  return runs;
}

void CellsPanel::tickOpen() {
  const auto reading = [](const ModelChooser& chooser) {
    return !chooser.folder().isEmpty() && !chooser.usable() && chooser.problem().isEmpty();
  };
  m_tickOpen = !m_view || !m_feed.loaded() || reading(m_form.model()) || reading(m_form.adapter());
  if (m_tickOpen) return;
  for (const auto place : CellMatrix::places())
    if (const auto state = stateOf(place); place.arm != Arm::Blind)
      m_matrix->tick(place, state.status == CellState::Status::NotRun && state.possible());
}

void CellsPanel::run() {
  const auto specs = tickedSpecs();
  if (specs.empty()) return;
  m_failure->clear();
  for (const auto& spec : specs) m_mine.insert(m_feed.start(labelOf(spec), spec));
  m_matrix->clearTicks();
  refresh();
}

void CellsPanel::resume(RunId run) {
  const auto* entry = m_feed.find(run);
  if (!m_session || m_session->readOnly() || !entry || !entry->resumable()) return;
  if (m_feed.jobOf(entry->key())) return;  // it is on its way already
  m_failure->clear();
  m_mine.insert(m_feed.resume(*entry, labelOf(entry->spec)));
  refresh();
}

void CellsPanel::offerResume() {
  std::vector<RunId> offered;
  const EvaluationEntry* first = nullptr;
  for (const auto& entry : m_feed.entries()) {
    if (!m_view || entry.spec.benchmark != m_view->record.name) continue;
    if (!entry.resumable() || entry.status == RunStatus::Failed) continue;
    if (m_dismissed.contains(entry.run.value) || m_feed.jobOf(entry.key())) continue;
    const auto* latest = m_feed.latest(entry.key());
    if (!latest || latest->run != entry.run) continue;
    if (!first) first = &entry;
    offered.push_back(entry.run);
  }
  if (offered == m_offered && !m_offer->isHidden()) return;
  m_offered = offered;
  if (offered.empty() || !m_session || m_session->readOnly()) return m_offer->clear();
  const QString sentence = offered.size() > 1 ? tr("%Ln evaluations were stopped before their end.",
                                                   nullptr, static_cast<int>(offered.size()))
                           : first->asked > 0
                               ? tr("%1 was stopped after %2 of %3 answers.")
                                     .arg(labelOf(first->spec), formatCount(first->tally.n),
                                          formatCount(first->asked * first->spec.shifts))
                               : tr("%1 was stopped before its end.").arg(labelOf(first->spec));
  m_resumeAction->setText(offered.size() > 1 ? tr("Resume all") : tr("Resume"));
  m_offer->showMessage(MessageBar::Kind::Info, sentence, {m_resumeAction});
}

void CellsPanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (!m_mine.remove(number) || status != RunStatus::Failed) return;
  const auto* job = m_session ? m_session->job(number) : nullptr;
  m_failure->showError(job ? tr("%1 failed. %2").arg(job->label, error) : error);
}

}  // namespace wordsight::ui
