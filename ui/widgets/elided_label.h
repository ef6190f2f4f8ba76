#pragma once
#include <QFrame>
#include <QString>

namespace wordsight::ui {

/// One line of text that is cut to the room there is: paths in the middle, prose at the end. The
/// whole text is in the tooltip (while it is cut) and can be read by screen readers.
class ElidedLabel : public QFrame {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);
  QString text() const { return m_text; }
  void setText(const QString& text);
  void setElideMode(Qt::TextElideMode mode);
  void setMuted(bool muted);
  /// A hint that says nothing when cut: shown whole or not at all.
  void setWholeOnly(bool whole);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QString m_text;
  Qt::TextElideMode m_mode;
  bool m_muted = false, m_wholeOnly = false;
};

}  // namespace wordsight::ui
