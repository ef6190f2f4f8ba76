#include "pages/scenarios/import_panel.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/command_line.h"
#include "pages/scenarios/summary_values.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kLookMilliseconds = 150;

enum Column { FileColumn, KindColumn, NewColumn, KnownColumn, BadColumn, ColumnCount };

QString layoutTitle(const std::string& layout) {
  if (layout == "scenario") return ImportPanel::tr("scenarios");
  if (layout == "csv") return ImportPanel::tr("table (CSV)");
  if (layout == "sharegpt") return ImportPanel::tr("ShareGPT chats");
  if (layout == "alpaca") return ImportPanel::tr("Alpaca");
  if (layout == "benchmark") return ImportPanel::tr("benchmark items");
  return toQt(layout);
}

QString kindOf(const Json& file) {
  QStringList kinds;
  const Json& layouts = valueAt(file, "layouts");
  if (layouts.is_object())
    for (const auto& [layout, count] : layouts.items()) kinds.append(layoutTitle(layout));
  return kinds.join(QStringLiteral(", "));
}

}  // namespace

ImportPanel::ImportPanel(QWidget* parent)
    : QWidget(parent),
      m_messages(new MessageBar),
      m_list(plainTable(QStringLiteral("importFiles"), tr("Files to import"),
                        {tr("File"), tr("Kind"), tr("New"), tr("Known"), tr("Bad")})),
      m_items(plainTable(QStringLiteral("importItems"), tr("First scenarios of the file"),
                         {tr("Situation"), tr("Key"), tr("Category")})),
      m_bad(plainTable(QStringLiteral("importBad"), tr("Bad lines of the file"),
                       {tr("Line"), tr("Why")})),
      m_details(new QTabWidget),
      m_skipBad(new QCheckBox(tr("Take good lines only"))),
      m_skipKnown(new QCheckBox(tr("Leave out what is here already"))),
      m_verdict(new QLabel),
      m_command(new CommandLine(QStringLiteral("importCommand"))) {
  setObjectName(QStringLiteral("importPanel"));
  setAcceptDrops(true);
  m_picker = [this] {
    return QFileDialog::getOpenFileNames(this, tr("Choose files with scenarios"), {},
                                         tr("Scenarios (*.jsonl *.json *.csv);;All files (*)"));
  };
  auto* column = new PanelLayout(this);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  column->setSpacing(kSpaceSmall);
  column->addWidget(buildFiles());
  column->addWidget(m_messages);
  column->addWidget(m_verdict);
  buildDetails();
  column->addWidget(m_details, 1);
  column->addWidget(m_command);
  column->addStretch();  // takes the room while there are no details to show
  m_timer.setSingleShot(true);
  m_timer.setInterval(kLookMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &ImportPanel::look);
  describe();
}

