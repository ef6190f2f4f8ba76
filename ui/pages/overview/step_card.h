#pragma once
#include <QFrame>
#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace wordsight::ui {

/// One step of the experiment: its state (to do, begun, done), what there is, and what to do next.
class StepCard : public QFrame {
  Q_OBJECT
 public:
  enum class State { Blocked, Next, Begun, Done };
  StepCard(const QString& iconName, const QString& title, QWidget* parent = nullptr);
  void setState(State state);
  State state() const { return m_state; }
  const QString& iconName() const { return m_iconName; }
  /// One or two sentences.
  void setText(const QString& text);
  QString text() const;
  /// Something to look at below the text; owned by the card.
  void setContent(QWidget* content);
  /// A button; the first one is the step's own.
  QPushButton* addButton(const QString& objectName, const QString& text, const QString& tip,
                         std::function<void()> run);

 protected:
  void changeEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void dress();
  QString m_iconName;
  State m_state = State::Blocked;
  QLabel *m_icon, *m_title, *m_sign, *m_text;
  QVBoxLayout* m_column;
  QHBoxLayout* m_buttons;
};

}  // namespace wordsight::ui
