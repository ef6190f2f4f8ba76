#include "widgets/fitted_columns.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QTreeView>
#include <algorithm>
#include <numeric>

#include "bridge/settings.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kCellMargin = 14;  // what the style leaves beside a cell's text
constexpr int kArrow = 18;       // room for the arrow of the sorted column
constexpr int kRowsMeasured = 100;

QHeaderView* headerOf(QAbstractItemView& view) {
  if (auto* table = qobject_cast<QTableView*>(&view)) return table->horizontalHeader();
  if (auto* tree = qobject_cast<QTreeView*>(&view)) return tree->header();
  return nullptr;
}

}  // namespace

FittedColumns::FittedColumns(QAbstractItemView& view, QHeaderView& header, Settings* settings,
                             const QString& key)
    : QObject(&view), m_view(view), m_header(&header), m_settings(settings), m_key(key) {
  header.setStretchLastSection(false);
  header.setSectionsMovable(false);
  header.setMinimumSectionSize(24);
  header.setSectionResizeMode(QHeaderView::Interactive);
  header.setTextElideMode(Qt::ElideRight);
  view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  view.viewport()->installEventFilter(this);
  m_soon.setSingleShot(true);
  m_soon.setInterval(0);
  connect(&m_soon, &QTimer::timeout, this, [this] {
    measure();
    fit();
  });
  connect(&header, &QHeaderView::sectionResized, this, &FittedColumns::dragged);
  connect(&header, &QHeaderView::sortIndicatorChanged, this, [this] {
    fitSoon();
    keep();
  });
  connect(&header, &QHeaderView::sectionCountChanged, this, &FittedColumns::fitSoon);
  if (const QAbstractItemModel* model = view.model()) {
    connect(model, &QAbstractItemModel::modelReset, this, &FittedColumns::fitSoon);
    connect(model, &QAbstractItemModel::rowsInserted, this, &FittedColumns::fitSoon);
    connect(model, &QAbstractItemModel::headerDataChanged, this, &FittedColumns::fitSoon);
  }
}

void FittedColumns::setColumns(std::vector<FittedColumn> columns, int stretch) {
  const bool first = m_columns.empty();
  if (columns.size() != m_columns.size()) m_chosen.assign(columns.size(), 0);
  m_columns = std::move(columns);
  m_stretch = stretch;
  if (first) restore();
  measure();
  fit();
}

QList<int> FittedColumns::hidden() const {
  QList<int> columns;
  for (int c = 0; m_header && c < m_header->count(); ++c)
    if (m_header->isSectionHidden(c)) columns << c;
  return columns;
}

bool FittedColumns::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) fit();
  if (event->type() == QEvent::FontChange || event->type() == QEvent::Show) fitSoon();
  return QObject::eventFilter(watched, event);
}

/// What cells and titles take; only where it is asked for, and of no more rows than fit a screen.
void FittedColumns::measure() {
  m_content.assign(m_columns.size(), 0);
  const auto* model = m_view.model();
  if (!model) return;
  const int rows = std::min(model->rowCount(), kRowsMeasured);
  const QFontMetrics metrics(m_view.font());
  for (std::size_t c = 0; c < m_columns.size(); ++c) {
    if (m_columns[c].wanted > 0) continue;
    const int column = static_cast<int>(c);
    for (int row = 0; row < rows; ++row)
      m_content[c] = std::max(
          m_content[c], metrics.horizontalAdvance(model->index(row, column).data().toString()));
    m_content[c] += kCellMargin;
  }
}

int FittedColumns::pixels(int column, int digits) const {
  const QFontMetrics metrics(m_view.font());
  const QFontMetrics titles(m_header->font());
  const auto* model = m_view.model();
  const QString title =
      model ? model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() : QString();
  int head = titles.horizontalAdvance(title) + kCellMargin;
  if (m_header->isSortIndicatorShown() && m_header->sortIndicatorSection() == column)
    head += kArrow;
  const int body = digits > 0 ? digits * metrics.horizontalAdvance(u'0') + kCellMargin
                              : m_content[static_cast<std::size_t>(column)];
  return std::max(head, body);
}

int FittedColumns::wantedOf(int column) const {
  const auto at = static_cast<std::size_t>(column);
  return m_chosen[at] > 0 ? m_chosen[at] : pixels(column, m_columns[at].wanted);
}

int FittedColumns::leastOf(int column) const {
  const auto at = static_cast<std::size_t>(column);
  if (m_chosen[at] > 0) return std::min(m_chosen[at], pixels(column, m_columns[at].least));
  if (m_columns[at].least == 0) return wantedOf(column);
  const QFontMetrics metrics(m_view.font());
  return std::min(wantedOf(column),
                  m_columns[at].least * metrics.horizontalAdvance(u'0') + kCellMargin);
}

