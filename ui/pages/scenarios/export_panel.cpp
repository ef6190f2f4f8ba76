#include "pages/scenarios/export_panel.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/scenarios/scenario_table_model.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/scenario_table.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kShown = 0, kSelected = 1, kFirstDataset = 2;

struct Format {
  curate::ExportFormat format;
  const char *title, *note, *suffix;
};

constexpr Format kFormats[] = {
    {curate::ExportFormat::Jsonl, QT_TRANSLATE_NOOP("ExportPanel", "Scenarios, one a line (JSONL)"),
     QT_TRANSLATE_NOOP("ExportPanel", "Everything: it can be imported again as it is."), "jsonl"},
    {curate::ExportFormat::Json, QT_TRANSLATE_NOOP("ExportPanel", "Scenarios as one list (JSON)"),
     QT_TRANSLATE_NOOP("ExportPanel", "The same, as VIVA's own file is written."), "json"},
    {curate::ExportFormat::Csv, QT_TRANSLATE_NOOP("ExportPanel", "Table (CSV)"),
     QT_TRANSLATE_NOOP("ExportPanel", "For spreadsheets; a column for each option."), "csv"},
    {curate::ExportFormat::Messages, QT_TRANSLATE_NOOP("ExportPanel", "Chats, one a line (JSONL)"),
     QT_TRANSLATE_NOOP("ExportPanel",
                       "What a model is trained on; scenarios without a key are left out."),
     "jsonl"},
    {curate::ExportFormat::ShareGpt, QT_TRANSLATE_NOOP("ExportPanel", "Chats as ShareGPT (JSON)"),
     QT_TRANSLATE_NOOP("ExportPanel", "For other trainers; scenarios without a key are left out."),
     "json"},
    {curate::ExportFormat::Alpaca,
     QT_TRANSLATE_NOOP("ExportPanel", "Instructions as Alpaca (JSON)"),
     QT_TRANSLATE_NOOP("ExportPanel", "For other trainers; scenarios without a key are left out."),
     "json"},
};

}  // namespace

ExportPanel::ExportPanel(ScenarioTable* table, QWidget* parent)
    : QWidget(parent),
      m_table(table),
      m_what(new QComboBox),
      m_split(new QComboBox),
      m_format(new QComboBox),
      m_note(caption({})),
      m_start(new QPushButton(icon(QStringLiteral("export")), tr("Export…"))),
      m_messages(new MessageBar) {
  setObjectName(QStringLiteral("exportPanel"));
  m_picker = [this](const QString& name) {
    return QFileDialog::getSaveFileName(this, tr("Export scenarios"), name);
  };
  const auto dress = [](QComboBox* menu, const char* name, const QString& tip) {
    menu->setObjectName(QString::fromLatin1(name));
    menu->setToolTip(tip);
    menu->setAccessibleName(tip);
    menu->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    menu->setMinimumContentsLength(8);
  };
  dress(m_what, "exportWhat", tr("What to export"));
  dress(m_split, "exportSplit", tr("Which part of the dataset"));
  dress(m_format, "exportFormat", tr("How it is written"));
  for (const auto& format : kFormats)
    m_format->addItem(QCoreApplication::translate("ExportPanel", format.title));
  m_note->setWordWrap(true);
  m_start->setObjectName(QStringLiteral("startExport"));
  m_start->setAutoDefault(false);
  auto* head = new QHBoxLayout;
  head->addWidget(heading(tr("Export")));
  head->addStretch();
  head->addWidget(m_start);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(kSpaceLarge);
  grid->setVerticalSpacing(kSpaceSmall);
  grid->setColumnStretch(1, 2);
  grid->setColumnStretch(2, 1);
  grid->addWidget(caption(tr("What"), m_what), 0, 0);
  grid->addWidget(m_what, 0, 1);
  grid->addWidget(m_split, 0, 2);
  grid->addWidget(caption(tr("Form"), m_format), 1, 0);
  grid->addWidget(m_format, 1, 1, 1, 2);
  grid->addWidget(m_note, 2, 1, 1, 2);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpaceLarge);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_messages);
  column->addLayout(grid);
  connect(m_what, &QComboBox::currentIndexChanged, this, &ExportPanel::fillSplits);
  connect(m_format, &QComboBox::currentIndexChanged, this, &ExportPanel::describe);
  connect(m_start, &QPushButton::clicked, this, &ExportPanel::start);
  showDatasets({});
}

void ExportPanel::setSession(Session* session) {
  m_session = session;
  m_job = 0;
  m_messages->clear();
  showDatasets({});
  if (session)
    connect(session, &Session::jobEnded, this, &ExportPanel::ended, Qt::UniqueConnection);
}

