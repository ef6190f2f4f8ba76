#include "pages/overview/overview_page.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "jobs/demo_job.h"
#include "pages/overview/cell_table.h"
#include "pages/overview/step_card.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// "= 0.012", "< 0.001": how small a p is does not matter here.
QString relationToP(double p) {
  constexpr double kLeast = 1e-3;
  return p < kLeast ? QStringLiteral("< ") + QLocale().toString(kLeast, 'f', 3)
                    : QStringLiteral("= ") + formatP(p);
}
constexpr int kSoon = 150;  // ms in which changes are gathered
constexpr int kSideWidth = 320;
constexpr int kWide = 920;  // room for the side beside the cards
}  // namespace

OverviewPage::OverviewPage(Services services, QWidget* parent)
    : Page(PageId::Overview, services, parent),
      m_title(new ElidedLabel(this)),
      m_path(new ElidedLabel(this, Qt::ElideMiddle)),
      m_message(new MessageBar(this)) {
  setObjectName(QStringLiteral("overviewPage"));
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoon);
  connect(&m_soon, &QTimer::timeout, this, &OverviewPage::refresh);
  m_demo = new QAction(icon(QStringLiteral("demo")), tr("Run the whole demo"), this);
  m_demo->setObjectName(QStringLiteral("runWholeDemo"));
  m_demo->setToolTip(tr("Evaluates, trains, evaluates again and compares; about a minute"));
  m_demo->setVisible(false);
  m_demo->setEnabled(false);
  connect(m_demo, &QAction::triggered, this, &OverviewPage::runWholeDemo);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  large.setWeight(QFont::DemiBold);
  m_title->setFont(large);
  m_path->setMuted(true);
  makeCards();
  auto* grid = new QGridLayout;
  grid->setSpacing(kSpaceLarge);
  grid->addWidget(m_scenarios, 0, 0);
  grid->addWidget(m_datasets, 0, 1);
  grid->addWidget(m_training, 1, 0);
  grid->addWidget(m_evaluation, 1, 1);
  grid->addWidget(m_comparison, 2, 0, 1, 2);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  auto* cards = new QWidget(this);
  auto* column = new QVBoxLayout(cards);
  column->setContentsMargins(kSpaceHuge, kSpacePage, kSpacePage, kSpacePage);
  column->setSpacing(kSpaceSmall);
  column->addWidget(m_title);
  column->addWidget(m_path);
  column->addSpacing(kSpaceLarge);
  column->addLayout(grid);
  column->addStretch();
  auto* inside = new QWidget(this);
  m_parts = new QBoxLayout(QBoxLayout::LeftToRight, inside);
  m_parts->setContentsMargins(0, 0, 0, 0);
  m_parts->setSpacing(0);
  m_parts->addWidget(cards, 1);
  m_parts->addWidget(makeSide());
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(inside);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* whole = new PanelLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  whole->addWidget(m_message);
  whole->addWidget(scroll, 1);
}

