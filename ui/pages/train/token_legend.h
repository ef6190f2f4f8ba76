#pragma once
#include <QWidget>

namespace wordsight::ui {

/// Says what the marks of a TokenView mean.
class TokenLegend : public QWidget {
  Q_OBJECT
 public:
  explicit TokenLegend(QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// How a piece's ground, line and box are painted; the legend and the view agree by this.
void paintTokenMark(QPainter& painter, const QRectF& box, const QPalette& palette, bool counted,
                    bool letter);

}  // namespace wordsight::ui
