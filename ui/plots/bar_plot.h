#pragma once
#include <span>
#include <vector>

#include "plots/chart.h"
#include "plots/number_format.h"

class QFontMetricsF;

namespace wordsight::ui {

struct Scale;

struct BarSeries {
  QString label;
  SeriesStyle style;
  std::vector<double> values;  // one a category; what is missing or not finite has no bar
};

/// Bars in groups, one group a category. With `edges` a histogram: bars touch and stand between
/// numbers; edges are one more than the bars.
struct BarData {
  QStringList categories;
  std::vector<double> edges;
  std::vector<BarSeries> series;
  std::vector<double> expected;  // a mark across each category; empty for none
  QString expectedLabel;         // what the marks mean, for the legend
  QString xTitle, yTitle;
  NumberStyle numbers = NumberStyle::Plain;
};

/// Counts of `values` in about `bins` bins with round edges; what is not finite is left out.
BarData histogram(std::span<const double> values, int bins, const QString& label);

/// Counts or shares as bars with their numbers on top: letters A–E against what was expected,
/// lengths as a histogram.
class BarPlot : public Chart {
  Q_OBJECT
 public:
  explicit BarPlot(QWidget* parent = nullptr) : Chart(parent) {}
  void setData(BarData data);
  const BarData& data() const { return m_data; }

 protected:
  bool hasData() const override;
  void paint(Canvas& canvas) const override;
  CsvTable table() const override;
  QStringList summary() const override;

 private:
  std::size_t categories() const;
  QString categoryName(std::size_t category) const;
  double highest() const;
  double barWidth(double slot) const;
  bool numbersFit(double width, const QFontMetricsF& metrics) const;
  void paintGroup(Canvas& canvas, const QRectF& slot, const Scale& scale, std::size_t category,
                  bool numbered) const;
  void paintMark(Canvas& canvas, double x, double reach, double y) const;
  void paintCategories(Canvas& canvas, const QRectF& plot) const;

  BarData m_data;
};

}  // namespace wordsight::ui
