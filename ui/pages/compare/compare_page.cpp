#include "pages/compare/compare_page.h"

#include <QAction>
#include <QDesktopServices>
#include <QKeyEvent>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

#include "bridge/format.h"
#include "jobs/comparison.h"
#include "models/compare/comparison_remarks.h"
#include "pages/compare/cells_bar.h"
#include "pages/compare/compare_export.h"
#include "pages/compare/evaluation_chooser.h"
#include "pages/compare/filter_bar.h"
#include "pages/compare/item_list.h"
#include "pages/compare/item_view.h"
#include "pages/compare/statistics_panel.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/picture_view.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

// Pictures decoded before they are asked for. A decoding takes some 20 ms, a person's step 100 ms
// at the least while a key is held: four ahead outlast a busy disk.
constexpr int kAhead = 4, kBehind = 2;

std::string personName() {
  for (const char* name : {"USER", "USERNAME", "LOGNAME"})
    if (const QString value = qEnvironmentVariable(name); !value.isEmpty()) return fromQt(value);
  return "person";
}

/// What the experiment is about, when it is there: the same arm, before and after tuning.
std::pair<std::size_t, std::size_t> defaultPair(const std::vector<CellRecord>& cells) {
  for (const Arm arm : {Arm::Image, Arm::Caption, Arm::Blind}) {
    std::vector<std::size_t> same;
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (cells[c].arm == arm) same.push_back(c);
    if (same.size() > 1) return {same[0], same[1]};
  }
  return {0, std::min<std::size_t>(1, cells.size() - 1)};
}

}  // namespace

ComparePage::ComparePage(Services services, QWidget* parent)
    : Page(PageId::Compare, services, parent),
      m_stack(new QStackedWidget(this)),
      m_empty(nullptr),
      m_content(new QWidget(this)),
      m_message(new MessageBar(this)),
      m_remarks(new MessageBar(this)),
      m_cells(new CellsBar(this)),
      m_filter(new ItemFilterBar(this)),
      m_list(new ItemList(this)),
      m_view(new ItemView(this)),
      m_statistics(new StatisticsPanel(this)),
      m_chooser(new EvaluationChooser(this)),
      m_export(new CompareExport(*m_statistics, this)),
      m_nothing(new QLabel(this)),
      m_waiting(new QLabel(this)),
      m_across(new QSplitter(Qt::Horizontal, this)),
      m_down(new QSplitter(Qt::Vertical, this)),
      m_goEvaluate(new QAction(icon(QStringLiteral("evaluate")), tr("Evaluate a model"), this)),
      m_openSaved(new QAction(icon(QStringLiteral("external")), tr("Open"), this)),
      m_items(new CompareItemModel(this)) {
  setObjectName(QStringLiteral("comparePage"));
  m_goEvaluate->setObjectName(QStringLiteral("goEvaluate"));
  m_goEvaluate->setToolTip(tr("Go to the Evaluate page"));
  connect(m_goEvaluate, &QAction::triggered, this,
          [this] { Q_EMIT navigate(PageId::Evaluate, {}); });
  m_openSaved->setToolTip(tr("Open it in the program that the desktop has for it"));
  connect(m_openSaved, &QAction::triggered, this,
          [this] { QDesktopServices::openUrl(m_openSaved->data().toUrl()); });
  m_list->setItemModel(m_items);
  makeLayout();
  makeActions();
  connectParts();
  showEmpty();
}

ComparePage::~ComparePage() {
  stopComparing();
  // The parts hear of nothing any more while they go.
  m_list->setLoader(nullptr);
  m_view->setLoader(nullptr);
}

void ComparePage::sessionChanged() {
  m_runsQuery.cancel();
  stopComparing();
  m_list->setLoader(nullptr);
  m_view->setLoader(nullptr);
  m_loader.reset();
  m_export->setSession(session());
  m_entries.clear();
  m_shown.clear();
  m_checked.clear();
  m_picked = false;
  m_current = {};
  m_remarksRead.clear();
  m_remarks->clear();
  m_message->clear();
  apply(nullptr);
  if (!session()) return;
  const auto& project = session()->project();
  m_loader = std::make_unique<PictureLoader>(
      session()->readOnly() ? std::filesystem::path() : project.filesFolder() / "thumbnails");
  m_list->setLoader(m_loader.get());
  m_view->setLoader(m_loader.get());
  m_view->setLocked(session()->readOnly()
                        ? tr("This project is open for reading only; nothing can be decided in it.")
                        : QString());
  connect(session(), &Session::contentChanged, this, &ComparePage::contentChanged);
  m_stale = m_answersStale = true;
  m_stack->setCurrentWidget(m_waiting);
  refreshRuns();
}

void ComparePage::contentChanged(Content content) {
  switch (content) {
    case Content::Predictions:
      m_answersStale = true;
      break;
    case Content::Runs:
      break;
    case Content::Benchmarks:  // pictures may have been joined anew
      m_answersStale = true;
      if (m_loader) m_loader->forget();
      break;
    default:
      return;
  }
  m_stale = true;
  if (isVisible()) refreshRuns();
}

