#include "pages/compare/statistics_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "pages/compare/pair_panel.h"
#include "plots/category_plot.h"
#include "plots/interval_plot.h"
#include "plots/reliability_plot.h"
#include "widgets/fitted_columns.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kCalibrationHeight = 300;

/// A plot that needs its height, in a strip that may be low.
QScrollArea* scrolling(QWidget* plot) {
  auto* area = new QScrollArea(plot->parentWidget());
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidget(plot);
  return area;
}

}  // namespace

StatisticsPanel::StatisticsPanel(QWidget* parent)
    : QWidget(parent),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_accuracy(new IntervalPlot(this)),
      m_caption(new QLabel(this)),
      m_pair(new PairPanel(this)),
      m_tabs(new QTabWidget(this)),
      m_categoryPlot(new CategoryPlot(this)),
      m_reliability(new ReliabilityPlot(this)) {
  m_accuracy->setObjectName(QStringLiteral("accuracyPlot"));
  makeTabs();
  m_splitter->setObjectName(QStringLiteral("statisticsSplitter"));
  m_caption->setObjectName(QStringLiteral("publishedCaption"));
  m_caption->setWordWrap(true);
  m_caption->setForegroundRole(QPalette::PlaceholderText);
  m_caption->setContentsMargins(kSpace, 0, kSpace, kSpaceSmall);
  m_caption->hide();
  auto* left = new QWidget(this);
  left->setBackgroundRole(QPalette::Base);
  left->setAutoFillBackground(true);
  auto* accuracy = new QVBoxLayout(left);
  accuracy->setContentsMargins(0, 0, 0, 0);
  accuracy->setSpacing(0);
  accuracy->addWidget(m_accuracy, 1);
  accuracy->addWidget(m_caption);
  m_splitter->addWidget(left);
  auto* pair = scrolling(m_pair);
  pair->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  pair->setMinimumWidth(m_pair->minimumSizeHint().width() +
                        style()->pixelMetric(QStyle::PM_ScrollBarExtent));
  m_splitter->addWidget(pair);
  m_splitter->addWidget(m_tabs);
  m_splitter->setSizes({320, 310, 560});
  m_splitter->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_splitter);
  connect(m_pair, &PairPanel::pairChosen, this, &StatisticsPanel::pairChosen);
  connect(m_pair, &PairPanel::transitionChosen, this, &StatisticsPanel::transitionChosen);
  for (const auto& [name, chart] : charts()) {
    connect(chart, &Chart::saved, this, &StatisticsPanel::saved);
    connect(chart, &Chart::saveFailed, this, &StatisticsPanel::saveFailed);
  }
}

std::vector<std::pair<QString, Chart*>> StatisticsPanel::charts() const {
  return {{tr("Accuracy"), m_accuracy},
          {tr("By category"), m_categoryPlot},
          {tr("Calibration"), m_reliability}};
}

QTableView* StatisticsPanel::makeTable(const char* name, const QString& spoken,
                                       StatsTableModel*& model) {
  auto* table = new QTableView(this);
  model = new StatsTableModel(table);
  auto* sorted = new QSortFilterProxyModel(table);
  sorted->setSourceModel(model);
  sorted->setSortRole(StatsTableModel::SortRole);
  table->setModel(sorted);
  table->setObjectName(QString::fromLatin1(name));
  table->setAccessibleName(spoken);
  table->setFrameShape(QFrame::NoFrame);
  dressTable(*table);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->sortByColumn(-1, Qt::AscendingOrder);
  m_fits[model] = fitColumns(*table, nullptr, {}, {}, 0);
  return table;
}

/// Names give way to numbers, and the least important numbers go first.
void StatisticsPanel::fill(StatsTableModel* model, StatsTable table) {
  std::vector<FittedColumn> columns;
  for (const auto& column : table.columns)
    columns.push_back(column.number ? FittedColumn{0, column.least, column.rank}
                                    : FittedColumn{0, 4, column.rank, 14});
  model->setTable(std::move(table));
  m_fits[model]->setColumns(std::move(columns), 0);
}

void StatisticsPanel::makeTabs() {
  m_tabs->setObjectName(QStringLiteral("statisticsTabs"));
  m_tabs->setDocumentMode(true);
  m_categoryPlot->setObjectName(QStringLiteral("categoryPlot"));
  m_reliability->setObjectName(QStringLiteral("reliabilityPlot"));
  m_reliability->setMessage(
      tr("No probabilities here: recorded and generated answers don't say how sure they are."));
  m_categoryTable = makeTable("categoryTable", tr("By category"), m_categories);
  m_letterTable = makeTable("letterTable", tr("Letters chosen"), m_letters);
  m_pairTable = makeTable("pairTable", tr("All pairs of cells"), m_pairs);
  m_cellTable = makeTable("cellTable", tr("All cells"), m_cells);
  m_tabs->addTab(m_pairTable, tr("Pairs"));
  m_tabs->addTab(m_categoryTable, tr("By category"));
  m_tabs->addTab(scrolling(m_categoryPlot), tr("Category plot"));
  m_tabs->addTab(m_letterTable, tr("Letters"));
  m_tabs->addTab(m_cellTable, tr("Cells"));
  m_tabs->addTab(scrolling(m_reliability), tr("Calibration"));
  connect(m_pairTable, &QTableView::clicked, this, [this](const QModelIndex& index) {
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(m_pairTable->model());
    const auto row = static_cast<std::size_t>(sorted->mapToSource(index).row());
    if (m_data && row < m_data->comparison.pairs.size())
      Q_EMIT pairChosen(m_data->comparison.pairs[row].first, m_data->comparison.pairs[row].second);
  });
  connect(m_categoryTable, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(m_categoryTable->model());
    const auto row = static_cast<std::size_t>(sorted->mapToSource(index).row());
    if (m_data && row < m_data->comparison.categories.size())
      Q_EMIT categoryChosen(toQt(m_data->comparison.categories[row]));
  });
  m_pairTable->setToolTip(tr("Click a row to look at that pair"));
  m_categoryTable->setToolTip(tr("Double-click a row to list only that category"));
}

