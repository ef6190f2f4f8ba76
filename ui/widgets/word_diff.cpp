#include "widgets/word_diff.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QTextCursor>
#include <algorithm>

#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

using Kind = DiffPart::Kind;

// Myers' way through two texts costs the square of their differences; 400 of them take 1 ms, and
// nobody reads more.
constexpr int kMostDifferences = 400;
constexpr int kMostCharacters = 20'000;  // of a field; more is cut

std::vector<QStringView> words(const QString& text) {
  std::vector<QStringView> out;
  QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
  qsizetype from = 0;
  while (from < text.size()) {
    qsizetype to = finder.toNextBoundary();
    if (to <= from) to = text.size();
    out.push_back(QStringView(text).mid(from, to - from));
    from = to;
  }
  return out;
}

void add(std::vector<DiffPart>& parts, Kind kind, QStringView text) {
  if (text.isEmpty()) return;
  if (!parts.empty() && parts.back().kind == kind)
    parts.back().text += text;
  else
    parts.push_back({kind, text.toString()});
}

void addAll(std::vector<DiffPart>& parts, Kind kind, const std::vector<QStringView>& list,
            std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) add(parts, kind, list[i]);
}

/// E. W. Myers, "An O(ND) Difference Algorithm" (1986), between a[from, aEnd) and b[from, bEnd).
/// The steps from the end to the start; empty: too many differences.
class ShortestEdit {
 public:
  ShortestEdit(const std::vector<QStringView>& a, const std::vector<QStringView>& b, int from,
               int aEnd, int bEnd)
      : m_a(a), m_b(b), m_from(from), m_n(aEnd - from), m_m(bEnd - from) {}

  bool run() {
    const int most = std::min(m_n + m_m, kMostDifferences);
    std::vector<int> reach(static_cast<std::size_t>(2 * most + 3), 0);
    const auto at = [&](int k) -> int& { return reach[static_cast<std::size_t>(k + most + 1)]; };
    for (int d = 0; d <= most; ++d) {
      m_trace.push_back(reach);
      for (int k = -d; k <= d; k += 2) {
        int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        while (x < m_n && x - k < m_m && same(x, x - k)) ++x;
        at(k) = x;
        if (x >= m_n && x - k >= m_m) return back(d, most);
      }
    }
    return false;
  }
  /// Kinds in order, one a word.
  const std::vector<Kind>& kinds() const { return m_kinds; }

 private:
  bool same(int x, int y) const {
    return m_a[static_cast<std::size_t>(m_from + x)] == m_b[static_cast<std::size_t>(m_from + y)];
  }

  bool back(int d, int most) {
    int x = m_n, y = m_m;
    for (; d >= 0; --d) {
      const auto& reach = m_trace[static_cast<std::size_t>(d)];
      const auto at = [&](int k) { return reach[static_cast<std::size_t>(k + most + 1)]; };
      const int k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const int before = down ? k + 1 : k - 1;
      const int startX = d == 0 ? 0 : at(before);
      const int startY = d == 0 ? 0 : startX - before;
      while (x > startX && y > startY && x > 0 && y > 0 && same(x - 1, y - 1)) {
        m_kinds.push_back(Kind::Same);
        --x;
        --y;
      }
      if (d == 0) break;
      m_kinds.push_back(down ? Kind::Added : Kind::Removed);
      x = startX;
      y = startY;
    }
    std::reverse(m_kinds.begin(), m_kinds.end());
    return true;
  }

  const std::vector<QStringView>&m_a, &m_b;
  const int m_from, m_n, m_m;
  std::vector<std::vector<int>> m_trace;
  std::vector<Kind> m_kinds;
};

/// Changes with nothing but space between them read as one: "old words" → "new words".
std::vector<DiffPart> joined(const std::vector<DiffPart>& parts) {
  std::vector<DiffPart> out;
  QString removed, added;
  const auto flush = [&] {
    add(out, Kind::Removed, removed);
    add(out, Kind::Added, added);
    removed.clear();
    added.clear();
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const DiffPart& part = parts[i];
    if (part.kind == Kind::Removed) {
      removed += part.text;
    } else if (part.kind == Kind::Added) {
      added += part.text;
    } else if (!removed.isEmpty() && !added.isEmpty() && i + 1 < parts.size() &&
               part.text.trimmed().isEmpty() && !part.text.contains(u'\n')) {
      removed += part.text;
      added += part.text;
    } else {
      flush();
      add(out, Kind::Same, part.text);
    }
  }
  flush();
  return out;
}

}  // namespace

