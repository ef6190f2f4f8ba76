#pragma once
// What a CurvePlot is made of; for its own sources only.
#include <qcustomplot.h>

#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

#include "plots/curve_legend.h"
#include "plots/curve_overlay.h"
#include "plots/curve_plot.h"
#include "plots/focus_ring.h"
#include "plots/view_range.h"

namespace wordsight::ui {

struct CurvePlot::Parts {
  CurveScene scene;  // first: the plot's painter refers to it
  ViewRange view;
  std::optional<AxisRange> groupX, userY;
  std::optional<double> cursor;
  bool compactReadout = false;
  QString message;

  QCustomPlot* plot = nullptr;
  CurveOverlay* overlay = nullptr;
  CurveLegend* legend = nullptr;
  QLabel *title = nullptr, *unit = nullptr;
  QToolButton *logButton = nullptr, *resetButton = nullptr;
  QTimer frame;
  QElapsedTimer sinceFrame;

  enum class Drag { None, Zoom, Pan } drag = Drag::None;
  QPointF pressedAt;
  FocusRing ring;
  bool moved = false, wheelNeedsControl = false, legendVisible = true;
};

}  // namespace wordsight::ui
