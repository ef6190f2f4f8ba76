#include "pages/scenarios/datasets_panel.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/command_line.h"
#include "pages/scenarios/scenario_table.h"
#include "pages/scenarios/split_shares.h"
#include "pages/scenarios/summary_values.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kPreviewMilliseconds = 400;
enum From { NotRejected, Shown, Selected };
enum Column { NameColumn, ItemsColumn, SplitsColumn, HashColumn, UsedColumn, MadeColumn };

QString splitsText(const std::vector<std::pair<std::string, std::int64_t>>& splits) {
  QStringList parts;
  for (const auto& [name, count] : splits)
    parts.append(QStringLiteral("%1 %2").arg(toQt(name), formatCount(count)));
  return parts.join(QStringLiteral(" · "));
}

QPushButton* pushButton(const char* name, const QString& iconName, const QString& text,
                        const QString& tip) {
  auto* button = new QPushButton(icon(iconName), text);
  button->setObjectName(QString::fromLatin1(name));
  button->setToolTip(tip);
  button->setAutoDefault(false);
  return button;
}

}  // namespace

DatasetsPanel::DatasetsPanel(ScenarioTable* table, QWidget* parent)
    : QWidget(parent),
      m_table(table),
      m_command(new CommandLine(QStringLiteral("freezeCommand"))),
      m_messages(new MessageBar) {
  setObjectName(QStringLiteral("datasetsPanel"));
  auto* column = new PanelLayout(this);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpaceLarge);
  column->setSpacing(kSpace);
  column->addWidget(buildForm());
  column->addWidget(m_messages);
  column->addWidget(buildList(), 1);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kPreviewMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &DatasetsPanel::preview);
  describe();
  describeChosen();
}

QWidget* DatasetsPanel::buildForm() {
  auto* form = new QWidget;
  m_name = new QLineEdit;
  m_name->setObjectName(QStringLiteral("datasetName"));
  m_name->setPlaceholderText(tr("For example: accepted-1"));
  m_name->setToolTip(tr("A new name; training is told it"));
  m_name->setMaxLength(100);
  m_from = new QComboBox;
  m_from->setObjectName(QStringLiteral("freezeFrom"));
  m_from->addItem(tr("All that are not rejected"));
  m_from->addItem(tr("What the filter shows"));
  m_from->addItem(tr("Selected rows"));
  m_from->setToolTip(tr("Which scenarios are frozen, as they say now"));
  m_shares = new SplitShares;
  m_shares->setObjectName(QStringLiteral("freezeShares"));
  m_shares->setToolTip(tr("Scenarios with the same situation stay together."));
  m_seed = new QSpinBox;
  m_seed->setObjectName(QStringLiteral("freezeSeed"));
  m_seed->setRange(1, 1'000'000);
  m_seed->setToolTip(tr("The same seed splits the same way again"));
  m_verdict = new QLabel;
  m_verdict->setObjectName(QStringLiteral("freezeVerdict"));
  m_verdict->setWordWrap(true);
  m_verdict->setTextFormat(Qt::PlainText);
  m_start = pushButton("startFreeze", QStringLiteral("freeze"), tr("Freeze"),
                       tr("Keep these revisions under this name; later edits do not change it"));
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(kSpaceLarge);
  grid->setVerticalSpacing(kSpaceSmall);
  grid->setColumnStretch(1, 1);
  const auto row = [&](int place, const QString& text, QWidget* field) {
    field->setAccessibleName(text);
    grid->addWidget(caption(text, field), place, 0);
    grid->addWidget(field, place, 1);
  };
  row(0, tr("Name"), m_name);
  row(1, tr("Scenarios"), m_from);
  row(2, tr("Splits"), m_shares);
  grid->addWidget(caption(tr("Seed"), m_seed), 3, 0);
  grid->addWidget(m_seed, 3, 1, Qt::AlignLeft);
  m_seed->setAccessibleName(tr("Seed"));
  auto* head = new QHBoxLayout;
  head->addWidget(heading(tr("Freeze a dataset")));
  head->addStretch();
  head->addWidget(m_start);
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addLayout(grid);
  column->addWidget(m_verdict);
  column->addWidget(m_command);
  connect(m_name, &QLineEdit::textEdited, this, &DatasetsPanel::describe);
  connect(m_shares, &SplitShares::changed, this, &DatasetsPanel::changed);
  connect(m_from, &QComboBox::currentIndexChanged, this, &DatasetsPanel::changed);
  connect(m_seed, &QSpinBox::valueChanged, this, &DatasetsPanel::changed);
  connect(m_start, &QPushButton::clicked, this, &DatasetsPanel::start);
  return form;
}

