#pragma once
#include <QWidget>
#include <vector>

#include "pages/overview/overview_facts.h"

namespace wordsight::ui {

/// The experiment's table: labels down, arms across, accuracy with its interval in each cell, and a
/// loss curve in small (see sparkline below).
class CellTable : public QWidget {
  Q_OBJECT
 public:
  explicit CellTable(QWidget* parent = nullptr);
  void setCells(const std::vector<CellFact>& cells);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<CellFact> m_cells;
  QStringList m_labels, m_arms;
};

/// A curve without axes over the widget's width.
class CurveStrip : public QWidget {
  Q_OBJECT
 public:
  explicit CurveStrip(QWidget* parent = nullptr);
  void setValues(std::vector<double> values);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<double> m_values;
};

}  // namespace wordsight::ui
