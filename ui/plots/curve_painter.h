#pragma once

class QCustomPlot;

namespace wordsight::ui {

struct CurveScene;

/// Adds to the plot what draws the scene's curves and reference lines at each replot, over the
/// plot's x and y axis. The plot owns it; the scene must outlive the plot.
void addCurvePainter(QCustomPlot& plot, const CurveScene& scene);

}  // namespace wordsight::ui
