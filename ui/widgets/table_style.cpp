#include "widgets/table_style.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTableView>
#include <QTreeView>

#include "bridge/settings.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

void dressView(QAbstractItemView& view, QHeaderView& header) {
  view.setSelectionBehavior(QAbstractItemView::SelectRows);
  view.setSelectionMode(QAbstractItemView::ExtendedSelection);
  view.setEditTriggers(QAbstractItemView::NoEditTriggers);
  view.setAlternatingRowColors(false);
  view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  view.setFont(tabularFont(view.font()));
  header.setHighlightSections(false);
  header.setStretchLastSection(true);
  header.setSectionsMovable(true);
  header.setMinimumSectionSize(40);
}

void keepHeader(QHeaderView& header, Settings& settings, const QString& key,
                const QList<int>& widths) {
  const QByteArray kept = settings.value(key).toByteArray();
  // Another number of columns is another version's: its widths mean nothing here.
  if (kept.isEmpty() || !header.restoreState(kept) || header.count() != widths.size())
    for (int i = 0; i < widths.size() && i < header.count(); ++i)
      header.resizeSection(i, widths[i]);
  const auto save = [&header, &settings, key] { settings.setValue(key, header.saveState()); };
  QObject::connect(&header, &QHeaderView::sectionResized, &header, save);
  QObject::connect(&header, &QHeaderView::sectionMoved, &header, save);
  QObject::connect(&header, &QHeaderView::sortIndicatorChanged, &header, save);
}

}  // namespace

void dressTable(QTableView& view) {
  dressView(view, *view.horizontalHeader());
  view.setShowGrid(false);
  view.setWordWrap(false);
  view.setCornerButtonEnabled(false);
  view.setTabKeyNavigation(false);
  view.verticalHeader()->hide();
  view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  view.verticalHeader()->setDefaultSectionSize(kRowHeight);
  view.setSortingEnabled(true);
}

void dressTree(QTreeView& view) {
  dressView(view, *view.header());
  view.setUniformRowHeights(true);
  view.setSortingEnabled(true);
}

void keepColumns(QTableView& view, Settings& settings, const QString& key,
                 const QList<int>& widths) {
  keepHeader(*view.horizontalHeader(), settings, key, widths);
}

void keepColumns(QTreeView& view, Settings& settings, const QString& key,
                 const QList<int>& widths) {
  keepHeader(*view.header(), settings, key, widths);
}

void keepSplitter(QSplitter& splitter, Settings& settings, const QString& key,
                  const QList<int>& sizes) {
  splitter.setChildrenCollapsible(false);
  const QByteArray kept = settings.value(key).toByteArray();
  if (kept.isEmpty() || !splitter.restoreState(kept)) splitter.setSizes(sizes);
  QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter,
                   [&splitter, &settings, key] { settings.setValue(key, splitter.saveState()); });
}

}  // namespace wordsight::ui
