#pragma once
#include <qnamespace.h>

namespace wordsight::ui {

/// Whether a widget shows that it has the focus: after Tab and shortcuts, not after a click. A
/// window that comes back keeps what it had.
class FocusRing {
 public:
  void focusIn(Qt::FocusReason reason) {
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
        reason == Qt::ShortcutFocusReason)
      m_shown = true;
    m_here = true;
  }
  void focusOut(Qt::FocusReason reason) {
    m_here = false;
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) m_shown = false;
  }
  bool shown() const { return m_shown && m_here; }

 private:
  bool m_shown = false, m_here = false;
};

}  // namespace wordsight::ui