void ExportPanel::showDatasets(const std::vector<store::Dataset>& datasets) {
  const QString kept = m_what->currentData().toString();
  m_datasets = datasets;
  {
    const QSignalBlocker quiet(m_what);
    m_what->clear();
    m_what->addItem(QString());
    m_what->addItem(QString());
    for (const auto& dataset : m_datasets)
      m_what->addItem(tr("Dataset %1").arg(toQt(dataset.name)), toQt(dataset.name));
    m_what->setCurrentIndex(kept.isEmpty() ? kShown : std::max(0, m_what->findData(kept)));
  }
  updateScope();
  fillSplits();
}

void ExportPanel::chooseDataset(const QString& name) {
  if (const int index = m_what->findData(name); index >= 0) m_what->setCurrentIndex(index);
}

void ExportPanel::updateScope() {
  m_what->setItemText(
      kShown, tr("What the table shows (%1)").arg(formatCount(m_table->scenarios()->rowCount())));
  m_what->setItemText(kSelected,
                      tr("Selected rows (%1)").arg(formatCount(m_table->selectedCount())));
  describe();
}

void ExportPanel::fillSplits() {
  const int place = m_what->currentIndex() - kFirstDataset;
  const bool dataset = place >= 0 && place < std::ssize(m_datasets);
  m_split->clear();
  m_split->setVisible(dataset);
  if (dataset) {
    m_split->addItem(tr("All"), QString());
    for (const auto& [name, count] : m_datasets[static_cast<std::size_t>(place)].splits)
      m_split->addItem(QStringLiteral("%1 (%2)").arg(toQt(name), formatCount(count)), toQt(name));
  }
  describe();
}

void ExportPanel::describe() {
  const auto& format = kFormats[std::max(0, m_format->currentIndex())];
  m_note->setText(QCoreApplication::translate("ExportPanel", format.note));
  const int what = m_what->currentIndex();
  const bool any = what >= kFirstDataset ||
                   (what == kShown && m_table->scenarios()->rowCount() > 0) ||
                   (what == kSelected && m_table->selectedCount() > 0);
  m_start->setEnabled(m_session && !m_job && any);
  m_start->setToolTip(any ? tr("Choose a file and write it in the background")
                          : tr("There is nothing to export"));
}

QString ExportPanel::suffix() const {
  return QString::fromLatin1(kFormats[std::max(0, m_format->currentIndex())].suffix);
}

void ExportPanel::start() {
  if (!m_session || m_job) return;
  const QString dataset = m_what->currentData().toString();
  const QString name = QStringLiteral("%1.%2").arg(
      dataset.isEmpty() ? QStringLiteral("scenarios") : dataset, suffix());
  m_file = m_picker(name);
  if (m_file.isEmpty()) return;
  if (QFileInfo(m_file).suffix().isEmpty()) m_file += u'.' + suffix();
  jobs::ExportSpec spec;
  spec.format = kFormats[std::max(0, m_format->currentIndex())].format;
  spec.file = fromQt(m_file);
  if (!dataset.isEmpty()) {
    spec.dataset = fromQt(dataset);
    spec.split = fromQt(m_split->currentData().toString());
  } else {
    spec.ids =
        m_what->currentIndex() == kSelected ? m_table->selectedIds() : m_table->scenarios()->ids();
  }
  m_messages->clear();
  m_outcome = std::make_shared<jobs::ExportOutcome>();
  m_job = m_session->submit(
      Session::kDataLane, tr("Export %1").arg(QFileInfo(m_file).fileName()),
      [spec, outcome = m_outcome](const jobs::JobContext& context) -> Result<jobs::JobOutcome> {
        WORDSIGHT_TRY(*outcome, jobs::exportScenarios(context, spec));
        return jobs::JobOutcome{};
      });
  describe();
}

void ExportPanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (!m_job || number != m_job) return;
  m_job = 0;
  if (status == RunStatus::Failed) {
    m_messages->showError(error);
  } else if (status == RunStatus::Done) {
    QString sentence = tr("%1 scenarios were written to %2.")
                           .arg(formatCount(static_cast<std::int64_t>(m_outcome->written)), m_file);
    if (m_outcome->leftOut > 0)
      sentence += u' ' + tr("%1 without a key were left out.")
                             .arg(formatCount(static_cast<std::int64_t>(m_outcome->leftOut)));
    m_messages->showMessage(MessageBar::Kind::Good, sentence);
  }
  describe();
}

}  // namespace wordsight::ui
