#pragma once
#include "plots/curve_scene.h"

namespace wordsight::ui {

/// Which part of an x axis is in view: all of it, growing with the data, until somebody zooms; then
/// what they chose, until they go back. Plain arithmetic, no widget.
class ViewRange {
 public:
  /// From the first to the last point; a view that is not zoomed follows it.
  void setFull(const AxisRange& full);
  const AxisRange& full() const { return m_full; }
  AxisRange shown() const { return m_zoomed ? m_shown : m_full; }
  bool zoomed() const { return m_zoomed; }

  /// Kept inside the full range and wide enough to be told apart in double precision; a range that
  /// covers everything is no zoom.
  void zoomTo(AxisRange range);
  /// Multiplies the width by `factor`, holding the point at x still.
  void zoomAround(double x, double factor);
  /// Moves the view by a share of its width, up to the ends of the data.
  void pan(double share);
  void reset() { m_zoomed = false; }

 private:
  AxisRange m_full, m_shown;
  bool m_zoomed = false;
};

}  // namespace wordsight::ui
