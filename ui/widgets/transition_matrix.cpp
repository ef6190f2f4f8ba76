#include "widgets/transition_matrix.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <numeric>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

using Field = TransitionMatrix::Field;
constexpr std::array kFields{Field::BothRight, Field::RightToWrong, Field::WrongToRight,
                             Field::BothWrong};
constexpr int kGap = 2;
constexpr int kTotalWidth = 40;

}  // namespace

TransitionMatrix::TransitionMatrix(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void TransitionMatrix::setNames(const QString& first, const QString& second) {
  m_first = first;
  m_second = second;
  update();
}

void TransitionMatrix::setCounts(int bothRight, int rightToWrong, int wrongToRight, int bothWrong) {
  m_counts = {bothRight, rightToWrong, wrongToRight, bothWrong};
  QString text;
  for (const Field field : kFields)
    text += tr("%1: %2. ").arg(title(field), formatCount(count(field)));
  setAccessibleDescription(text.trimmed());
  update();
}

void TransitionMatrix::setSelected(std::optional<Field> field) {
  m_selected = field;
  if (field) m_current = *field;
  update();
}

int TransitionMatrix::total() const { return std::accumulate(m_counts.begin(), m_counts.end(), 0); }

QString TransitionMatrix::title(Field field) const {
  switch (field) {
    case Field::BothRight:
      return tr("both right");
    case Field::RightToWrong:
      return tr("right → wrong");
    case Field::WrongToRight:
      return tr("wrong → right");
    case Field::BothWrong:
      return tr("both wrong");
  }
  return {};
}

QSize TransitionMatrix::sizeHint() const {
  const int line = fontMetrics().height();
  return {2 * line + fontMetrics().horizontalAdvance(tr("wrong")) + 2 * 96 + kTotalWidth,
          4 * line + 2 * (2 * line + kSpaceSmall)};
}

QSize TransitionMatrix::minimumSizeHint() const {
  const int line = fontMetrics().height();
  return {240, 3 * line + kSpace + 2 * (line + kSpaceSmall)};
}

QRect TransitionMatrix::fieldRect(Field field) const {
  const int line = fontMetrics().height();
  const int left = line + kSpaceSmall + fontMetrics().horizontalAdvance(tr("wrong")) + kSpace;
  const int top = 2 * line + kSpaceSmall;
  const int bottom = height() - line - kSpaceSmall;
  const int wide = (width() - left - kTotalWidth) / 2, high = (bottom - top) / 2;
  const int place = static_cast<int>(field);
  return {left + (place % 2) * wide, top + (place / 2) * high, wide - kGap, high - kGap};
}

std::optional<Field> TransitionMatrix::fieldAt(const QPoint& point) const {
  for (const Field field : kFields)
    if (fieldRect(field).contains(point)) return field;
  return {};
}

void TransitionMatrix::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintHeads(painter);
  for (const Field field : kFields) paintField(painter, field);
}

void TransitionMatrix::paintHeads(QPainter& painter) const {
  const int line = fontMetrics().height();
  const QRect first = fieldRect(Field::BothRight), last = fieldRect(Field::BothWrong);
  const QString right = tr("right"), wrong = tr("wrong");
  painter.setPen(palette().color(QPalette::WindowText));
  const QRect across(first.left(), 0, last.right() - first.left(), line);
  painter.drawText(across, Qt::AlignCenter,
                   fontMetrics().elidedText(m_second, Qt::ElideRight, across.width()));
  painter.save();
  painter.translate(0, last.bottom());
  painter.rotate(-90);
  const QRect upwards(0, 0, last.bottom() - first.top(), line);
  painter.drawText(upwards, Qt::AlignCenter,
                   fontMetrics().elidedText(m_first, Qt::ElideRight, upwards.width()));
  painter.restore();
  painter.setPen(mutedColour(palette()));
  const auto column = [&](const QRect& field, const QString& text) {
    painter.drawText(QRect(field.left(), line, field.width(), line), Qt::AlignCenter, text);
  };
  column(first, right);
  column(last, wrong);
  const auto row = [&](const QRect& field, const QString& text) {
    painter.drawText(QRect(line, field.top(), first.left() - line - kSpace, field.height()),
                     Qt::AlignRight | Qt::AlignVCenter, text);
  };
  row(first, right);
  row(last, wrong);
  painter.setFont(tabularFont(font()));
  const auto sum = [&](Field a, Field b) { return formatCount(count(a) + count(b)); };
  const int edge = last.right() + kGap;
  for (const auto& [a, b] : {std::pair(Field::BothRight, Field::RightToWrong),
                             std::pair(Field::WrongToRight, Field::BothWrong)})
    painter.drawText(
        QRect(edge, fieldRect(a).top(), kTotalWidth - kSpaceSmall, fieldRect(a).height()),
        Qt::AlignRight | Qt::AlignVCenter, sum(a, b));
  const int under = last.bottom() + kSpaceSmall;
  for (const auto& [a, b] : {std::pair(Field::BothRight, Field::WrongToRight),
                             std::pair(Field::RightToWrong, Field::BothWrong)})
    painter.drawText(QRect(fieldRect(a).left(), under, fieldRect(a).width(), line), Qt::AlignCenter,
                     sum(a, b));
  painter.drawText(QRect(edge, under, kTotalWidth - kSpaceSmall, line),
                   Qt::AlignRight | Qt::AlignVCenter, formatCount(total()));
}

