#pragma once
#include <QWidget>
#include <optional>

#include "pages/train/training_record.h"

namespace wordsight::ui {

/// How far a training moved each module of each layer: modules below each other, layers side by
/// side, the stronger the darker (in the dark: the brighter), with the numbers where they have
/// room. The number of the cell under the mouse, or of the one that the arrow keys chose, stands
/// below. On the window's thread.
class ModuleHeat : public QWidget {
  Q_OBJECT
 public:
  explicit ModuleHeat(QWidget* parent = nullptr);
  void setNorms(ModuleNorms norms);
  /// One sentence on what moved most; empty without norms.
  QString strongest() const;

  struct Cell {
    int layer = 0, module = 0;
    bool operator==(const Cell&) const = default;
  };
  Cell current() const { return m_current; }
  /// "Layer 3, down: 0.4531."
  QString text(Cell cell) const;
  /// Where a cell is drawn, for tests and tooltips.
  QRect cellRect(Cell cell) const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  int layers() const { return static_cast<int>(m_norms.layers.size()); }
  int modules() const { return static_cast<int>(m_norms.modules.size()); }
  QString name(int module) const;
  double value(Cell cell) const;
  QString number(Cell cell) const;
  std::optional<Cell> cellAt(const QPoint& point) const;
  void choose(Cell cell);
  void describe();
  void measure();
  QFont smallFont() const;
  void paintHeads(QPainter& painter) const;
  void paintCell(QPainter& painter, Cell cell, bool numbered) const;

  ModuleNorms m_norms;
  double m_most = 0;
  int m_head = 0;            // width of the modules' names
  double m_numberWidth = 0;  // of the widest number
  Cell m_current;
  std::optional<Cell> m_hovered;
};

}  // namespace wordsight::ui
