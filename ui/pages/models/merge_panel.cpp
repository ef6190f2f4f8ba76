#include "pages/models/merge_panel.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "jobs/merge_job.h"
#include "models/folders/model_tree.h"
#include "models/jobs/job_list_model.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/model_chooser.h"
#include "widgets/path_field.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kProgressSteps = 1000;
}

MergePanel::MergePanel(ModelCatalog& catalog, QWidget* parent)
    : QWidget(parent),
      m_catalog(catalog),
      m_model(new ModelChooser(catalog, ModelChooser::Kind::Base, this)),
      m_adapter(new ModelChooser(catalog, ModelChooser::Kind::Adapter, this)),
      m_out(
          new PathField(PathField::Kind::Folder, tr("Choose where the new folder goes"), {}, this)),
      m_precision(new QComboBox(this)),
      m_detail(new QLabel(this)),
      m_why(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_start(new QPushButton(icon(QStringLiteral("merge")), tr("Merge"), this)),
      m_stop(new QPushButton(icon(QStringLiteral("stop")), tr("Stop"), this)),
      m_close(new QPushButton(tr("Close"), this)),
      m_message(new MessageBar(this)) {
  m_why->setObjectName(QStringLiteral("mergeWhy"));
  m_why->setWordWrap(true);
  m_why->setForegroundRole(QPalette::PlaceholderText);
  m_why->hide();
  build();
  connect(m_model, &ModelChooser::folderChanged, this, [this](const QString& folder) {
    m_adapter->setBase(folder);
    suggestOut();
    refresh();
  });
  connect(m_adapter, &ModelChooser::folderChanged, this, [this] {
    suggestOut();
    refresh();
  });
  connect(m_model, &ModelChooser::described, this, &MergePanel::refresh);
  connect(m_adapter, &ModelChooser::described, this, [this] {
    // The adapter says whose it is; that model is nearly always the one that is meant.
    if (m_adapter->model() && m_model->folder().isEmpty())
      if (const auto* base = BaseIndex(m_catalog.models()).of(*m_adapter->model()))
        m_model->setFolder(toQt(base->path.string()));
    refresh();
  });
  connect(m_out, &PathField::pathChanged, this, &MergePanel::refresh);
  connect(&m_out->line(), &QLineEdit::textEdited, this, [this] { m_ownOut = true; });
  connect(m_start, &QPushButton::clicked, this, &MergePanel::start);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_session && m_job != 0) m_session->cancel(m_job);
  });
  connect(m_close, &QPushButton::clicked, this, &MergePanel::closed);
  refresh();
}

void MergePanel::build() {
  auto* title = new QLabel(tr("Merge an adapter into its model"), this);
  QFont large = title->font();
  large.setWeight(QFont::DemiBold);
  large.setPointSizeF(large.pointSizeF() * 1.15);
  title->setFont(large);
  auto* about = new QLabel(tr("The result is a normal model folder that other programs can load. "
                              "What exists is never overwritten."),
                           this);
  about->setWordWrap(true);
  m_model->setObjectName(QStringLiteral("mergeModelChooser"));
  m_adapter->setObjectName(QStringLiteral("mergeAdapterChooser"));
  m_out->setObjectName(QStringLiteral("mergeOut"));
  m_out->setPlaceholder(tr("A folder that is not there yet"));
  m_precision->setObjectName(QStringLiteral("mergePrecision"));
  m_precision->addItem(tr("as the model has it"), -1);
  m_precision->addItem(tr("bf16"), int(Precision::BF16));
  m_precision->addItem(tr("f32"), int(Precision::F32));
  m_precision->setToolTip(tr("How the merged weights are written"));
  m_precision->setAccessibleName(tr("Precision"));
  m_progress->setObjectName(QStringLiteral("mergeProgress"));
  m_progress->setRange(0, kProgressSteps);
  m_progress->setTextVisible(false);
  m_progress->setFixedHeight(8);
  m_detail->setObjectName(QStringLiteral("mergeDetail"));
  m_detail->setTextFormat(Qt::PlainText);
  m_start->setObjectName(QStringLiteral("mergeStart"));
  m_stop->setObjectName(QStringLiteral("mergeStop"));
  m_stop->setToolTip(tr("Stop; nothing of the new folder stays"));
  m_close->setObjectName(QStringLiteral("mergeClose"));
  m_close->setToolTip(tr("Back to the model's details; a merge that runs goes on"));
  auto* form = new QFormLayout;
  form->setSpacing(kSpace);
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Model"), m_model);
  form->addRow(tr("Adapter"), m_adapter);
  form->addRow(tr("New folder"), m_out);
  form->addRow(tr("Precision"), m_precision);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpace);
  buttons->addStretch();
  for (auto* button : {m_close, m_stop, m_start}) {
    button->setAutoDefault(false);
    buttons->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, 0, 0, 0);
  column->setSpacing(kSpace);
  column->addWidget(title);
  column->addWidget(about);
  column->addWidget(m_message);
  column->addLayout(form);
  column->addWidget(m_why);
  column->addLayout(buttons);
  column->addWidget(m_progress);
  column->addWidget(m_detail);
  column->addStretch();
}

