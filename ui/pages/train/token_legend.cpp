#include "pages/train/token_legend.h"

#include <QPainter>

#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

struct Entry {
  QString text;
  bool counted, letter;
};

QList<Entry> entries() {
  return {{TokenLegend::tr("read"), false, false},
          {TokenLegend::tr("learned"), true, false},
          {TokenLegend::tr("the letter"), true, true}};
}

}  // namespace

void paintTokenMark(QPainter& painter, const QRectF& box, const QPalette& palette, bool counted,
                    bool letter) {
  const QColor ground = seriesColour(palette, 0);
  if (counted) {
    painter.fillRect(box, mixed(palette.color(QPalette::Base), ground, 0.16));
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 2), ground);
  }
  if (letter) {
    painter.setPen(QPen(seriesColour(palette, 3), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(-1, -1, 1, 2));
  }
}

TokenLegend::TokenLegend(QWidget* parent) : QWidget(parent) {
  setAccessibleName(
      tr("Marks: muted text is read, underlined text is learned, the boxed letter is "
         "the choice"));
}

QSize TokenLegend::sizeHint() const {
  int width = 0;
  for (const Entry& entry : entries())
    width += fontMetrics().horizontalAdvance(entry.text) + kSpacePage;
  return {width, fontMetrics().height() + 2 * kSpaceSmall};
}

void TokenLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  qreal x = kSpace;
  for (const Entry& entry : entries()) {
    const QRectF box(x, (height() - fontMetrics().height()) / 2.0,
                     fontMetrics().horizontalAdvance(entry.text), fontMetrics().height());
    paintTokenMark(painter, box, palette(), entry.counted, entry.letter);
    painter.setPen(entry.counted ? palette().color(QPalette::Text) : mutedColour(palette()));
    painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, entry.text);
    x += box.width() + kSpacePage;
  }
}

}  // namespace wordsight::ui
