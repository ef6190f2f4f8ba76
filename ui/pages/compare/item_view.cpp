#include "pages/compare/item_view.h"

#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "pages/compare/cell_row.h"
#include "pages/compare/item_list.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/letter_badge.h"
#include "widgets/picture_view.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// Larger ones are decoded to this: 16 million pixels are 64 MB.
constexpr QSize kWhole{4096, 4096};

QLabel* prose(const char* name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QString::fromLatin1(name));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  return label;
}

QString joined(const std::vector<std::string>& values) {
  QStringList list;
  for (const auto& value : values) list << toQt(value);
  return list.join(QStringLiteral(" · "));
}

QString valuesText(const BenchmarkItem& item) {
  QStringList lines;
  if (!item.positiveValues.empty())
    lines << ItemView::tr("Respects: %1").arg(joined(item.positiveValues));
  if (!item.negativeValues.empty())
    lines << ItemView::tr("Violates: %1").arg(joined(item.negativeValues));
  return lines.join(u'\n');
}

}  // namespace

OptionList::OptionList(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
  setObjectName(QStringLiteral("options"));
  m_grid->setContentsMargins(kSpace, kSpaceSmall, kSpace, kSpaceSmall);
  m_grid->setHorizontalSpacing(kSpace);
  m_grid->setVerticalSpacing(kSpaceSmall);
  m_grid->setColumnStretch(1, 1);
}

void OptionList::grow(std::size_t count) {
  while (m_rows.size() < count) {
    const int row = static_cast<int>(m_rows.size());
    Row made{new LetterBadge(this), prose("option", this), new QLabel(this)};
    m_grid->addWidget(made.badge, row, 0, Qt::AlignTop);
    m_grid->addWidget(made.text, row, 1);
    m_grid->addWidget(made.mark, row, 2, Qt::AlignVCenter | Qt::AlignRight);
    m_rows.push_back(made);
  }
}

void OptionList::show(const BenchmarkItem& item) {
  const auto& options = item.content.options;
  grow(options.size());
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    const bool there = i < options.size(), key = static_cast<int>(i) == item.content.key;
    Row& row = m_rows[i];
    row.badge->setVisible(there);
    row.text->setVisible(there);
    row.mark->setVisible(there && key);
    if (!there) continue;
    row.badge->setLetter(static_cast<int>(i));
    row.text->setText(toQt(options[i]));
    QFont own(font());
    own.setWeight(key ? QFont::DemiBold : QFont::Normal);
    row.text->setFont(own);
    row.mark->setText(tr("key"));
    row.mark->setFont(own);
    row.mark->setAccessibleName(tr("The right answer"));
  }
}

ItemView::ItemView(QWidget* parent)
    : QWidget(parent),
      m_picture(new PictureView(this)),
      m_file(new ElidedLabel(this, Qt::ElideMiddle)),
      m_zoom(new QLabel(this)),
      m_situation(prose("situation", this)),
      m_reason(prose("reason", this)),
      m_values(prose("values", this)),
      m_zoomToggle(new QToolButton(this)),
      m_options(new OptionList(this)),
      m_cells(new QVBoxLayout),
      m_scroll(new QScrollArea(this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)) {
  m_splitter->setObjectName(QStringLiteral("itemSplitter"));
  m_splitter->setChildrenCollapsible(false);
  m_splitter->addWidget(makePictureSide());
  m_splitter->addWidget(makeTextSide());
  m_splitter->setSizes({420, 440});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_splitter);
  connect(m_picture, &PictureView::fitBoxChanged, this, &ItemView::askForPictures);
  connect(m_picture, &PictureView::wholeWanted, this, [this] {
    m_whole = true;
    askForPictures();
  });
}

QWidget* ItemView::makePictureSide() {
  auto* side = new QWidget(this);
  side->setMinimumWidth(220);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_picture->setObjectName(QStringLiteral("picture"));
  m_picture->setToolTip(
      tr("Wheel zooms, dragging moves, a double click or Space goes between fitted and 100 %"));
  column->addWidget(m_picture, 1);
  makeZoomBar(column);
  column->addWidget(m_options);
  return side;
}

