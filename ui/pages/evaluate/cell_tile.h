#pragma once
#include <QAbstractButton>

#include "bridge/format.h"
#include "domain/event.h"
#include "domain/ids.h"

namespace wordsight::ui {

/// What is known of one cell of the experiment.
struct CellState {
  enum class Status { NotRun, Waiting, Running, Paused, Done, Stopped, Failed };
  Status status = Status::NotRun;
  QString impossible;  // why this cell cannot be asked; empty: it can
  QString blocked;     // why none can be asked now
  Tally tally;         // of the run that is shown; n = 0: none
  double share = -1;   // of a running one that is done; negative: not known
  QString note;        // when it was, or what differs
  QString detail;      // settings, or the sentence of a failure: for the tooltip
  RunId run;
  bool possible() const { return impossible.isEmpty() && blocked.isEmpty(); }
};

/// One cell to tick: its name, its latest result with interval and n, or what it waits for.
class CellTile : public QAbstractButton {
  Q_OBJECT
 public:
  /// `name`: "tuned · image", for the tooltip and for screen readers.
  CellTile(const QString& name, QWidget* parent = nullptr);
  void setName(const QString& name);
  void setState(const CellState& state);
  const CellState& state() const { return m_state; }
  /// Ticked and possible; a tick outlives the moments in which its cell is not.
  bool ticked() const { return isChecked() && isEnabled(); }
  /// The lines as they are painted, for tests and screen readers.
  QString headline() const;
  QString secondLine() const;
  QString statusLine() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// It got the keyboard or a click: what belongs to it can be shown.
  void chosen();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void paintTick(QPainter& painter) const;
  void paintText(QPainter& painter, const QRect& room) const;
  void paintStatus(QPainter& painter, QRect row, const QString& text) const;
  QString intervalText() const;
  QString countText() const;
  QFont bigFont() const;
  QString m_name;
  CellState m_state;
};

}  // namespace wordsight::ui
