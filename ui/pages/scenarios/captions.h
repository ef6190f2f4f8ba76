#pragma once
#include <QLabel>

namespace wordsight::ui {

/// The small word over a field, or over a part of a panel: muted, in the field's reach for
/// shortcuts and screen readers. Follows the theme.
class Caption : public QLabel {
  Q_OBJECT
 public:
  explicit Caption(const QString& text, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void dress();
};

Caption* caption(const QString& text, QWidget* buddy = nullptr);
/// A title of a part of a panel.
QLabel* heading(const QString& text, QWidget* parent = nullptr);

}  // namespace wordsight::ui
