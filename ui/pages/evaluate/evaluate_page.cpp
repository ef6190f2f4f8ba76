#include "pages/evaluate/evaluate_page.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QStackedLayout>
#include <QTabWidget>
#include <algorithm>

#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "jobs/commands.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "jobs/resources.h"
#include "models/evaluations/evaluation_feed.h"
#include "pages/evaluate/benchmark_import.h"
#include "pages/evaluate/benchmark_report_panel.h"
#include "pages/evaluate/cells_panel.h"
#include "pages/evaluate/command_panel.h"
#include "pages/evaluate/evaluate_form.h"
#include "pages/evaluate/evaluation_table.h"
#include "pages/evaluate/evaluation_watch.h"
#include "pages/evaluate/prompt_panel.h"
#include "pages/evaluate/recorded_panel.h"
#include "widgets/elided_label.h"
#include "widgets/path_field.h"

namespace wordsight::ui {

namespace {

constexpr const char* kDemoBenchmark = "demo";

Result<jobs::JobOutcome> importDemo(const jobs::JobContext& context) {
  const auto folder = context.project.filesFolder() / "demo";
  WORDSIGHT_TRY(const auto world, jobs::unpackDemoWorld(folder.string()));
  jobs::BenchmarkSpec spec;
  spec.name = kDemoBenchmark;
  spec.annotations = world.items;
  spec.images = world.pictures;
  spec.command = jobs::commandOf(context.project.path(), spec);
  return jobs::importBenchmark(context, spec);
}

QVariantMap runsOf(const std::vector<RunId>& runs) {
  QVariantList numbers;
  for (const RunId run : runs) numbers << QVariant::fromValue<qlonglong>(run.value);
  return {{QStringLiteral("runs"), numbers}};
}

}  // namespace

void EvaluatePage::connectParts() {
  connect(m_choice, &QComboBox::activated, this, [this] {
    settings().setValue(QStringLiteral("evaluate/benchmark"), m_choice->currentData());
    showBenchmark();
  });
  connect(m_form, &EvaluateForm::changed, this, &EvaluatePage::refreshTexts);
  connect(m_cells, &CellsPanel::ticksChanged, this, &EvaluatePage::refreshTexts);
  connect(m_cells, &CellsPanel::chosen, m_watch, &EvaluationWatch::choose);
  connect(m_cells, &CellsPanel::compareAsked, this, &EvaluatePage::compare);
  connect(m_table, &EvaluationTable::chosen, m_watch, &EvaluationWatch::choose);
  connect(m_table, &EvaluationTable::compareAsked, this, &EvaluatePage::compare);
  connect(m_table, &EvaluationTable::resumeAsked, m_cells, &CellsPanel::resume);
  connect(m_table, &EvaluationTable::runAsked, this, [this](RunId run) {
    Q_EMIT navigate(PageId::Runs,
                    {{QStringLiteral("run"), QVariant::fromValue<qlonglong>(run.value)}});
  });
  connect(m_table, &EvaluationTable::settingsAsked, this, [this](RunId run) {
    if (const auto* entry = m_feed->find(run)) m_form->setSpec(entry->spec);
  });
  connect(m_import, &BenchmarkImport::importAsked, this, &EvaluatePage::startImport);
  connect(m_import, &BenchmarkImport::cancelled, this, [this] { showImport(false); });
  connect(m_report, &BenchmarkReportPanel::importAsked, this, [this] { showImport(true); });
  connect(m_report, &BenchmarkReportPanel::joinAsked, this, &EvaluatePage::startJoin);
  connect(m_recorded, &RecordedPanel::importAsked, this, &EvaluatePage::startRecorded);
  connect(m_feed, &EvaluationFeed::changed, this, &EvaluatePage::firstEvaluations);
  connect(m_feed, &EvaluationFeed::failed, this, &Page::errorRaised);
  connect(&services().models, &ModelCatalog::changed, this, &EvaluatePage::suggestModel);
}

void EvaluatePage::sessionChanged() {
  m_query.cancel();
  m_jobs.clear();
  m_benchmarks.clear();
  m_benchmarksLoaded = m_wantsImport = m_formFilled = false;
  services().models.setSession(session());
  m_form->clear();
  m_feed->setSession(session());
  m_cells->setSession(session());
  m_watch->setSession(session());
  m_prompt->setSession(session());
  const bool readOnly = session() && session()->readOnly();
  m_table->setReadOnly(readOnly);
  m_report->setReadOnly(readOnly);
  m_importAction->setEnabled(session() && !readOnly);
  m_demoAction->setEnabled(session() && !readOnly);
  if (session()) {
    connect(session(), &Session::jobEnded, this, &EvaluatePage::jobEnded);
    connect(session(), &Session::contentChanged, this, [this](Content content) {
      if (content == Content::Benchmarks) reloadBenchmarks();
    });
    reloadBenchmarks();
  } else {
    showBenchmark();
  }
  showContent();
}

void EvaluatePage::shown() {
  // Pictures may have moved while the page was away.
  if (session() && m_benchmarksLoaded) reloadBenchmarks();
}

void EvaluatePage::reloadBenchmarks(const QString& choose) {
  if (!session()) return;
  m_query.ask(session()->database(), this, loadBenchmarks,
              [this, choose](Result<std::vector<BenchmarkView>> answer) {
                if (!answer) {
                  Q_EMIT errorRaised(toQt(answer.error().message));
                  return;
                }
                takeBenchmarks(std::move(*answer), choose);
              });
}

void EvaluatePage::takeBenchmarks(std::vector<BenchmarkView> views, const QString& choose) {
  const bool first = !m_benchmarksLoaded;
  const auto same = [](const auto& a, const auto& b) { return a.sameAs(b); };
  if (!first && choose.isEmpty() &&
      std::equal(views.begin(), views.end(), m_benchmarks.begin(), m_benchmarks.end(), same))
    return;
  const QString kept = !choose.isEmpty() ? choose
                       : first ? settings().value(QStringLiteral("evaluate/benchmark")).toString()
                               : m_choice->currentData().toString();
  m_benchmarks = std::move(views);
  m_benchmarksLoaded = true;
  m_choice->clear();
  for (const auto& view : m_benchmarks)
    m_choice->addItem(toQt(view.record.name), toQt(view.record.name));
  m_choice->setCurrentIndex(std::max(m_benchmarks.empty() ? -1 : 0, m_choice->findData(kept)));
  showBenchmark();
  showContent();
}

const BenchmarkView* EvaluatePage::benchmark() const {
  const int index = m_choice->currentIndex();
  if (index < 0 || index >= static_cast<int>(m_benchmarks.size())) return nullptr;
  return &m_benchmarks[static_cast<std::size_t>(index)];
}

void EvaluatePage::showBenchmark() {
  const auto* view = benchmark();
  const auto shown = view ? std::optional(*view) : std::nullopt;
  QString summary;
  if (view) {
    summary = tr("%1 items, %2 pictures")
                  .arg(formatCount(view->usable), formatCount(view->picturesThere));
    if (!view->issues.empty())
      summary += tr(", %Ln issues", nullptr, static_cast<int>(view->issues.size()));
    if (view->record.name == kDemoBenchmark) summary += tr(" · the demo's drawn situations");
    m_form->setBenchmark(toQt(view->record.name));
  }
  m_summary->setText(summary);
  m_report->setBenchmark(shown);
  m_cells->setBenchmark(shown);
  m_watch->setChance(view ? view->chance : 0);
  m_tabs->setTabText(m_tabs->indexOf(m_benchmarkTab),
                     view && !view->issues.empty() ? tr("Benchmark (%Ln issues)", nullptr,
                                                        static_cast<int>(view->issues.size()))
                                                   : tr("Benchmark"));
  refreshTexts();
}

void EvaluatePage::showImport(bool open) {
  m_wantsImport = open;
  m_benchmarkStack->setCurrentIndex(open ? 1 : 0);
  if (open) m_tabs->setCurrentWidget(m_benchmarkTab);
  showContent();
  if (open) m_import->annotations().setFocus();
}

void EvaluatePage::showContent() {
  if (!session())
    m_stack->setCurrentWidget(m_noProject);
  else if (m_benchmarks.empty() && !m_wantsImport && m_benchmarksLoaded)
    m_stack->setCurrentWidget(m_noBenchmark);
  else
    m_stack->setCurrentWidget(m_content);
}

void EvaluatePage::startImport(const jobs::BenchmarkSpec& asked) {
  if (!session()) return;
  jobs::BenchmarkSpec spec = asked;
  spec.command = jobs::commandOf(session()->project().path(), spec);
  m_import->setBusy(true);
  const auto number = session()->submit(
      Session::kDataLane, tr("Import benchmark %1").arg(toQt(spec.name)),
      [spec](const jobs::JobContext& context) { return jobs::importBenchmark(context, spec); });
  m_jobs.insert(number, {Purpose::Import, toQt(spec.name)});
}

void EvaluatePage::startDemo() {
  if (!session() || session()->readOnly()) return;
  m_demoAction->setEnabled(false);
  const auto number =
      session()->submit(Session::kDataLane, tr("Add the demo's benchmark"), importDemo);
  m_jobs.insert(number, {Purpose::Import, QLatin1String(kDemoBenchmark)});
}

void EvaluatePage::startJoin(const QString& folder) {
  const auto* view = benchmark();
  if (!session() || !view) return;
  jobs::BenchmarkSpec spec;
  spec.name = view->record.name;
  spec.images = fromQt(folder);
  spec.command = jobs::commandOf(session()->project().path(), spec);
  m_report->setBusy(true);
  const auto number = session()->submit(
      Session::kDataLane, tr("Join pictures of %1").arg(toQt(spec.name)),
      [spec](const jobs::JobContext& context) { return jobs::importBenchmark(context, spec); });
  m_jobs.insert(number, {Purpose::Join, toQt(spec.name)});
}

void EvaluatePage::startRecorded(jobs::RecordedSpec spec) {
  const auto* view = benchmark();
  if (!session() || !view) return;
  spec.benchmark = view->record.name;
  spec.command = jobs::commandOf(session()->project().path(), spec);
  m_recorded->setBusy(true);
  const auto number = session()->submit(
      Session::kDataLane, tr("Import answers of %1").arg(toQt(spec.name)),
      [spec](const jobs::JobContext& context) { return jobs::importRecorded(context, spec); });
  m_jobs.insert(number, {Purpose::Recorded, toQt(spec.name)});
}

void EvaluatePage::jobEnded(quint64 number, RunStatus status, const QString& error) {
  const auto job = m_jobs.constFind(number);
  if (job == m_jobs.constEnd()) return;
  const auto [purpose, name] = *job;
  m_jobs.erase(job);
  const bool failed = status == RunStatus::Failed, done = status == RunStatus::Done;
  switch (purpose) {
    case Purpose::Import:
      m_import->setBusy(false);
      m_demoAction->setEnabled(session() && !session()->readOnly());
      if (failed) {
        showImport(true);
        m_import->showError(error);
      } else if (done) {
        showImport(false);
        settings().setValue(QStringLiteral("evaluate/benchmark"), name);
        reloadBenchmarks(name);
        services().models.rescan();  // the demo brings its model along
      }
      break;
    case Purpose::Join:
      m_report->setBusy(false);
      if (failed) m_report->showError(error);
      break;
    case Purpose::Recorded:
      m_recorded->setBusy(false);
      if (failed) m_recorded->showError(error);
      if (done) m_recorded->showDone(tr("The answers of %1 are among the evaluations.").arg(name));
      break;
  }
}

/// The form begins with what this project was last evaluated with.
void EvaluatePage::firstEvaluations() {
  if (m_formFilled || !m_feed->loaded()) return;
  m_formFilled = true;
  const auto& entries = m_feed->entries();
  const auto asked = [](const EvaluationEntry& entry) { return entry.recorded.empty(); };
  const auto newest = std::find_if(entries.begin(), entries.end(), asked);
  if (newest == entries.end() || !m_form->model().folder().isEmpty()) return suggestModel();
  auto spec = newest->spec;
  const auto tuned = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
    return asked(entry) && !entry.spec.adapter.empty() && entry.spec.model == spec.model;
  });
  m_form->setSpec(spec);
  if (spec.adapter.empty() && tuned != entries.end())
    m_form->adapter().setFolder(toQt(tuned->spec.adapter));
}

