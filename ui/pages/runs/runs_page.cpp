#include "pages/runs/runs_page.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "base/file.h"
#include "bridge/background.h"
#include "bridge/format.h"
#include "bridge/resume.h"
#include "models/runs/run_table_model.h"
#include "pages/runs/run_details.h"
#include "pages/runs/run_diff.h"
#include "pages/runs/run_table.h"
#include "store/metric_repository.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kTyping = 120;  // ms without a key before the list is asked for
constexpr std::size_t kMostCurves = 50;

template <class W>
W* named(W* widget, const char* objectName, const QString& spoken) {
  widget->setObjectName(QLatin1String(objectName));
  widget->setAccessibleName(spoken);
  widget->setToolTip(spoken);
  return widget;
}

/// One cell of a CSV line (RFC 4180).
QString csvCell(QString text) {
  if (!text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n')) return text;
  return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

}  // namespace

RunsPage::RunsPage(Services services, QWidget* parent)
    : Page(PageId::Runs, services, parent),
      m_model(new RunTableModel(this)),
      m_table(new RunTable(m_model, settings(), this)),
      m_message(new MessageBar(this)),
      m_side(new QStackedWidget(this)),
      m_body(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("runs"), tr("No runs yet"),
                             tr("Everything that takes time is listed here: generating, checking, "
                                "training, evaluating, with its settings and what came of it."),
                             this)),
      m_splitter(new QSplitter(this)),
      m_details(new RunDetails(this)),
      m_diff(new RunDiff(this)) {
  setObjectName(QStringLiteral("runsPage"));
  m_typing.setSingleShot(true);
  m_typing.setInterval(kTyping);
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeFilter());
  column->addWidget(m_table, 1);
  m_side->addWidget(m_details);
  m_side->addWidget(m_diff);
  m_splitter->addWidget(left);
  m_splitter->addWidget(m_side);
  m_splitter->setStretchFactor(0, 1);
  m_splitter->setSizes({820, 376});
  m_splitter->setChildrenCollapsible(false);
  m_body->addWidget(m_splitter);
  m_body->addWidget(m_empty);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  whole->addWidget(m_message);
  whole->addWidget(m_body, 1);
  const QByteArray state = settings().value(QStringLiteral("runs/splitter")).toByteArray();
  if (!state.isEmpty()) m_splitter->restoreState(state);
  m_details->clear();
  makeActions();
  connectAll();
}

QWidget* RunsPage::makeFilter() {
  m_text = named(new QLineEdit(this), "runFilter", tr("Part of a name, note, tag or command"));
  m_text->setPlaceholderText(tr("Filter"));
  m_text->setClearButtonEnabled(true);
  m_kind = named(new QComboBox(this), "runKind", tr("Only runs of one kind"));
  m_kind->addItem(tr("All kinds"));
  for (const RunKind kind :
       {RunKind::Training, RunKind::Evaluation, RunKind::Synthesis, RunKind::Import, RunKind::Check,
        RunKind::Freeze, RunKind::Benchmark, RunKind::Comparison, RunKind::Export, RunKind::Merge})
    m_kind->addItem(kindText(kind), static_cast<int>(kind));
  m_status = named(new QComboBox(this), "runStatus", tr("Only runs that ended in one way"));
  m_status->addItem(tr("Any status"));
  for (const RunStatus status : {RunStatus::Running, RunStatus::Done, RunStatus::Failed,
                                 RunStatus::Cancelled, RunStatus::Interrupted})
    m_status->addItem(statusText(status), static_cast<int>(status));
  m_group = named(new QComboBox(this), "runGroup", tr("Group the list"));
  m_group->addItem(tr("Not grouped"));
  m_group->addItem(tr("By kind"));
  m_group->addItem(tr("By status"));
  m_group->addItem(tr("By day"));
  m_group->addItem(tr("By tag"));
  m_starred = named(new QToolButton(this), "runStarred", tr("Only starred runs"));
  m_starred->setIcon(icon(QStringLiteral("star")));
  m_starred->setCheckable(true);
  m_count = new QLabel(this);
  m_count->setObjectName(QStringLiteral("runCount"));
  m_text->setMinimumWidth(96);
  for (QComboBox* box : {m_kind, m_status, m_group}) box->setMinimumWidth(64);  // may shrink
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  row->setSpacing(kSpace);
  row->addWidget(m_text, 1);
  row->addWidget(m_kind);
  row->addWidget(m_status);
  row->addWidget(m_starred);
  row->addWidget(m_group);
  row->addWidget(m_count);
  return bar;
}

void RunsPage::makeActions() {
  const auto add = [this](const char* name, const char* iconName, const QString& text,
                          const QString& tip, const QKeySequence& keys, std::function<void()> run) {
    auto* action = new QAction(icon(QLatin1String(iconName)), text, this);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(tip);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    m_actions.append(action);
  };
  add("findRun", "search", tr("Filter runs"), tr("Put the cursor into the filter"),
      QKeySequence::Find, [this] { m_text->setFocus(); });
  add("exportRuns", "export", tr("Export the list of runs…"), tr("The rows shown, as CSV"), {},
      [this] { exportList(); });
  add("refreshRuns", "refresh", tr("Read the runs again"), tr("Read the runs again"),
      QKeySequence::Refresh, [this] { m_model->reload(); });
}

