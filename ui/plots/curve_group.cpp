#include "plots/curve_group.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "plots/curve_legend.h"

namespace wordsight::ui {
namespace {

constexpr int kSpacing = 8, kNarrowestPlot = 380, kMostColumns = 3, kLowestPlot = 200;
constexpr int kSliderSteps = 99;  // hundredths

QToolButton* menuButton(const QString& text, const QString& tip, QMenu* menu, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setPopupMode(QToolButton::InstantPopup);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setMenu(menu);
  return button;
}

CurvePoint curvePoint(const MetricPoint& point) {
  return {point.step, point.samples, point.tokens, point.seconds, point.value};
}

}  // namespace

std::vector<CurveMetric> trainingMetrics() {
  const auto text = [](const char* source) { return QCoreApplication::translate("plots", source); };
  const QString each = text(QT_TRANSLATE_NOOP("plots", "per token"));
  std::vector<CurveMetric> metrics;
  metrics.push_back({"loss", text(QT_TRANSLATE_NOOP("plots", "Loss")), each});
  metrics.push_back({"eval_loss", text(QT_TRANSLATE_NOOP("plots", "Held-out loss")), each});
  metrics.back().smoothed = false;
  metrics.push_back({"probe_accuracy", text(QT_TRANSLATE_NOOP("plots", "Probe accuracy")),
                     QStringLiteral("%"), NumberStyle::Percent});
  metrics.back().smoothed = false;
  metrics.push_back({"lr", text(QT_TRANSLATE_NOOP("plots", "Learning rate")), QString()});
  metrics.back().smoothed = false;
  metrics.push_back({"grad_norm", text(QT_TRANSLATE_NOOP("plots", "Gradient norm")), QString()});
  metrics.push_back({"tokens_per_s", text(QT_TRANSLATE_NOOP("plots", "Throughput")),
                     text(QT_TRANSLATE_NOOP("plots", "tokens/s"))});
  metrics.push_back({"memory_mib", text(QT_TRANSLATE_NOOP("plots", "Memory")),
                     text(QT_TRANSLATE_NOOP("plots", "MiB"))});
  metrics.back().smoothed = false;
  return metrics;
}

CurveGroup::CurveGroup(QWidget* parent) : QWidget(parent), m_message(tr("No points yet.")) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(buildBar());
  m_legend = new CurveLegend(this);
  m_legend->setRows(2);
  layout->addWidget(m_legend);
  m_scroll = new QScrollArea(this);
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setFocusPolicy(Qt::NoFocus);
  m_scroll->viewport()->installEventFilter(this);
  auto* content = new QWidget(m_scroll);
  m_grid = new QGridLayout(content);
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setSpacing(kSpacing);
  m_scroll->setWidget(content);
  layout->addWidget(m_scroll, 1);
  m_rangeTimer.setSingleShot(true);
  connect(&m_rangeTimer, &QTimer::timeout, this, &CurveGroup::shareRange);
  connect(m_legend, &CurveLegend::hovered, this, &CurveGroup::highlight);
  setSmoothing(m_smoothing);
}

CurveGroup::~CurveGroup() {
  // QWidget hides the children when the members are gone; what they say then is for nobody.
  for (QWidget* child : findChildren<QWidget*>()) child->disconnect(this);
}

QWidget* CurveGroup::buildBar() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);

  m_axisBox = new QComboBox(bar);
  m_axisBox->addItems({tr("Step"), tr("Samples"), tr("Tokens"), tr("Time")});
  m_axisBox->setToolTip(tr("What the curves are drawn over"));
  m_axisBox->setAccessibleName(tr("x axis"));
  auto* axisLabel = new QLabel(tr("&x axis"), bar);
  axisLabel->setBuddy(m_axisBox);
  connect(m_axisBox, &QComboBox::activated, this,
          [this](int index) { setXAxis(static_cast<XAxis>(index)); });

  m_slider = new QSlider(Qt::Horizontal, bar);
  m_slider->setRange(0, kSliderSteps);
  m_slider->setPageStep(10);
  // Gives way first where the bar is narrow.
  m_slider->setMinimumWidth(40);
  m_slider->setMaximumWidth(120);
  m_slider->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_slider->setToolTip(tr(
      "Exponential mean over the curve; the raw one stays visible behind it. 0 shows it alone."));
  m_slider->setAccessibleName(tr("Smoothing"));
  m_sliderValue = new QLabel(bar);
  m_sliderValue->setMinimumWidth(m_sliderValue->fontMetrics().horizontalAdvance(tr("0.00")));
  auto* sliderLabel = new QLabel(tr("&Smoothing"), bar);
  sliderLabel->setBuddy(m_slider);
  connect(m_slider, &QSlider::valueChanged, this,
          [this](int value) { setSmoothing(value / 100.0); });

  m_metricMenu = new QMenu(this);
  auto* saveMenu = new QMenu(this);
  buildExportMenu(saveMenu);
  row->addWidget(axisLabel);
  row->addWidget(m_axisBox);
  row->addSpacing(8);
  row->addWidget(sliderLabel);
  row->addWidget(m_slider, 1);
  row->addWidget(m_sliderValue);
  row->addStretch(1);
  row->addWidget(
      menuButton(tr("&Curves"), tr("Choose the curves that are shown"), m_metricMenu, bar));
  row->addWidget(menuButton(tr("Save &all"), tr("Save all shown curves as a picture or as data"),
                            saveMenu, bar));
  return bar;
}