void ComparePage::shown() {
  // A folder of pictures that was away may be back.
  if (m_loader && m_loader->hasProblems()) {
    m_loader->forget();
    m_answersStale = m_stale = true;
  }
  if (m_stale && session()) refreshRuns();
}

void ComparePage::open(const QVariantMap& what) {
  const QVariantList wanted = what.value(QStringLiteral("runs")).toList();
  if (wanted.isEmpty()) return;
  m_checked.clear();
  for (const QVariant& run : wanted) m_checked.emplace_back(run.toLongLong());
  if (m_checked.size() > EvaluationChooser::kMostCells) {
    m_message->showMessage(MessageBar::Kind::Info,
                           tr("The first %1 of %2 evaluations stand side by side; more don't fit.")
                               .arg(EvaluationChooser::kMostCells)
                               .arg(m_checked.size()));
    m_checked.resize(EvaluationChooser::kMostCells);
  }
  m_shown = m_checked;
  m_picked = true;
  m_answersStale = true;
  if (session()) refreshRuns();
}

void ComparePage::refreshRuns() {
  m_stale = false;
  using Found = std::pair<std::vector<CandidateCell>, std::vector<RunId>>;
  m_runsQuery.ask(
      session()->database(), this,
      [](store::Connection& connection) -> Result<Found> {
        WORDSIGHT_TRY(auto entries, listEvaluations(connection));
        WORDSIGHT_TRY(auto latest, jobs::latestEvaluations(connection));
        return Found(std::move(entries), std::move(latest));
      },
      [this](Result<Found> found) {
        if (!found) return showError(toQt(found.error().message));
        applyRuns(std::move(found->first), found->second);
      });
}

void ComparePage::applyRuns(std::vector<CandidateCell> entries, const std::vector<RunId>& latest) {
  m_entries = std::move(entries);
  const auto before = m_checked;
  if (!m_picked) {
    m_shown = latest;
    if (m_shown.size() > EvaluationChooser::kMostCells)  // the newest ones
      m_shown.erase(m_shown.begin(), m_shown.end() - EvaluationChooser::kMostCells);
    m_checked = m_shown;
  }
  m_cells->setRuns(m_entries, m_shown, m_checked);
  m_cells->setComparison(comparison().get());
  if (m_checked.empty()) return apply(nullptr);
  if (m_answersStale || m_checked != before || !comparison()) compare();
}

void ComparePage::compare() {
  if (!session() || m_checked.empty()) return;
  m_answersStale = false;
  stopComparing();
  m_compareQuery.ask(
      session()->database(), this,
      [runs = m_checked, offered = m_shown,
       project = session()->project()](store::Connection& connection) {
        return loadComparison(connection, project, runs, offered);
      },
      [this](Result<ComparisonPtr> data) {
        if (!data) {
          if (!comparison()) m_stack->setCurrentWidget(m_content);
          return showError(toQt(data.error().message));
        }
        if (m_message->kind() == MessageBar::Kind::Error) m_message->clear();
        apply(std::move(*data));
        addIntervals();
      });
}

void ComparePage::addIntervals() {
  m_stopIntervals = std::stop_source();
  m_intervalsQuery.ask(
      session()->database(), this,
      [data = comparison(), stop = m_stopIntervals.get_token()](
          store::Connection&) -> Result<ComparisonPtr> { return withIntervals(*data, stop); },
      [this](Result<ComparisonPtr> whole) {
        if (whole && *whole) apply(std::move(*whole));
      });
}

void ComparePage::stopComparing() {
  m_compareQuery.cancel();
  m_intervalsQuery.cancel();
  m_stopIntervals.request_stop();
}

void ComparePage::apply(ComparisonPtr data) {
  if (!data) {
    m_export->setComparison(nullptr);
    m_items->setComparison(nullptr);
    m_cells->setComparison(nullptr);
    m_statistics->setComparison(nullptr);
    m_view->clear();
    showEmpty();
    return;
  }
  m_stack->setCurrentWidget(m_content);
  m_cells->setComparison(data.get());
  m_statistics->setComparison(data);
  m_export->setComparison(data);
  m_items->setComparison(data);
  showRemarks();
  m_filter->setComparison(data.get());
  restorePair();
  showRows();
  currentChanged();
}

void ComparePage::showEmpty() {
  m_goEvaluate->setVisible(session() != nullptr);
  if (session())
    m_empty->setTexts(
        tr("Nothing to compare yet"),
        tr("Here stand the answers of up to six evaluations side by side, picture by "
           "picture: the base model and the tuned one, asked about the image, about a "
           "caption, or blind. Evaluate a model first, or read recorded answers."));
  else
    m_empty->setTexts(tr("No project is open"),
                      tr("Open a project to compare what its models answered."));
  m_stack->setCurrentWidget(m_empty);
}