int FittedColumns::goodOf(int column) const {
  const int good = m_columns[static_cast<std::size_t>(column)].good;
  if (good == 0) return leastOf(column);
  const QFontMetrics metrics(m_view.font());
  return std::min(wantedOf(column), good * metrics.horizontalAdvance(u'0') + kCellMargin);
}

void FittedColumns::fit() {
  const int count = static_cast<int>(m_columns.size());
  if (!m_header || m_fitting || count == 0 || m_header->count() != count) return;
  const int room = m_view.viewport()->width();
  std::vector<int> shown(m_columns.size());
  std::iota(shown.begin(), shown.end(), 0);
  const auto sum = [&](auto width) {
    return std::accumulate(shown.begin(), shown.end(), 0,
                           [&](int total, int column) { return total + width(column); });
  };
  const auto least = [this](int column) { return leastOf(column); };
  while (sum([this](int column) { return goodOf(column); }) > room) {
    const auto last = std::max_element(shown.begin(), shown.end(), [this](int a, int b) {
      return m_columns[static_cast<std::size_t>(a)].rank <
             m_columns[static_cast<std::size_t>(b)].rank;
    });
    if (last == shown.end() || m_columns[static_cast<std::size_t>(*last)].rank == 0) break;
    shown.erase(last);
  }
  const int wanted = sum([this](int column) { return wantedOf(column); });
  const int lacking = std::max(0, wanted - room), give = wanted - sum(least);
  int left = room;
  std::vector<int> widths(m_columns.size(), 0);
  for (const int column : shown) {
    const int spare = wantedOf(column) - leastOf(column);
    const int width =
        wantedOf(column) - (give > 0 ? std::min(spare, (lacking * spare + give - 1) / give) : 0);
    widths[static_cast<std::size_t>(column)] = width;
    left -= width;
  }
  const bool stretches = std::find(shown.begin(), shown.end(), m_stretch) != shown.end();
  if (left > 0 && !shown.empty())
    widths[static_cast<std::size_t>(stretches ? m_stretch : shown.front())] += left;
  m_fitting = true;
  for (int column = 0; column < count; ++column) {
    const int width = widths[static_cast<std::size_t>(column)];
    m_header->setSectionHidden(column, width == 0);
    if (width > 0) m_header->resizeSection(column, width);
  }
  m_fitting = false;
}

/// The border of the column that takes the rest moves its neighbour's width, as a splitter does.
void FittedColumns::dragged(int column, int before, int now) {
  const int count = static_cast<int>(m_columns.size());
  if (m_fitting || before == 0 || now == 0 || column >= count) return;
  int changed = column, width = now;
  if (column == m_stretch) {
    do ++changed;
    while (changed < count && m_header->isSectionHidden(changed));
    if (changed < count) width = m_header->sectionSize(changed) - (now - before);
  }
  if (changed < count)
    m_chosen[static_cast<std::size_t>(changed)] = std::max(width, m_header->minimumSectionSize());
  fit();
  keep();
}

void FittedColumns::keep() {
  if (!m_settings || m_key.isEmpty() || !m_header || m_columns.empty()) return;
  QVariantList values{m_header->sortIndicatorSection(), int(m_header->sortIndicatorOrder())};
  for (const int width : m_chosen) values << width;
  m_settings->setValue(m_key, values);
}

void FittedColumns::restore() {
  if (!m_settings || m_key.isEmpty()) return;
  const QVariantList values = m_settings->value(m_key).toList();
  // Another number of columns is another version's: its widths mean nothing here.
  if (values.size() != static_cast<qsizetype>(m_columns.size()) + 2) return;
  for (std::size_t c = 0; c < m_chosen.size(); ++c)
    m_chosen[c] = std::clamp(values[static_cast<qsizetype>(c) + 2].toInt(), 0, 4000);
  const int sorted = values[0].toInt();
  if (m_header->isSortIndicatorShown() && sorted >= 0 && sorted < m_header->count())
    m_header->setSortIndicator(sorted, values[1].toInt() == int(Qt::DescendingOrder)
                                           ? Qt::DescendingOrder
                                           : Qt::AscendingOrder);
}

FittedColumns* fitColumns(QAbstractItemView& view, Settings* settings, const QString& key,
                          std::vector<FittedColumn> columns, int stretch) {
  QHeaderView* header = headerOf(view);
  if (!header) return nullptr;
  auto* fitted = new FittedColumns(view, *header, settings, key);
  fitted->setColumns(std::move(columns), stretch);
  return fitted;
}

}  // namespace wordsight::ui
