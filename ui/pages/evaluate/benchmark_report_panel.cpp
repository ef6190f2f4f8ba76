#include "pages/evaluate/benchmark_report_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>

#include "bridge/format.h"
#include "models/evaluations/issue_list_model.h"
#include "widgets/elided_label.h"
#include "widgets/fitted_columns.h"
#include "widgets/message_bar.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

/// Filters by a field (exact) and by text in any column.
class IssueFilter final : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setField(const QString& field) {
    m_field = field;
    invalidateFilter();
  }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return (m_field.isEmpty() || index.data(IssueListModel::FieldRole).toString() == m_field) &&
           QSortFilterProxyModel::filterAcceptsRow(row, parent);
  }

 private:
  QString m_field;
};

}  // namespace

BenchmarkReportPanel::BenchmarkReportPanel(Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_model(new IssueListModel(this)),
      m_proxy(new IssueFilter(this)),
      m_counts(new ElidedLabel(this)),
      m_shown(new QLabel(this)),
      m_none(new QLabel(this)),
      m_pictures(new ElidedLabel(this, Qt::ElideMiddle)),
      m_filter(new QLineEdit(this)),
      m_field(new QComboBox(this)),
      m_table(new QTableView(this)),
      m_message(new MessageBar(this)) {
  m_picker = [this](const QString& start) {
    return QFileDialog::getExistingDirectory(this, tr("Choose the folder of pictures"), start);
  };
  m_proxy->setSourceModel(m_model);
  m_proxy->setSortRole(IssueListModel::SortRole);
  m_proxy->setFilterKeyColumn(-1);
  m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
  build();
  connect(m_filter, &QLineEdit::textChanged, this, &BenchmarkReportPanel::refilter);
  connect(m_field, &QComboBox::currentIndexChanged, this, &BenchmarkReportPanel::refilter);
  connect(m_join, &QPushButton::clicked, this, [this] {
    const QString start =
        m_view && !m_view->pictureFolder.empty() ? toQt(m_view->pictureFolder) : QDir::homePath();
    if (const QString folder = m_picker(start); !folder.isEmpty()) Q_EMIT joinAsked(folder);
  });
  connect(m_another, &QPushButton::clicked, this, &BenchmarkReportPanel::importAsked);
  connect(m_copy, &QPushButton::clicked, this, &BenchmarkReportPanel::copy);
  connect(m_copyMissing, &QPushButton::clicked, this, [this] {
    QStringList lines;
    if (m_view)
      for (const auto& file : m_view->missing) lines << toQt(file);
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
  });
  setBenchmark({});
}

void BenchmarkReportPanel::makeButtons() {
  m_join = textButton(QStringLiteral("joinPictures"), QStringLiteral("folder-open"),
                      tr("Join pictures…"),
                      tr("Choose the folder where this benchmark's pictures are"), this);
  m_another = textButton(QStringLiteral("importAnother"), QStringLiteral("import"), tr("Import…"),
                         tr("Read another benchmark"), this);
  m_copy = textButton(QStringLiteral("copyIssues"), QStringLiteral("copy"), tr("Copy"),
                      tr("The selected rows, or all that are shown, as lines with tabs"), this);
  m_copyMissing =
      textButton(QStringLiteral("copyMissing"), QStringLiteral("picture-missing"),
                 tr("Copy missing files"), tr("Names of the pictures that are missing"), this);
}

void BenchmarkReportPanel::build() {
  makeButtons();
  m_counts->setObjectName(QStringLiteral("benchmarkCounts"));
  m_pictures->setObjectName(QStringLiteral("benchmarkPictureState"));
  m_pictures->setMuted(true);
  m_filter->setObjectName(QStringLiteral("issueFilter"));
  m_filter->setPlaceholderText(tr("Filter issues"));
  m_filter->setAccessibleName(m_filter->placeholderText());
  m_filter->setToolTip(tr("Part of any column"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(240);
  m_field->setObjectName(QStringLiteral("issueField"));
  m_field->setToolTip(tr("Only issues of one kind"));
  m_field->setAccessibleName(m_field->toolTip());
  m_shown->setObjectName(QStringLiteral("issuesShown"));
  m_none->setObjectName(QStringLiteral("noIssues"));
  m_none->setAlignment(Qt::AlignCenter);
  m_none->setWordWrap(true);
  m_table->setObjectName(QStringLiteral("issueTable"));
  m_table->setAccessibleName(tr("Issues of the benchmark"));
  m_table->setModel(m_proxy);
  dressTable(*m_table);
  m_table->sortByColumn(IssueListModel::Item, Qt::AscendingOrder);
  fitColumns(*m_table, &m_settings, QStringLiteral("evaluate/issueWidths"),
             {{8, 0, 0}, {18, 8, 1}, {40, 16, 0}, {34, 12, 2}}, IssueListModel::Problem);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpaceSmall);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  texts->addWidget(m_counts);
  texts->addWidget(m_pictures);
  head->addLayout(texts, 1);
  head->addWidget(m_join);
  head->addWidget(m_another);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_filter, 1);
  row->addWidget(m_field);
  row->addWidget(m_shown);
  row->addStretch();
  row->addWidget(m_copyMissing);
  row->addWidget(m_copy);
  auto* stack = new QWidget(this);
  m_stack = new QStackedLayout(stack);
  m_stack->addWidget(m_table);
  m_stack->addWidget(m_none);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace);
  column->addLayout(head);
  column->addWidget(m_message);
  column->addLayout(row);
  column->addWidget(stack, 1);
}

