#pragma once
#include <QWidget>
#include <vector>

#include "base/result.h"
#include "plots/focus_ring.h"
#include "plots/legend.h"
#include "plots/plot_export.h"
#include "plots/plot_theme.h"

namespace wordsight::ui {

/// What the plots of results share: title, themes, tooltips, message while empty, saving. A plot
/// paints itself with the same function on the screen and on paper. Values are set by the page, on
/// the window's thread; nothing here computes statistics.
class Chart : public QWidget {
  Q_OBJECT
 public:
  explicit Chart(QWidget* parent = nullptr);

  void setTitle(const QString& title);
  const QString& title() const { return m_title; }
  /// The sentence in the middle while there is nothing to show.
  void setMessage(const QString& message);

  /// On white, at the widget's size; painted at once, while this chart lives.
  PlotPage page() const;
  /// PNG, PDF, SVG, or the numbers as CSV, by the ending. The job may run on any thread.
  Result<ExportJob> prepareExport(const std::filesystem::path& path) const;
  Status exportTo(const std::filesystem::path& path) const;
  SaveActions saveActions();

  QSize sizeHint() const override { return {480, 280}; }
  QSize minimumSizeHint() const override { return {200, 120}; }

 Q_SIGNALS:
  void saved(const QString& path);
  void saveFailed(const QString& sentence);

 protected:
  /// What a piece of the picture says in its tooltip.
  struct Spot {
    QRectF area;
    QString text;
  };
  struct Canvas {
    QPainter& painter;
    QRectF area;  // without the title
    const PlotTheme& theme;
    std::vector<Spot>& spots;
  };
  virtual bool hasData() const = 0;
  virtual void paint(Canvas& canvas) const = 0;
  virtual CsvTable table() const = 0;
  /// One sentence a value, for screen readers.
  virtual QStringList summary() const = 0;
  /// After any change of what is shown.
  void dataChanged();

  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void paintAll(QPainter& painter, const QRectF& area, const PlotTheme& theme,
                std::vector<Spot>& spots) const;

  QString m_title, m_message;
  std::vector<Spot> m_spots;  // of the last paint
  FocusRing m_ring;
};

/// Lays a legend out at the top of `area`, paints it, and cuts it off `area`. Nothing for no
/// entries.
void takeLegend(QPainter& painter, QRectF& area, const std::vector<LegendEntry>& entries,
                const PlotTheme& theme, int rows = 2);

}  // namespace wordsight::ui
