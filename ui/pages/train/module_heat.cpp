#include "pages/train/module_heat.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kRow = 20, kWidestCell = 56, kNarrowestCell = 8, kLongestName = 16;
constexpr double kFaintest = 0.06, kStrongest = 0.8;  // share of the colour in a cell

}  // namespace

ModuleHeat::ModuleHeat(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("moduleHeat"));
  setAccessibleName(tr("Size of the update in each layer and module"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ModuleHeat::setNorms(ModuleNorms norms) {
  m_norms = std::move(norms);
  m_current = {};
  m_hovered.reset();
  m_most = 0;
  for (int layer = 0; layer < layers(); ++layer)
    for (int module = 0; module < modules(); ++module)
      if (const double norm = value({layer, module}); norm > m_most) {
        m_most = norm;
        m_current = {layer, module};
      }
  measure();
  describe();
  updateGeometry();
  update();
}

void ModuleHeat::measure() {
  const QFontMetricsF small(smallFont());
  m_head = 0;
  m_numberWidth = 0;
  for (int module = 0; module < modules(); ++module) {
    m_head = std::max(m_head, fontMetrics().horizontalAdvance(name(module)));
    for (int layer = 0; layer < layers(); ++layer)
      m_numberWidth = std::max(m_numberWidth, small.horizontalAdvance(number({layer, module})));
  }
  m_head += kSpace;
}

QFont ModuleHeat::smallFont() const {
  QFont small(tabularFont(font()));
  if (small.pointSizeF() > 0) small.setPointSizeF(small.pointSizeF() * 0.85);
  return small;
}

QString ModuleHeat::name(int module) const {
  return toQt(m_norms.modules[static_cast<std::size_t>(module)]).left(kLongestName);
}

double ModuleHeat::value(Cell cell) const {
  return m_norms
      .layers[static_cast<std::size_t>(cell.layer)][static_cast<std::size_t>(cell.module)];
}

QString ModuleHeat::number(Cell cell) const {
  const double norm = value(cell);
  return std::isfinite(norm) ? QLocale().toString(norm, 'g', 2) : QStringLiteral("–");
}

QString ModuleHeat::text(Cell cell) const {
  const double norm = value(cell);
  return std::isfinite(norm)
             ? tr("Layer %1, %2: %3.")
                   .arg(QString::number(cell.layer), name(cell.module), formatNumber(norm))
             : tr("Layer %1, %2: the adapter has nothing here.")
                   .arg(QString::number(cell.layer), name(cell.module));
}

QString ModuleHeat::strongest() const {
  if (layers() == 0 || modules() == 0) return {};
  if (m_most <= 0) return tr("Nothing was moved: every update is 0.");
  Cell most;
  std::vector<double> squares(m_norms.modules.size(), 0);
  for (int layer = 0; layer < layers(); ++layer)
    for (int module = 0; module < modules(); ++module) {
      const double norm = value({layer, module});
      if (!std::isfinite(norm)) continue;
      squares[static_cast<std::size_t>(module)] += norm * norm;
      if (norm > value(most) || !std::isfinite(value(most))) most = {layer, module};
    }
  const auto whole = std::max_element(squares.begin(), squares.end());
  return tr("Strongest: %1 of layer %2, by %3. Over all layers together %4 moved most, by %5.")
      .arg(name(most.module), QString::number(most.layer), formatNumber(value(most)),
           name(static_cast<int>(whole - squares.begin())), formatNumber(std::sqrt(*whole)));
}

QSize ModuleHeat::minimumSizeHint() const {
  const int line = fontMetrics().height();
  return {m_head + kNarrowestCell * std::min(layers(), 30),
          2 * line + kSpaceSmall + modules() * kRow};
}

QSize ModuleHeat::sizeHint() const { return {m_head + 24 * layers(), minimumSizeHint().height()}; }

QRect ModuleHeat::cellRect(Cell cell) const {
  const int room = std::min(width() - m_head, kWidestCell * layers());
  const auto edge = [&](int layer) { return m_head + room * layer / std::max(1, layers()); };
  const int left = edge(cell.layer), top = fontMetrics().height() + cell.module * kRow;
  return {left, top, edge(cell.layer + 1) - left, kRow};
}

std::optional<ModuleHeat::Cell> ModuleHeat::cellAt(const QPoint& point) const {
  for (int layer = 0; layer < layers(); ++layer)
    for (int module = 0; module < modules(); ++module)
      if (cellRect({layer, module}).contains(point)) return Cell{layer, module};
  return {};
}

void ModuleHeat::paintEvent(QPaintEvent*) {
  if (layers() == 0 || modules() == 0) return;
  QPainter painter(this);
  paintHeads(painter);
  const bool numbered = cellRect({}).width() >= m_numberWidth + kSpaceSmall;
  for (int layer = 0; layer < layers(); ++layer)
    for (int module = 0; module < modules(); ++module)
      paintCell(painter, {layer, module}, numbered);
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Text), 2));
    painter.drawRect(cellRect(m_current).adjusted(0, 0, -1, -1));
  }
  const Cell told = m_hovered.value_or(m_current);
  painter.setPen(palette().color(QPalette::WindowText));
  painter.setFont(tabularFont(font()));
  painter.drawText(QRect(m_head, cellRect({0, modules()}).top() + kSpaceSmall, width() - m_head,
                         fontMetrics().height()),
                   Qt::AlignLeft | Qt::AlignVCenter, text(told));
}