QWidget* ImportPanel::buildFiles() {
  const auto button = [](const char* name, const QString& iconName, const QString& text,
                         const QString& tip) {
    auto* made = new QPushButton(icon(iconName), text);
    made->setObjectName(QString::fromLatin1(name));
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  m_add =
      button("addImportFiles", QStringLiteral("add"), tr("Add files…"),
             tr("Choose files: JSONL, JSON, CSV, ShareGPT or Alpaca. They can be dropped, too"));
  m_remove = button("removeImportFile", QStringLiteral("remove"), tr("Remove"),
                    tr("Take the chosen file out of the list; the file itself stays"));
  m_start = button("startImport", QStringLiteral("import"), tr("Import"), {});
  connect(m_add, &QPushButton::clicked, this, [this] { addFiles(m_picker()); });
  connect(m_remove, &QPushButton::clicked, this, [this] {
    const int row = m_list->currentRow();
    if (row >= 0 && row < m_files.size()) m_files.removeAt(row);
    showFiles();
    m_timer.start();
  });
  connect(m_start, &QPushButton::clicked, this, &ImportPanel::start);
  m_skipBad->setObjectName(QStringLiteral("skipBad"));
  m_skipBad->setToolTip(tr("Otherwise one bad line refuses the whole import"));
  m_skipKnown->setObjectName(QStringLiteral("skipKnown"));
  m_skipKnown->setToolTip(tr("Scenarios that say exactly the same are not taken twice"));
  m_skipKnown->setChecked(true);
  for (auto* box : {m_skipBad, m_skipKnown})
    connect(box, &QCheckBox::toggled, &m_timer, qOverload<>(&QTimer::start));
  m_list->setColumnWidth(KindColumn, 96);
  for (const int column : {NewColumn, KnownColumn, BadColumn}) m_list->setColumnWidth(column, 60);
  m_list->horizontalHeader()->setStretchLastSection(false);
  m_list->horizontalHeader()->setSectionResizeMode(FileColumn, QHeaderView::Stretch);
  m_list->setFixedHeight(4 * kRowHeight + kSpaceHuge);
  connect(m_list, &QTableWidget::currentCellChanged, this, &ImportPanel::showDetails);
  m_verdict->setObjectName(QStringLiteral("importVerdict"));
  m_verdict->setWordWrap(true);
  m_verdict->setTextFormat(Qt::PlainText);
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  auto* head = new QHBoxLayout;
  head->addWidget(heading(tr("Import")));
  head->addStretch();
  head->addWidget(m_add);
  head->addWidget(m_remove);
  head->addWidget(m_start);
  auto* options = new QHBoxLayout;
  options->addWidget(m_skipBad);
  options->addWidget(m_skipKnown);
  options->addStretch();
  column->addLayout(head);
  column->addWidget(m_list);
  column->addLayout(options);
  return box;
}

void ImportPanel::buildDetails() {
  m_details->setObjectName(QStringLiteral("importDetails"));
  m_details->setDocumentMode(true);
  m_items->horizontalHeader()->setStretchLastSection(false);
  m_items->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_items->setColumnWidth(1, 44);
  m_items->setColumnWidth(2, 120);
  m_bad->setColumnWidth(0, 64);
  m_details->addTab(m_items, tr("First scenarios"));
  m_details->addTab(m_bad, tr("Bad lines"));
}

void ImportPanel::setSession(Session* session) {
  m_timer.stop();
  m_session = session;
  m_files.clear();
  m_summary = {};
  m_lookJob = m_importJob = 0;
  m_messages->clear();
  showFiles();
  if (!session) return;
  connect(session, &Session::jobEnded, this, &ImportPanel::ended, Qt::UniqueConnection);
}

void ImportPanel::addFiles(const QStringList& files) {
  m_messages->clear();
  for (const auto& file : files)
    if (!file.isEmpty() && !m_files.contains(file)) m_files.append(file);
  showFiles();
  if (m_list->currentRow() < 0 && !m_files.isEmpty()) m_list->selectRow(0);
  m_timer.start();
}

void ImportPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void ImportPanel::dropEvent(QDropEvent* event) {
  QStringList files;
  for (const auto& url : event->mimeData()->urls())
    if (url.isLocalFile()) files.append(url.toLocalFile());
  if (files.isEmpty()) return;
  event->acceptProposedAction();
  addFiles(files);
}

jobs::ImportSpec ImportPanel::spec(bool dryRun) const {
  jobs::ImportSpec spec;
  for (const auto& file : m_files) spec.files.push_back(fromQt(file));
  spec.skipBad = m_skipBad->isChecked();
  spec.skipDuplicates = m_skipKnown->isChecked();
  spec.dryRun = dryRun;
  if (m_session) spec.command = jobs::commandOf(m_session->project().path(), spec);
  return spec;
}

void ImportPanel::look() {
  if (!m_session) return;
  if (m_lookJob) m_session->cancel(m_lookJob);
  m_lookJob = 0;
  m_summary = {};
  if (!m_files.isEmpty() && !m_session->readOnly())
    m_lookJob = submit(tr("Look into files"), spec(true), m_looked);
  describe();
}

void ImportPanel::start() {
  if (!m_session || m_session->readOnly() || m_importJob || m_files.isEmpty()) return;
  m_messages->clear();
  m_importJob = submit(tr("Import scenarios"), spec(false), m_imported);
  describe();
}

quint64 ImportPanel::submit(const QString& label, const jobs::ImportSpec& spec,
                            std::shared_ptr<jobs::JobOutcome>& outcome) {
  // A fresh one: a job that was cancelled may still write into the one before.
  outcome = std::make_shared<jobs::JobOutcome>();
  return m_session->submit(
      Session::kDataLane, label,
      [spec, outcome = outcome](const jobs::JobContext& context) -> Result<jobs::JobOutcome> {
        WORDSIGHT_TRY(*outcome, jobs::importScenarios(context, spec));
        return *outcome;
      });
}

void ImportPanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (number == 0) return;
  if (number == m_lookJob) {
    m_lookJob = 0;
    if (status == RunStatus::Done)
      takeLook(m_looked->summary);
    else if (status == RunStatus::Failed)
      m_messages->showError(error);
  } else if (number == m_importJob) {
    m_importJob = 0;
    if (status == RunStatus::Failed) {
      m_messages->showError(error);
    } else if (status == RunStatus::Done) {
      m_messages->showMessage(MessageBar::Kind::Good,
                              tr("%1 scenarios were imported; %2 were here already.")
                                  .arg(formatCount(countAt(m_imported->summary, "imported")),
                                       formatCount(countAt(m_imported->summary, "already_there"))));
      m_files.clear();
      m_summary = {};
      showFiles();
      Q_EMIT imported(m_imported->run);
    }
  }
  describe();
}