void OverviewPage::makeCards() {
  const auto go = [this](PageId page, const QVariantMap& what = {}) {
    return [this, page, what] { Q_EMIT navigate(page, what); };
  };
  const auto named = [this](const char* name, const char* iconName, const QString& title) {
    auto* card = new StepCard(QLatin1String(iconName), title, this);
    card->setObjectName(QLatin1String(name));
    return card;
  };
  m_scenarios = named("cardScenarios", "scenarios", tr("1  Scenarios"));
  const auto step = [this](StepCard* card, const char* name, const QString& text,
                           const QString& tip, std::function<void()> run) {
    auto* button = card->addButton(QLatin1String(name), text, tip, std::move(run));
    // The palette shows it by what it does; "Train…" alone says little there.
    auto* action = new QAction(icon(card->iconName()), tip, this);
    action->setObjectName(QLatin1String(name) + QStringLiteral("Action"));
    connect(action, &QAction::triggered, button, &QPushButton::click);
    m_steps.emplace_back(action, button);
    return button;
  };
  step(m_scenarios, "goGenerate", tr("Generate…"), tr("Write new scenarios with a generator"),
       go(PageId::Scenarios, {{QStringLiteral("panel"), QStringLiteral("generate")}}));
  step(m_scenarios, "goImport", tr("Import…"), tr("Bring scenarios in from files"),
       go(PageId::Scenarios, {{QStringLiteral("panel"), QStringLiteral("import")}}));
  step(m_scenarios, "goCurate", tr("Curate"), tr("Look through the scenarios and decide"),
       go(PageId::Scenarios, {{QStringLiteral("panel"), QStringLiteral("item")}}));
  m_datasets = named("cardDatasets", "freeze", tr("2  Dataset"));
  m_freeze = step(m_datasets, "goFreeze", tr("Freeze…"), tr("Make a named, unchangeable dataset"),
                  go(PageId::Scenarios, {{QStringLiteral("panel"), QStringLiteral("datasets")}}));
  m_training = named("cardTraining", "train", tr("3  Training"));
  m_loss = new CurveStrip(m_training);
  m_loss->hide();
  m_training->setContent(m_loss);
  m_train = step(m_training, "goTrain", tr("Train…"), tr("Train an adapter on a dataset"),
                 [this] { goTrain(); });
  m_evaluation = named("cardEvaluation", "evaluate", tr("4  Evaluation"));
  m_evaluate = step(m_evaluation, "goEvaluate", tr("Evaluate…"), tr("Ask models about a benchmark"),
                    [this] { goEvaluate(); });
  m_comparison = named("cardComparison", "compare", tr("5  Comparison"));
  m_cells = new CellTable(m_comparison);
  m_cells->hide();
  m_comparison->setContent(m_cells);
  m_compare = step(m_comparison, "goCompare", tr("Compare"), tr("Compare answers side by side"),
                   go(PageId::Compare));
  m_report = step(m_comparison, "openReport", tr("Open the report"),
                  tr("Open the demo's report in a browser"), [this] {
                    QDesktopServices::openUrl(QUrl::fromLocalFile(toQt(
                        (session()->project().filesFolder() / "reports" / "demo.html").string())));
                  });
  m_report->hide();
}

QWidget* OverviewPage::makeSide() {
  auto* side = m_side = new QWidget(this);
  auto* column = new QVBoxLayout(side);
  column->setSpacing(kSpace);
  auto* title = new QLabel(tr("What ran last"), side);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  title->setFont(bold);
  m_recent = new QListWidget(side);
  m_recent->setObjectName(QStringLiteral("recentRuns"));
  m_recent->setAccessibleName(tr("What ran last"));
  m_recent->setToolTip(tr("Enter shows the run"));
  m_recent->setFrameShape(QFrame::NoFrame);
  m_recent->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_recent->viewport()->setAutoFillBackground(false);
  connect(m_recent, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    Q_EMIT navigate(PageId::Runs, {{QStringLiteral("run"), item->data(Qt::UserRole)}});
  });
  auto* demo = new QPushButton(m_demo->icon(), m_demo->text(), side);
  demo->setObjectName(QStringLiteral("runWholeDemoButton"));
  demo->setToolTip(m_demo->toolTip());
  connect(demo, &QPushButton::clicked, m_demo, &QAction::trigger);
  connect(m_demo, &QAction::changed, demo, [this, demo] {
    demo->setVisible(m_demo->isVisible());
    demo->setEnabled(m_demo->isEnabled());
  });
  demo->hide();
  column->addWidget(title);
  column->addWidget(m_recent);
  column->addWidget(demo);
  column->addStretch();
  return side;
}

QList<QAction*> OverviewPage::pageActions() const {
  QList<QAction*> actions;
  if (m_demo->isVisible()) actions.append(m_demo);
  for (const auto& [action, button] : m_steps) {
    action->setEnabled(button->isEnabled() && !button->isHidden());
    actions.append(action);
  }
  return actions;
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  arrange();
}

void OverviewPage::arrange() {
  const bool wide = width() >= kWide;
  m_parts->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  m_parts->setStretch(0, wide ? 1 : 0);
  m_parts->setStretch(1, wide ? 0 : 1);
  m_side->setMinimumWidth(wide ? kSideWidth : 0);
  m_side->setMaximumWidth(wide ? kSideWidth : QWIDGETSIZE_MAX);
  m_side->layout()->setContentsMargins(wide ? 0 : kSpaceHuge,
                                       wide ? kSpacePage + kSpaceSmall : kSpace,
                                       wide ? kSpaceHuge : kSpacePage, kSpacePage);
}

void OverviewPage::shown() { refresh(); }

