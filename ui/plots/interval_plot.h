#pragma once
#include <optional>
#include <vector>

#include "plots/chart.h"
#include "plots/chart_axis.h"
#include "plots/curve_scene.h"

namespace wordsight::ui {

/// An accuracy with its 95 % interval; all values are shares of 1.
struct IntervalRow {
  QString label;
  double value = 0, low = 0, high = 1;
  int n = 0;
  SeriesStyle style;
  std::optional<double> published;  // somebody else's figure for the same cell
};

/// Accuracy per cell as dots with whiskers, one row a cell, the numbers at the right. Published
/// figures are hollow; lines to compare with (chance, the best published) are dashed and labelled.
class IntervalPlot : public Chart {
  Q_OBJECT
 public:
  explicit IntervalPlot(QWidget* parent = nullptr) : Chart(parent) {}
  /// `publishedLabel` says whose the hollow marks are.
  void setRows(std::vector<IntervalRow> rows, const QString& publishedLabel = {});
  void setReferences(std::vector<ReferenceLine> lines);
  void setXTitle(const QString& title);
  QSize sizeHint() const override;

 protected:
  bool hasData() const override { return !m_rows.empty(); }
  void paint(Canvas& canvas) const override;
  CsvTable table() const override;
  QStringList summary() const override;

 private:
  ValueAxis axisFor(double width, const QFont& font) const;
  double referenceHeight(const QFont& font) const;
  void paintReferences(Canvas& canvas, const QRectF& plot, const Scale& scale) const;
  void paintRow(Canvas& canvas, const QRectF& line, const QRectF& plot, const Scale& scale,
                const IntervalRow& row) const;
  QString tip(const IntervalRow& row) const;

  std::vector<IntervalRow> m_rows;
  std::vector<ReferenceLine> m_references;
  QString m_publishedLabel, m_xTitle;
};

}  // namespace wordsight::ui
