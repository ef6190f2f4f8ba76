#pragma once
#include <QWidget>
#include <vector>

class QButtonGroup;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace wordsight::ui {

/// In place, in a cell's row: which option an answer means, and why. Says what was decided; changes
/// nothing itself.
class OverrideEditor : public QWidget {
  Q_OBJECT
 public:
  explicit OverrideEditor(QWidget* parent = nullptr);
  /// `options` letters to choose from; `chosen` is checked at first; `inForce`: an override can be
  /// withdrawn.
  void begin(int options, int chosen, const QString& note, bool inForce);
  QString note() const;

 Q_SIGNALS:
  void decided(int option, const QString& note);
  void withdrawn(const QString& note);
  void cancelled();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void makeLetters(int options);
  void apply();
  QHBoxLayout* m_letters;
  QButtonGroup* m_group;
  QLineEdit* m_note;
  QPushButton *m_apply, *m_withdraw, *m_cancel;
  int m_options = -1;
};

}  // namespace wordsight::ui