void RunsPage::connectAll() {
  connect(&m_typing, &QTimer::timeout, this, &RunsPage::filterChanged);
  connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
  for (QComboBox* box : {m_kind, m_status})
    connect(box, &QComboBox::currentIndexChanged, this, &RunsPage::filterChanged);
  connect(m_starred, &QToolButton::toggled, this, &RunsPage::filterChanged);
  connect(m_group, &QComboBox::currentIndexChanged, this, [this](int index) {
    m_model->setGrouping(static_cast<RunTableModel::Grouping>(index));
    m_table->showGroups();
  });
  connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
          [this] { m_chosen = selectedRuns(); });
  connect(m_model, &RunTableModel::loaded, this, &RunsPage::loaded);
  connect(m_model, &RunTableModel::failed, this,
          [this](const QString& sentence) { m_message->showError(sentence); });
  connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunsPage::selectionChanged);
  connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
    settings().setValue(QStringLiteral("runs/splitter"), m_splitter->saveState());
  });
  connect(m_details, &RunDetails::markChanged, this,
          [this](RunId run, const QString& note, const QStringList& tags) {
            const auto* row = m_model->rowAt(m_model->indexOf(run));
            if (!row) return;
            auto mark = row->mark;
            mark.note = fromQt(note);
            mark.tags.clear();
            for (const QString& tag : tags) mark.tags.push_back(fromQt(tag));
            m_model->mark(run, mark, tr("note on a run"));
          });
  connect(m_details, &RunDetails::resumeClicked, this, &RunsPage::resume);
  connect(m_details, &RunDetails::openClicked, this, &RunsPage::openElsewhere);
  connect(m_details, &RunDetails::linkClicked, this, [this](RunId run) {
    open({{QStringLiteral("run"), QVariant::fromValue<qint64>(run.value)}});
  });
  connect(m_table, &QTreeView::activated, this, [this](const QModelIndex& index) {
    if (const auto* row = m_model->rowAt(index)) openElsewhere(row->run.id);
  });
  connect(m_diff, &RunDiff::compareClicked, this, [this](const std::vector<RunId>& runs) {
    QVariantList list;
    for (const RunId run : runs) list << QVariant::fromValue<qint64>(run.value);
    Q_EMIT navigate(PageId::Compare, {{QStringLiteral("runs"), list}});
  });
}

void RunsPage::sessionChanged() {
  m_facts.cancel();
  m_curves.cancel();
  m_details->clear();
  m_message->clear();
  m_chosen.clear();
  m_any = false;
  m_body->setCurrentWidget(m_splitter);
  m_model->setSession(session());
}

void RunsPage::filterChanged() {
  store::RunFilter filter = m_model->filter();
  filter.text = fromQt(m_text->text().left(200));
  filter.kind.reset();
  filter.status.reset();
  filter.starred.reset();
  if (m_kind->currentIndex() > 0) filter.kind = static_cast<RunKind>(m_kind->currentData().toInt());
  if (m_status->currentIndex() > 0)
    filter.status = static_cast<RunStatus>(m_status->currentData().toInt());
  if (m_starred->isChecked()) filter.starred = true;
  m_model->setFilter(filter);
}

