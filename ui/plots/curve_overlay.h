#pragma once
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

#include "plots/plot_theme.h"

namespace wordsight::ui {

/// What the cursor reads: a line at one x and the value of every series there.
struct CurveReadout {
  struct Row {
    SeriesStyle style;
    QString label, value, raw;  // raw only while a smoothed value is shown
    std::optional<QPointF> dot;
  };
  double pixel = 0;
  QString title;  // the x value with its name
  QString valueHead, rawHead;
  std::vector<Row> rows;
  int more = 0;  // series that found no room
};

/// A transparent sheet over a plot for what follows the mouse: cursor, readout, rubber band. Moving
/// them costs no replot. Lets all events through to the plot below.
class CurveOverlay : public QWidget {
  Q_OBJECT
 public:
  explicit CurveOverlay(QWidget* parent = nullptr);
  void setTheme(const PlotTheme& theme);
  /// The axis rectangle, in this widget's coordinates.
  void setArea(const QRectF& area);
  void setReadout(std::optional<CurveReadout> readout);
  const std::optional<CurveReadout>& readout() const { return m_readout; }
  void setRubberBand(std::optional<QRectF> band);
  /// A quiet sentence in the middle; empty for none.
  void setMessage(const QString& message);
  /// Whether the keyboard is here: a thin frame says so.
  void setFocused(bool focused);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintCursor(QPainter& painter) const;
  void paintBox(QPainter& painter) const;

  PlotTheme m_theme;
  QRectF m_area;
  std::optional<CurveReadout> m_readout;
  std::optional<QRectF> m_band;
  QString m_message;
  bool m_focused = false;
};

}  // namespace wordsight::ui
