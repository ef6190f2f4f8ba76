#pragma once
#include <vector>

#include "plots/chart.h"
#include "plots/chart_axis.h"

namespace wordsight::ui {

/// One cell's accuracy in one category, with its 95 % interval; shares of 1. n = 0: not asked.
struct CategoryValue {
  double value = 0, low = 0, high = 1;
  int n = 0;
};

struct CategoryRow {
  QString label;
  std::vector<CategoryValue> values;  // one a cell
};

/// A cell: its name and look.
struct CategoryCell {
  QString label;
  SeriesStyle style;
};

/// Accuracy by category for several cells: dots with whiskers, one row a category, n at the right.
class CategoryPlot : public Chart {
  Q_OBJECT
 public:
  /// AsGiven, by name, by the last cell's accuracy, by last minus first, by n; the largest on top.
  enum class Order { AsGiven, Name, Accuracy, Difference, Count };

  explicit CategoryPlot(QWidget* parent = nullptr) : Chart(parent) {}
  void setData(std::vector<CategoryCell> cells, std::vector<CategoryRow> rows);
  void setOrder(Order order);
  Order order() const { return m_order; }
  /// The labels from top to bottom.
  QStringList shownLabels() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  bool hasData() const override { return !m_rows.empty() && !m_cells.empty(); }
  void paint(Canvas& canvas) const override;
  CsvTable table() const override;
  QStringList summary() const override;

 private:
  double rowHeight() const;
  void sort();
  ValueAxis axisFor(double width, const QFont& font) const;
  void paintRow(Canvas& canvas, const QRectF& row, const Scale& scale,
                const CategoryRow& what) const;
  QString tip(const CategoryRow& row) const;

  std::vector<CategoryCell> m_cells;
  std::vector<CategoryRow> m_rows;  // as given
  std::vector<std::size_t> m_shown;
  Order m_order = Order::AsGiven;
};

}  // namespace wordsight::ui
