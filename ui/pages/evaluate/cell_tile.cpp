#include "pages/evaluate/cell_tile.h"

#include <QPainter>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kWidth = 136, kLeastWidth = 100;
constexpr int kBar = 3;
constexpr int kTick = 14;

/// A sign besides the colour: nothing hangs on colour alone.
QString signOf(CellState::Status status) {
  switch (status) {
    case CellState::Status::Failed:
      return QStringLiteral("error");
    case CellState::Status::Stopped:
      return QStringLiteral("warning");
    case CellState::Status::Waiting:
      return QStringLiteral("clock");
    case CellState::Status::Paused:
      return QStringLiteral("pause");
    default:
      return {};
  }
}

}  // namespace

CellTile::CellTile(const QString& name, QWidget* parent) : QAbstractButton(parent), m_name(name) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
  setState({});
}

void CellTile::setName(const QString& name) {
  m_name = name;
  setState(m_state);
}

void CellTile::setState(const CellState& state) {
  m_state = state;
  setEnabled(state.possible());
  QStringList lines{m_name};
  for (const QString& line : {headline(), secondLine(), statusLine()})
    if (!line.isEmpty()) lines << line;
  setAccessibleName(lines.join(QStringLiteral(", ")));
  if (!state.possible())
    lines = {m_name, state.blocked.isEmpty() ? state.impossible : state.blocked};
  if (!state.detail.isEmpty()) lines << state.detail;
  setToolTip(lines.join(u'\n'));
  update();
}

QString CellTile::headline() const {
  if (m_state.tally.n > 0) return formatPercent(m_state.tally.accuracy);
  return m_state.impossible.isEmpty() ? QStringLiteral("–") : QString();
}

QString CellTile::secondLine() const {
  return m_state.tally.n == 0 ? QString() : intervalText() + QStringLiteral(", ") + countText();
}

QString CellTile::intervalText() const {
  const QLocale locale;
  return tr("%1–%2").arg(locale.toString(m_state.tally.low * 100, 'f', 1),
                         locale.toString(m_state.tally.high * 100, 'f', 1));
}

QString CellTile::countText() const { return tr("n = %1").arg(formatCount(m_state.tally.n)); }

QString CellTile::statusLine() const {
  switch (m_state.status) {
    case CellState::Status::NotRun:
      return m_state.impossible.isEmpty() ? tr("not run") : QString();
    case CellState::Status::Waiting:
      return tr("waiting");
    case CellState::Status::Running:
      return m_state.share >= 0 ? tr("running, %1").arg(formatPercent(m_state.share, 0))
                                : tr("starting");
    case CellState::Status::Paused:
      return tr("paused");
    case CellState::Status::Stopped:
      return tr("stopped");
    case CellState::Status::Failed:
      return tr("failed");
    case CellState::Status::Done:
      break;
  }
  return m_state.note;
}

QFont CellTile::bigFont() const {
  QFont big = tabularFont(font());
  big.setPointSizeF(big.pointSizeF() * 1.5);
  return big;
}

QSize CellTile::sizeHint() const {
  const int height = QFontMetrics(bigFont()).height() + 2 * fontMetrics().height() + 2 * kSpace +
                     2 * kSpaceSmall + kBar;
  return {kWidth, height};
}

QSize CellTile::minimumSizeHint() const { return {kLeastWidth, sizeHint().height()}; }

void CellTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  QColor fill = isEnabled() ? palette().color(QPalette::Base) : palette().color(QPalette::Window);
  const QColor accent = palette().color(QPalette::Highlight);
  if (ticked()) fill = mixed(fill, accent, 0.1);
  if (underMouse() && isEnabled()) fill = mixed(fill, accent, 0.05);
  painter.setBrush(fill);
  painter.setPen(QPen(ticked() || hasFocus() ? accent : lineColour(palette()), hasFocus() ? 2 : 1));
  painter.drawRoundedRect(hasFocus() ? box.adjusted(0.5, 0.5, -0.5, -0.5) : box, 4, 4);
  if (isEnabled()) paintTick(painter);
  paintText(painter, rect().adjusted(kSpace + 2, kSpace, -kSpace, -kSpaceSmall - kBar));
  if (m_state.share >= 0 && m_state.status != CellState::Status::Done) {
    const QRectF track(box.left() + 4, box.bottom() - kBar - 2, box.width() - 8, kBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lineColour(palette()));
    painter.drawRect(track);
    painter.setBrush(accent);
    painter.drawRect(QRectF(track.topLeft(), QSizeF(track.width() * m_state.share, kBar)));
  }
}