QWidget* DatasetsPanel::buildList() {
  auto* box = new QWidget;
  m_list =
      plainTable(QStringLiteral("datasetList"), tr("Datasets"),
                 {tr("Name"), tr("Items"), tr("Splits"), tr("Hash"), tr("Runs"), tr("Frozen")});
  m_list->horizontalHeader()->setStretchLastSection(false);
  m_list->horizontalHeader()->setSectionResizeMode(SplitsColumn, QHeaderView::Stretch);
  m_list->setColumnWidth(NameColumn, 92);
  m_list->setColumnWidth(ItemsColumn, 52);
  m_list->setColumnWidth(HashColumn, 64);
  m_list->setColumnWidth(UsedColumn, 44);
  m_list->setColumnWidth(MadeColumn, 84);
  connect(m_list, &QTableWidget::currentCellChanged, this, &DatasetsPanel::describeChosen);
  m_show = pushButton("showDataset", QStringLiteral("eye"), tr("Show"),
                      tr("Show these scenarios in the table"));
  m_export = pushButton("exportDataset", QStringLiteral("export"), tr("Export…"),
                        tr("Write this dataset into a file"));
  m_train = pushButton("trainDataset", QStringLiteral("train"), tr("Train…"),
                       tr("Train a model on this dataset"));
  m_delete = pushButton("deleteDataset", QStringLiteral("remove"), tr("Delete"), {});
  connect(m_show, &QPushButton::clicked, this, &DatasetsPanel::showItems);
  connect(m_export, &QPushButton::clicked, this, [this] {
    if (const auto* row = chosen()) Q_EMIT exportAsked(toQt(row->dataset.name));
  });
  connect(m_train, &QPushButton::clicked, this, [this] {
    if (const auto* row = chosen()) Q_EMIT trainAsked(toQt(row->dataset.name));
  });
  connect(m_delete, &QPushButton::clicked, this, &DatasetsPanel::askDelete);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpaceSmall);
  head->addWidget(heading(tr("Datasets")));
  head->addStretch();
  for (auto* button : {m_show, m_train, m_export, m_delete}) head->addWidget(button);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_list, 1);
  return box;
}

void DatasetsPanel::setSession(Session* session) {
  m_query.cancel();
  m_itemsQuery.cancel();
  m_stop.request_stop();
  m_timer.stop();
  m_session = session;
  m_job = 0;
  m_stale = true;
  m_messages->clear();
  m_name->clear();
  takeRows({});
  if (session) {
    connect(session, &Session::jobEvent, this, &DatasetsPanel::jobEvent, Qt::UniqueConnection);
    connect(session, &Session::jobEnded, this, &DatasetsPanel::ended, Qt::UniqueConnection);
    load();
  }
  describe();
}

void DatasetsPanel::setView(const ScenarioView& view, bool filtering) {
  m_view = view;
  m_filtering = filtering;
  if (m_from->currentIndex() == Shown) changed();
}

void DatasetsPanel::updateSelection() {
  const int count = m_table->selectedCount();
  m_from->setItemText(Selected, tr("Selected rows (%1)").arg(formatCount(count)));
  if (m_from->currentIndex() == Selected) changed();
}

void DatasetsPanel::freezeSelection() {
  m_from->setCurrentIndex(Selected);
  focusName();
}

void DatasetsPanel::focusName() { m_name->setFocus(); }

void DatasetsPanel::contentChanged(Content content) {
  if (content == Content::Datasets || content == Content::Runs) load();
  if (content == Content::Scenarios) changed();
}

void DatasetsPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) preview();
}

void DatasetsPanel::load() {
  if (!m_session) return;
  m_query.ask(m_session->database(), this, datasetRows,
              [this](Result<std::vector<DatasetRow>> rows) {
                if (rows) return takeRows(std::move(*rows));
                m_messages->showError(toQt(rows.error().message));
              });
}

