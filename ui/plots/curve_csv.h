#pragma once
#include <string>
#include <utility>
#include <vector>

#include "plots/curve_scene.h"
#include "plots/plot_export.h"

namespace wordsight::ui {

/// A copy of one plot's points, to be written on another thread.
struct CurveTable {
  std::string metric;
  std::vector<std::pair<std::string, SeriesStore>> series;  // label and points
};
CurveTable curveTable(const CurveScene& scene);

/// Every point of every series, none thinned: series, metric, step, samples, tokens, seconds,
/// value; one line a point, written piece by piece.
ExportJob curveCsvJob(std::vector<CurveTable> tables, const std::filesystem::path& path);

}  // namespace wordsight::ui
