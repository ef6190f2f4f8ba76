#pragma once
#include <QWidget>

#include "models/compare/comparison_data.h"
#include "models/compare/override_command.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace wordsight::ui {

class CellMark;
class ElidedLabel;
class LetterBadge;
class OverrideEditor;
class ProbabilityBars;

/// One cell's answer to the item that is shown: letter, right or wrong, probabilities, how the
/// letter was read, and on demand the raw answer and what the model was shown. Used again for every
/// item: stepping makes no widgets.
class CellRow : public QWidget {
  Q_OBJECT
 public:
  explicit CellRow(QWidget* parent = nullptr);

  void show(const ComparisonPtr& data, std::size_t cell, std::size_t item);
  /// Why nothing can be decided; empty: it can.
  void setLocked(const QString& reason);
  void beginOverride();
  bool overriding() const;
  void endOverride();
  void setExpanded(bool expanded);
  bool expanded() const;

 Q_SIGNALS:
  void overrideDecided(std::size_t cell, int option, const QString& note);
  void overrideWithdrawn(std::size_t cell, const QString& note);
  /// The editor that had the keyboard's focus went away.
  void overrideClosed();
  void expandedChanged(bool expanded);

 private:
  void makeHead(QVBoxLayout* column);
  void showHow();
  const OverrideNote* overrideNote() const;
  void showDetails();
  QString shownToModel() const;

  CellMark* m_mark;
  ElidedLabel *m_name, *m_how;
  LetterBadge* m_badge;
  QLabel *m_time, *m_details;
  QToolButton *m_expand, *m_override;
  ProbabilityBars* m_bars;
  OverrideEditor* m_editor = nullptr;  // made when it is first asked for
  QVBoxLayout* m_column;
  ComparisonPtr m_data;
  std::size_t m_cell = 0, m_item = 0;
};

}  // namespace wordsight::ui