void TransitionMatrix::paintField(QPainter& painter, Field field) const {
  const QRect box = fieldRect(field);
  const QPalette& colours = palette();
  const QColor base = colours.color(QPalette::Base);
  const QColor tint = field == Field::WrongToRight   ? mixed(base, goodColour(colours), 0.16)
                      : field == Field::RightToWrong ? mixed(base, badColour(colours), 0.16)
                                                     : base;
  const bool chosen = m_selected == field;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.fillRect(
      box, m_hovered == field ? mixed(tint, colours.color(QPalette::Highlight), 0.1) : tint);
  painter.setPen(chosen ? QPen(colours.color(QPalette::Highlight), 2) : QPen(lineColour(colours)));
  painter.drawRect(chosen ? box.adjusted(1, 1, -1, -1) : box.adjusted(0, 0, -1, -1));
  if (hasFocus() && m_current == field) {
    painter.setPen(QPen(colours.color(QPalette::WindowText), 1, Qt::DotLine));
    painter.drawRect(box.adjusted(3, 3, -4, -4));
  }
  painter.setRenderHint(QPainter::Antialiasing);
  const int line = fontMetrics().height();
  const bool two = box.height() >= 2 * line + kSpaceSmall;
  QFont bold(tabularFont(font()));
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(colours.color(QPalette::Text));
  const int n = total();
  const QString share =
      n > 0 ? formatPercent(static_cast<double>(count(field)) / n) : QStringLiteral("–");
  const QRect upper(box.left(), box.center().y() - (two ? line : line / 2), box.width(), line);
  const QString arrow = field == Field::WrongToRight   ? QStringLiteral("↑ ")
                        : field == Field::RightToWrong ? QStringLiteral("↓ ")
                                                       : QString();
  painter.drawText(upper, Qt::AlignCenter, arrow + formatCount(count(field)));
  painter.setFont(tabularFont(font()));
  painter.setPen(mutedColour(colours));
  if (two) painter.drawText(upper.translated(0, line), Qt::AlignCenter, share);
}

void TransitionMatrix::choose(Field field) {
  m_current = field;
  setSelected(m_selected == field ? std::nullopt : std::optional(field));
  Q_EMIT fieldChosen(m_selected);
}

void TransitionMatrix::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const auto field = fieldAt(event->position().toPoint())) choose(*field);
}

void TransitionMatrix::mouseMoveEvent(QMouseEvent* event) {
  const auto field = fieldAt(event->position().toPoint());
  if (field == m_hovered) return;
  m_hovered = field;
  setCursor(field ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

void TransitionMatrix::leaveEvent(QEvent* event) {
  m_hovered.reset();
  update();
  QWidget::leaveEvent(event);
}

void TransitionMatrix::keyPressEvent(QKeyEvent* event) {
  const int place = static_cast<int>(m_current);
  int next = place;
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
      next = place ^ 1;
      break;
    case Qt::Key_Up:
    case Qt::Key_Down:
      next = place ^ 2;
      break;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return choose(m_current);
    case Qt::Key_Escape:
      if (m_selected) return choose(*m_selected);
      [[fallthrough]];
    default:
      return QWidget::keyPressEvent(event);
  }
  m_current = static_cast<Field>(next);
  update();
}

bool TransitionMatrix::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto field = fieldAt(help->pos());
    if (!field) {
      QToolTip::hideText();
      return true;
    }
    QToolTip::showText(help->globalPos(),
                       tr("%1: %2 of %3 items. From %4 to %5. Click to list only these.")
                           .arg(title(*field), formatCount(count(*field)), formatCount(total()),
                                m_first, m_second),
                       this);
    return true;
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

}  // namespace wordsight::ui
