#pragma once
#include <QWidget>
#include <map>
#include <vector>

#include "bridge/session.h"
#include "domain/run.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace wordsight::ui {

class CurveGroup;
class FittedColumns;

/// Several runs beside each other: settings that differ, and their curves over one another.
class RunDiff : public QWidget {
  Q_OBJECT
 public:
  explicit RunDiff(QWidget* parent = nullptr);
  void display(const std::vector<Run>& runs);
  /// Points of a run's curves, any metrics.
  void addCurves(RunId run, const std::vector<MetricPoint>& points);

 Q_SIGNALS:
  void compareClicked(const std::vector<wordsight::RunId>& runs);

 private:
  void fill();
  std::vector<Run> m_runs;
  QLabel* m_title;
  QCheckBox* m_all;
  QPushButton* m_compare;
  QTabWidget* m_tabs;
  QTreeWidget* m_table;
  FittedColumns* m_columns;
  CurveGroup* m_curves;
};

}  // namespace wordsight::ui
