#pragma once
#include <QAbstractButton>
#include <QWidget>
#include <vector>

#include "models/compare/comparison_data.h"

class QCheckBox;
class QHBoxLayout;
class QToolButton;

namespace wordsight::ui {

/// A mark that stands for a cell everywhere on the page: its colour and shape are those of its line
/// in the plots.
void paintCellMark(QPainter& painter, const QRectF& box, int style, const QPalette& palette,
                   const QFont& font);

/// The same as a small widget.
class CellMark : public QWidget {
 public:
  explicit CellMark(QWidget* parent = nullptr);
  void setStyle(int style);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int m_style = 0;
};

/// One evaluation as a button: checked while it takes part in the comparison; then with its
/// accuracy, interval and n.
class CellChip : public QAbstractButton {
  Q_OBJECT
 public:
  CellChip(RunId run, const QString& name, QWidget* parent = nullptr);
  RunId run() const { return m_run; }
  QString name() const { return m_name; }
  /// `style`: how the cell is marked, −1 while it is none; `score`: "61.3 % (55.7–66.7)". What has
  /// no room is left out from the end; the tooltip has all of it.
  void setScore(int style, const QString& score, const QString& n);
  QString score() const { return m_score; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QFont smallFont() const;
  void paintScore(QPainter& painter, const QRect& line) const;
  RunId m_run;
  QString m_name, m_score, m_n;
  int m_style = -1;
};

/// The evaluations that are compared, side by side. Choosing others, and the toggle for published
/// figures, sit at its end.
class CellsBar : public QWidget {
  Q_OBJECT
 public:
  explicit CellsBar(QWidget* parent = nullptr);

  /// Chips for these runs; those in `checked` take part.
  void setRuns(const std::vector<CandidateCell>& entries, const std::vector<RunId>& shown,
               const std::vector<RunId>& checked);
  /// Numbers of the comparison that is shown now.
  void setComparison(const ComparisonData* data);
  std::vector<RunId> checked() const;
  QToolButton* chooseButton() const { return m_choose; }
  QCheckBox* publishedBox() const { return m_published; }
  const std::vector<CellChip*>& chips() const { return m_chips; }

 Q_SIGNALS:
  void checkedChanged(const std::vector<wordsight::RunId>& runs);

 private:
  void toggled(CellChip* chip);
  QHBoxLayout* m_row;
  QToolButton* m_choose;
  QCheckBox* m_published;
  std::vector<CellChip*> m_chips;
};

}  // namespace wordsight::ui