void RunsPage::loaded() {
  const auto& filter = m_model->filter();
  const bool filtered = !filter.text.empty() || filter.kind || filter.status || filter.starred;
  m_any = m_any || m_model->runCount() > 0;
  m_body->setCurrentWidget(!m_any && !filtered ? static_cast<QWidget*>(m_empty) : m_splitter);
  m_count->setText(tr("%n runs", nullptr, m_model->runCount()));
  m_table->showGroups();
  if (m_wanted) m_chosen = {m_wanted};
  QItemSelection selection;
  for (const RunId run : m_chosen)
    if (const QModelIndex at = m_model->indexOf(run); at.isValid()) selection.select(at, at);
  if (selection.isEmpty() && m_model->runCount() > 0) {
    const QModelIndex first = m_model->grouping() == RunTableModel::Grouping::None
                                  ? m_model->index(0, 0)
                                  : m_model->index(0, 0, m_model->index(0, 0));
    selection.select(first, first);
  }
  if (selection.isEmpty()) {
    m_details->clear();
    return;
  }
  m_table->selectionModel()->select(
      selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  const QModelIndex current = selection.indexes().first();
  m_table->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
  if (m_wanted) m_table->scrollTo(current);
  m_wanted = {};
}

std::vector<RunId> RunsPage::selectedRuns() const {
  std::vector<RunId> runs;
  for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
    if (const auto* row = m_model->rowAt(index)) runs.push_back(row->run.id);
  return runs;
}

void RunsPage::selectionChanged() {
  const auto runs = selectedRuns();
  if (runs.empty() || !session()) return;
  if (runs.size() == 1)
    showOne(runs.front());
  else
    showSeveral(runs);
}

void RunsPage::showOne(RunId run) {
  m_facts.ask(
      session()->database(), this,
      [run](store::Connection& connection) { return runFacts(connection, run); },
      [this](const Result<RunFacts>& facts) {
        if (!facts) {
          m_message->showError(toQt(facts.error().message));
          return;
        }
        m_side->setCurrentWidget(m_details);
        m_details->display(*facts, session() && !session()->readOnly());
      });
}

void RunsPage::showSeveral(const std::vector<RunId>& chosen) {
  std::vector<RunId> runs(chosen.begin(),
                          chosen.begin() + std::ptrdiff_t(std::min(chosen.size(), kMostCurves)));
  m_facts.ask(
      session()->database(), this,
      [runs](store::Connection& connection) -> Result<std::vector<Run>> {
        std::vector<Run> whole;
        store::RunRepository repository(connection);
        for (const RunId id : runs) {
          WORDSIGHT_TRY(auto run, repository.get(id));
          whole.push_back(std::move(run));
        }
        return whole;
      },
      [this](const Result<std::vector<Run>>& whole) {
        if (!whole) {
          m_message->showError(toQt(whole.error().message));
          return;
        }
        m_side->setCurrentWidget(m_diff);
        m_diff->display(*whole);
      });
  using Curves = std::vector<std::pair<RunId, std::vector<MetricPoint>>>;
  m_curves.ask(
      session()->database(), this,
      [runs](store::Connection& connection) -> Result<Curves> {
        Curves curves;
        store::MetricRepository metrics(connection);
        for (const RunId run : runs) {
          WORDSIGHT_TRY(const auto names, metrics.names(run));
          for (const auto& name : names) {
            WORDSIGHT_TRY(auto points, metrics.series(run, name));
            curves.emplace_back(run, std::move(points));
          }
        }
        return curves;
      },
      [this](const Result<Curves>& curves) {
        if (!curves) return;
        for (const auto& [run, points] : *curves) m_diff->addCurves(run, points);
      });
}

void RunsPage::open(const QVariantMap& what) {
  const RunId run(what.value(QStringLiteral("run")).toLongLong());
  if (!run) return;
  m_wanted = run;
  // A filter may hide it.
  const QSignalBlocker kind(m_kind), status(m_status), starred(m_starred), text(m_text);
  m_kind->setCurrentIndex(0);
  m_status->setCurrentIndex(0);
  m_starred->setChecked(false);
  m_text->clear();
  filterChanged();
}

void RunsPage::resume(RunId run) {
  if (!session()) return;
  session()->database().read(
      this,
      [run](store::Connection& connection) { return store::RunRepository(connection).get(run); },
      [this](const Result<Run>& found) {
        if (!found)
          m_message->showError(toQt(found.error().message));
        else if (session() && canResume(found->kind, found->status))
          resumeRun(*session(), *found);
      });
}

void RunsPage::openElsewhere(RunId run) {
  const auto* row = m_model->rowAt(m_model->indexOf(run));
  if (!row) return;
  const QVariant id = QVariant::fromValue<qint64>(run.value);
  if (row->run.kind == RunKind::Training)
    Q_EMIT navigate(PageId::Train, {{QStringLiteral("run"), id}});
  else if (row->run.kind == RunKind::Evaluation)
    Q_EMIT navigate(PageId::Compare, {{QStringLiteral("runs"), QVariantList{id}}});
}

void RunsPage::exportList() {
  const QString path =
      QFileDialog::getSaveFileName(this, tr("Export the list of runs"), QStringLiteral("runs.csv"),
                                   tr("Comma-separated values (*.csv)"));
  if (path.isEmpty()) return;
  QString text;
  QStringList heads;
  for (int c = RunTableModel::NumberColumn; c < RunTableModel::kColumns; ++c)
    if (c != RunTableModel::CurveColumn)
      heads << csvCell(m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
  text += heads.join(u',') + u'\n';
  const auto write = [&](const QModelIndex& row) {
    QStringList cells;
    for (int c = RunTableModel::NumberColumn; c < RunTableModel::kColumns; ++c)
      if (c != RunTableModel::CurveColumn)
        cells << csvCell(row.siblingAtColumn(c).data().toString());
    text += cells.join(u',') + u'\n';
  };
  for (int i = 0; i < m_model->rowCount(); ++i) {
    const QModelIndex top = m_model->index(i, 0);
    if (m_model->rowAt(top))
      write(top);
    else
      for (int j = 0; j < m_model->rowCount(top); ++j) write(m_model->index(j, 0, top));
  }
  inBackground(
      this, [path, text] { return writeFileAtomically(fromQt(path), fromQt(text)); },
      [this, path](const Status& status) {
        if (status)
          m_message->showMessage(MessageBar::Kind::Good, tr("Wrote %1.").arg(path));
        else
          m_message->showError(toQt(status.error().message));
      });
}

void RunsPage::flush() { m_details->flush(); }

}  // namespace wordsight::ui
