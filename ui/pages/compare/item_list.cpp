#include "pages/compare/item_list.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QToolTip>

#include "bridge/format.h"
#include "pages/compare/cells_bar.h"
#include "widgets/icons.h"
#include "widgets/letter_badge.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kThumbnail =
    160;  // longer side, in widget pixels: the grid's, and more than the list's
constexpr QSize kListPicture{64, 48}, kGridPicture{124, 93};
constexpr int kBadge = 18, kListMark = 10, kGridMark = 9;
constexpr int kListSlot = kBadge + 2 + kListMark + 3;
constexpr int kGridSlot = kBadge + 3;
constexpr int kKeyWidth = kBadge + 10;

int listBadges() { return kSpace + kListPicture.width() + kSpace; }

/// Names the columns of badges: the key, then a mark a cell.
class BadgeHeader : public QWidget {
  Q_DECLARE_TR_FUNCTIONS(wordsight::ui::BadgeHeader)
 public:
  explicit BadgeHeader(QWidget* parent) : QWidget(parent) {}
  void setData(ComparisonPtr data) {
    m_data = std::move(data);
    update();
  }
  QSize sizeHint() const override { return {200, kRowHeight - kSpaceSmall}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.setPen(lineColour(palette()));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (!m_data) return;
    painter.setPen(mutedColour(palette()));
    const int left = listBadges();
    painter.drawText(QRect(left - kSpace, 0, kBadge + 2 * kSpace, height()), Qt::AlignCenter,
                     tr("key"));
    for (std::size_t c = 0; c < m_data->cells.size(); ++c)
      paintCellMark(painter, slot(c), m_data->cells[c].style, palette(), font());
  }
  bool event(QEvent* event) override {
    if (event->type() != QEvent::ToolTip || !m_data) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (std::size_t c = 0; c < m_data->cells.size(); ++c)
      if (slot(c).adjusted(-4, -4, 4, 4).contains(help->pos()))
        QToolTip::showText(help->globalPos(), toQt(m_data->comparison.cells[c].name), this);
    return true;
  }

 private:
  QRectF slot(std::size_t cell) const {
    constexpr int kMark = 12;
    const int left = listBadges() + kKeyWidth + static_cast<int>(cell) * kListSlot;
    return QRectF(left + (kBadge - kMark) / 2.0, (height() - kMark) / 2.0, kMark, kMark);
  }
  ComparisonPtr m_data;
};

}  // namespace

PictureRequest thumbnailRequest(const QString& path, const QWidget& shownIn) {
  const int side = qRound(kThumbnail * shownIn.devicePixelRatioF());
  return {path, QSize(side, side)};
}

QSize CompareItemDelegate::gridCell(const ComparisonData* data) const {
  const int cells = data ? static_cast<int>(data->cells.size()) : 4;
  const int wide = std::max(kGridPicture.width(), cells * kGridSlot) + 2 * kSpace;
  return {wide, kGridPicture.height() + kBadge + kGridMark + 4 * kSpaceSmall};
}

QSize CompareItemDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  const auto* model = qobject_cast<const CompareItemModel*>(index.model());
  if (m_grid) return gridCell(model ? model->comparison().get() : nullptr);
  return {200, kListPicture.height() + kSpace};
}

void CompareItemDelegate::paintPicture(QPainter& painter, const QRect& box, const QString& path,
                                       const QPalette& palette) const {
  const QImage image =
      m_loader ? m_loader->picture(thumbnailRequest(path, *m_view)).image : QImage();
  if (!image.isNull()) {
    QSize size = image.size().scaled(box.size(), Qt::KeepAspectRatio);
    QRect where(QPoint(0, 0), size);
    where.moveCenter(box.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, image.width() > size.width());
    painter.drawImage(where, image);
    return;
  }
  painter.fillRect(box, mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.05));
  const bool missing = path.isEmpty() || (m_loader && !m_loader->problem(path).isEmpty());
  if (!missing) return;
  QRect sign(0, 0, 20, 20);
  sign.moveCenter(box.center());
  icon(QStringLiteral("picture-missing"), mutedColour(palette)).paint(&painter, sign);
}

/// The key in a frame, as in the bars of probabilities.
void CompareItemDelegate::paintKey(QPainter& painter, const QPoint& corner, int key,
                                   const QPalette& palette) const {
  const QRectF box(corner.x() + 0.5, corner.y() + 0.5, kBadge - 1, kBadge - 1);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(palette.color(QPalette::Base));
  painter.setPen(palette.color(QPalette::Text));
  painter.drawRoundedRect(box, 3, 3);
  painter.drawText(box, Qt::AlignCenter, letterText(key));
}

