#pragma once
#include <QWidget>

#include "models/compare/comparison_filter.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace wordsight::ui {

/// Which items are listed, and in what order. Holds the filter; the page hands it on.
class ItemFilterBar : public QWidget {
  Q_OBJECT
 public:
  explicit ItemFilterBar(QWidget* parent = nullptr);

  /// Fills the choices from what is compared; the filter stays as far as it still makes sense.
  void setComparison(const ComparisonData* data);
  ComparisonFilter filter() const { return m_filter; }
  void setFilter(const ComparisonFilter& filter);
  void setCount(int shown, int total);
  void focusText();
  /// The button offers the other way of listing.
  void showGrid(bool grid);
  QToolButton* gridButton() const { return m_grid; }
  QToolButton* exportButton() const { return m_export; }

 Q_SIGNALS:
  void filterChanged(const wordsight::ui::ComparisonFilter& filter);
  void leftText();  // Escape or Return: back to the list

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QComboBox* combo(const char* name, const QString& spoken, const QString& tip);
  void makeControls();
  void fill();
  void read();
  void write();

  ComparisonFilter m_filter;
  std::vector<std::string> m_categories;
  std::size_t m_letters = 0;
  QLineEdit* m_text;
  QComboBox *m_transition, *m_category, *m_key, *m_state, *m_order;
  QToolButton *m_clear, *m_grid, *m_export;
  QLabel* m_count;
  bool m_writing = false;
};

}  // namespace wordsight::ui