void CurveGroup::buildExportMenu(QMenu* menu) {
  menu->setToolTipsVisible(true);
  addSaveActions(*menu, saveActions());
}

void CurveGroup::setMetrics(std::vector<CurveMetric> metrics) {
  for (const Member& member : m_members) delete member.plot;
  m_members.clear();
  for (CurveMetric& metric : metrics) {
    auto* plot = new CurvePlot(m_scroll->widget());
    plot->setTitle(metric.title, metric.unit, metric.numbers);
    plot->setObjectName(QStringLiteral("curve_") + QString::fromStdString(metric.name));
    plot->setLogarithmic(metric.logarithmic);
    plot->setReferences(metric.references);
    plot->setMessage(m_message);
    plot->setLegendVisible(false);
    plot->setWheelNeedsControl(true);
    plot->setXAxis(m_xAxis);
    plot->setSmoothing(metric.smoothed ? m_smoothing : 0);
    plot->setMinimumHeight(kLowestPlot);
    for (const CurveSeries& run : m_runs) plot->setSeries(run);
    connectPlot(plot);
    m_members.push_back({std::move(metric), plot});
  }
  fillMetricMenu();
  m_columns = 0;
  arrange();
}

void CurveGroup::connectPlot(CurvePlot* plot) {
  const auto others = [this, plot](auto&& call) {
    for (const Member& member : m_members)
      if (member.plot != plot) call(*member.plot);
  };
  connect(plot, &CurvePlot::zoomChanged, this,
          [others](const AxisRange& x) { others([&](CurvePlot& other) { other.zoomTo(x); }); });
  connect(plot, &CurvePlot::zoomReset, this,
          [others] { others([](CurvePlot& other) { other.resetZoom(); }); });
  connect(plot, &CurvePlot::cursorMoved, this,
          [others](double x) { others([&](CurvePlot& other) { other.showCursorAt(x, true); }); });
  connect(plot, &CurvePlot::cursorLeft, this,
          [others] { others([](CurvePlot& other) { other.hideCursor(); }); });
  connect(plot, &CurvePlot::seriesHovered, this, &CurveGroup::highlight);
  connect(plot, &CurvePlot::saved, this, &CurveGroup::saved);
  connect(plot, &CurvePlot::saveFailed, this, &CurveGroup::saveFailed);
}

void CurveGroup::fillMetricMenu() {
  m_metricMenu->clear();
  for (const Member& member : m_members) {
    QAction* action = m_metricMenu->addAction(member.metric.title);
    action->setCheckable(true);
    action->setChecked(member.metric.visible);
    connect(action, &QAction::toggled, this,
            [this, name = member.metric.name](bool on) { setMetricVisible(name, on); });
  }
}

void CurveGroup::setMetricVisible(const std::string& metric, bool visible) {
  for (std::size_t i = 0; i < m_members.size(); ++i) {
    CurveMetric& one = m_members[i].metric;
    if (one.name != metric || one.visible == visible) continue;
    one.visible = visible;
    const auto actions = m_metricMenu->actions();
    actions[static_cast<qsizetype>(i)]->setChecked(visible);
    m_columns = 0;
    arrange();
    Q_EMIT settingsChanged();
  }
}

std::vector<std::string> CurveGroup::visibleMetrics() const {
  std::vector<std::string> names;
  for (const Member& member : m_members)
    if (member.metric.visible) names.push_back(member.metric.name);
  return names;
}

