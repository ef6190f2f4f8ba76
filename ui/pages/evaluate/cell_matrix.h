#pragma once
#include <QWidget>
#include <array>
#include <utility>
#include <vector>

#include "domain/decision_prompt.h"
#include "pages/evaluate/cell_tile.h"

class QToolButton;

namespace wordsight::ui {

/// A cell of the experiment by its place.
struct CellPlace {
  bool tuned = false;
  Arm arm = Arm::Caption;
  bool operator==(const CellPlace&) const = default;
};

/// {base, tuned} × {caption, image, blind} as tiles to tick; a row's or a column's name ticks it
/// whole.
class CellMatrix : public QWidget {
  Q_OBJECT
 public:
  explicit CellMatrix(QWidget* parent = nullptr);
  static const std::vector<CellPlace>& places();  // row by row

  void setNames(const QString& base, const QString& tuned);
  void setState(CellPlace place, const CellState& state);
  CellTile& tile(CellPlace place) const;
  /// Those that are ticked and possible, row by row.
  std::vector<CellPlace> ticked() const;
  void tick(CellPlace place, bool on);
  void clearTicks();

 Q_SIGNALS:
  void ticksChanged();
  void chosen(bool tuned, wordsight::Arm arm);

 private:
  static std::size_t indexOf(CellPlace place);
  void tickAll(const std::vector<CellPlace>& places);
  std::array<CellTile*, 6> m_tiles{};
  std::array<QToolButton*, 2> m_rows{};
  QString m_base, m_tuned;
};

}  // namespace wordsight::ui