void MergePanel::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_job = 0;
  if (session) {
    connect(session, &Session::jobEnded, this, &MergePanel::ended);
    connect(session, &Session::jobProgress, this, [this](quint64 number) {
      if (number == m_job) refresh();
    });
    connect(session, &Session::jobsChanged, this, [this] {
      if (m_job != 0) refresh();
    });
  }
  refresh();
}

void MergePanel::setModel(const QString& folder) { m_model->setFolder(folder); }

void MergePanel::setAdapter(const QString& folder) {
  m_ownOut = false;
  m_message->clear();
  m_adapter->setFolder(folder);
  suggestOut();
}

/// Beside the model, called after both.
void MergePanel::suggestOut() {
  if (m_ownOut || m_model->folder().isEmpty() || m_adapter->folder().isEmpty()) return;
  const QFileInfo model(m_model->folder()), adapter(m_adapter->folder());
  const auto* known = m_catalog.find(m_model->folder());
  const QString name = known ? toQt(known->name).section(u'/', -1) : model.fileName();
  // A snapshot in the hub's cache is no place for something new.
  const bool inCache = model.path().endsWith(QLatin1String("/snapshots"));
  const QString place = inCache ? adapter.path() : model.path();
  m_out->setPath(QStringLiteral("%1/%2-%3").arg(place, name, adapter.fileName()));
}

void MergePanel::refresh() {
  const JobView* job = m_session && m_job != 0 ? m_session->job(m_job) : nullptr;
  const bool running = job && job->state != JobView::State::Ended;
  const QString why = !m_session           ? tr("Open a project first: a merge is one of its runs.")
                      : !m_model->usable() ? tr("Choose the model first")
                      : !m_adapter->usable()    ? tr("Choose the adapter first")
                      : m_out->path().isEmpty() ? tr("Say where the new folder goes")
                      : running                 ? tr("One merge at a time")
                                                : QString();
  m_start->setEnabled(why.isEmpty());
  m_start->setToolTip(why.isEmpty() ? tr("Write the merged model") : why);
  m_why->setText(running ? QString() : why);
  m_why->setVisible(!m_why->text().isEmpty());
  m_stop->setVisible(running);
  m_progress->setVisible(running);
  m_detail->setVisible(running);
  if (!running) return;
  const double share = JobListModel::fractionOf(*job);
  m_progress->setValue(share < 0 ? 0 : static_cast<int>(share * kProgressSteps));
  m_detail->setText(JobListModel::detailOf(*job));
}

void MergePanel::start() {
  if (!m_session) return;
  m_message->clear();
  jobs::MergeSpec spec;
  spec.model = fromQt(m_model->folder());
  spec.adapter = fromQt(m_adapter->folder());
  spec.out = fromQt(m_out->path());
  if (const int precision = m_precision->currentData().toInt(); precision >= 0)
    spec.precision = static_cast<Precision>(precision);
  m_target = m_out->path();
  m_job = m_session->submit(
      Session::kModelLane, tr("Merge into %1").arg(QFileInfo(m_target).fileName()),
      [spec](const jobs::JobContext& context) { return jobs::mergeAdapter(context, spec); });
  refresh();
}

void MergePanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (number != m_job) return;
  m_job = 0;
  if (status == RunStatus::Done) {
    m_message->showMessage(MessageBar::Kind::Good, tr("Merged into %1.").arg(m_target));
    m_ownOut = false;
    Q_EMIT merged(m_target);
  } else if (status == RunStatus::Failed) {
    m_message->showError(error);
  } else {
    m_message->showMessage(MessageBar::Kind::Info,
                           tr("Stopped; nothing of %1 was kept.").arg(m_target));
  }
  refresh();
}

}  // namespace wordsight::ui
