#include "pages/train/trainings_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>
#include <utility>

#include "bridge/format.h"
#include "bridge/settings.h"
#include "models/jobs/training_list_model.h"
#include "widgets/icons.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
const QString kColumns = QStringLiteral("train/trainingsColumns");
constexpr int kTypingPause = 250;
}  // namespace

TrainingsPanel::TrainingsPanel(Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_model(new TrainingListModel(this)),
      m_filter(new QLineEdit(this)),
      m_table(new QTableView(this)),
      m_untick(new QToolButton(this)),
      m_note(new QLabel(this)) {
  setObjectName(QStringLiteral("trainingsPanel"));
  build();
  connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_resetting = true; });
  connect(m_model, &QAbstractItemModel::modelReset, this, [this] { m_resetting = false; });
  connect(m_model, &TrainingListModel::refreshed, this, &TrainingsPanel::listRefreshed);
  connect(m_model, &TrainingListModel::tickedChanged, this, [this] {
    showNote();
    Q_EMIT overlaysChanged();
  });
  connect(m_model, &TrainingListModel::failed, this, &TrainingsPanel::failed);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &TrainingsPanel::rowChosen);
  connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    const RunId run = m_model->row(index.row()).run.id;
    m_model->setTicked(run, !m_model->ticked().contains(run));
  });
  m_typing.setSingleShot(true);
  m_typing.setInterval(kTypingPause);
  connect(&m_typing, &QTimer::timeout, this, [this] { m_model->setFilter(m_filter->text()); });
  connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
  connect(m_untick, &QToolButton::clicked, m_model, &TrainingListModel::untickAll);
}

void TrainingsPanel::build() {
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(kSpaceLarge, kSpace, kSpace, kSpace);
  bar->setSpacing(kSpaceSmall);
  m_filter->setObjectName(QStringLiteral("trainingFilter"));
  m_filter->setPlaceholderText(tr("Filter by name, note or tag"));
  m_filter->setAccessibleName(tr("Filter trainings"));
  m_filter->setToolTip(tr("Shows trainings whose name, note or tag has this text"));
  m_filter->setClearButtonEnabled(true);
  m_untick->setObjectName(QStringLiteral("untickAll"));
  m_untick->setIcon(icon(QStringLiteral("close")));
  m_untick->setToolTip(tr("Take all ticks away: only the chosen training's curves stay"));
  m_untick->setAccessibleName(tr("Untick all"));
  m_untick->setAutoRaise(true);
  bar->addWidget(m_filter, 1);
  bar->addWidget(m_untick);
  m_table->setObjectName(QStringLiteral("trainingsTable"));
  m_table->setAccessibleName(tr("Trainings"));
  m_table->setModel(m_model);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setShowGrid(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setAlternatingRowColors(true);
  m_table->setTabKeyNavigation(false);
  m_table->setWordWrap(false);
  m_table->setTextElideMode(Qt::ElideRight);
  m_table->setIconSize({24, 12});
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
  auto* header = m_table->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionResizeMode(TrainingListModel::Name, QHeaderView::Stretch);
  header->resizeSection(TrainingListModel::Status, 104);  // "running, 100 %"
  header->resizeSection(TrainingListModel::Loss, 64);
  header->hideSection(TrainingListModel::Started);
  m_note->setObjectName(QStringLiteral("trainingsNote"));
  m_note->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpace, kSpaceSmall);
  m_note->setWordWrap(true);
  m_note->setForegroundRole(QPalette::PlaceholderText);
  column->addLayout(bar);
  column->addWidget(m_table, 1);
  column->addWidget(m_note);
  showNote();
}

void TrainingsPanel::setSession(Session* session) {
  m_chosen = m_wanted = {};
  m_model->setSession(session);
  showNote();
}

void TrainingsPanel::choose(RunId run) {
  m_wanted = run;
  const int row = m_model->rowOf(run);
  if (row < 0) {
    m_filter->clear();  // it may be hidden
    return;
  }
  m_wanted = {};
  m_table->setCurrentIndex(m_model->index(row, 0));
  m_table->scrollTo(m_model->index(row, 0));
}

void TrainingsPanel::rowChosen(const QModelIndex& index) {
  if (m_resetting || !index.isValid()) return;
  const Run& run = m_model->row(index.row()).run;
  if (run.id == m_chosen) return;
  m_chosen = run.id;
  Q_EMIT chosenChanged(run.id, TrainingListModel::title(run));
}

void TrainingsPanel::listRefreshed() {
  if (m_wanted && m_model->rowOf(m_wanted) >= 0) choose(m_wanted);
  if (m_wanted && m_model->filter().isEmpty()) {
    // Too old for the list, or no training at all: its number must do.
    m_chosen = std::exchange(m_wanted, {});
    m_table->setCurrentIndex({});
    Q_EMIT chosenChanged(m_chosen, QString::number(m_chosen.value));
  }
  if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0 && !m_wanted) {
    // The one that was chosen, if it is still listed; on first sight the newest.
    const int row = m_chosen ? m_model->rowOf(m_chosen) : 0;
    if (row >= 0) m_table->setCurrentIndex(m_model->index(row, 0));
  }
  showNote();
  Q_EMIT refreshed();
}

void TrainingsPanel::showNote() {
  const auto ticked = static_cast<int>(m_model->ticked().size());
  m_untick->setEnabled(ticked > 0);
  QStringList parts;
  if (ticked > 0) parts << tr("%n ticked", nullptr, ticked);
  if (m_model->cut())
    parts << tr("The newest %1 are shown; filter to find older ones")
                 .arg(formatCount(m_model->rowCount()));
  m_note->setText(parts.join(QStringLiteral(" · ")));
  m_note->setVisible(!parts.isEmpty());
}

std::vector<CurveFeed::Shown> TrainingsPanel::overlays() const {
  std::vector<CurveFeed::Shown> runs;
  for (const auto& [run, title] : m_model->ticked()) {
    const store::RunRow* row = m_model->find(run);
    runs.push_back({run, title, row && row->run.status == RunStatus::Running});
  }
  return runs;
}

}  // namespace wordsight::ui