void DatasetsPanel::takeRows(std::vector<DatasetRow> rows) {
  const DatasetId kept = chosen() ? chosen()->dataset.id : DatasetId();
  m_rows = std::move(rows);
  m_list->setRowCount(static_cast<int>(m_rows.size()));
  std::vector<store::Dataset> datasets;
  for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
    const auto& [dataset, used] = m_rows[static_cast<std::size_t>(i)];
    datasets.push_back(dataset);
    m_list->setItem(i, NameColumn, tableCell(toQt(dataset.name)));
    m_list->setItem(i, ItemsColumn, tableCell(formatCount(dataset.items), true));
    m_list->setItem(i, SplitsColumn, tableCell(splitsText(dataset.splits)));
    auto* hash = tableCell(toQt(dataset.hash).left(7));
    hash->setToolTip(tr("The same hash means the same data:\n%1").arg(toQt(dataset.hash)));
    m_list->setItem(i, HashColumn, hash);
    auto* users = tableCell(used.empty() ? QString() : formatCount(std::ssize(used)), true);
    QStringList names;
    for (const auto run : used) names.append(tr("run %1").arg(formatCount(run.value)));
    users->setToolTip(names.join(QStringLiteral(", ")));
    m_list->setItem(i, UsedColumn, users);
    m_list->setItem(i, MadeColumn, tableCell(formatTime(dataset.createdAt)));
    if (m_toSelect.isEmpty() ? dataset.id == kept : toQt(dataset.name) == m_toSelect)
      m_list->selectRow(i);
  }
  m_toSelect.clear();
  if (!chosen() && !m_rows.empty()) m_list->selectRow(0);
  describeChosen();
  describe();
  Q_EMIT datasetsChanged(datasets);
}

/// Whether single scenarios are named instead of a filter.
bool DatasetsPanel::ofChosen() const {
  return m_from->currentIndex() == Selected || (m_from->currentIndex() == Shown && m_view.only);
}

Result<jobs::FreezeSpec> DatasetsPanel::spec() const {
  jobs::FreezeSpec spec;
  spec.name = fromQt(m_name->text().trimmed());
  spec.seed = static_cast<std::uint64_t>(m_seed->value());
  if (m_from->currentIndex() == Shown) spec.filter = m_view.filter;
  spec.filter.sort = store::ScenarioFilter::Sort::Created;  // the list's order is no matter
  spec.filter.descending = false;
  WORDSIGHT_TRY(spec.shares, m_shares->shares());
  // The table knows them as it shows them; a command line has no way to name so many.
  if (ofChosen())
    spec.ids =
        m_from->currentIndex() == Selected ? m_table->selectedIds() : m_table->scenarios()->ids();
  else if (m_session)
    spec.command = jobs::commandOf(m_session->project().path(), spec);
  return spec;
}

void DatasetsPanel::changed() {
  m_stale = true;
  m_previewed = false;
  if (isVisible()) m_timer.start();
  describe();
}

void DatasetsPanel::preview() {
  m_timer.stop();
  m_stop.request_stop();
  m_stop = std::stop_source();
  m_stale = false;
  const auto asked = spec();
  if (!m_session || !asked) return describe();
  m_verdict->setText(tr("Looking what would be frozen…"));
  m_session->database().read(
      this,
      [spec = *asked, stop = m_stop.get_token()](store::Connection& connection) {
        return freezePreview(connection, spec, stop);
      },
      [this](Result<FreezePreview> preview) {
        if (preview) return takePreview(*preview);
        m_verdict->setText(toQt(preview.error().message));
      },
      m_stop.get_token());
}

void DatasetsPanel::takePreview(const FreezePreview& preview) {
  m_previewed = preview.frozen() > 0;
  QStringList parts;
  if (preview.frozen() == 0)
    parts.append(preview.matching == 0 ? tr("No scenario matches: there is nothing to freeze.")
                                       : tr("None of the scenarios is fit for training."));
  else
    parts.append(tr("%1 scenarios would be frozen: about %2.")
                     .arg(formatCount(preview.frozen()), splitsText(preview.splits)));
  if (preview.rejected > 0)
    parts.append(tr("Rejected ones stay out: %1.").arg(formatCount(preview.rejected)));
  if (preview.leftOut > 0) {
    QStringList reasons;
    for (const auto& [code, count] : preview.reasons)
      reasons.append(QStringLiteral("%1 %2").arg(issueTitle(toQt(code)), formatCount(count)));
    parts.append(tr("Left out because of errors: %1 (%2).")
                     .arg(formatCount(preview.leftOut), reasons.join(QStringLiteral(", "))));
  }
  m_verdict->setText(parts.join(u' '));
  describe();
}

void DatasetsPanel::start() {
  const auto asked = spec();
  if (!m_session || m_job || !asked || asked->name.empty()) return;
  m_messages->clear();
  m_job = m_session->submit(Session::kDataLane, tr("Freeze %1").arg(toQt(asked->name)),
                            [spec = *asked](const jobs::JobContext& context) {
                              return jobs::freezeDataset(context, spec);
                            });
  describe();
}

void DatasetsPanel::jobEvent(quint64 number, const Event& event) {
  if (!m_job || number != m_job) return;
  if (const auto* finished = std::get_if<Finished>(&event.what)) m_finished = finished->summary;
}

