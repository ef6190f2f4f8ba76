#include "pages/train/queue_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QToolButton>

#include "models/jobs/queue_model.h"
#include "pages/train/job_delegate.h"
#include "widgets/icons.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

QueuePanel::QueuePanel(QWidget* parent)
    : QWidget(parent),
      m_model(new QueueModel(Session::kModelLane, this)),
      m_list(new QListView(this)) {
  setObjectName(QStringLiteral("queuePanel"));
  build();
  connect(m_model, &QAbstractItemModel::modelReset, this, &QueuePanel::refresh);
  connect(m_model, &QAbstractItemModel::rowsInserted, this, &QueuePanel::refresh);
  connect(m_model, &QAbstractItemModel::rowsRemoved, this, &QueuePanel::refresh);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& index) {
            if (index.isValid()) m_chosen = m_model->number(index.row());
            refresh();
          });
  connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
    if (const auto run = index.data(JobListModel::RunRole).toLongLong())
      Q_EMIT runChosen(RunId(run));
  });
  hide();
}

void QueuePanel::build() {
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpace, kSpaceSmall);
  bar->setSpacing(kSpaceSmall);
  auto* title = new QLabel(tr("Queue"), this);
  QFont bold = title->font();
  bold.setBold(true);
  title->setFont(bold);
  bar->addWidget(title, 1);
  const auto button = [&](const char* name, const QString& iconName, const QString& tip) {
    auto* made = new QToolButton(this);
    made->setObjectName(QString::fromLatin1(name));
    made->setIcon(icon(iconName));
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    bar->addWidget(made);
    return made;
  };
  m_up = button("queueUp", QStringLiteral("up"), tr("Earlier"));
  m_down = button("queueDown", QStringLiteral("down"), tr("Later"));
  m_pause = button("queuePause", QStringLiteral("pause"), tr("Pause"));
  m_stop = button("queueStop", QStringLiteral("stop"), tr("Stop"));
  connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
  connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
  connect(m_pause, &QToolButton::clicked, this, [this] {
    if (current() < 0 || !m_session) return;
    const auto number = m_model->number(current());
    if (m_model->state(current()) == JobView::State::Paused)
      m_session->resume(number);
    else
      m_session->pause(number);
  });
  connect(m_stop, &QToolButton::clicked, this, [this] {
    if (current() >= 0 && m_session) m_session->cancel(m_model->number(current()));
  });
  m_list->setObjectName(QStringLiteral("queueList"));
  m_list->setAccessibleName(tr("Jobs that run or wait"));
  m_list->setModel(m_model);
  m_list->setItemDelegate(new JobDelegate(m_list));
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setDragDropMode(QAbstractItemView::InternalMove);
  m_list->setDefaultDropAction(Qt::MoveAction);
  m_list->setDropIndicatorShown(true);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  column->addLayout(bar);
  column->addWidget(m_list, 1);
}

void QueuePanel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_chosen = 0;
  m_model->setSession(session);
  if (session) connect(session, &Session::jobsChanged, this, &QueuePanel::refresh);
  refresh();
}

int QueuePanel::current() const {
  const QModelIndex index = m_list->currentIndex();
  return index.isValid() ? index.row() : -1;
}

void QueuePanel::move(int by) {
  const int row = current();
  m_model->move(row, row + by);
}

void QueuePanel::refresh() {
  setVisible(m_model->rowCount() > 0);
  if (current() < 0 && m_model->rowCount() > 0) {
    // After a reset: where it was, or on the one that runs.
    m_list->setCurrentIndex(m_model->index(std::max(0, m_model->rowOf(m_chosen)), 0));
    return;  // comes again
  }
  const int row = current();
  m_up->setEnabled(m_model->canMove(row, row - 1));
  m_down->setEnabled(m_model->canMove(row, row + 1));
  const bool paused = row >= 0 && m_model->state(row) == JobView::State::Paused;
  m_pause->setEnabled(row >= 0);
  m_pause->setIcon(icon(paused ? QStringLiteral("resume") : QStringLiteral("pause")));
  m_pause->setToolTip(paused ? tr("Go on") : tr("Pause"));
  m_pause->setAccessibleName(m_pause->toolTip());
  m_stop->setEnabled(row >= 0);
  const bool waits = m_model->waits(row);
  m_stop->setIcon(icon(waits ? QStringLiteral("remove") : QStringLiteral("stop")));
  m_stop->setToolTip(waits ? tr("Take out of the queue")
                           : tr("Stop; a training keeps a checkpoint"));
  m_stop->setAccessibleName(m_stop->toolTip());
}

}  // namespace wordsight::ui