void ItemView::makeZoomBar(QVBoxLayout* column) {
  m_file->setObjectName(QStringLiteral("pictureFile"));
  m_file->setMuted(true);
  m_zoom->setObjectName(QStringLiteral("zoomLevel"));
  m_zoom->setFont(tabularFont(m_zoom->font()));
  m_zoomToggle->setObjectName(QStringLiteral("zoomToggle"));
  m_zoomToggle->setIcon(icon(QStringLiteral("zoom-fit")));
  m_zoomToggle->setAutoRaise(true);
  m_zoomToggle->setToolTip(tr("Fitted or 100 % (Space)"));
  m_zoomToggle->setAccessibleName(m_zoomToggle->toolTip());
  connect(m_zoomToggle, &QToolButton::clicked, m_picture, &PictureView::toggleZoom);
  connect(m_picture, &PictureView::zoomChanged, this, [this] {
    m_zoom->setText(m_picture->hasPicture() ? formatPercent(m_picture->zoom(), 0) : QString());
    m_zoomToggle->setEnabled(m_picture->hasPicture());
  });
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kSpace, 2, kSpaceSmall, 2);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_file, 1);
  row->addWidget(m_zoom);
  row->addWidget(m_zoomToggle);
  column->addLayout(row);
}

QWidget* ItemView::makeTextSide() {
  m_scroll->setObjectName(QStringLiteral("answers"));
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setMinimumWidth(320);
  auto* inside = new QWidget(m_scroll);
  inside->setBackgroundRole(QPalette::Base);
  inside->setAutoFillBackground(true);
  // The height for this width counts; the layout's least height assumes narrower, longer texts.
  inside->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  column->setSpacing(kSpaceSmall);
  for (QLabel* label : {m_situation, m_reason, m_values}) column->addWidget(label);
  m_reason->setForegroundRole(QPalette::PlaceholderText);
  m_values->setForegroundRole(QPalette::PlaceholderText);
  column->addSpacing(kSpaceSmall);
  m_cells->setSpacing(0);
  column->addLayout(m_cells);
  column->addStretch();
  m_scroll->setWidget(inside);
  return m_scroll;
}

void ItemView::setLoader(PictureLoader* loader) {
  if (m_loader) m_loader->disconnect(this);
  m_loader = loader;
  if (!loader) return;
  connect(loader, &PictureLoader::loaded, this, &ItemView::pictureArrived);
  connect(loader, &PictureLoader::failed, this, &ItemView::pictureArrived);
}

void ItemView::setLocked(const QString& reason) {
  m_locked = reason;
  for (CellRow* row : m_rows) row->setLocked(reason);
}

void ItemView::clear() {
  m_data.reset();
  m_item = -1;
  m_path.clear();
  m_ahead.clear();
  m_splitter->setVisible(false);
}

void ItemView::show(const ComparisonPtr& data, int item, const std::vector<QString>& ahead) {
  const bool same = m_data && m_item == item && data->comparison.items.size() > 0 &&
                    m_data->comparison.items[static_cast<std::size_t>(item)].id ==
                        data->comparison.items[static_cast<std::size_t>(item)].id;
  m_data = data;
  m_item = item;
  m_ahead = ahead;
  m_splitter->setVisible(true);
  const auto& shown = data->comparison.items[static_cast<std::size_t>(item)];
  const QString path = toQt(shown.picture);
  showRows();
  if (same && path == m_path && m_picture->hasPicture()) return askForPictures();
  if (!same) showTexts(shown);
  m_path = path;
  m_whole = false;
  showPicture();
  askForPictures();
}

void ItemView::showTexts(const BenchmarkItem& item) {
  m_picture->setAccessibleName(
      tr("Picture of item %1: %2").arg(QString::number(item.index), toQt(item.content.situation)));
  m_file->setText(tr("Item %1 · %2").arg(QString::number(item.index), toQt(item.imageFile)));
  m_options->show(item);
  m_situation->setText(toQt(item.content.situation));
  const QString values = valuesText(item), reason = toQt(item.content.rationale);
  m_reason->setVisible(!reason.isEmpty());
  m_reason->setText(tr("Reference: %1").arg(reason));
  m_values->setVisible(!values.isEmpty());
  m_values->setText(values);
}

