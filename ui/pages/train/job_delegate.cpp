#include "pages/train/job_delegate.h"

#include <QApplication>
#include <QPainter>

#include "models/jobs/job_list_model.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kIcon = 16, kBar = 3;

QString iconName(JobView::State state) {
  switch (state) {
    case JobView::State::Running:
      return QStringLiteral("play");
    case JobView::State::Paused:
      return QStringLiteral("pause");
    case JobView::State::Waiting:
    case JobView::State::Ended:
      break;
  }
  return QStringLiteral("clock");
}

}  // namespace

QSize JobDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  return {option.rect.width(), 2 * option.fontMetrics.height() + kBar + 3 * kSpaceSmall};
}

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  QStyleOptionViewItem item = option;
  initStyleOption(&item, index);
  item.text.clear();
  const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

  const bool selected = option.state & QStyle::State_Selected;
  const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
  const QColor quiet = selected ? text : mutedColour(option.palette);
  const auto state = static_cast<JobView::State>(index.data(JobListModel::StateRole).toInt());
  const QRect area = option.rect.adjusted(kSpace, kSpaceSmall, -kSpace, -kSpaceSmall);
  const int left = area.left() + kIcon + kSpace;
  const int line = option.fontMetrics.height();
  painter->save();
  painter->drawPixmap(area.left(), area.top() + (line - kIcon) / 2,
                      icon(iconName(state), quiet).pixmap(kIcon, kIcon));
  const auto write = [&](int top, const QColor& colour, const QString& words) {
    const QRect box(left, top, area.right() - left, line);
    painter->setPen(colour);
    painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(words, Qt::ElideRight, box.width()));
  };
  write(area.top(), text, index.data(Qt::DisplayRole).toString());
  write(area.top() + line, quiet, index.data(JobListModel::DetailRole).toString());
  const double share = index.data(JobListModel::FractionRole).toDouble();
  if (state != JobView::State::Waiting && share >= 0) {
    const QRectF bar(left, area.bottom() - kBar + 1, area.right() - left, kBar);
    const auto under = selected ? QPalette::Highlight : QPalette::Base;
    painter->fillRect(bar, mixed(option.palette.color(under), text, selected ? 0.35 : 0.15));
    painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share, kBar)),
                      selected ? text : option.palette.color(QPalette::Highlight));
  }
  painter->restore();
}

}  // namespace wordsight::ui