void CurveGroup::arrange() {
  const int width = m_scroll->viewport()->width();
  const auto shown = static_cast<int>(visibleMetrics().size());
  const int room = (width + kSpacing) / (kNarrowestPlot + kSpacing);
  const int columns = std::clamp(room, 1, std::max(1, std::min(kMostColumns, shown)));
  if (columns == m_columns) return;
  while (QLayoutItem* item = m_grid->takeAt(0)) delete item;
  for (int column = 0; column < kMostColumns; ++column)
    m_grid->setColumnStretch(column, column < columns ? 1 : 0);
  int place = 0;
  for (const Member& member : m_members) {
    member.plot->setVisible(member.metric.visible);
    if (!member.metric.visible) continue;
    m_grid->addWidget(member.plot, place / columns, place % columns);
    ++place;
  }
  m_columns = columns;
}

bool CurveGroup::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_scroll->viewport() && event->type() == QEvent::Resize) arrange();
  return QWidget::eventFilter(watched, event);
}

void CurveGroup::setRun(const CurveSeries& run) {
  const auto known = std::find_if(m_runs.begin(), m_runs.end(),
                                  [&](const CurveSeries& one) { return one.id == run.id; });
  if (known == m_runs.end()) {
    m_runs.push_back(run);
  } else {
    *known = run;
  }
  for (const Member& member : m_members) member.plot->setSeries(run);
  m_legend->setSeries(m_runs);
}

void CurveGroup::removeRun(SeriesId run) {
  std::erase_if(m_runs, [run](const CurveSeries& one) { return one.id == run; });
  for (const Member& member : m_members) member.plot->removeSeries(run);
  m_legend->setSeries(m_runs);
  m_rangeTimer.start(0);
}

void CurveGroup::clear() {
  m_runs.clear();
  for (const Member& member : m_members) member.plot->clear();
  m_legend->setSeries({});
  m_rangeTimer.start(0);
}

void CurveGroup::append(SeriesId run, std::span<const MetricPoint> points) {
  std::map<CurvePlot*, std::vector<CurvePoint>> byPlot;
  CurvePlot* target = nullptr;
  const std::string* name = nullptr;
  for (const MetricPoint& point : points) {
    if (!name || *name != point.name) target = plot(point.name);
    name = &point.name;
    if (target) byPlot[target].push_back(curvePoint(point));
  }
  for (const auto& [one, list] : byPlot) one->append(run, list);
  if (!byPlot.empty() && !m_rangeTimer.isActive()) m_rangeTimer.start(0);
}

void CurveGroup::dropFrom(SeriesId run, std::int64_t step) {
  for (const Member& member : m_members) member.plot->dropFrom(run, step);
  if (!m_rangeTimer.isActive()) m_rangeTimer.start(0);
}

// All plots span what any of them has: held-out loss starts at step 50 but stands below the loss.
void CurveGroup::shareRange() {
  std::optional<AxisRange> whole;
  for (const Member& member : m_members) {
    const auto own = member.plot->dataX();
    if (!own) continue;
    if (!whole) whole = own;
    whole->low = std::min(whole->low, own->low);
    whole->high = std::max(whole->high, own->high);
  }
  for (const Member& member : m_members) member.plot->setGroupX(whole);
}

CurvePlot* CurveGroup::plot(const std::string& metric) const {
  for (const Member& member : m_members)
    if (member.metric.name == metric) return member.plot;
  return nullptr;
}

void CurveGroup::setXAxis(XAxis axis) {
  if (axis == m_xAxis) return;
  m_xAxis = axis;
  m_axisBox->setCurrentIndex(static_cast<int>(axis));
  for (const Member& member : m_members) member.plot->setXAxis(axis);
  shareRange();
  Q_EMIT settingsChanged();
}

void CurveGroup::setSmoothing(double weight) {
  const int hundredths =
      std::isfinite(weight)
          ? std::clamp(static_cast<int>(std::lround(weight * 100)), 0, kSliderSteps)
          : 0;
  m_sliderValue->setText(QLocale().toString(hundredths / 100.0, 'f', 2));
  const bool changed = hundredths / 100.0 != m_smoothing;
  m_smoothing = hundredths / 100.0;
  m_slider->setValue(hundredths);
  for (const Member& member : m_members)
    if (member.metric.smoothed) member.plot->setSmoothing(m_smoothing);
  if (changed) Q_EMIT settingsChanged();
}

void CurveGroup::setMessage(const QString& message) {
  m_message = message;
  for (const Member& member : m_members) member.plot->setMessage(message);
}

void CurveGroup::highlight(SeriesId run) {
  m_legend->setHighlighted(run);
  for (const Member& member : m_members) member.plot->highlight(run);
  Q_EMIT runHovered(run);
}

}  // namespace wordsight::ui