void ItemView::showRows() {
  while (m_rows.size() < m_data->cells.size()) {
    auto* row = new CellRow(this);
    row->setObjectName(QStringLiteral("cellRow%1").arg(m_rows.size()));
    row->setLocked(m_locked);
    row->setExpanded(m_expanded);
    connect(row, &CellRow::overrideDecided, this, &ItemView::overrideDecided);
    connect(row, &CellRow::overrideWithdrawn, this, &ItemView::overrideWithdrawn);
    connect(row, &CellRow::overrideClosed, this, &ItemView::overrideClosed);
    m_cells->addWidget(row);
    m_rows.push_back(row);
  }
  for (std::size_t c = 0; c < m_rows.size(); ++c) {
    m_rows[c]->setVisible(c < m_data->cells.size());
    if (c < m_data->cells.size()) m_rows[c]->show(m_data, c, static_cast<std::size_t>(m_item));
  }
}

void ItemView::beginOverride(int cell) {
  if (!m_data || m_item < 0) return;
  auto place = static_cast<std::size_t>(std::max(0, cell));
  for (std::size_t c = 0; cell < 0 && c < m_data->cells.size(); ++c)
    if (m_data->comparison.cells[c].answers[static_cast<std::size_t>(m_item)].choice.option < 0) {
      place = c;
      break;
    }
  // Asked again while one is open: on to the next cell.
  for (std::size_t c = 0; cell < 0 && c < m_data->cells.size(); ++c)
    if (m_rows[c]->overriding()) {
      m_rows[c]->endOverride();
      place = (c + 1) % m_data->cells.size();
      break;
    }
  if (place >= m_data->cells.size()) return;
  m_rows[place]->beginOverride();
  m_scroll->ensureWidgetVisible(m_rows[place]);
}

PictureRequest ItemView::request(const QString& path) const { return {path, m_picture->fitBox()}; }

void ItemView::showPicture() {
  if (m_path.isEmpty()) {
    m_picture->setMessage(QStringLiteral("picture-missing"),
                          tr("This item has no picture. Join a folder of pictures on the Evaluate "
                             "page; texts and answers are here all the same."));
    return;
  }
  const LoadedPicture loaded = m_loader ? m_loader->picture(request(m_path)) : LoadedPicture{};
  if (!loaded.image.isNull())
    m_picture->setPicture(loaded.image, loaded.natural);
  else if (m_loader && !m_loader->problem(m_path).isEmpty())
    m_picture->setMessage(QStringLiteral("picture-missing"),
                          m_loader->problem(m_path) + QStringLiteral("\n\n") +
                              tr("Join a folder of pictures again on the Evaluate page."));
  else if (const auto small =
               m_loader ? m_loader->picture(thumbnailRequest(m_path, *this)) : LoadedPicture{};
           !small.image.isNull())
    m_picture->setPicture(small.image, small.natural, true);
  else
    m_picture->setWaiting();
}

void ItemView::askForPictures() {
  if (!m_loader || m_item < 0) return;
  std::vector<PictureRequest> wanted{request(m_path)};
  if (m_whole) wanted.push_back({m_path, kWhole});
  for (const QString& path : m_ahead) wanted.push_back(request(path));
  m_loader->want(PictureLoader::Lane::View, std::move(wanted));
}

void ItemView::pictureArrived(const QString& path) {
  if (path != m_path || !m_loader) return;
  if (m_whole)
    if (const auto whole = m_loader->picture({m_path, kWhole}); !whole.image.isNull())
      m_picture->improve(whole.image);
  if (!m_picture->hasPicture())
    showPicture();
  else if (const auto fitted = m_loader->picture(request(m_path)); !fitted.image.isNull())
    m_picture->improve(fitted.image);
}

}  // namespace wordsight::ui