/// The style's own box has an outline that a dark tile swallows.
void CellTile::paintTick(QPainter& painter) const {
  const QRectF box(width() - kSpace - kTick - 0.5, kSpace + 0.5, kTick, kTick);
  const QColor base = palette().color(QPalette::Base), text = palette().color(QPalette::Text);
  painter.setBrush(isChecked() ? palette().color(QPalette::Highlight) : base);
  painter.setPen(isChecked() ? palette().color(QPalette::Highlight) : mixed(base, text, 0.5));
  painter.drawRoundedRect(box, 2, 2);
  if (!isChecked()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(palette().color(QPalette::HighlightedText), 1.75, Qt::SolidLine, Qt::RoundCap,
                      Qt::RoundJoin));
  painter.drawPolyline(QPolygonF{box.topLeft() + QPointF(3, kTick / 2.0 + 0.5),
                                 box.topLeft() + QPointF(kTick / 2.0 - 1, kTick - 3.5),
                                 box.topLeft() + QPointF(kTick - 2.5, 3.5)});
}

void CellTile::paintText(QPainter& painter, const QRect& room) const {
  const QColor quiet = mutedColour(palette());
  if (!m_state.impossible.isEmpty() && m_state.tally.n == 0) {
    painter.setPen(quiet);
    painter.drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap),
                     m_state.impossible);
    return;
  }
  const QFontMetrics big(bigFont());
  painter.setFont(bigFont());
  const bool provisional = m_state.status != CellState::Status::Done;
  painter.setPen(provisional ? quiet : palette().color(QPalette::Text));
  painter.drawText(QRect(room.left(), room.top(), room.width(), big.height()),
                   int(Qt::AlignLeft | Qt::AlignVCenter), headline());
  painter.setFont(tabularFont(font()));
  painter.setPen(quiet);
  const int line = fontMetrics().height();
  QRect row(room.left(), room.top() + big.height(), room.width(), line);
  // In a narrow tile n goes to the next line, before what may be cut.
  const bool wide = painter.fontMetrics().horizontalAdvance(secondLine()) <= row.width();
  const bool counted = m_state.tally.n > 0;
  if (counted)
    painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter),
                     wide ? secondLine() : intervalText());
  row.translate(0, line + kSpaceSmall);
  QString status = statusLine();
  if (counted && !wide)
    status = status.isEmpty() ? countText() : countText() + QStringLiteral(", ") + status;
  paintStatus(painter, row, status);
}

void CellTile::paintStatus(QPainter& painter, QRect row, const QString& text) const {
  const QColor quiet = mutedColour(palette());
  const QString sign = signOf(m_state.status);
  if (!sign.isEmpty()) {
    const QColor colour = m_state.status == CellState::Status::Failed    ? badColour(palette())
                          : m_state.status == CellState::Status::Stopped ? warnColour(palette())
                                                                         : quiet;
    const int side = 14;
    ui::icon(sign, colour)
        .paint(&painter, row.left(), row.top() + (row.height() - side) / 2, side, side);
    row.setLeft(row.left() + side + kSpaceSmall);
    painter.setPen(colour);
  }
  painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter),
                   fontMetrics().elidedText(text, Qt::ElideRight, row.width()));
}

void CellTile::focusInEvent(QFocusEvent* event) {
  QAbstractButton::focusInEvent(event);
  update();
  Q_EMIT chosen();
}

void CellTile::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  update();
}

void CellTile::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  update();
}

}  // namespace wordsight::ui
