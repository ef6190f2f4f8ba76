#pragma once
#include <QStringList>
#include <QWidget>
#include <optional>

#include "models/compare/comparison_filter.h"

class QComboBox;
class QLabel;

namespace wordsight::ui {

class TransitionMatrix;

/// Which two cells are set against each other, how their answers moved, and what may be said of it.
class PairPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PairPanel(QWidget* parent = nullptr);
  void setComparison(const ComparisonPtr& data);
  void setPair(std::size_t first, std::size_t second);
  void setTransition(std::optional<Transition> transition);

 Q_SIGNALS:
  void pairChosen(std::size_t first, std::size_t second);
  void transitionChosen(std::optional<wordsight::ui::Transition> transition);

 private:
  void refresh();
  ComparisonPtr m_data;
  QStringList m_names;
  std::size_t m_first = 0, m_second = 0;
  QComboBox *m_from, *m_to;
  TransitionMatrix* m_matrix;
  QLabel* m_sentence;
};

}  // namespace wordsight::ui
