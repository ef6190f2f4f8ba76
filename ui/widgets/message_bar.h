#pragma once
#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace wordsight::ui {

/// A sentence in place: what happened, to which thing, and the next step, with buttons for that
/// step. Hidden while there is nothing to say. Errors stay until closed or replaced.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { Info, Good, Warning, Error };
  explicit MessageBar(QWidget* parent = nullptr);

  void showMessage(Kind kind, const QString& sentence, const QList<QAction*>& steps = {});
  void showError(const QString& sentence, const QList<QAction*>& steps = {}) {
    showMessage(Kind::Error, sentence, steps);
  }
  QString sentence() const;
  Kind kind() const { return m_kind; }

 public Q_SLOTS:
  void clear();

 Q_SIGNALS:
  void closed();

 protected:
  void changeEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void dress();
  Kind m_kind = Kind::Info;
  QLabel *m_icon, *m_text;
  QHBoxLayout* m_steps;
  QToolButton* m_close;
};

}  // namespace wordsight::ui
