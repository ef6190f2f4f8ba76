#pragma once
#include <QList>
#include <QString>

class QSplitter;
class QTableView;
class QTreeView;

namespace wordsight::ui {

class Settings;

/// Rows of kRowHeight without a grid, whole rows selected, sortable by any column, text elided with
/// the whole of it in the tooltip (which the model gives).
void dressTable(QTableView& view);
void dressTree(QTreeView& view);

/// Widths of columns and their order as a person left them, kept under `key`; at first `widths`,
/// the last column taking what is left. The view must have its model.
void keepColumns(QTableView& view, Settings& settings, const QString& key,
                 const QList<int>& widths);
void keepColumns(QTreeView& view, Settings& settings, const QString& key, const QList<int>& widths);

/// The same for the parts of a splitter; at first `sizes`.
void keepSplitter(QSplitter& splitter, Settings& settings, const QString& key,
                  const QList<int>& sizes);

}  // namespace wordsight::ui