void OverviewPage::sessionChanged() {
  m_query.cancel();
  m_soon.stop();
  m_demoJob = 0;
  m_message->clear();
  m_facts = {};
  display(m_facts);
  if (!session()) return;
  m_title->setText(session()->name());
  m_path->setText(QDir::toNativeSeparators(session()->path()));
  connect(session(), &Session::contentChanged, this, &OverviewPage::refreshSoon);
  connect(session(), &Session::jobEnded, this,
          [this](quint64 number, RunStatus status, const QString& error) {
            if (number != m_demoJob) return;
            m_demoJob = 0;
            if (status == RunStatus::Failed) m_message->showError(error);
            refreshSoon();
          });
  refresh();
}

void OverviewPage::refreshSoon() {
  if (!m_soon.isActive()) m_soon.start();
}

void OverviewPage::refresh() {
  if (!session()) return;
  m_query.ask(
      session()->database(), this,
      [project = session()->project()](store::Connection& connection) {
        return overviewFacts(project, connection);
      },
      [this](Result<OverviewFacts> facts) {
        if (!facts) {
          m_message->showError(toQt(facts.error().message));
          return;
        }
        m_facts = std::move(*facts);
        display(m_facts);
      });
}

void OverviewPage::display(const OverviewFacts& facts) {
  displayData(facts);
  displayTraining(facts);
  displayResults(facts);
  m_recent->clear();
  for (const Run& run : facts.recent) {
    auto* item = new QListWidgetItem(m_recent);
    item->setText(QStringLiteral("%1\n%2 · %3 · %4")
                      .arg(toQt(run.name), kindText(run.kind), statusText(run.status),
                           formatTime(run.createdAt)));
    item->setSizeHint({0, 2 * kRowHeight});
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.id.value));
    item->setToolTip(run.error.empty() ? formatTimeExact(run.createdAt) : toQt(run.error));
  }
  m_recent->setFixedHeight(std::max(1, m_recent->count()) * 2 * kRowHeight + kSpaceSmall);
  const bool writable = session() && !session()->readOnly();
  m_demo->setVisible(facts.demo);
  m_demo->setEnabled(facts.demo && writable && m_demoJob == 0);
}

void OverviewPage::displayData(const OverviewFacts& facts) {
  using State = StepCard::State;
  if (facts.scenarios == 0) {
    m_scenarios->setState(State::Next);
    m_scenarios->setText(
        tr("None yet. Generate some, or import a file of scenarios; dropping it here does too."));
  } else {
    m_scenarios->setState(facts.undecided > 0 || facts.withIssues > 0 ? State::Begun : State::Done);
    QString text = tr("%1 scenarios: %2 accepted, %3 rejected, %4 undecided.")
                       .arg(formatCount(facts.scenarios), formatCount(facts.accepted),
                            formatCount(facts.rejected), formatCount(facts.undecided));
    if (facts.withIssues > 0)
      text +=
          u' ' + tr("%n have something to look at.", nullptr, static_cast<int>(facts.withIssues));
    m_scenarios->setText(text);
  }
  if (facts.datasets.empty()) {
    m_datasets->setState(facts.scenarios > 0 ? State::Next : State::Blocked);
    m_datasets->setText(
        tr("Training reads frozen datasets only, so that a result can be traced "
           "to exactly what was learned."));
  } else {
    const auto& newest = facts.datasets.front();
    QStringList splits;
    for (const auto& [name, items] : newest.splits)
      splits << QStringLiteral("%1 %2").arg(toQt(name), formatCount(items));
    m_datasets->setState(State::Done);
    m_datasets->setText(
        tr("“%1” with %2 items (%3).")
            .arg(toQt(newest.name), formatCount(newest.items), splits.join(QStringLiteral(", "))) +
        (facts.datasets.size() > 1
             ? u' ' + tr("%n more.", nullptr, static_cast<int>(facts.datasets.size()) - 1)
             : QString()));
  }
  m_freeze->setEnabled(facts.scenarios > 0);
}

