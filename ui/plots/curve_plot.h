#pragma once
#include <QWidget>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "plots/curve_overlay.h"
#include "plots/curve_scene.h"
#include "plots/plot_export.h"

namespace wordsight::ui {

/// One metric's curves: the live run and earlier ones over it, raw behind smoothed. Follows the
/// live edge until somebody zooms: dragging or the wheel zooms into the full data, Shift and
/// dragging moves, a double click goes back; arrows, + and −, Home do the same from the keyboard.
/// On the window's thread only. Points are on screen at the next frame; whatever arrives within a
/// frame is painted once.
class CurvePlot : public QWidget {
  Q_OBJECT
 public:
  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;

  /// What is measured, and in what; both stand above the plot.
  void setTitle(const QString& title, const QString& unit,
                NumberStyle numbers = NumberStyle::Plain);
  QString title() const;
  /// The sentence in the middle while there are no points.
  void setMessage(const QString& message);

  /// A series of the same id keeps its points and takes the new label and style.
  void setSeries(const CurveSeries& series);
  void removeSeries(SeriesId id);
  void clear();
  std::vector<CurveSeries> series() const;
  /// Points of an unknown series are dropped: its run was removed.
  void append(SeriesId id, std::span<const CurvePoint> points);
  void append(SeriesId id, const CurvePoint& point) { append(id, {&point, 1}); }
  /// Points of `id` from a step on go.
  void dropFrom(SeriesId id, std::int64_t step);
  /// Null when there is no such series.
  const SeriesStore* points(SeriesId id) const;

  void setXAxis(XAxis axis);
  /// 0 … 0.99; see SeriesStore.
  void setSmoothing(double weight);
  void setLogarithmic(bool on);
  bool logarithmic() const;
  void setReferences(std::vector<ReferenceLine> lines);
  void setLegendVisible(bool visible);
  /// Plots that stand in a page that scrolls leave the bare wheel to it and zoom with Ctrl.
  void setWheelNeedsControl(bool needed);
  /// Draws what is due now instead of at the next frame.
  void replotNow() { refresh(); }

  void zoomTo(const AxisRange& x);
  void resetZoom();
  bool zoomed() const;
  AxisRange shownX() const;
  AxisRange shownY() const;
  /// Of this plot's own points.
  std::optional<AxisRange> dataX() const;
  /// The x range of a whole group, instead of this plot's own; nothing takes it back.
  void setGroupX(const std::optional<AxisRange>& range);
  /// `compact` leaves out the names: for plots beside the one that is pointed at.
  void showCursorAt(double x, bool compact = false);
  void hideCursor();
  void highlight(SeriesId id);
  const std::optional<CurveReadout>& readout() const;

  /// With title and legend, on white; painted at once, while this plot lives.
  PlotPage page(bool withLegend = true);
  /// PNG, PDF, SVG, or CSV of all points, by the ending. The job may run on any thread.
  Result<ExportJob> prepareExport(const std::filesystem::path& path);
  Status exportTo(const std::filesystem::path& path);
  SaveActions saveActions();

  QSize sizeHint() const override { return {480, 280}; }
  QSize minimumSizeHint() const override { return {240, 160}; }

 Q_SIGNALS:
  /// Somebody zoomed or moved here.
  void zoomChanged(const wordsight::ui::AxisRange& x);
  void zoomReset();
  void cursorMoved(double x);
  void cursorLeft();
  void seriesHovered(wordsight::ui::SeriesId id);
  void logarithmicChanged(bool on);
  /// After each replot.
  void replotted();
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Parts;
  void buildHeader();
  void schedule(bool fromData = false);
  void refresh();
  void applyTheme(const PlotTheme& theme) const;
  void retheme();
  void updateTickers(const QSizeF& area) const;
  void updateReadout();
  CurveReadout::Row readoutRow(const CurveScene::Entry& entry) const;
  void updateHeader();
  void seriesChanged();
  void userZoomed();
  // Mouse and keys (curve_input.cpp).
  void press(QMouseEvent* event);
  void move(QMouseEvent* event);
  void release(QMouseEvent* event);
  void wheel(QWheelEvent* event);
  QRectF bandTo(const QPointF& at) const;
  void hover(const QPointF& at);
  void moveCursor(int direction);
  SeriesId seriesAt(const QPointF& at) const;
  QRectF plotArea() const;
  double xAt(double pixel) const;

  std::unique_ptr<Parts> m_parts;
};

}  // namespace wordsight::ui
