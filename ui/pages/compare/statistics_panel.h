#pragma once
#include <QHash>
#include <QWidget>
#include <optional>

#include "models/compare/comparison_filter.h"
#include "models/compare/stats_table.h"

class QLabel;
class QSplitter;
class QTabWidget;
class QTableView;

namespace wordsight::ui {

class CategoryPlot;
class Chart;
class FittedColumns;
class IntervalPlot;
class PairPanel;
class ReliabilityPlot;

/// What may be said of the cells as a whole: accuracy with intervals, the chosen pair, categories,
/// letters, calibration, all pairs, all cells. Computes nothing; shows what the comparison holds.
class StatisticsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit StatisticsPanel(QWidget* parent = nullptr);
  void setComparison(const ComparisonPtr& data);
  void setPair(std::size_t first, std::size_t second);
  void setTransition(std::optional<Transition> transition);
  void setPublished(bool shown);
  QSplitter* splitter() const { return m_splitter; }
  /// The plots that can be saved, with their names.
  std::vector<std::pair<QString, Chart*>> charts() const;

 Q_SIGNALS:
  void pairChosen(std::size_t first, std::size_t second);
  void transitionChosen(std::optional<wordsight::ui::Transition> transition);
  void categoryChosen(const QString& category);
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 private:
  QTableView* makeTable(const char* name, const QString& spoken, StatsTableModel*& model);
  void fill(StatsTableModel* model, StatsTable table);
  void makeTabs();
  void showAccuracy();
  void showPublished();
  void showCategories();
  void showPairTables();
  void showCalibration();

  ComparisonPtr m_data;
  std::size_t m_first = 0, m_second = 0;
  bool m_published = false;
  QSplitter* m_splitter;
  IntervalPlot* m_accuracy;
  QLabel* m_caption;
  PairPanel* m_pair;
  QTabWidget* m_tabs;
  CategoryPlot* m_categoryPlot;
  ReliabilityPlot* m_reliability;
  StatsTableModel *m_categories = nullptr, *m_letters = nullptr, *m_pairs = nullptr,
                  *m_cells = nullptr;
  QTableView *m_categoryTable = nullptr, *m_letterTable = nullptr, *m_pairTable = nullptr,
             *m_cellTable = nullptr;
  QHash<StatsTableModel*, FittedColumns*> m_fits;
};

}  // namespace wordsight::ui
