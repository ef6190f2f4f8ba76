#pragma once
#include <QWidget>
#include <array>
#include <optional>

namespace wordsight::ui {

/// Right and wrong of two cells against each other, two by two, with counts and shares. A field can
/// be clicked (or reached by the arrows and pressed with Space) to filter by it; the same once more
/// lets go.
class TransitionMatrix : public QWidget {
  Q_OBJECT
 public:
  /// Row: the first cell right or wrong; column: the second.
  enum class Field { BothRight, RightToWrong, WrongToRight, BothWrong };

  explicit TransitionMatrix(QWidget* parent = nullptr);
  void setNames(const QString& first, const QString& second);
  void setCounts(int bothRight, int rightToWrong, int wrongToRight, int bothWrong);
  void setSelected(std::optional<Field> field);
  std::optional<Field> selected() const { return m_selected; }
  int count(Field field) const { return m_counts[static_cast<std::size_t>(field)]; }
  /// Where a field is drawn, for tests and tooltips.
  QRect fieldRect(Field field) const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// Empty: no field any more.
  void fieldChosen(std::optional<wordsight::ui::TransitionMatrix::Field> field);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void choose(Field field);
  std::optional<Field> fieldAt(const QPoint& point) const;
  void paintField(QPainter& painter, Field field) const;
  void paintHeads(QPainter& painter) const;
  QString title(Field field) const;
  int total() const;

  QString m_first, m_second;
  std::array<int, 4> m_counts{};
  std::optional<Field> m_selected, m_hovered;
  Field m_current = Field::BothRight;
};

}  // namespace wordsight::ui
