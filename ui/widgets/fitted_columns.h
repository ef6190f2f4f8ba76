#pragma once
#include <QAbstractItemView>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <vector>

class QHeaderView;

namespace wordsight::ui {

class Settings;

/// How much room a column wants, in digits of the view's font; 0: what its cells and its title
/// take now.
struct FittedColumn {
  int wanted = 0;
  /// Below this it is of no use. 0: it never shrinks, so that numbers are never cut.
  int least = 0;
  /// Where all that can shrink has shrunk, columns go: the highest first; 0 stays always.
  int rank = 0;
  /// Others go before it shrinks below this; 0: it shrinks to its least before they do.
  int good = 0;
};

/// Keeps the columns of a table or tree within its width, without a scroll bar: one column takes
/// what is left over; where there is too little, columns shrink, and the least important ones are
/// hidden. Live contents never move a column whose width is given in digits. A person's widths and
/// order of rows are kept under `key` (none: they are not kept). Owned by the view; on the window's
/// thread.
class FittedColumns : public QObject {
  Q_OBJECT
 public:
  FittedColumns(QAbstractItemView& view, QHeaderView& header, Settings* settings,
                const QString& key);
  /// `stretch`: the column that takes what is left over.
  void setColumns(std::vector<FittedColumn> columns, int stretch);
  /// Columns that have no room now.
  QList<int> hidden() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  int pixels(int column, int digits) const;
  int leastOf(int column) const;
  int goodOf(int column) const;
  int wantedOf(int column) const;
  void measure();
  void fit();
  void fitSoon() { m_soon.start(); }
  void dragged(int column, int before, int now);
  void keep();
  void restore();

  QAbstractItemView& m_view;
  QPointer<QHeaderView> m_header;
  Settings* m_settings;
  QString m_key;
  std::vector<FittedColumn> m_columns;
  std::vector<int> m_content;  // by contents, where no digits are given
  std::vector<int> m_chosen;   // a person's widths; 0: none
  int m_stretch = 0;
  bool m_fitting = false;
  QTimer m_soon;
};

/// Makes one for a QTableView, QTreeView or QTreeWidget.
FittedColumns* fitColumns(QAbstractItemView& view, Settings* settings, const QString& key,
                          std::vector<FittedColumn> columns, int stretch);

}  // namespace wordsight::ui
