#pragma once
#include <QImage>
#include <QPalette>
#include <QWidget>
#include <cstdint>
#include <vector>

#include "domain/run.h"
#include "plots/curve_plot.h"

namespace wordsight::ui::test {

/// Fusion's two palettes, as desktops set them.
QPalette lightPalette();
QPalette darkPalette();

/// A training loss as they look: a fall, noise, a spike now and then. The same seed, the same
/// curve.
std::vector<CurvePoint> lossCurve(std::int64_t steps, std::uint64_t seed, double end = 1.1);
/// The metrics of a run, in the order in which training writes them.
std::vector<MetricPoint> trainingPoints(std::int64_t steps, std::uint64_t seed);

/// The widget that takes a plot's mouse.
QWidget* canvasOf(CurvePlot& plot);
/// Shows the widget at the size and lets it paint.
void present(QWidget& widget, QSize size);
/// How many pixels of the region are nearly of this colour.
int countColour(const QImage& image, const QRect& region, const QColor& colour, int tolerance = 40);

}  // namespace wordsight::ui::test