/// Without any evaluation: the model that lies in the project, or the only one there is.
void EvaluatePage::suggestModel() {
  if (!session() || !m_formFilled || !m_form->model().folder().isEmpty()) return;
  const auto own = session()->project().filesFolder().string() + "/";
  QStringList usable;
  for (const auto& model : services().models.models()) {
    if (model.kind != jobs::ModelFolder::Kind::Base || !model.usable()) continue;
    const QString path = toQt(model.path.string());
    if (model.path.string().starts_with(own)) return m_form->model().setFolder(path);
    usable << path;
  }
  if (usable.size() == 1) m_form->model().setFolder(usable.front());
}

void EvaluatePage::refreshTexts() {
  QStringList commands;
  for (const auto& spec : m_cells->tickedSpecs()) commands << toQt(spec.command);
  m_commands->setCommands(commands);
  const auto* view = benchmark();
  const auto spec = m_form->spec(false, Arm::Caption);
  m_prompt->setQuestion(view ? toQt(view->record.name) : QString(), toQt(spec.prompt),
                        toQt(spec.model));
  m_recorded->setObstacle(!session()              ? tr("No project is open")
                          : session()->readOnly() ? tr("This project is open for reading only")
                          : !view                 ? tr("Import the benchmark first")
                                                  : QString());
}

