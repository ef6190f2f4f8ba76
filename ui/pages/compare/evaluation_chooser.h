#pragma once
#include <QFrame>
#include <vector>

#include "models/compare/comparison_data.h"

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace wordsight::ui {

/// A small panel under its button: every evaluation with answers, to be ticked. Cells must come
/// from one benchmark; ticking one of another benchmark lets go of the rest.
class EvaluationChooser : public QFrame {
  Q_OBJECT
 public:
  static constexpr std::size_t kMostCells = 6;

  explicit EvaluationChooser(QWidget* parent = nullptr);
  void setEntries(const std::vector<CandidateCell>& entries, const std::vector<RunId>& chosen);
  void popUp(const QWidget& below);

 Q_SIGNALS:
  void chosen(const std::vector<wordsight::RunId>& runs);
  /// The latest evaluation of each model and arm, also of those still to come.
  void latestWanted();

 private:
  void ticked(QTreeWidgetItem* item);
  std::vector<RunId> runs() const;
  QTreeWidget* m_list;
  QLabel* m_hint;
  std::vector<CandidateCell> m_entries;
  bool m_filling = false;
};

}  // namespace wordsight::ui
