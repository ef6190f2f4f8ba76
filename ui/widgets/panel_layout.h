#pragma once
#include <QVBoxLayout>

namespace wordsight::ui {

/// The outermost layout of what stands in a stack, a tab or a splitter and takes the room it is
/// given. Outwards it knows no height for a width: otherwise every such question, some dozens a
/// resize, lays out the wrapped texts of all panels, hidden ones too (a third of the time of a page
/// coming up). Inwards wrapped texts get their height as ever.
class PanelLayout : public QVBoxLayout {
 public:
  using QVBoxLayout::QVBoxLayout;
  bool hasHeightForWidth() const override { return false; }
};

}  // namespace wordsight::ui