void EvaluatePage::compare(const std::vector<RunId>& runs) {
  if (!runs.empty()) Q_EMIT navigate(PageId::Compare, runsOf(runs));
}

void EvaluatePage::open(const QVariantMap& what) {
  const QString adapter = what.value(QStringLiteral("adapter")).toString();
  const QString model = what.value(QStringLiteral("model")).toString();
  const QString name = what.value(QStringLiteral("benchmark")).toString();
  if (const QString spec = what.value(QStringLiteral("spec")).toString(); !spec.isEmpty())
    useSpec(spec);
  if (!model.isEmpty()) m_form->model().setFolder(model);
  if (!adapter.isEmpty()) m_form->adapter().setFolder(adapter);
  if (!model.isEmpty() || !adapter.isEmpty()) {
    m_formFilled = true;
    m_cells->tickOpen();
  }
  if (!name.isEmpty()) {
    settings().setValue(QStringLiteral("evaluate/benchmark"), name);
    reloadBenchmarks(name);
  }
  if (const auto run = what.value(QStringLiteral("run")).toLongLong(); run > 0) {
    m_tabs->setCurrentWidget(m_table);
    m_table->select(RunId(run));
  }
}

void EvaluatePage::useSpec(const QString& text) {
  const auto json = parseJson(fromQt(text), "settings");
  const auto spec = json ? jobs::evaluationSpecFromJson(*json) : fail(json.error());
  if (spec)
    m_form->setSpec(*spec);
  else
    Q_EMIT errorRaised(toQt(spec.error().message));
}

bool EvaluatePage::dropped(const QStringList& paths) {
  if (!session() || session()->readOnly() || paths.size() != 1) return false;
  const QString path = paths.front();
  if (path.endsWith(QLatin1String(".jsonl"), Qt::CaseInsensitive)) {
    if (m_benchmarks.empty()) return false;
    m_recorded->setFile(path);
    m_tabs->setCurrentWidget(m_recorded);
    return true;
  }
  if (path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) {
    m_import->setAnnotations(path);
    showImport(true);
    return true;
  }
  // A folder is a model, an adapter, or pictures: what it is needs a look into it.
  services().models.describe(this, path, [this, path](const Result<jobs::ModelFolder>& found) {
    if (found && found->kind == jobs::ModelFolder::Kind::Adapter)
      return m_form->adapter().setFolder(toQt(found->path.string()));
    if (found) return m_form->model().setFolder(toQt(found->path.string()));
    const auto* view = benchmark();
    if (view && !m_wantsImport) return startJoin(path);
    m_import->setPictures(path);
    showImport(true);
  });
  return true;
}

}  // namespace wordsight::ui