void ModuleHeat::paintHeads(QPainter& painter) const {
  painter.setPen(palette().color(QPalette::WindowText));
  for (int module = 0; module < modules(); ++module) {
    const QRect first = cellRect({0, module});
    painter.drawText(QRect(0, first.top(), m_head - kSpace, first.height()),
                     Qt::AlignRight | Qt::AlignVCenter, name(module));
  }
  // Every layer's number where it has room, else every fifth, tenth, …
  painter.setFont(smallFont());
  painter.setPen(mutedColour(palette()));
  const int widest =
      painter.fontMetrics().horizontalAdvance(QString::number(layers())) + kSpaceSmall;
  int every = 1;
  for (const int step : {1, 2, 5, 10, 20, 50, 100, 200, 500}) {
    every = step;
    if (cellRect({}).width() * step >= widest) break;
  }
  for (int layer = 0; layer < layers(); layer += every) {
    const QRect first = cellRect({layer, 0});
    const QRect head(first.center().x() - widest, 0, 2 * widest, first.top());
    painter.drawText(head, Qt::AlignCenter, QString::number(layer));
  }
}

void ModuleHeat::paintCell(QPainter& painter, Cell cell, bool numbered) const {
  const QColor base = palette().color(QPalette::Base);
  const double norm = value(cell);
  const QRect box = cellRect(cell).adjusted(0, 0, -1, -1);
  QColor fill = base;
  if (std::isfinite(norm) && m_most > 0)
    fill = mixed(base, seriesColour(palette(), 0),
                 kFaintest + (kStrongest - kFaintest) * norm / m_most);
  painter.fillRect(box, fill);
  if (!numbered && std::isfinite(norm)) return;
  const QColor text = palette().color(QPalette::Text);
  painter.setFont(smallFont());
  painter.setPen(contrast(text, fill) >= contrast(base, fill) ? text : base);
  painter.drawText(box, Qt::AlignCenter, number(cell));
}

void ModuleHeat::choose(Cell cell) {
  if (cell == m_current) return;
  m_current = cell;
  describe();
  QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&changed);
  update();
}

void ModuleHeat::describe() {
  setAccessibleDescription(layers() > 0 && modules() > 0 ? text(m_current) : QString());
}

void ModuleHeat::keyPressEvent(QKeyEvent* event) {
  if (layers() == 0 || modules() == 0) return QWidget::keyPressEvent(event);
  Cell next = m_current;
  switch (event->key()) {
    case Qt::Key_Left:
      next.layer = std::max(0, next.layer - 1);
      break;
    case Qt::Key_Right:
      next.layer = std::min(layers() - 1, next.layer + 1);
      break;
    case Qt::Key_Up:
      next.module = std::max(0, next.module - 1);
      break;
    case Qt::Key_Down:
      next.module = std::min(modules() - 1, next.module + 1);
      break;
    case Qt::Key_Home:
      next.layer = 0;
      break;
    case Qt::Key_End:
      next.layer = layers() - 1;
      break;
    default:
      return QWidget::keyPressEvent(event);
  }
  m_hovered.reset();
  choose(next);
}

void ModuleHeat::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const auto cell = cellAt(event->position().toPoint())) choose(*cell);
}

void ModuleHeat::mouseMoveEvent(QMouseEvent* event) {
  const auto cell = cellAt(event->position().toPoint());
  if (cell == m_hovered) return;
  m_hovered = cell;
  update();
}

void ModuleHeat::leaveEvent(QEvent* event) {
  m_hovered.reset();
  update();
  QWidget::leaveEvent(event);
}

bool ModuleHeat::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto cell = cellAt(help->pos()))
      QToolTip::showText(help->globalPos(), text(*cell), this, cellRect(*cell));
    else
      QToolTip::hideText();
    return true;
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

void ModuleHeat::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::FontChange) return;
  measure();
  updateGeometry();
}

}  // namespace wordsight::ui
