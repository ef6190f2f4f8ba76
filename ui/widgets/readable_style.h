#pragma once
#include <QProxyStyle>

namespace wordsight::ui {

/// Fusion, with outlines that show. Fusion derives the outline of check boxes and radio buttons
/// from a darker window colour, which on a dark window is next to nothing (1.3 : 1); here it is
/// markColour() of the theme. Owned by the application.
class ReadableStyle : public QProxyStyle {
  Q_OBJECT
 public:
  ReadableStyle();
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget = nullptr) const override;
};

}  // namespace wordsight::ui
