#include "pages/runs/run_diff.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "pages/runs/run_facts.h"
#include "plots/curve_group.h"
#include "widgets/fitted_columns.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kLeastCurves = 280;  // the list beside it needs the room in a narrow window
}

RunDiff::RunDiff(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_all(new QCheckBox(tr("Also what is the same"), this)),
      m_compare(new QPushButton(icon(QStringLiteral("compare")), tr("Compare answers"), this)),
      m_tabs(new QTabWidget(this)),
      m_table(new QTreeWidget(this)),
      m_curves(new CurveGroup(this)) {
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  m_title->setFont(bold);
  m_all->setObjectName(QStringLiteral("diffAll"));
  m_all->setToolTip(tr("Show settings that do not differ, too"));
  m_compare->setObjectName(QStringLiteral("diffCompare"));
  m_compare->setToolTip(tr("Show the chosen evaluations side by side, item by item"));
  m_table->setObjectName(QStringLiteral("diffTable"));
  m_table->setAccessibleName(tr("Settings side by side"));
  m_table->setRootIsDecorated(false);
  m_table->setUniformRowHeights(true);
  m_table->setAlternatingRowColors(true);
  m_table->setFrameShape(QFrame::NoFrame);
  m_columns = fitColumns(*m_table, nullptr, {}, {}, 0);
  m_curves->setMinimumWidth(kLeastCurves);
  m_curves->setMetrics(trainingMetrics());
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(m_table, tr("Settings"));
  m_tabs->addTab(m_curves, tr("Curves"));
  connect(m_all, &QCheckBox::toggled, this, &RunDiff::fill);
  connect(m_compare, &QPushButton::clicked, this, [this] {
    std::vector<RunId> runs;
    for (const Run& run : m_runs)
      if (run.kind == RunKind::Evaluation) runs.push_back(run.id);
    Q_EMIT compareClicked(runs);
  });
  auto* head = new QHBoxLayout;
  head->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpaceSmall);
  head->setSpacing(kSpace);
  head->addWidget(m_title, 1);
  head->addWidget(m_all);
  head->addWidget(m_compare);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_tabs, 1);
}

void RunDiff::display(const std::vector<Run>& runs) {
  m_runs = runs;
  m_title->setText(tr("%n runs beside each other", nullptr, static_cast<int>(runs.size())));
  const auto evaluations = std::count_if(
      runs.begin(), runs.end(), [](const Run& run) { return run.kind == RunKind::Evaluation; });
  m_compare->setVisible(evaluations > 1);
  m_curves->clear();
  int place = 0;
  for (const Run& run : runs)
    if (run.kind == RunKind::Training) {
      CurveSeries series;
      series.id = run.id.value;
      series.label = QStringLiteral("%1 %2").arg(formatCount(run.id.value), toQt(run.name));
      series.style = seriesStyle(place++);
      series.live = run.status == RunStatus::Running;
      m_curves->setRun(series);
    }
  m_tabs->setTabEnabled(1, place > 0);
  fill();
}

void RunDiff::fill() {
  m_table->clear();
  m_table->setColumnCount(static_cast<int>(m_runs.size()) + 1);
  QStringList heads{tr("Setting")};
  std::vector<std::string> order;
  std::vector<std::map<std::string, std::string>> values;
  for (const Run& run : m_runs) {
    heads << QStringLiteral("%1 %2").arg(formatCount(run.id.value), toQt(run.name));
    std::map<std::string, std::string> own;
    for (auto& [name, value] : flattened(run.spec)) {
      if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
      own.emplace(name, std::move(value));
    }
    values.push_back(std::move(own));
  }
  m_table->setHeaderLabels(heads);
  for (const auto& name : order) {
    QStringList cells{toQt(name)};
    bool differ = false;
    for (const auto& own : values) {
      const auto found = own.find(name);
      cells << (found == own.end() ? QStringLiteral("–") : toQt(found->second));
      differ = differ || cells.back() != cells[1];
    }
    if (!differ && !m_all->isChecked()) continue;
    auto* item = new QTreeWidgetItem(m_table, cells);
    item->setSizeHint(0, {0, kRowHeight - kSpaceSmall});
    for (int i = 0; i < cells.size(); ++i) item->setToolTip(i, cells[i].left(2000).toHtmlEscaped());
    if (differ && m_all->isChecked()) {
      QFont bold = m_table->font();
      bold.setWeight(QFont::DemiBold);
      item->setFont(0, bold);
    }
  }
  if (m_table->topLevelItemCount() == 0)
    new QTreeWidgetItem(m_table, {tr("All settings are the same.")});
  std::vector<FittedColumn> columns(m_runs.size() + 1, {20, 12, 0});
  columns[0] = {26, 20, 0};
  m_columns->setColumns(std::move(columns), static_cast<int>(m_runs.size()));
}

void RunDiff::addCurves(RunId run, const std::vector<MetricPoint>& points) {
  m_curves->append(run.value, points);
}

}  // namespace wordsight::ui
