#pragma once
#include <QWidget>
#include <vector>

#include "domain/event.h"

namespace wordsight::ui {

/// How the share of right answers narrows as they come: a line with its 95 % interval as a band
/// over the number of answers, 0 to 100 %. On the window's thread; points cost nothing until the
/// next repaint. With the mouse over it or the arrow keys one reads off any point.
class NarrowingPlot : public QWidget {
  Q_OBJECT
 public:
  explicit NarrowingPlot(QWidget* parent = nullptr);

  /// `total`: answers there will be; 0: not known. Replaces what was shown.
  void setCurve(std::vector<Tally> curve, std::int64_t total);
  void append(const Tally& tally);
  void setTotal(std::int64_t total);
  const std::vector<Tally>& curve() const { return m_curve; }
  /// Share that guessing gets, drawn as a dashed line; 0: none.
  void setChance(double share);
  /// Said in the middle while there is nothing to draw.
  void setMessage(const QString& message);

  QSize sizeHint() const override { return {360, 180}; }
  QSize minimumSizeHint() const override { return {160, 96}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  QRectF plotArea() const;
  double most() const;
  QPointF place(const QRectF& area, double n, double share) const;
  void paintGrid(QPainter& painter, const QRectF& area) const;
  void paintChance(QPainter& painter, const QRectF& area) const;
  void paintCurve(QPainter& painter, const QRectF& area) const;
  void paintCursor(QPainter& painter, const QRectF& area) const;
  void describe();
  void pick(int index);

  std::vector<Tally> m_curve;
  std::int64_t m_total = 0;
  double m_chance = 0;
  int m_picked = -1;  // the point that is read off
  QString m_message;
};

}  // namespace wordsight::ui