void DatasetsPanel::ended(quint64 number, RunStatus status, const QString& error) {
  if (!m_job || number != m_job) return;
  m_job = 0;
  if (status == RunStatus::Failed) {
    m_messages->showError(error);
  } else if (status == RunStatus::Done) {
    m_messages->showMessage(
        MessageBar::Kind::Good,
        tr("Frozen as %1: %2 scenarios; left out: %3.")
            .arg(textAt(m_finished, "dataset"), formatCount(countAt(m_finished, "items")),
                 formatCount(countAt(m_finished, "left_out"))));
    m_name->clear();
    m_toSelect = textAt(m_finished, "dataset");
  }
  load();
  describe();
}

const DatasetRow* DatasetsPanel::chosen() const {
  const int row = m_list->currentRow();
  return row >= 0 && row < std::ssize(m_rows) ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

void DatasetsPanel::askDelete() {
  const auto* row = chosen();
  if (!row || !row->usedBy.empty()) return;
  const QString name = toQt(row->dataset.name);
  auto* sure = new QAction(tr("Delete %1").arg(name), m_messages);
  sure->setObjectName(QStringLiteral("confirmDelete"));
  connect(sure, &QAction::triggered, this,
          [this, id = row->dataset.id, name] { remove(id, name); });
  m_messages->showMessage(
      MessageBar::Kind::Warning,
      tr("Delete the dataset %1? Its scenarios stay; the list itself cannot be brought back.")
          .arg(name),
      {sure});
}

void DatasetsPanel::remove(DatasetId id, const QString& name) {
  m_messages->clear();
  if (!m_session) return;
  m_session->database().write(
      this,
      [id](store::Connection& connection) -> Status {
        return store::DatasetRepository(connection).remove(id);
      },
      [this, name](Status done) {
        if (!done) return m_messages->showError(toQt(done.error().message));
        m_messages->showMessage(MessageBar::Kind::Info, tr("%1 was deleted.").arg(name));
        m_session->noteChange(Content::Datasets);
      });
}

void DatasetsPanel::showItems() {
  const auto* row = chosen();
  if (!row || !m_session) return;
  m_itemsQuery.ask(
      m_session->database(), this,
      [id = row->dataset.id](store::Connection& connection) -> Result<std::vector<ScenarioId>> {
        std::vector<ScenarioId> ids;
        WORDSIGHT_CHECK(store::DatasetRepository(connection)
                            .forEachItem(id, {}, [&](const store::DatasetItem& item) -> Status {
                              ids.push_back(item.revision.scenario);
                              return {};
                            }));
        return ids;
      },
      [this, name = toQt(row->dataset.name)](Result<std::vector<ScenarioId>> ids) {
        if (!ids) return m_messages->showError(toQt(ids.error().message));
        Q_EMIT showAsked(*ids, tr("dataset %1").arg(name));
      });
}

void DatasetsPanel::describe() {
  const bool readOnly = m_session && m_session->readOnly();
  const QString name = m_name->text().trimmed();
  const bool taken = std::any_of(m_rows.begin(), m_rows.end(), [&](const DatasetRow& row) {
    return toQt(row.dataset.name) == name;
  });
  const auto asked = spec();
  QString problem;
  if (readOnly)
    problem = tr("This project is open for reading only.");
  else if (taken)
    problem = tr("There is a dataset %1 already: choose another name.").arg(name);
  else if (m_from->currentIndex() == Selected && m_table->selectedCount() == 0)
    problem = tr("No row is selected: choose some in the table.");
  else if (!asked)
    problem = toQt(asked.error().message);
  if (!problem.isEmpty()) m_verdict->setText(problem);
  m_from->setItemText(Shown, m_filtering ? tr("What the filter shows")
                                         : tr("What the filter shows (no filter is set)"));
  m_start->setEnabled(m_session && problem.isEmpty() && !name.isEmpty() && m_previewed && !m_job);
  m_start->setToolTip(name.isEmpty() ? tr("Give it a name first")
                                     : tr("Keep these revisions under this name; later edits do "
                                          "not change it"));
  m_command->setVisible(!ofChosen());
  if (asked) m_command->setCommand(toQt(asked->command));
}

void DatasetsPanel::describeChosen() {
  const auto* row = chosen();
  const bool readOnly = m_session && m_session->readOnly();
  for (auto* button : {m_show, m_export, m_train}) button->setEnabled(row != nullptr);
  m_delete->setEnabled(row && row->usedBy.empty() && !readOnly);
  m_delete->setToolTip(readOnly                      ? tr("This project is open for reading only.")
                       : row && !row->usedBy.empty() ? tr("Runs rest on this dataset, so it stays")
                                                     : tr("Delete the list; its scenarios stay"));
}

}  // namespace wordsight::ui