void BenchmarkReportPanel::setBenchmark(const std::optional<BenchmarkView>& view) {
  const bool another = !view || !m_view || view->record.id != m_view->record.id;
  m_view = view;
  if (another) m_message->clear();
  m_model->setIssues(view ? view->issues : std::vector<ItemIssue>());
  const QString kept = another ? QString() : m_field->currentData().toString();
  m_field->clear();
  m_field->addItem(tr("All kinds"), QString());
  for (const QString& field : m_model->fields()) {
    const auto count =
        std::count_if(m_model->issues().begin(), m_model->issues().end(),
                      [&](const ItemIssue& issue) { return toQt(issue.field) == field; });
    m_field->addItem(
        QStringLiteral("%1 (%2)").arg(IssueListModel::fieldText(field), formatCount(count)), field);
  }
  m_field->setCurrentIndex(std::max(0, m_field->findData(kept)));
  showCounts();
  refilter();
}

void BenchmarkReportPanel::showCounts() {
  m_join->setEnabled(m_view && !m_readOnly && !m_busy);
  m_another->setEnabled(!m_readOnly);
  const QString why = tr("This project is open for reading only");
  m_join->setToolTip(m_readOnly ? why
                                : tr("Choose the folder where this benchmark's pictures are"));
  m_another->setToolTip(m_readOnly ? why : tr("Read another benchmark"));
  m_copyMissing->setEnabled(m_view && !m_view->missing.empty());
  if (!m_view) {
    m_counts->setText(tr("No benchmark"));
    m_pictures->setText({});
    m_none->setText(tr("Import a benchmark to see what is in it."));
    return;
  }
  const auto& report = m_view->record.report;
  QStringList parts{tr("%Ln items", nullptr, report.items),
                    tr("%1 can be scored").arg(formatCount(m_view->usable))};
  if (report.keysMissing > 0) parts << tr("%Ln keys missing", nullptr, report.keysMissing);
  if (report.keysRepaired > 0)
    parts << tr("%Ln of them read from elsewhere", nullptr, report.keysRepaired);
  if (report.unusable > 0) parts << tr("%Ln left out", nullptr, report.unusable);
  if (report.nanTokens > 0) parts << tr("%Ln NaN", nullptr, report.nanTokens);
  m_counts->setText(parts.join(QStringLiteral(" · ")));
  m_counts->setToolTip(parts.join(u'\n') + u'\n' +
                       tr("Read from %1").arg(toQt(m_view->record.source)));
  QString pictures = report.picturesFound == 0
                         ? tr("No pictures are joined yet; images cannot be asked about")
                         : tr("%1 of %2 pictures found")
                               .arg(formatCount(m_view->picturesThere), formatCount(report.items));
  if (!m_view->pictureFolder.empty()) pictures += tr(" in %1").arg(toQt(m_view->pictureFolder));
  m_pictures->setText(pictures);
  m_none->setText(report.picturesFound == 0
                      ? tr("Nothing was wrong with this benchmark's file.")
                      : tr("Nothing was wrong with this benchmark: every item has its key, its "
                           "options and its picture."));
}

void BenchmarkReportPanel::refilter() {
  static_cast<IssueFilter*>(m_proxy)->setField(m_field->currentData().toString());
  m_proxy->setFilterFixedString(m_filter->text());
  const int all = m_model->rowCount(), shown = m_proxy->rowCount();
  m_shown->setText(all == shown ? tr("%Ln issues", nullptr, all)
                                : tr("%1 of %2 issues").arg(formatCount(shown), formatCount(all)));
  m_copy->setEnabled(shown > 0);
  m_stack->setCurrentIndex(all > 0 ? 0 : 1);
}

void BenchmarkReportPanel::copy() {
  std::vector<int> rows;
  auto selected = m_table->selectionModel()->selectedRows();
  std::sort(selected.begin(), selected.end());
  for (const auto& index : selected) rows.push_back(m_proxy->mapToSource(index).row());
  if (rows.empty())
    for (int row = 0; row < m_proxy->rowCount(); ++row)
      rows.push_back(m_proxy->mapToSource(m_proxy->index(row, 0)).row());
  QGuiApplication::clipboard()->setText(m_model->copyText(rows));
}

void BenchmarkReportPanel::setReadOnly(bool readOnly) {
  m_readOnly = readOnly;
  showCounts();
}

void BenchmarkReportPanel::setBusy(bool busy) {
  m_busy = busy;
  if (busy) m_message->clear();
  showCounts();
}

void BenchmarkReportPanel::showError(const QString& sentence) { m_message->showError(sentence); }

void BenchmarkReportPanel::setFolderPicker(std::function<QString(const QString&)> picker) {
  m_picker = std::move(picker);
}

}  // namespace wordsight::ui
