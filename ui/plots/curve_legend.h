#pragma once
#include <QWidget>
#include <vector>

#include "plots/curve_scene.h"
#include "plots/focus_ring.h"
#include "plots/legend.h"

namespace wordsight::ui {

/// The names of the runs that a plot (or a group of plots) shows, in one or two rows, elided; whole
/// in the tooltip. Pointing at a name highlights its curve; with the keyboard, arrows do.
class CurveLegend : public QWidget {
  Q_OBJECT
 public:
  explicit CurveLegend(QWidget* parent = nullptr);
  void setSeries(std::vector<CurveSeries> series);
  void setHighlighted(SeriesId id);
  void setRows(int rows);
  /// As painted, for pictures that are saved.
  static std::vector<LegendEntry> entries(const std::vector<CurveSeries>& series);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 Q_SIGNALS:
  /// kNoSeries when nothing is pointed at any more.
  void hovered(wordsight::ui::SeriesId id);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  LegendLayout layOut(int width) const;
  void point(SeriesId id);
  int indexOf(SeriesId id) const;

  std::vector<CurveSeries> m_series;
  std::vector<LegendEntry> m_entries;
  SeriesId m_highlighted = kNoSeries;
  int m_rows = 1;
  FocusRing m_ring;
};

}  // namespace wordsight::ui
