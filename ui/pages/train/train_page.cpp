#include "pages/train/train_page.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "models/jobs/training_list_model.h"
#include "pages/train/preview_panel.h"
#include "pages/train/queue_panel.h"
#include "pages/train/run_panel.h"
#include "pages/train/train_form.h"
#include "pages/train/trainings_panel.h"
#include "plots/curve_group.h"
#include "store/dataset_repository.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

const QString kSplitter = QStringLiteral("train/splitter"), kLists = QStringLiteral("train/lists"),
              kForm = QStringLiteral("train/form");
constexpr int kPreviewPause = 300, kSwatch = 24;

QAction* makeAction(const char* name, const QString& iconName, const QString& text,
                    const QString& tip, QWidget* parent) {
  auto* action = new QAction(icon(iconName), text, parent);
  action->setObjectName(QString::fromLatin1(name));
  action->setToolTip(tip);
  action->setEnabled(false);
  return action;
}

}  // namespace

TrainPage::TrainPage(Services services, QWidget* parent)
    : Page(PageId::Train, services, parent),
      m_stack(new QStackedLayout(this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_sides(new QTabWidget(m_splitter)),
      m_right(new QStackedWidget(m_splitter)) {
  setObjectName(QStringLiteral("trainPage"));
  makeActions();
  m_sides->setObjectName(QStringLiteral("trainSides"));
  m_sides->setDocumentMode(true);
  m_formSide = buildForm();
  m_trainingsSide = buildTrainings();
  m_sides->addTab(m_formSide, tr("New training"));
  m_sides->addTab(m_trainingsSide, tr("Trainings"));
  buildRight();
  m_splitter->addWidget(m_sides);
  m_splitter->addWidget(m_right);
  m_splitter->setStretchFactor(1, 1);
  m_splitter->setChildrenCollapsible(false);
  m_splitter->setSizes({420, 860});
  m_splitter->restoreState(settings().value(kSplitter).toByteArray());
  auto* closed = new EmptyState(
      iconName(PageId::Train), tr("No project is open"),
      tr("Here adapters are trained and their curves watched. Open or make a project first."),
      this);
  m_stack->addWidget(closed);
  m_stack->addWidget(m_splitter);
  connectPanels();
  const auto kept = settings().value(kForm).toString();
  if (!kept.isEmpty())
    if (auto json = parseJson(fromQt(kept), "settings"); json) useSettings(*json);
  formChanged();
  updateControls();
}

TrainPage::~TrainPage() { keepForm(); }

void TrainPage::makeActions() {
  m_start = makeAction("actionStart", QStringLiteral("play"), tr("Start training"),
                       tr("Train an adapter with the settings of the form"), this);
  m_start->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
  m_pause = makeAction("actionPause", QStringLiteral("pause"), tr("Pause"), {}, this);
  m_stop = makeAction("actionStop", QStringLiteral("stop"), tr("Stop"),
                      tr("Stop after this step and keep a checkpoint to go on from"), this);
  m_resume = makeAction("actionResume", QStringLiteral("resume"), tr("Resume"),
                        tr("Go on from the newest checkpoint"), this);
  m_export = makeAction("actionExportCurves", QStringLiteral("export"), tr("Save curves…"),
                        tr("All shown curves as PNG, PDF or SVG, or their points as CSV"), this);
  m_new = makeAction("actionNewTraining", QStringLiteral("add"), tr("New training"),
                     tr("Go to the form"), this);
  m_list = makeAction("actionTrainings", QStringLiteral("list"), tr("Trainings and their queue"),
                      tr("Go to the list of trainings"), this);
  m_untick = makeAction("actionUntick", QStringLiteral("close"), tr("Untick all trainings"),
                        tr("Show the chosen training's curves alone"), this);
  connect(m_new, &QAction::triggered, this, [this] { m_sides->setCurrentWidget(m_formSide); });
  connect(m_list, &QAction::triggered, this, [this] { showTrainings(); });
  connect(m_untick, &QAction::triggered, this, [this] { m_trainings->model().untickAll(); });
  for (auto* action : {m_start, m_pause, m_stop, m_resume, m_export}) {
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
  }
  connect(m_start, &QAction::triggered, this, &TrainPage::start);
  connect(m_pause, &QAction::triggered, this, &TrainPage::pauseOrGoOn);
  connect(m_stop, &QAction::triggered, this, &TrainPage::stopRun);
  connect(m_resume, &QAction::triggered, this, &TrainPage::resumeRun);
  connect(m_export, &QAction::triggered, this, &TrainPage::exportCurves);
}

QWidget* TrainPage::buildForm() {
  auto* side = new QWidget(m_sides);
  auto* column = new PanelLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* scroll = m_formScroll = new QScrollArea(side);
  scroll->setObjectName(QStringLiteral("formScroll"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_form = new TrainForm(services().models, scroll);
  scroll->setWidget(m_form);
  m_form->installEventFilter(this);
  auto* foot = new QWidget(side);
  auto* row = new QVBoxLayout(foot);
  row->setContentsMargins(kSpacePage, kSpace, kSpacePage, kSpaceLarge);
  row->setSpacing(kSpaceSmall);
  m_formProblem = new QLabel(foot);
  m_formProblem->setObjectName(QStringLiteral("formProblem"));
  m_formProblem->setWordWrap(true);
  m_formProblem->setTextFormat(Qt::PlainText);
  m_startButton = new QPushButton(foot);
  m_startButton->setObjectName(QStringLiteral("startTraining"));
  m_startButton->setText(m_start->text());
  m_startButton->setIcon(m_start->icon());
  m_startButton->setDefault(true);
  connect(m_startButton, &QPushButton::clicked, m_start, &QAction::trigger);
  row->addWidget(m_formProblem);
  row->addWidget(m_startButton);
  m_message = new MessageBar(side);
  m_message->setObjectName(QStringLiteral("trainMessage"));
  column->addWidget(m_message);
  column->addWidget(scroll, 1);
  column->addWidget(foot);
  return side;
}

QWidget* TrainPage::buildTrainings() {
  m_lists = new QSplitter(Qt::Vertical, m_sides);
  m_trainings = new TrainingsPanel(settings(), m_lists);
  m_queue = new QueuePanel(m_lists);
  m_lists->addWidget(m_trainings);
  m_lists->addWidget(m_queue);
  m_lists->setStretchFactor(0, 2);
  m_lists->setStretchFactor(1, 1);
  m_lists->setChildrenCollapsible(false);
  m_lists->restoreState(settings().value(kLists).toByteArray());
  return m_lists;
}

void TrainPage::buildRight() {
  m_preview = new PreviewPanel(m_right);
  m_run = new RunPanel(settings(), m_right);
  m_run->setActions(m_pause, m_stop, m_resume);
  auto* none = new EmptyState(
      iconName(PageId::Train), tr("Nothing was trained yet"),
      tr("A training's curves, its answers and what it changed stand here, while it runs and "
         "afterwards."),
      m_right);
  auto* make = new QAction(icon(QStringLiteral("add")), tr("New training"), none);
  connect(make, &QAction::triggered, this, [this] { m_sides->setCurrentWidget(m_formSide); });
  none->addAction(make);
  m_noTraining = none;
  m_right->addWidget(m_preview);
  m_right->addWidget(m_run);
  m_right->addWidget(m_noTraining);
}

void TrainPage::connectPanels() {
  connect(m_splitter, &QSplitter::splitterMoved, this,
          [this] { settings().setValue(kSplitter, m_splitter->saveState()); });
  connect(m_lists, &QSplitter::splitterMoved, this,
          [this] { settings().setValue(kLists, m_lists->saveState()); });
  connect(m_sides, &QTabWidget::currentChanged, this, &TrainPage::showSide);
  connect(m_form, &TrainForm::changed, this, &TrainPage::formChanged);
  connect(m_form, &TrainForm::datasetWanted, this, [this] {
    Q_EMIT navigate(PageId::Scenarios, {{QStringLiteral("panel"), QStringLiteral("datasets")}});
  });
  connect(m_preview, &PreviewPanel::specEdited, m_form, &TrainForm::setSpec);
  m_previewTimer.setSingleShot(true);
  m_previewTimer.setInterval(kPreviewPause);
  connect(&m_previewTimer, &QTimer::timeout, this, &TrainPage::updatePreview);
  connect(
      m_trainings, &TrainingsPanel::chosenChanged, this, [this](RunId run, const QString& title) {
        m_run->showRun(run, title);
        m_run->setWaitingToResume(std::any_of(m_resuming.begin(), m_resuming.end(),
                                              [run](const auto& r) { return r.second == run; }));
      });
  connect(m_trainings, &TrainingsPanel::overlaysChanged, this,
          [this] { m_run->setOverlays(m_trainings->overlays()); });
  connect(m_trainings, &TrainingsPanel::refreshed, this, &TrainPage::showSide);
  connect(m_trainings, &TrainingsPanel::failed, this, &TrainPage::errorRaised);
  m_trainings->model().setSwatch([this](RunId run) { return swatch(run); });
  connect(&m_run->feed(), &CurveFeed::stylesChanged, &m_trainings->model(),
          &TrainingListModel::swatchesChanged);
  connect(m_queue, &QueuePanel::runChosen, m_trainings, &TrainingsPanel::choose);
  connect(m_run, &RunPanel::controlsChanged, this, &TrainPage::updateControls);
  connectNextSteps();
}

void TrainPage::connectNextSteps() {
  connect(m_run, &RunPanel::settingsWanted, this, [this](const Json& spec) {
    useSettings(spec);
    m_sides->setCurrentWidget(m_formSide);
  });
  connect(
      m_run, &RunPanel::evaluateWanted, this, [this](const QString& model, const QString& adapter) {
        Q_EMIT navigate(PageId::Evaluate,
                        {{QStringLiteral("model"), model}, {QStringLiteral("adapter"), adapter}});
      });
  connect(m_run, &RunPanel::mergeWanted, this, [this](const QString&, const QString& adapter) {
    Q_EMIT navigate(PageId::Models, {{QStringLiteral("adapter"), adapter}});
  });
  connect(m_run, &RunPanel::compareWanted, this, &TrainPage::compare);
}

void TrainPage::compare(const QString& model, const QString& adapter) {
  m_evaluations.ask(
      session()->database(), this,
      [model = fromQt(model), adapter = fromQt(adapter)](store::Connection& c) {
        return evaluationsOf(c, model, adapter);
      },
      [this](Result<std::vector<RunId>> runs) {
        if (!runs || runs->empty()) showTrainings();  // where it is said
        if (!runs) return m_run->say(MessageBar::Kind::Error, toQt(runs.error().message));
        if (runs->empty())
          return m_run->say(MessageBar::Kind::Info,
                            tr("There are no answers of this adapter yet: evaluate it first."));
        QVariantList list;
        for (const RunId run : *runs) list << qlonglong(run.value);
        Q_EMIT navigate(PageId::Compare, {{QStringLiteral("runs"), list}});
      });
}

QVariant TrainPage::swatch(RunId run) const {
  const SeriesStyle* style = m_run->feed().style(run);
  const qreal ratio = devicePixelRatioF();
  QPixmap pixmap(QSize(kSwatch, kSwatch / 2) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  // Its room stays without a line, so that names stand below each other.
  pixmap.fill(style ? palette().color(QPalette::Base) : QColor(Qt::transparent));
  if (!style) return pixmap;
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(seriesPen(*style, 2));
  painter.drawLine(QPointF(1, kSwatch / 4.0), QPointF(kSwatch - 1, kSwatch / 4.0));
  painter.end();
  QIcon swatch(pixmap);
  swatch.addPixmap(pixmap, QIcon::Selected);  // not tinted
  return swatch;
}

void TrainPage::sessionChanged() {
  m_followed = 0;
  m_resuming.clear();
  m_datasets.cancel();
  m_evaluations.cancel();
  m_preview->setSession(session());
  m_run->setSession(session());
  m_queue->setSession(session());
  m_trainings->setSession(session());
  m_message->clear();
  m_stack->setCurrentIndex(session() ? 1 : 0);
  if (session()) {
    connect(session(), &Session::jobEvent, this, &TrainPage::hear);
    connect(session(), &Session::jobEnded, this, &TrainPage::ended);
    connect(session(), &Session::contentChanged, this, [this](Content content) {
      if (content == Content::Datasets) askDatasets();
    });
    askDatasets();
  }
  formChanged();
  updateControls();
  showSide();
}

bool TrainPage::eventFilter(QObject* watched, QEvent* event) {
  // The form scrolls up and down only: its side is never narrower than it.
  if (watched == m_form && event->type() == QEvent::LayoutRequest)
    m_formScroll->setMinimumWidth(m_form->minimumSizeHint().width() +
                                  style()->pixelMetric(QStyle::PM_ScrollBarExtent));
  return Page::eventFilter(watched, event);
}

void TrainPage::shown() { updatePreview(); }

void TrainPage::flush() { keepForm(); }

void TrainPage::askDatasets() {
  m_datasets.ask(
      session()->database(), this,
      [](store::Connection& c) -> Result<std::vector<DatasetChoice>> {
        WORDSIGHT_TRY(const auto datasets, store::DatasetRepository(c).list());
        std::vector<DatasetChoice> choices;
        for (const auto& dataset : datasets) {
          DatasetChoice choice{dataset.name, 0, 0};
          for (const auto& [split, items] : dataset.splits) {
            if (split == "train") choice.train = items;
            if (split == "eval") choice.eval = items;
          }
          choices.push_back(std::move(choice));
        }
        return choices;
      },
      [this](Result<std::vector<DatasetChoice>> choices) {
        if (choices)
          m_form->setDatasets(*choices);
        else
          m_message->showError(toQt(choices.error().message));
      });
}

void TrainPage::formChanged() {
  const QString problem = session() && session()->readOnly()
                              ? tr("The project is open for reading only: nothing can be trained.")
                              : m_form->problem();
  m_formProblem->setText(problem);
  m_formProblem->setVisible(!problem.isEmpty());
  m_start->setEnabled(session() && problem.isEmpty());
  m_startButton->setEnabled(m_start->isEnabled());
  m_startButton->setToolTip(problem.isEmpty() ? m_start->toolTip() : problem);
  m_previewTimer.start();
}

void TrainPage::updatePreview() {
  if (!session() || m_sides->currentWidget() != m_formSide || !isVisible()) return;
  m_previewTimer.stop();
  auto spec = m_form->spec();
  spec.threads = settings().jobThreads();
  m_preview->setSpec(spec, m_form->problem());
}

void TrainPage::start() {
  if (!session() || !m_start->isEnabled()) return;
  auto spec = m_form->spec();
  spec.threads = settings().jobThreads();
  spec.command = jobs::commandOf(session()->project().path(), spec);
  keepForm();
  m_message->clear();
  const QString label =
      tr("Train %1 on %2").arg(QFileInfo(toQt(spec.model)).fileName(), toQt(spec.dataset));
  m_followed = session()->submit(Session::kModelLane, label, [spec](const jobs::JobContext& c) {
    return jobs::trainAdapter(c, spec);
  });
  showTrainings();
}

void TrainPage::resumeRun() {
  const RunId run = m_run->run();
  if (!session() || !m_run->controls().canResume) return;
  const auto number = session()->submit(
      Session::kModelLane, tr("Resume training %1").arg(run.value),
      [run](const jobs::JobContext& c) { return jobs::trainAdapter(c, {}, run); });
  m_resuming[number] = run;
  m_run->setWaitingToResume(true);
}

void TrainPage::pauseOrGoOn() {
  const JobView* job = session() ? session()->jobOfRun(m_run->run()) : nullptr;
  if (!job) return;
  if (job->state == JobView::State::Paused)
    session()->resume(job->number);
  else
    session()->pause(job->number);
}

void TrainPage::stopRun() {
  if (const JobView* job = session() ? session()->jobOfRun(m_run->run()) : nullptr)
    session()->cancel(job->number);
}

void TrainPage::hear(quint64 number, const Event& event) {
  if (!std::holds_alternative<Started>(event.what)) return;
  if (m_resuming.erase(number) > 0 && event.run == m_run->run()) m_run->setWaitingToResume(false);
  if (number != m_followed) return;
  m_followed = 0;
  m_trainings->choose(event.run);
}

void TrainPage::ended(quint64 number, RunStatus status, const QString& error) {
  if (const auto waiting = m_resuming.find(number); waiting != m_resuming.end()) {
    if (waiting->second == m_run->run()) m_run->setWaitingToResume(false);
    m_resuming.erase(waiting);
  }
  const bool mine = number == m_followed;
  if (mine) m_followed = 0;
  const JobView* job = session()->job(number);
  if (status != RunStatus::Failed || !job || job->run) return;
  // It failed before it had a run: what was asked for is mended in the form.
  if (mine) {
    m_sides->setCurrentWidget(m_formSide);
    m_message->showError(error);
  } else if (job->lane == QLatin1String("model")) {
    Q_EMIT errorRaised(error);
  }
}

void TrainPage::updateControls() {
  const TrainingControls controls = m_run->controls();
  m_pause->setEnabled(controls.canPause || controls.canGoOn);
  m_pause->setText(controls.canGoOn ? tr("Go on") : tr("Pause"));
  m_pause->setIcon(icon(controls.canGoOn ? QStringLiteral("resume") : QStringLiteral("pause")));
  m_pause->setToolTip(controls.canGoOn ? tr("Let the training go on")
                                       : tr("Hold the training after this step"));
  m_stop->setEnabled(controls.canStop);
  m_resume->setEnabled(controls.canResume);
  m_resume->setToolTip(controls.whyNotResume.isEmpty() ? tr("Go on from the newest checkpoint")
                                                       : controls.whyNotResume);
  m_export->setEnabled(bool(m_run->run()));
}

void TrainPage::showSide() {
  if (m_sides->currentWidget() == m_formSide) {
    m_right->setCurrentWidget(m_preview);
    m_previewTimer.start();
    return;
  }
  const auto& model = m_trainings->model();
  m_right->setCurrentWidget(m_run->run() || !model.known() ? static_cast<QWidget*>(m_run)
                                                           : m_noTraining);
}

void TrainPage::showTrainings() { m_sides->setCurrentWidget(m_trainingsSide); }

void TrainPage::open(const QVariantMap& what) {
  const auto text = [&](const char* key) { return what.value(QLatin1String(key)).toString(); };
  if (const QString spec = text("spec"); !spec.isEmpty()) {
    if (auto json = parseJson(fromQt(spec), "settings"); json)
      useSettings(*json);
    else
      m_message->showError(toQt(json.error().message));
  }
  if (const QString model = text("model"); !model.isEmpty()) m_form->chooseModel(model);
  if (const QString adapter = text("adapter"); !adapter.isEmpty()) m_form->chooseAdapter(adapter);
  if (const QString dataset = text("dataset"); !dataset.isEmpty()) m_form->chooseDataset(dataset);
  for (const char* key : {"spec", "model", "adapter", "dataset"})
    if (what.contains(QLatin1String(key))) m_sides->setCurrentWidget(m_formSide);
  const auto runs = what.value(QStringLiteral("runs")).toList();
  for (const QVariant& run : runs) m_trainings->model().setTicked(RunId(run.toLongLong()), true);
  qlonglong run = what.value(QStringLiteral("run")).toLongLong();
  if (run == 0 && !runs.isEmpty()) run = runs.first().toLongLong();
  if (run == 0) return;
  m_followed = 0;
  m_trainings->choose(RunId(run));
  showTrainings();
}

QList<QAction*> TrainPage::pageActions() const {
  QList<QAction*> actions{m_start, m_new, m_list, m_pause, m_stop, m_resume, m_export, m_untick};
  actions += m_run->panelActions();
  return actions;
}

bool TrainPage::dropped(const QStringList& paths) {
  for (const QString& path : paths) {
    if (!QFileInfo(path).isDir()) continue;
    m_form->chooseModel(path);
    m_sides->setCurrentWidget(m_formSide);
    return true;
  }
  return false;
}

void TrainPage::useSettings(const Json& json) {
  auto spec = jobs::trainingSpecFromJson(json);
  if (!spec) return m_message->showError(toQt(spec.error().message));
  spec->out.clear();  // two trainings cannot write into one folder
  m_form->setSpec(*spec);
}

void TrainPage::keepForm() {
  settings().setValue(kForm, toQt(dumpJson(jobs::toJson(m_form->spec()))));
}

void TrainPage::exportCurves() {
  if (!m_run->run()) return;
  showTrainings();
  m_run->saveCurves();
}

}  // namespace wordsight::ui