void CompareItemDelegate::paintBadges(QPainter& painter, const QRect& box,
                                      const ComparisonData& data, std::size_t item,
                                      const QStyleOptionViewItem& option) const {
  const auto& comparison = data.comparison;
  const QPalette& palette = option.palette;
  const bool selected = option.state & QStyle::State_Selected;
  const int slotWidth = m_grid ? kGridSlot : kListSlot;
  for (std::size_t c = 0; c < comparison.cells.size(); ++c) {
    const int left = box.left() + static_cast<int>(c) * slotWidth;
    const auto& answer = comparison.cells[c].answers[item];
    const QRectF badge(left, box.top(), kBadge, kBadge);
    paintLetterBadge(painter, badge, answer.choice.option, palette, option.font);
    const QRectF mark =
        m_grid
            ? QRectF(left + (kBadge - kGridMark) / 2.0, badge.bottom() + 2, kGridMark, kGridMark)
            : QRectF(badge.right() + 2, badge.center().y() - kListMark / 2.0, kListMark, kListMark);
    paintOutcome(painter, mark, comparison.cells[c].right[item], palette);
    if (!answer.overridden) continue;
    // A person's decision: a dot at the badge's corner.
    painter.setPen(QPen(palette.color(selected ? QPalette::Highlight : QPalette::Base), 1));
    painter.setBrush(palette.color(QPalette::Text));
    painter.drawEllipse(badge.topRight(), 3, 3);
  }
}

void CompareItemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                                const QModelIndex& index) const {
  const auto* model = qobject_cast<const CompareItemModel*>(index.model());
  if (!model || !model->comparison()) return;
  QStyleOptionViewItem option(given);
  const bool selected = option.state & QStyle::State_Selected;
  painter->save();
  const QPalette& palette = option.palette;
  if (selected) {
    // A tint and an edge in place of the full accent: badges and marks keep their colours on it.
    const QColor accent = palette.color(QPalette::Highlight);
    painter->fillRect(option.rect, mixed(palette.color(QPalette::Base), accent, 0.18));
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                      accent);
  } else if (option.state & QStyle::State_MouseOver) {
    painter->fillRect(option.rect, palette.color(QPalette::AlternateBase));
  }
  const auto item = static_cast<std::size_t>(index.data(CompareItemModel::ItemRole).toInt());
  const auto& entry = model->comparison()->comparison.items[item];
  const QRect box = option.rect;
  const QString path = toQt(entry.picture);
  if (m_grid) {
    const QRect picture(box.left() + (box.width() - kGridPicture.width()) / 2,
                        box.top() + kSpaceSmall, kGridPicture.width(), kGridPicture.height());
    paintPicture(*painter, picture, path, palette);
    paintKey(*painter, picture.topLeft() + QPoint(2, 2), entry.content.key, palette);
    const int badges = static_cast<int>(model->comparison()->cells.size()) * kGridSlot - 3;
    paintBadges(*painter,
                QRect(box.left() + (box.width() - badges) / 2, picture.bottom() + 1 + kSpaceSmall,
                      badges, kBadge + kGridMark),
                *model->comparison(), item, option);
  } else {
    const QRect picture(QPoint(box.left() + kSpace, box.top() + kSpaceSmall), kListPicture);
    paintPicture(*painter, picture, path, palette);
    const int left = box.left() + listBadges();
    const QRect line(left, picture.top(), box.right() - left - kSpaceSmall,
                     option.fontMetrics.height());
    painter->setPen(palette.color(QPalette::Text));
    painter->setFont(option.font);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(),
                                                    Qt::ElideRight, line.width()));
    const int bottom = picture.bottom() + 1 - kBadge;
    paintKey(*painter, QPoint(left, bottom), entry.content.key, palette);
    paintBadges(*painter, QRect(left + kKeyWidth, bottom, line.width() - kKeyWidth, kBadge),
                *model->comparison(), item, option);
  }
  painter->restore();
}

