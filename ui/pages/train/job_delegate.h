#pragma once
#include <QStyledItemDelegate>

namespace wordsight::ui {

/// A job in two lines: its name, and how far it is, over a thin bar of progress.
class JobDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace wordsight::ui
