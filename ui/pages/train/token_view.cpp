#include "pages/train/token_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "bridge/format.h"
#include "pages/train/token_legend.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr qreal kMargin = kSpaceLarge, kLineGap = 6, kPad = 1;
/// A sample has some hundred pieces of some letters; laying out this much stays below 10 ms.
constexpr std::size_t kMostPieces = 2000, kMostBytes = 20'000;
const QChar kBreak(0x21B5);

}  // namespace

TokenView::TokenView(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAutoFillBackground(true);
  viewport()->setCursor(Qt::ArrowCursor);
}

void TokenView::setSample(const jobs::PreviewSample& sample) {
  m_sample = sample;
  auto& pieces = m_sample.pieces;
  std::size_t bytes = 0, kept = 0;
  while (kept < pieces.size() && kept < kMostPieces && bytes < kMostBytes)
    bytes += pieces[kept++].text.size();
  if (kept < pieces.size() || bytes > kMostBytes) {
    pieces.resize(kept);
    if (bytes > kMostBytes) pieces.back().text.resize(kMostBytes);
    pieces.push_back({" …", 0, false, false});
  }
  QString whole;
  for (const auto& piece : m_sample.pieces)
    whole += piece.counted ? u'⟦' + toQt(piece.text) + u'⟧' : toQt(piece.text);
  setAccessibleDescription(whole.left(4000));
  verticalScrollBar()->setValue(0);
  layOut();
}

void TokenView::clear() { setSample({}); }

void TokenView::newLine() {
  m_x = kMargin;
  m_y += m_lineHeight;
}

void TokenView::place(std::size_t piece, const QString& text, qreal width) {
  const QFontMetricsF metrics(font());
  const qreal advance = metrics.horizontalAdvance(text), room = width - 2 * kMargin;
  if (m_x + advance > width - kMargin && m_x > kMargin) newLine();
  if (advance <= room || text.size() < 2) {
    m_spans.push_back({piece, text, QRectF(m_x, m_y, advance, metrics.height()), false});
    m_x += advance;
    return;
  }
  // Wider than a line by itself: cut into parts that fit by their mean.
  const auto length = static_cast<qreal>(text.size());
  const auto each = std::max<qsizetype>(1, static_cast<qsizetype>(0.95 * length * room / advance));
  for (qsizetype from = 0; from < text.size(); from += each) {
    if (from > 0) newLine();
    const QString part = text.mid(from, each);
    const qreal wide = metrics.horizontalAdvance(part);
    m_spans.push_back({piece, part, QRectF(m_x, m_y, wide, metrics.height()), false});
    m_x += wide;
  }
}

void TokenView::layOut() {
  const QFontMetricsF metrics(font());
  m_spans.clear();
  m_lineHeight = metrics.height() + kLineGap;
  m_x = kMargin;
  m_y = kMargin;
  const qreal width = std::max<qreal>(viewport()->width(), 100);
  for (std::size_t i = 0; i < m_sample.pieces.size(); ++i) {
    const QString text = toQt(m_sample.pieces[i].text);
    qsizetype from = 0;
    for (auto at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', from)) {
      place(i, text.mid(from, at - from) + kBreak, width);
      m_spans.back().breakMark = true;
      newLine();
      from = at + 1;
    }
    if (from < text.size() || text.isEmpty()) place(i, text.mid(from), width);
  }
  const int height = static_cast<int>(m_y + m_lineHeight + kMargin);
  verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(m_lineHeight));
  viewport()->update();
}

QRectF TokenView::pieceRect(std::size_t piece) const {
  for (const auto& span : m_spans)
    if (span.piece == piece) return span.box.translated(0, -verticalScrollBar()->value());
  return {};
}

void TokenView::paintSpan(QPainter& painter, const Span& span) const {
  const auto& piece = m_sample.pieces[span.piece];
  const QColor text = palette().color(QPalette::Text);
  painter.setPen(piece.counted ? text : mutedColour(palette()));
  const qreal baseline = span.box.top() + QFontMetricsF(font()).ascent();
  if (!span.breakMark) return painter.drawText(QPointF(span.box.left(), baseline), span.text);
  const QString words = span.text.chopped(1);
  painter.drawText(QPointF(span.box.left(), baseline), words);
  painter.setPen(mixed(palette().color(QPalette::Base), text, 0.35));
  painter.drawText(
      QPointF(span.box.left() + QFontMetricsF(font()).horizontalAdvance(words), baseline), kBreak);
}

void TokenView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  painter.setFont(font());
  const int offset = verticalScrollBar()->value();
  painter.translate(0, -offset);
  const qreal top = event->rect().top() + offset - m_lineHeight,
              bottom = event->rect().bottom() + offset + m_lineHeight;
  const auto first = std::lower_bound(m_spans.begin(), m_spans.end(), top,
                                      [](const Span& span, qreal y) { return span.box.top() < y; });
  for (auto it = first; it != m_spans.end() && it->box.top() <= bottom; ++it) {
    paintTokenMark(painter, it->box.adjusted(0, -kPad, 0, kPad), palette(),
                   m_sample.pieces[it->piece].counted, false);
    paintSpan(painter, *it);
  }
  // Over the ground of their neighbours.
  for (auto it = first; it != m_spans.end() && it->box.top() <= bottom; ++it)
    if (m_sample.pieces[it->piece].letter)
      paintTokenMark(painter, it->box.adjusted(0, -kPad, 0, kPad), palette(), false, true);
  if (hasFocus()) {
    painter.resetTransform();
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
  }
}

void TokenView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  layOut();
}

void TokenView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange) layOut();
}

void TokenView::keyPressEvent(QKeyEvent* event) {
  auto* bar = verticalScrollBar();
  switch (event->key()) {
    case Qt::Key_Down:
      return bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    case Qt::Key_Up:
      return bar->triggerAction(QAbstractSlider::SliderSingleStepSub);
    case Qt::Key_PageDown:
      return bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_PageUp:
      return bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

bool TokenView::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QPointF at = QPointF(help->pos()) + QPointF(0, verticalScrollBar()->value());
  const auto span = std::find_if(m_spans.begin(), m_spans.end(),
                                 [&](const Span& one) { return one.box.contains(at); });
  if (span == m_spans.end()) {
    QToolTip::hideText();
    return true;
  }
  const auto& piece = m_sample.pieces[span->piece];
  const QString role = piece.letter    ? tr("the letter of the choice, learned")
                       : piece.counted ? tr("learned")
                                       : tr("read, not learned");
  QToolTip::showText(help->globalPos(),
                     piece.tokens == 1 ? tr("one token, %1").arg(role)
                                       : tr("%1 tokens, %2").arg(piece.tokens).arg(role),
                     viewport());
  return true;
}

}  // namespace wordsight::ui