ItemList::ItemList(QWidget* parent)
    : QListView(parent),
      m_delegate(new CompareItemDelegate(this)),
      m_asking(new QTimer(this)),
      m_header(new BadgeHeader(this)) {
  setObjectName(QStringLiteral("itemList"));
  setAccessibleName(tr("Items"));
  setItemDelegate(m_delegate);
  setUniformItemSizes(true);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setMouseTracking(true);
  setResizeMode(QListView::Adjust);
  setMovement(QListView::Static);
  setFrameShape(QFrame::NoFrame);
  m_asking->setSingleShot(true);
  m_asking->setInterval(0);
  connect(m_asking, &QTimer::timeout, this, &ItemList::askForThumbnails);
}

void ItemList::setItemModel(CompareItemModel* model) {
  m_items = model;
  setModel(model);
  const auto refresh = [this] {
    static_cast<BadgeHeader*>(m_header)->setData(m_items->comparison());
    layOut();
    m_asking->start();
  };
  connect(model, &QAbstractItemModel::modelReset, this, refresh);
  connect(model, &QAbstractItemModel::dataChanged, this, refresh);
}

void ItemList::setLoader(PictureLoader* loader) {
  m_loader = loader;
  m_delegate->setLoader(loader);
  if (!loader) return;
  // Pictures come one by one: what is repainted is the view's next frame, not each of them.
  connect(loader, &PictureLoader::loaded, viewport(), qOverload<>(&QWidget::update));
  connect(loader, &PictureLoader::failed, viewport(), qOverload<>(&QWidget::update));
  m_asking->start();
}

int ItemList::headerHeight() const { return m_gridShown ? 0 : m_header->sizeHint().height(); }

void ItemList::setGrid(bool grid) {
  m_gridShown = grid;
  m_delegate->setGrid(grid);
  setFlow(grid ? QListView::LeftToRight : QListView::TopToBottom);
  setWrapping(grid);
  m_header->setVisible(!grid);
  layOut();
  scrollTo(currentIndex(), QAbstractItemView::EnsureVisible);
  m_asking->start();
}

void ItemList::layOut() {
  const auto* data = m_items ? m_items->comparison().get() : nullptr;
  const QSize cell = m_gridShown ? m_delegate->gridCell(data) : QSize();
  if (cell != gridSize()) setGridSize(cell);
  setViewportMargins(0, headerHeight(), 0, 0);
  m_header->setGeometry(0, 0, width(), m_header->sizeHint().height());
  m_header->raise();
}

void ItemList::updateGeometries() {
  QListView::updateGeometries();
  verticalScrollBar()->setSingleStep(kListPicture.height() / 2);
}

void ItemList::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  m_header->setGeometry(0, 0, width(), m_header->sizeHint().height());
  m_asking->start();
}

void ItemList::scrollContentsBy(int dx, int dy) {
  QListView::scrollContentsBy(dx, dy);
  m_asking->start();
}

void ItemList::askForThumbnails() {
  if (!m_loader || !m_items || m_items->rowCount() == 0) return;
  const QModelIndex top = indexAt(QPoint(kSpace, kSpace));
  const int first = top.isValid() ? top.row() : 0;
  const QSize cell =
      m_gridShown ? gridSize() : QSize(viewport()->width(), kListPicture.height() + kSpace);
  const int across = m_gridShown ? std::max(1, viewport()->width() / std::max(1, cell.width())) : 1;
  const int screen = across * (viewport()->height() / std::max(1, cell.height()) + 2);
  std::vector<PictureRequest> wanted;
  const auto add = [&](int row) {
    if (row < 0 || row >= m_items->rowCount()) return;
    wanted.push_back(thumbnailRequest(
        m_items->index(row).data(CompareItemModel::PictureRole).toString(), *this));
  };
  for (int row = first; row < first + 2 * screen; ++row) add(row);
  for (int row = first - 1; row >= first - screen / 2; --row) add(row);
  m_loader->want(PictureLoader::Lane::Thumbnails, std::move(wanted));
}

int ItemList::visibleThumbnails() const {
  int count = 0;
  for (int row = 0; m_loader && m_items && row < m_items->rowCount(); ++row) {
    const QModelIndex index = m_items->index(row);
    if (visualRect(index).intersects(viewport()->rect()))
      count += m_loader->has(
          thumbnailRequest(index.data(CompareItemModel::PictureRole).toString(), *this));
  }
  return count;
}

void ItemList::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
    Q_EMIT zoomToggled();
    return;
  }
  // Letters are the page's shortcuts, not a search in this list.
  if (!event->text().isEmpty() && event->text().at(0).isPrint()) return event->ignore();
  QListView::keyPressEvent(event);
}

}  // namespace wordsight::ui
