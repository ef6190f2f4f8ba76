#pragma once
#include <QListView>
#include <QPointer>
#include <QStyledItemDelegate>

#include "bridge/picture_loader.h"
#include "models/compare/compare_item_model.h"

class QTimer;

namespace wordsight::ui {

/// What is asked of the loader for an item's small picture, in the list and in the grid.
PictureRequest thumbnailRequest(const QString& path, const QWidget& shownIn);

/// Draws an item: its picture, its key and one lettered badge a cell with a tick or a cross.
class CompareItemDelegate : public QStyledItemDelegate {
 public:
  explicit CompareItemDelegate(QListView* view) : QStyledItemDelegate(view), m_view(view) {}
  void setLoader(PictureLoader* loader) { m_loader = loader; }
  void setGrid(bool grid) { m_grid = grid; }
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize gridCell(const ComparisonData* data) const;

 private:
  void paintPicture(QPainter& painter, const QRect& box, const QString& path,
                    const QPalette& palette) const;
  void paintKey(QPainter& painter, const QPoint& corner, int key, const QPalette& palette) const;
  void paintBadges(QPainter& painter, const QRect& box, const ComparisonData& data,
                   std::size_t item, const QStyleOptionViewItem& option) const;
  QListView* m_view;
  QPointer<PictureLoader> m_loader;
  bool m_grid = false;
};

/// The items that pass the filter, as a list or as a grid of pictures. Only what is visible is
/// painted, and only its thumbnails (and the next screen's) are asked for.
class ItemList : public QListView {
  Q_OBJECT
 public:
  explicit ItemList(QWidget* parent = nullptr);
  void setItemModel(CompareItemModel* model);
  /// Null while no project is open.
  void setLoader(PictureLoader* loader);
  void setGrid(bool grid);
  bool grid() const { return m_gridShown; }
  /// Of the thumbnails on the screen, for tests.
  int visibleThumbnails() const;
  int headerHeight() const;

 Q_SIGNALS:
  void zoomToggled();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void updateGeometries() override;

 private:
  void askForThumbnails();
  void layOut();
  CompareItemDelegate* m_delegate;
  CompareItemModel* m_items = nullptr;
  QPointer<PictureLoader> m_loader;
  QTimer* m_asking;
  QWidget* m_header;
  bool m_gridShown = false;
};

}  // namespace wordsight::ui