std::vector<DiffPart> wordDiff(const QString& before, const QString& after) {
  const auto a = words(before), b = words(after);
  std::size_t head = 0, aEnd = a.size(), bEnd = b.size();
  while (head < aEnd && head < bEnd && a[head] == b[head]) ++head;
  while (aEnd > head && bEnd > head && a[aEnd - 1] == b[bEnd - 1]) {
    --aEnd;
    --bEnd;
  }
  std::vector<DiffPart> parts;
  addAll(parts, Kind::Same, a, 0, head);
  ShortestEdit edit(a, b, static_cast<int>(head), static_cast<int>(aEnd), static_cast<int>(bEnd));
  if (edit.run()) {
    std::size_t i = head, j = head;
    for (const Kind kind : edit.kinds()) {
      add(parts, kind, kind == Kind::Added ? b[j] : a[i]);
      i += kind != Kind::Added;
      j += kind != Kind::Removed;
    }
  } else {
    addAll(parts, Kind::Removed, a, head, aEnd);
    addAll(parts, Kind::Added, b, head, bEnd);
  }
  addAll(parts, Kind::Same, a, aEnd, a.size());
  return joined(parts);
}

WordDiff::WordDiff(QWidget* parent) : QTextEdit(parent) {
  setReadOnly(true);
  setUndoRedoEnabled(false);
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
  setAccessibleName(tr("Differences, word by word"));
  document()->setDocumentMargin(kSpace);
}

void WordDiff::setSections(const std::vector<Section>& sections) {
  if (sections == m_sections) return;
  m_sections = sections;
  build();
}

void WordDiff::setOnlyChanges(bool only) {
  if (only == m_onlyChanges) return;
  m_onlyChanges = only;
  build();
}

void WordDiff::setPlain(bool plain) {
  if (plain == m_plain) return;
  m_plain = plain;
  build();
}

int WordDiff::changedSections() const {
  return static_cast<int>(std::count_if(m_sections.begin(), m_sections.end(),
                                        [](const Section& s) { return s.before != s.after; }));
}

void WordDiff::buildPlain() {
  QTextCharFormat title, plain;
  title.setForeground(mutedColour(palette()));
  title.setFontWeight(QFont::DemiBold);
  plain.setForeground(palette().color(QPalette::Text));
  QTextBlockFormat heading, body;
  heading.setTopMargin(kSpace);
  body.setBottomMargin(kSpaceSmall);
  clear();
  QTextCursor cursor(document());
  cursor.beginEditBlock();
  bool first = true;
  for (const Section& section : m_sections) {
    if (section.after.isEmpty()) continue;
    first ? cursor.setBlockFormat(heading) : cursor.insertBlock(heading);
    first = false;
    cursor.insertText(section.title, title);
    cursor.insertBlock(body);
    cursor.insertText(section.after.left(kMostCharacters), plain);
    if (section.after.size() > kMostCharacters) cursor.insertText(QStringLiteral(" …"), title);
  }
  cursor.endEditBlock();
  verticalScrollBar()->setValue(0);
}

void WordDiff::build() {
  if (m_plain) return buildPlain();
  const QColor base = palette().color(QPalette::Base), text = palette().color(QPalette::Text);
  QTextCharFormat plain, muted, title, removed, added;
  plain.setForeground(text);
  muted.setForeground(mutedColour(palette()));
  title.setForeground(mutedColour(palette()));
  title.setFontWeight(QFont::DemiBold);
  removed.setForeground(badColour(palette()));
  removed.setBackground(mixed(base, badColour(palette()), 0.12));
  removed.setFontStrikeOut(true);
  added.setForeground(goodColour(palette()));
  added.setBackground(mixed(base, goodColour(palette()), 0.14));
  added.setFontUnderline(true);
  QTextBlockFormat heading, body;
  heading.setTopMargin(kSpace);
  body.setBottomMargin(kSpaceSmall);

  clear();
  QTextCursor cursor(document());
  cursor.beginEditBlock();
  bool first = true;
  const auto block = [&](const QTextBlockFormat& format) {
    first ? cursor.setBlockFormat(format) : cursor.insertBlock(format);
    first = false;
  };
  for (const Section& section : m_sections) {
    const bool same = section.before == section.after;
    if (same && m_onlyChanges) continue;
    block(heading);
    cursor.insertText(same ? tr("%1 (unchanged)").arg(section.title) : section.title, title);
    block(body);
    const QString before = section.before.left(kMostCharacters),
                  after = section.after.left(kMostCharacters);
    if (same) {
      cursor.insertText(before, muted);
      continue;
    }
    for (const auto& part : wordDiff(before, after))
      cursor.insertText(part.text, part.kind == Kind::Same      ? plain
                                   : part.kind == Kind::Removed ? removed
                                                                : added);
    if (before.size() < section.before.size() || after.size() < section.after.size())
      cursor.insertText(QStringLiteral(" …"), muted);
  }
  // Without anything to compare there is nothing to say.
  if (first && !m_sections.empty()) cursor.insertText(tr("No difference."), muted);
  cursor.endEditBlock();
  verticalScrollBar()->setValue(0);
}

void WordDiff::changeEvent(QEvent* event) {
  QTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) build();
}

}  // namespace wordsight::ui
