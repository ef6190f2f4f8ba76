#pragma once
#include <QTimer>
#include <QWidget>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "domain/run.h"
#include "plots/curve_plot.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QMenu;
class QScrollArea;
class QSlider;

namespace wordsight::ui {

class CurveLegend;

/// A metric that a group has a plot for; `name` is MetricPoint's.
struct CurveMetric {
  std::string name;
  QString title, unit;
  NumberStyle numbers = NumberStyle::Plain;
  bool visible = true, logarithmic = false;
  bool smoothed = true;  // false for what has few points or no noise
  std::vector<ReferenceLine> references = {};
};

/// What training writes: loss, held-out loss, probe accuracy, learning rate, gradient norm,
/// throughput, memory.
std::vector<CurveMetric> trainingMetrics();

/// The plots of several metrics side by side, for the same runs: one x axis, one zoom, one cursor,
/// one legend for all. Runs are a live one and earlier ones over it. On the window's thread only.
class CurveGroup : public QWidget {
  Q_OBJECT
 public:
  explicit CurveGroup(QWidget* parent = nullptr);
  ~CurveGroup() override;

  /// Replaces all plots; runs stay, their points go.
  void setMetrics(std::vector<CurveMetric> metrics);
  /// Adds a run to every plot, or renames and restyles it.
  void setRun(const CurveSeries& run);
  void removeRun(SeriesId run);
  /// All runs with their points; metrics and settings stay.
  void clear();
  /// Points of any metrics, each metric's in order; metrics without a plot are left out.
  void append(SeriesId run, std::span<const MetricPoint> points);
  /// Points of all metrics from a step on go: a resumed run has gone back behind them.
  void dropFrom(SeriesId run, std::int64_t step);

  /// Null when there is no such metric.
  CurvePlot* plot(const std::string& metric) const;
  void setXAxis(XAxis axis);
  XAxis xAxis() const { return m_xAxis; }
  void setSmoothing(double weight);
  double smoothing() const { return m_smoothing; }
  void setMetricVisible(const std::string& metric, bool visible);
  std::vector<std::string> visibleMetrics() const;
  void setMessage(const QString& message);

  /// All visible plots with points on one page; as CSV the full data of all of them.
  PlotPage page();
  Result<ExportJob> prepareExport(const std::filesystem::path& path);
  Status exportTo(const std::filesystem::path& path);

 Q_SIGNALS:
  void runHovered(wordsight::ui::SeriesId run);
  /// x axis, smoothing or the choice of metrics changed: worth remembering.
  void settingsChanged();
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Member {
    CurveMetric metric;
    CurvePlot* plot = nullptr;
  };
  QWidget* buildBar();
  void buildExportMenu(QMenu* menu);
  void connectPlot(CurvePlot* plot);
  void arrange();
  void fillMetricMenu();
  void shareRange();
  void highlight(SeriesId run);
  std::vector<CurvePlot*> plotsToSave() const;
  SaveActions saveActions();

  std::vector<Member> m_members;
  std::vector<CurveSeries> m_runs;
  XAxis m_xAxis = XAxis::Step;
  double m_smoothing = 0.6;
  QString m_message;
  int m_columns = 0;
  QTimer m_rangeTimer;
  QComboBox* m_axisBox = nullptr;
  QSlider* m_slider = nullptr;
  QLabel* m_sliderValue = nullptr;
  QMenu* m_metricMenu = nullptr;
  CurveLegend* m_legend = nullptr;
  QScrollArea* m_scroll = nullptr;
  QGridLayout* m_grid = nullptr;
};

}  // namespace wordsight::ui