void StatisticsPanel::setComparison(const ComparisonPtr& data) {
  m_data = data;
  m_pair->setComparison(data);
  fill(m_pairs, data ? pairsTable(data->comparison) : StatsTable());
  fill(m_letters, data ? lettersTable(data->comparison) : StatsTable());
  fill(m_cells, data ? cellsTable(data->comparison) : StatsTable());
  showAccuracy();
  showCategories();
  showCalibration();
  showPairTables();
}

void StatisticsPanel::setPair(std::size_t first, std::size_t second) {
  m_first = first;
  m_second = second;
  m_pair->setPair(first, second);
  showPairTables();
}

void StatisticsPanel::setTransition(std::optional<Transition> transition) {
  m_pair->setTransition(transition);
}

void StatisticsPanel::setPublished(bool shown) {
  if (shown == m_published) return;
  m_published = shown;
  showPublished();
}

void StatisticsPanel::showAccuracy() {
  std::vector<IntervalRow> rows;
  if (m_data)
    for (std::size_t c = 0; c < m_data->comparison.cells.size(); ++c) {
      const auto& cell = m_data->comparison.cells[c];
      rows.push_back({toQt(cell.name),
                      cell.accuracy.value,
                      cell.accuracy.low,
                      cell.accuracy.high,
                      cell.accuracy.n,
                      seriesStyle(m_data->cells[c].style),
                      {}});
    }
  m_accuracy->setTitle(m_data ? tr("Accuracy, 95 % interval, n = %1")
                                    .arg(formatCount(qint64(m_data->comparison.items.size())))
                              : QString());
  m_accuracy->setRows(std::move(rows));
  showPublished();
}

/// Lines with a letter each, and a caption that says whose they are: five names don't fit above
/// lines that stand a few points apart.
void StatisticsPanel::showPublished() {
  std::vector<ReferenceLine> lines;
  QStringList names;
  auto figures = eval::publishedViva();
  std::sort(figures.begin(), figures.end(),
            [](const auto& a, const auto& b) { return a.accuracy < b.accuracy; });
  if (m_data && m_data->published && m_published)
    for (const auto& figure : figures) {
      const QString letter(QChar(u'a' + static_cast<ushort>(lines.size())));
      lines.push_back({figure.accuracy, letter});
      names << QStringLiteral("%1 %2 · %3").arg(letter, toQt(figure.model), toQt(figure.arm));
    }
  m_caption->setVisible(!lines.empty());
  m_caption->setText(tr("Dashed: published figures (arXiv 2503.16965 v1), not measured here. %1")
                         .arg(names.join(QStringLiteral(", "))));
  m_accuracy->setReferences(std::move(lines));
}

void StatisticsPanel::showCategories() {
  std::vector<CategoryCell> cells;
  std::vector<CategoryRow> rows;
  if (m_data) {
    const auto& comparison = m_data->comparison;
    for (std::size_t c = 0; c < comparison.cells.size(); ++c)
      cells.push_back({toQt(comparison.cells[c].name), seriesStyle(m_data->cells[c].style)});
    for (std::size_t i = 0; i < comparison.categories.size(); ++i) {
      CategoryRow row{toQt(comparison.categories[i]), {}};
      for (const auto& cell : comparison.cells) {
        const auto& share = cell.categories[i].accuracy;
        row.values.push_back({share.value, share.low, share.high, share.n});
      }
      rows.push_back(std::move(row));
    }
  }
  m_categoryPlot->setData(std::move(cells), std::move(rows));
}

void StatisticsPanel::showPairTables() {
  const std::size_t cells = m_data ? m_data->cells.size() : 0;
  const auto pair = m_first < cells && m_second < cells
                        ? directedPair(m_data->comparison, m_first, m_second)
                        : std::nullopt;
  fill(m_categories, pair ? categoriesTable(m_data->comparison, *pair) : StatsTable());
}

void StatisticsPanel::showCalibration() {
  std::vector<ReliabilitySeries> series;
  for (std::size_t c = 0; m_data && c < m_data->calibration.size(); ++c) {
    if (!m_data->calibration[c]) continue;
    const auto& reliability = *m_data->calibration[c];
    ReliabilitySeries one{toQt(m_data->comparison.cells[c].name),
                          seriesStyle(m_data->cells[c].style),
                          {},
                          reliability.error};
    for (const auto& bin : reliability.bins)
      if (bin.accuracy.n > 0)
        one.bins.push_back({bin.confidence, bin.accuracy.value, bin.accuracy.low, bin.accuracy.high,
                            bin.accuracy.n});
    series.push_back(std::move(one));
  }
  // A low strip scrolls; a sentence needs no height.
  m_reliability->setMinimumHeight(series.empty() ? 0 : kCalibrationHeight);
  m_reliability->setSeries(std::move(series));
}

}  // namespace wordsight::ui