void ImportPanel::takeLook(const Json& summary) {
  m_summary = summary;
  showFiles();
  showDetails();
}

void ImportPanel::showFiles() {
  const int row = m_list->currentRow();
  m_list->setRowCount(static_cast<int>(m_files.size()));
  const Json& looked = valueAt(m_summary, "files");
  for (int i = 0; i < static_cast<int>(m_files.size()); ++i) {
    const Json& file = looked.is_array() && static_cast<std::size_t>(i) < looked.size()
                           ? looked[static_cast<std::size_t>(i)]
                           : valueAt({}, "");
    auto* name = tableCell(QFileInfo(m_files[i]).fileName());
    name->setToolTip(m_files[i]);
    m_list->setItem(i, FileColumn, name);
    const bool known = file.is_object() && file.contains("file");
    const bool failed = known && file.contains("error");
    m_list->setItem(i, KindColumn, tableCell(failed ? tr("cannot be read") : kindOf(file)));
    for (const auto& [column, key] :
         {std::pair{NewColumn, "imported"}, {KnownColumn, "already_there"}, {BadColumn, "bad"}})
      m_list->setItem(
          i, column,
          tableCell(known && !failed ? formatCount(countAt(file, key)) : QString(), true));
  }
  if (row >= 0 && row < m_list->rowCount()) m_list->selectRow(row);
  showDetails();
  describe();
}

void ImportPanel::showDetails() {
  const Json& looked = valueAt(m_summary, "files");
  const int row = std::max(0, m_list->currentRow());
  const bool any = looked.is_array() && static_cast<std::size_t>(row) < looked.size();
  const Json& file = any ? looked[static_cast<std::size_t>(row)] : valueAt({}, "");
  const Json &items = valueAt(file, "items"), &bad = valueAt(file, "bad_lines");
  m_items->setRowCount(items.is_array() ? static_cast<int>(items.size()) : 0);
  for (int i = 0; i < m_items->rowCount(); ++i) {
    const Json& item = items[static_cast<std::size_t>(i)];
    m_items->setItem(i, 0, tableCell(textAt(item, "situation_description").left(400)));
    auto* key = tableCell(textAt(item, "answer"));
    key->setTextAlignment(Qt::AlignCenter);
    m_items->setItem(i, 1, key);
    QString category = textAt(item, "category").left(200);
    if (category.startsWith(u'[') && category.endsWith(u']')) category = category.mid(1).chopped(1);
    m_items->setItem(i, 2, tableCell(category));
  }
  m_bad->setRowCount(bad.is_array() ? static_cast<int>(bad.size()) : 0);
  for (int i = 0; i < m_bad->rowCount(); ++i) {
    const Json& line = bad[static_cast<std::size_t>(i)];
    m_bad->setItem(i, 0, tableCell(formatCount(countAt(line, "line")), true));
    m_bad->setItem(i, 1, tableCell(textAt(line, "reason").left(1000)));
  }
  const auto count = countAt(file, "bad");
  m_details->setTabText(1,
                        count > 0 ? tr("Bad lines (%1)").arg(formatCount(count)) : tr("Bad lines"));
}

void ImportPanel::describe() {
  const bool readOnly = m_session && m_session->readOnly();
  const bool looked = m_summary.is_object();
  const auto would = countAt(m_summary, "imported");
  const bool refused = looked && m_summary.contains("would_fail");
  m_start->setEnabled(m_session && !readOnly && looked && !refused && would > 0 && !m_importJob &&
                      !m_lookJob);
  m_start->setToolTip(readOnly ? tr("This project is open for reading only.")
                               : tr("Take these scenarios into the project"));
  m_add->setEnabled(m_session && !readOnly);
  m_remove->setEnabled(!m_files.isEmpty());
  m_details->setVisible(!m_files.isEmpty());
  m_command->setVisible(!m_files.isEmpty());
  if (m_session && !m_files.isEmpty()) m_command->setCommand(toQt(spec(false).command));
  if (m_importJob) return m_verdict->setText(tr("Importing…"));
  if (m_files.isEmpty())
    return m_verdict->setText(
        tr("Choose files or drop them here. Nothing is taken before you have "
           "seen what would happen."));
  if (!looked) return m_verdict->setText(m_lookJob ? tr("Looking…") : QString());
  QStringList parts;
  for (const auto& file : valueAt(m_summary, "files"))
    for (const char* key : {"error", "refused"})
      if (const QString reason = textAt(file, key); !reason.isEmpty()) parts.append(reason);
  if (parts.isEmpty())
    parts.append(tr("%1 scenarios would be imported; %2 are here already.")
                     .arg(formatCount(would), formatCount(countAt(m_summary, "already_there"))));
  m_verdict->setText(parts.mid(0, 3).join(u'\n'));
}

}  // namespace wordsight::ui
