#include "pages/scenarios/text_field.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>
#include <cmath>

#include "bridge/format.h"

namespace wordsight::ui {

TextField::TextField(int leastLines, int mostLines, QWidget* parent)
    : QPlainTextEdit(parent), m_leastLines(leastLines), m_mostLines(mostLines) {
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::WidgetWidth);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  m_height = heightFor(m_leastLines);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &TextField::fit);
}

void TextField::setBytes(const std::string& utf8) {
  // Four bytes a character at most: what is far too long is not even converted.
  const std::string_view start = std::string_view(utf8).substr(0, 4 * kMostCharacters + 4);
  QString text = toQt(start);
  m_tooLong = start.size() < utf8.size() || text.size() > kMostCharacters;
  if (m_tooLong) text.truncate(kMostCharacters);
  setPlainText(text);
  setReadOnly(m_locked || m_tooLong);
  m_bytes = utf8;
  m_shown = toPlainText();
}

std::string TextField::bytes() const {
  if (m_tooLong) return m_bytes;
  const QString text = toPlainText();
  // What nobody touched stays as it was, to the byte: the field knows fewer line ends than files.
  return text == m_shown ? m_bytes : fromQt(text);
}

void TextField::replaceAll(const std::string& utf8) {
  if (m_tooLong || bytes() == utf8) return;
  QTextCursor cursor(document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(toQt(utf8));
}

void TextField::setLocked(bool locked) {
  m_locked = locked;
  setReadOnly(m_locked || m_tooLong);
}

int TextField::heightFor(int lines) const {
  const QMargins margins = contentsMargins() + viewportMargins();
  return static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing() +
                                    2 * document()->documentMargin())) +
         margins.top() + margins.bottom() + 2 * frameWidth();
}

void TextField::fit() {
  // The plain layout counts its height in lines.
  const int lines = std::clamp(static_cast<int>(std::ceil(document()->size().height())),
                               m_leastLines, m_mostLines);
  const int height = heightFor(lines);
  if (height == m_height) return;
  m_height = height;
  updateGeometry();
}

QSize TextField::sizeHint() const { return {240, m_height}; }
QSize TextField::minimumSizeHint() const { return {80, m_height}; }

bool TextField::canInsertFromMimeData(const QMimeData* source) const { return source->hasText(); }

void TextField::insertFromMimeData(const QMimeData* source) {
  const QString text = source->text();
  // A clipboard of megabytes that another program did not hand over in time: nothing may go for it.
  if (text.isEmpty()) {
    Q_EMIT refused(
        tr("The clipboard gave no text, so nothing was pasted. Copy it again, or import "
           "long texts from a file, under Files."));
    return;
  }
  const auto selected = textCursor().selectionEnd() - textCursor().selectionStart();
  const auto length = document()->characterCount() - 1 - selected + text.size();
  if (length > kMostCharacters) {
    Q_EMIT refused(tr("The pasted text has %1 characters; this field holds up to %2. Long texts "
                      "come in from a file, under Files.")
                       .arg(formatCount(text.size()), formatCount(kMostCharacters)));
    return;
  }
  insertPlainText(text);
  ensureCursorVisible();
}

void TextField::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    event->accept();
    Q_EMIT escaped();
    return;
  }
  const bool writes = !event->text().isEmpty() && event->text().at(0).isPrint();
  if (writes && !isReadOnly() && document()->characterCount() > kMostCharacters) {
    Q_EMIT refused(tr("This field holds up to %1 characters.").arg(formatCount(kMostCharacters)));
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

void TextField::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fit();
}

}  // namespace wordsight::ui
