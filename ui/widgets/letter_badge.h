#pragma once
#include <QWidget>

class QPainter;

namespace wordsight::ui {

/// A letter on its colour, as everywhere in the window: the letter tells, the colour supports. −1
/// is a dashed box with a dash: no option was read.
void paintLetterBadge(QPainter& painter, const QRectF& box, int option, const QPalette& palette,
                      const QFont& font);
/// A tick or a cross, in the colours of right and wrong.
void paintOutcome(QPainter& painter, const QRectF& box, bool right, const QPalette& palette);

/// The badge as a widget, with a tick or a cross beside it when it was judged.
class LetterBadge : public QWidget {
  Q_OBJECT
 public:
  enum class Outcome { None, Right, Wrong };
  explicit LetterBadge(QWidget* parent = nullptr);
  void setLetter(int option, Outcome outcome = Outcome::None);
  int letter() const { return m_option; }
  Outcome outcome() const { return m_outcome; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int m_option = -1;
  Outcome m_outcome = Outcome::None;
};

}  // namespace wordsight::ui
