#pragma once
#include <optional>
#include <vector>

#include "plots/chart.h"
#include "plots/chart_axis.h"

namespace wordsight::ui {

/// Answers of about the same confidence: how sure, how often right (with its 95 % interval), how
/// many. Shares of 1.
struct ReliabilityBin {
  double confidence = 0, accuracy = 0, low = 0, high = 1;
  int n = 0;
};

struct ReliabilitySeries {
  QString label;
  SeriesStyle style;
  std::vector<ReliabilityBin> bins;  // by rising confidence; empty ones are left out
  std::optional<double> ece;         // expected calibration error, shown in the legend
};

/// Calibration: accuracy over confidence. On the diagonal a model is as often right as it says;
/// below it is too sure. Under the plot how many answers stand behind each point.
class ReliabilityPlot : public Chart {
  Q_OBJECT
 public:
  explicit ReliabilityPlot(QWidget* parent = nullptr) : Chart(parent) {}
  void setSeries(std::vector<ReliabilitySeries> series);
  QSize sizeHint() const override { return {380, 400}; }

 protected:
  bool hasData() const override;
  void paint(Canvas& canvas) const override;
  CsvTable table() const override;
  QStringList summary() const override;

 private:
  void paintSeries(Canvas& canvas, const Scale& x, const Scale& y,
                   const ReliabilitySeries& series) const;
  void paintCounts(Canvas& canvas, const QRectF& strip, const Scale& x) const;

  std::vector<ReliabilitySeries> m_series;
};

}  // namespace wordsight::ui