/// What makes the cells unlike each other stands above the figures.
void ComparePage::showRemarks() {
  const QString text =
      comparison() ? comparisonRemarks(comparison()->comparison).join(QLatin1Char(' ')) : QString();
  if (text.isEmpty() || text == m_remarksRead) return m_remarks->clear();
  if (text != m_remarks->sentence() || m_remarks->isHidden())
    m_remarks->showMessage(MessageBar::Kind::Info, text);
}

void ComparePage::showError(const QString& sentence) { m_message->showError(sentence); }

void ComparePage::showSaved(const QString& file) {
  m_openSaved->setData(QUrl::fromLocalFile(file));
  m_message->showMessage(MessageBar::Kind::Good, tr("Saved to %1.").arg(file), {m_openSaved});
}

void ComparePage::choosePair(std::size_t first, std::size_t second) {
  const auto& data = comparison();
  if (!data || first >= data->cells.size() || second >= data->cells.size()) return;
  m_pairFirst = data->cells[first].run;
  m_pairSecond = data->cells[second].run;
  m_statistics->setPair(first, second);
  auto filter = m_filter->filter();
  filter.first = first;
  filter.second = second;
  m_filter->setFilter(filter);
}

void ComparePage::restorePair() {
  const auto& data = comparison();
  const auto place = [&](RunId run) {
    std::size_t c = 0;
    while (c < data->cells.size() && data->cells[c].run != run) ++c;
    return c;
  };
  std::size_t first = place(m_pairFirst), second = place(m_pairSecond);
  const std::size_t none = data->cells.size();
  if (first == none || second == none || first == second)
    std::tie(first, second) = defaultPair(data->cells);
  choosePair(first, second);
}

void ComparePage::filterChanged(const ComparisonFilter& filter) {
  m_items->setFilter(filter);
  m_statistics->setTransition(filter.transition);
  showRows();
}

/// After the rows have changed: how many there are, and the item that was looked at, or the first.
void ComparePage::showRows() {
  const int rows = m_items->rowCount();
  m_filter->setCount(rows, m_items->total());
  m_nothing->setVisible(rows == 0);
  m_list->setVisible(rows != 0);
  if (!comparison()) return;
  const auto& items = comparison()->comparison.items;
  int row = 0;
  for (int i = 0; i < rows; ++i)
    if (items[static_cast<std::size_t>(m_items->itemAt(i))].id == m_current) row = i;
  goTo(row);
}

int ComparePage::currentItem() const { return m_items->itemAt(m_list->currentIndex().row()); }

void ComparePage::step(int rows) {
  m_direction = rows < 0 ? -1 : 1;
  goTo(std::clamp(m_list->currentIndex().row() + rows, 0, std::max(0, m_items->rowCount() - 1)));
}

void ComparePage::goTo(int row) {
  if (row < 0 || row >= m_items->rowCount()) return currentChanged();
  m_list->setCurrentIndex(m_items->index(row));
}

void ComparePage::currentChanged() {
  const auto& data = comparison();
  const int item = currentItem();
  if (!data) return;
  if (item < 0) return m_view->clear();
  const int row = m_list->currentIndex().row();
  std::vector<QString> ahead;
  const auto add = [&](int at) {
    const int next = m_items->itemAt(at);
    if (next >= 0)
      ahead.push_back(toQt(data->comparison.items[static_cast<std::size_t>(next)].picture));
  };
  for (int i = 1; i <= kAhead; ++i) add(row + i * m_direction);
  for (int i = 1; i <= kBehind; ++i) add(row - i * m_direction);
  m_current = data->comparison.items[static_cast<std::size_t>(item)].id;
  m_view->show(data, item, ahead);
}

void ComparePage::overrideAnswer(std::size_t cell, OverrideState after) {
  const auto& data = comparison();
  const int item = currentItem();
  if (!data || item < 0 || !session() || cell >= data->cells.size()) return;
  const auto at = static_cast<std::size_t>(item);
  const auto& answer = data->comparison.cells[cell].answers[at];
  OverrideState before;
  if (answer.overridden) before = {true, answer.choice.option, {}, {}};
  if (const auto note = data->cells[cell].overrides.find(at);
      note != data->cells[cell].overrides.end())
    before.note = note->second.note;
  before.person = after.person = personName();
  const QPointer<ComparePage> page(this);
  const auto done = [page](const Status& status) {
    if (page && !status) page->showError(toQt(status.error().message));
  };
  const QString text = after.inForce ? tr("override of %1, item %2")
                                     : tr("withdrawal of the override of %1, item %2");
  session()->undoStack().push(new OverrideCommand(
      *session(), answer.predictions, before, after, done,
      text.arg(toQt(data->comparison.cells[cell].name)).arg(data->comparison.items[at].index)));
}

void ComparePage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Down && comparison()) return step(1);
  if (event->key() == Qt::Key_Up && comparison()) return step(-1);
  Page::keyPressEvent(event);
}

}  // namespace wordsight::ui
