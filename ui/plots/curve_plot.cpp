#include "plots/curve_plot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "plots/curve_axis.h"
#include "plots/curve_painter.h"
#include "plots/curve_parts.h"

namespace wordsight::ui {
namespace {

// A frame at 60 Hz for what the hand does, two for what arrives by itself: a point is on screen
// within 33 ms and a fast run leaves the window's thread free.
constexpr int kFrameMs = 16, kDataFrameMs = 33;
// One left margin for all plots of a group: their axes stand below one another.
constexpr int kLeftMargin = 56;

QToolButton* flatButton(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setAutoRaise(true);
  return button;
}

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
  Parts& p = *m_parts;
  p.message = tr("No points yet.");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  buildHeader();
  p.plot = new QCustomPlot(this);
  p.plot->setObjectName(QStringLiteral("canvas"));
  p.plot->setFocusPolicy(Qt::NoFocus);
  p.plot->setMouseTracking(true);
  p.plot->setPlottingHints(QCP::phCacheLabels);
  p.plot->installEventFilter(this);
  p.plot->xAxis->grid()->setZeroLinePen(Qt::NoPen);
  p.plot->yAxis->grid()->setZeroLinePen(Qt::NoPen);
  p.plot->axisRect()->setMinimumMargins(QMargins(kLeftMargin, 6, 24, 0));
  addCurvePainter(*p.plot, p.scene);
  layout->addWidget(p.plot, 1);
  p.overlay = new CurveOverlay(p.plot);
  p.frame.setSingleShot(true);
  connect(&p.frame, &QTimer::timeout, this, &CurvePlot::refresh);
  connect(p.plot, &QCustomPlot::afterReplot, this, &CurvePlot::replotted);
  setFocusPolicy(Qt::StrongFocus);
  retheme();
  updateHeader();
}

CurvePlot::~CurvePlot() {
  // QWidget hides the children when the parts are gone; what they say then is for nobody.
  m_parts->plot->removeEventFilter(this);
  for (QWidget* child : findChildren<QWidget*>()) child->disconnect(this);
  delete m_parts->plot;  // its painter refers to the scene
}

void CurvePlot::buildHeader() {
  Parts& p = *m_parts;
  auto* header = new QHBoxLayout;
  header->setContentsMargins(8, 4, 8, 0);
  header->setSpacing(8);
  p.title = new QLabel(this);
  p.unit = new QLabel(this);
  p.title->setTextFormat(Qt::PlainText);
  p.unit->setTextFormat(Qt::PlainText);
  p.unit->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  p.title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  p.legend = new CurveLegend(this);
  p.resetButton =
      flatButton(tr("Reset zoom"), tr("Show all points again (double click, Home)"), this);
  p.logButton = flatButton(tr("log"), tr("Logarithmic y axis"), this);
  p.logButton->setCheckable(true);
  header->addWidget(p.title);
  header->addWidget(p.unit);
  header->addSpacing(8);
  header->addWidget(p.legend, 1, Qt::AlignVCenter);
  header->addStretch(0);
  header->addWidget(p.resetButton);
  header->addWidget(p.logButton);
  static_cast<QVBoxLayout*>(layout())->addLayout(header);
  p.resetButton->hide();
  connect(p.resetButton, &QToolButton::clicked, this, [this] {
    resetZoom();
    Q_EMIT zoomReset();
  });
  connect(p.logButton, &QToolButton::toggled, this, &CurvePlot::setLogarithmic);
  connect(p.legend, &CurveLegend::hovered, this, [this](SeriesId id) {
    highlight(id);
    Q_EMIT seriesHovered(id);
  });
}

void CurvePlot::setTitle(const QString& title, const QString& unit, NumberStyle numbers) {
  Parts& p = *m_parts;
  p.scene.title = title;
  p.scene.unit = unit;
  p.scene.numbers = numbers;
  updateHeader();
  schedule();
}

QString CurvePlot::title() const { return m_parts->scene.title; }

void CurvePlot::setMessage(const QString& message) {
  m_parts->message = message;
  schedule();
}

void CurvePlot::updateHeader() {
  Parts& p = *m_parts;
  p.title->setText(p.scene.title);
  p.unit->setText(p.scene.unit);
  p.unit->setVisible(!p.scene.unit.isEmpty());
  p.legend->setVisible(p.legendVisible);
  p.resetButton->setVisible(p.view.zoomed() || p.userY);
  const QString name = p.scene.title.isEmpty() ? tr("Curves") : p.scene.title;
  setAccessibleName(name);
  setAccessibleDescription(
      tr("Plot of %1. Left and right move the cursor, plus and minus zoom, Home "
         "shows everything.")
          .arg(name));
}

void CurvePlot::setSeries(const CurveSeries& series) {
  Parts& p = *m_parts;
  if (CurveScene::Entry* known = p.scene.find(series.id)) {
    known->who = series;
  } else {
    auto entry = std::make_unique<CurveScene::Entry>();
    entry->who = series;
    entry->points.setSmoothing(p.scene.smoothing);
    p.scene.series.push_back(std::move(entry));
  }
  seriesChanged();
}

void CurvePlot::removeSeries(SeriesId id) {
  std::erase_if(m_parts->scene.series, [id](const auto& entry) { return entry->who.id == id; });
  if (m_parts->scene.highlighted == id) m_parts->scene.highlighted = kNoSeries;
  seriesChanged();
}

void CurvePlot::clear() {
  m_parts->scene.series.clear();
  m_parts->scene.highlighted = kNoSeries;
  m_parts->cursor.reset();
  m_parts->userY.reset();
  m_parts->view = {};
  seriesChanged();
}

void CurvePlot::seriesChanged() {
  m_parts->legend->setSeries(series());
  updateHeader();
  schedule();
}

std::vector<CurveSeries> CurvePlot::series() const {
  std::vector<CurveSeries> all;
  for (const auto& entry : m_parts->scene.series) all.push_back(entry->who);
  return all;
}

void CurvePlot::append(SeriesId id, std::span<const CurvePoint> points) {
  CurveScene::Entry* entry = m_parts->scene.find(id);
  if (!entry || points.empty()) return;
  entry->points.append(points);
  schedule(true);
}

void CurvePlot::dropFrom(SeriesId id, std::int64_t step) {
  CurveScene::Entry* entry = m_parts->scene.find(id);
  if (!entry || entry->points.empty()) return;
  entry->points.dropFrom(step);
  schedule(true);
}

const SeriesStore* CurvePlot::points(SeriesId id) const {
  const CurveScene::Entry* entry = m_parts->scene.find(id);
  return entry ? &entry->points : nullptr;
}

void CurvePlot::setXAxis(XAxis axis) {
  Parts& p = *m_parts;
  if (axis == p.scene.xAxis) return;
  p.scene.xAxis = axis;
  p.cursor.reset();
  p.groupX.reset();
  resetZoom();
}

void CurvePlot::setSmoothing(double weight) {
  m_parts->scene.smoothing = weight;
  for (const auto& entry : m_parts->scene.series) entry->points.setSmoothing(weight);
  schedule();
}

void CurvePlot::setLogarithmic(bool on) {
  Parts& p = *m_parts;
  if (on == p.scene.logarithmic) return;
  p.scene.logarithmic = on;
  p.userY.reset();
  p.logButton->setChecked(on);
  p.plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  schedule();
  Q_EMIT logarithmicChanged(on);
}

bool CurvePlot::logarithmic() const { return m_parts->scene.logarithmic; }

void CurvePlot::setReferences(std::vector<ReferenceLine> lines) {
  m_parts->scene.references = std::move(lines);
  schedule();
}

void CurvePlot::setLegendVisible(bool visible) {
  m_parts->legendVisible = visible;
  updateHeader();
}

void CurvePlot::setWheelNeedsControl(bool needed) { m_parts->wheelNeedsControl = needed; }

void CurvePlot::zoomTo(const AxisRange& x) {
  Parts& p = *m_parts;
  p.view.zoomTo(x);
  updateHeader();
  schedule();
}

void CurvePlot::resetZoom() {
  Parts& p = *m_parts;
  p.view.reset();
  p.userY.reset();
  updateHeader();
  schedule();
}

bool CurvePlot::zoomed() const { return m_parts->view.zoomed() || m_parts->userY; }
AxisRange CurvePlot::shownX() const { return m_parts->view.shown(); }
AxisRange CurvePlot::shownY() const {
  const QCPRange range = m_parts->plot->yAxis->range();
  return {range.lower, range.upper};
}
std::optional<AxisRange> CurvePlot::dataX() const { return m_parts->scene.extentX(); }

void CurvePlot::setGroupX(const std::optional<AxisRange>& range) {
  if (range == m_parts->groupX) return;
  m_parts->groupX = range;
  if (range) m_parts->view.setFull(*range);
  schedule(true);
}

void CurvePlot::highlight(SeriesId id) {
  Parts& p = *m_parts;
  if (id == p.scene.highlighted) return;
  p.scene.highlighted = id;
  p.legend->setHighlighted(id);
  schedule();
}

void CurvePlot::schedule(bool fromData) {
  Parts& p = *m_parts;
  if (!isVisible()) return;  // showing it paints it
  const int frame = fromData ? kDataFrameMs : kFrameMs;
  const auto since = p.sinceFrame.isValid() ? p.sinceFrame.elapsed() : frame;
  const int wait = static_cast<int>(std::clamp<qint64>(frame - since, 0, frame));
  if (!p.frame.isActive() || p.frame.remainingTime() > wait) p.frame.start(wait);
}

void CurvePlot::refresh() {
  Parts& p = *m_parts;
  p.sinceFrame.start();
  p.frame.stop();
  const bool any = p.scene.hasPoints();
  p.plot->axisRect()->setVisible(any);
  p.overlay->setMessage(any ? QString() : p.message);
  if (const auto full = p.groupX ? p.groupX : p.scene.extentX()) p.view.setFull(*full);
  const AxisRange x = p.view.shown();
  p.plot->xAxis->setRange(x.low, x.high);
  p.plot->xAxis->setLabel(p.scene.xTitle(x.high));
  if (const auto y = p.userY ? p.userY : p.scene.extentY(x))
    p.plot->yAxis->setRange(y->low, y->high);
  if (!qFuzzyCompare(p.plot->bufferDevicePixelRatio(), devicePixelRatioF()))
    p.plot->setBufferDevicePixelRatio(devicePixelRatioF());
  updateTickers(plotArea().size());
  p.plot->replot(QCustomPlot::rpQueuedRefresh);
  p.overlay->setArea(plotArea());
  updateReadout();
}

void CurvePlot::applyTheme(const PlotTheme& theme) const {
  Parts& p = *m_parts;
  p.scene.theme = theme;
  p.plot->setBackground(QBrush(theme.background));
  for (QCPAxis* axis : {p.plot->xAxis, p.plot->yAxis}) {
    axis->setBasePen(QPen(theme.axis, 1));
    axis->setTickPen(QPen(theme.axis, 1));
    axis->setSubTicks(false);
    axis->setTickLength(0, 4);
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(2);
    axis->setTickLabelFont(theme.font);
    axis->setTickLabelColor(theme.quiet);
    axis->setLabelFont(theme.font);
    axis->setLabelColor(theme.quiet);
    axis->grid()->setPen(QPen(theme.grid, 1));
  }
}

void CurvePlot::retheme() {
  Parts& p = *m_parts;
  const PlotTheme theme = PlotTheme::of(palette(), font());
  applyTheme(theme);
  p.overlay->setTheme(theme);
  QFont strong = font();
  strong.setWeight(QFont::DemiBold);
  p.title->setFont(strong);
  schedule();
}

void CurvePlot::updateTickers(const QSizeF& area) const {
  Parts& p = *m_parts;
  const double line = QFontMetricsF(font()).height();
  const int across = std::max(2, static_cast<int>(area.width() / (6 * line)));
  const int up = std::clamp(static_cast<int>(area.height() / (2.5 * line)), 2, 8);
  p.plot->xAxis->setTicker(linearTicker(p.scene.xNumbers(), across));
  p.plot->yAxis->setTicker(p.scene.logarithmic ? logTicker(p.scene.numbers, up)
                                               : linearTicker(p.scene.numbers, up));
}

void CurvePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
      event->type() == QEvent::StyleChange)
    retheme();
}

void CurvePlot::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_parts->sinceFrame.invalidate();
  schedule();
}

}  // namespace wordsight::ui
