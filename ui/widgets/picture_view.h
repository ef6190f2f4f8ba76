#pragma once
#include <QImage>
#include <QPointF>
#include <QWidget>

namespace wordsight::ui {

/// Shows one picture, fitted or larger, never stretched and never enlarged unless asked. The wheel
/// zooms at the pointer, dragging moves, a double click or Space goes between fitted and 100 %,
/// plus, minus and 0 zoom. Decodes nothing: it is given images, and says when a larger one would do
/// good.
class PictureView : public QWidget {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent = nullptr);

  /// Another picture: the view is fitted again. `natural` is the size of the whole picture, of
  /// which `image` may be a smaller copy. `preview`: a better copy is on its way.
  void setPicture(const QImage& image, const QSize& natural, bool preview = false);
  /// Another copy of the same picture, as large as needed now: zoom and place stay.
  void improve(const QImage& image);
  /// A sentence in place of a picture; `iconName` of the set.
  void setMessage(const QString& iconName, const QString& sentence);
  /// Neither picture nor sentence yet.
  void setWaiting();

  bool hasPicture() const { return !m_image.isNull(); }
  QString message() const { return m_message; }
  const QImage& image() const { return m_image; }
  /// A better copy is still on its way.
  bool preview() const { return m_preview; }
  bool fitted() const { return m_fitted; }
  /// Of a device pixel to one of the picture's own: 1 is 100 %.
  double zoom() const;
  /// What a picture is fitted into, in device pixels.
  QSize fitBox() const;
  QSize sizeHint() const override { return {420, 320}; }
  QSize minimumSizeHint() const override { return {120, 90}; }

 public Q_SLOTS:
  void zoomToFit();
  void zoomToNatural();
  void toggleZoom();
  void zoomIn();
  void zoomOut();

 Q_SIGNALS:
  void zoomChanged();
  /// The picture is shown larger than the copy at hand: a whole one would be sharper.
  void wholeWanted();
  void fitBoxChanged();
  /// When a picture or message is on the screen; once more when a preview has become sharp.
  void shownPicture();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  double fitScale() const;
  /// Widget pixels a pixel of the picture.
  double scale() const { return m_fitted ? fitScale() : m_scale; }
  void setScale(double scale, const QPointF& anchor);
  void clampCentre();
  QRectF target() const;
  void paintMessage(QPainter& painter) const;
  void tellZoom();

  QImage m_image;
  QSize m_natural;
  QString m_message, m_iconName;
  bool m_fitted = true, m_dragging = false, m_announced = true, m_asked = false, m_preview = false;
  double m_scale = 1;
  QPointF m_centre;  // of the view, in pixels of the picture
  QPointF m_grabbed;
};

}  // namespace wordsight::ui
