#pragma once
#include <QAbstractScrollArea>
#include <vector>

#include "jobs/train_preview.h"

namespace wordsight::ui {

/// A sample as the model sees it, piece by piece. What the loss counts has a coloured ground and a
/// line below, the letter of the choice a box around it; the rest is muted. Line breaks of the text
/// are kept and shown.
class TokenView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit TokenView(QWidget* parent = nullptr);
  void setSample(const jobs::PreviewSample& sample);
  void clear();
  const jobs::PreviewSample& sample() const { return m_sample; }
  /// Where a piece is drawn, in the viewport; for tests.
  QRectF pieceRect(std::size_t piece) const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// A piece, or the part of one that stands in one line.
  struct Span {
    std::size_t piece = 0;
    QString text;
    QRectF box;
    bool breakMark = false;  // ends with a line break of the text
  };
  void layOut();
  void place(std::size_t piece, const QString& text, qreal width);
  void newLine();
  void paintSpan(QPainter& painter, const Span& span) const;

  jobs::PreviewSample m_sample;
  std::vector<Span> m_spans;  // from top to bottom
  qreal m_x = 0, m_y = 0, m_lineHeight = 0;
};

}  // namespace wordsight::ui