void OverviewPage::displayTraining(const OverviewFacts& facts) {
  using State = StepCard::State;
  m_loss->setValues(facts.loss);
  m_train->setEnabled(!facts.datasets.empty());
  if (!facts.training) {
    m_training->setState(facts.datasets.empty() ? State::Blocked : State::Next);
    m_training->setText(
        tr("No adapter yet. Only the language part learns, from text alone; no "
           "picture is needed."));
    return;
  }
  const Run& run = *facts.training;
  const bool done = run.status == RunStatus::Done;
  m_training->setState(done ? State::Done : State::Begun);
  if (done && run.summary.is_object())
    m_training->setText(tr("%1: loss %2 after %3 steps, %4.")
                            .arg(toQt(run.name), formatNumber(run.summary.value("final_loss", 0.0)),
                                 formatCount(run.summary.value("steps", std::int64_t{0})),
                                 formatDuration(run.summary.value("training_seconds", 0.0))));
  else
    m_training->setText(run.error.empty()
                            ? QStringLiteral("%1: %2.").arg(toQt(run.name), statusText(run.status))
                            : QStringLiteral("%1: %2").arg(toQt(run.name), toQt(run.error)));
}

void OverviewPage::displayResults(const OverviewFacts& facts) {
  using State = StepCard::State;
  const auto measured = static_cast<int>(facts.cells.size());
  if (facts.benchmark.empty()) {
    m_evaluation->setState(State::Blocked);
    m_evaluation->setText(tr("No benchmark yet: import an annotation file and its pictures."));
  } else {
    const bool tuned = std::any_of(facts.cells.begin(), facts.cells.end(),
                                   [](const CellFact& cell) { return cell.label != "base"; });
    m_evaluation->setState(tuned                   ? State::Done
                           : facts.adapter.empty() ? State::Begun
                                                   : State::Next);
    m_evaluation->setText(tr("“%1”: %2 items, %3 pictures. %n cells measured.", nullptr, measured)
                              .arg(toQt(facts.benchmark), formatCount(facts.benchmarkItems),
                                   formatCount(facts.picturesFound)));
  }
  m_cells->setCells(facts.cells);
  m_compare->setEnabled(measured > 0);
  if (facts.difference) {
    m_comparison->setState(State::Done);
    m_comparison->setText(
        tr("On pictures, tuning changed accuracy by %1 points (95 %: %2 to %3; exact McNemar p "
           "%4, n = %5).")
            .arg(formatPoints(*facts.difference), formatPoints(facts.interval.low),
                 formatPoints(facts.interval.high), relationToP(facts.p),
                 formatCount(facts.items)));
  } else {
    m_comparison->setState(measured > 1 ? State::Next : State::Blocked);
    m_comparison->setText(measured > 0
                              ? tr("Evaluate base and tuned model on pictures to compare them.")
                              : tr("Nothing to compare yet."));
  }
  m_report->setVisible(facts.demo && facts.difference.has_value() && m_demoJob == 0 &&
                       session() != nullptr);
}

void OverviewPage::goTrain() {
  QVariantMap what;
  if (!m_facts.datasets.empty())
    what[QStringLiteral("dataset")] = toQt(m_facts.datasets.front().name);
  if (m_facts.demo) {
    const auto spec = jobs::demoTraining(session()->project(), {});
    what[QStringLiteral("model")] = toQt(spec.model);
    what[QStringLiteral("spec")] = toQt(dumpJson(jobs::toJson(spec)));
  }
  Q_EMIT navigate(PageId::Train, what);
}

void OverviewPage::goEvaluate() {
  QVariantMap what;
  if (!m_facts.adapter.empty()) what[QStringLiteral("adapter")] = toQt(m_facts.adapter);
  if (m_facts.demo) {
    const auto spec = jobs::demoEvaluation(session()->project(), {}, m_facts.adapter, Arm::Caption);
    what[QStringLiteral("model")] = toQt(spec.model);
    what[QStringLiteral("spec")] = toQt(dumpJson(jobs::toJson(spec)));
  }
  Q_EMIT navigate(PageId::Evaluate, what);
}

void OverviewPage::runWholeDemo() {
  jobs::DemoSpec spec;
  spec.threads = settings().jobThreads();
  spec.command = "wordsight-cli demo --project " + session()->project().path().string();
  m_demoJob =
      session()->submit(Session::kModelLane, tr("The whole demo"),
                        [spec](const jobs::JobContext& context) -> Result<jobs::JobOutcome> {
                          WORDSIGHT_TRY(const auto outcome, jobs::runDemo(context, spec));
                          return jobs::JobOutcome{outcome.training, RunStatus::Done,
                                                  Json{{"report", outcome.report}}};
                        });
  m_demo->setEnabled(false);
}

}  // namespace wordsight::ui
