#pragma once
#include <QPointer>
#include <QWidget>
#include <vector>

#include "bridge/picture_loader.h"
#include "models/compare/comparison_data.h"

class QFrame;
class QGridLayout;
class QLabel;
class QScrollArea;
class QSplitter;
class QToolButton;
class QVBoxLayout;

namespace wordsight::ui {

class CellRow;
class ElidedLabel;
class LetterBadge;
class PictureView;

/// The options of an item, with the key marked. Widgets are used again from item to item.
class OptionList : public QWidget {
  Q_OBJECT
 public:
  explicit OptionList(QWidget* parent = nullptr);
  void show(const BenchmarkItem& item);

 private:
  struct Row {
    LetterBadge* badge;
    QLabel *text, *mark;
  };
  void grow(std::size_t count);
  QGridLayout* m_grid;
  std::vector<Row> m_rows;
};

/// One item, whole: its picture and options at the left, its texts and every cell's answer at the
/// right. The page says which item, and which pictures will probably be asked for next.
class ItemView : public QWidget {
  Q_OBJECT
 public:
  explicit ItemView(QWidget* parent = nullptr);
  void setLoader(PictureLoader* loader);
  /// Why nothing can be decided; empty: it can.
  void setLocked(const QString& reason);

  /// `ahead`: paths of the pictures that come next, nearest first.
  void show(const ComparisonPtr& data, int item, const std::vector<QString>& ahead);
  void clear();
  /// Opens the editor of a cell's override; −1: of the first whose answer could not be read, or the
  /// first; of the next cell while one is open.
  void beginOverride(int cell = -1);
  PictureView* picture() const { return m_picture; }
  QSplitter* splitter() const { return m_splitter; }

 Q_SIGNALS:
  void overrideDecided(std::size_t cell, int option, const QString& note);
  void overrideWithdrawn(std::size_t cell, const QString& note);
  /// The editor that had the keyboard's focus went away.
  void overrideClosed();

 private:
  QWidget* makePictureSide();
  QWidget* makeTextSide();
  void makeZoomBar(QVBoxLayout* column);
  void showTexts(const BenchmarkItem& item);
  void showRows();
  void showPicture();
  void askForPictures();
  void pictureArrived(const QString& path);
  PictureRequest request(const QString& path) const;

  PictureView* m_picture;
  ElidedLabel* m_file;
  QLabel *m_zoom, *m_situation, *m_reason, *m_values;
  QToolButton* m_zoomToggle;
  OptionList* m_options;
  QVBoxLayout* m_cells;
  QScrollArea* m_scroll;
  QSplitter* m_splitter;
  std::vector<CellRow*> m_rows;
  QString m_locked;
  bool m_expanded = false;

  QPointer<PictureLoader> m_loader;
  ComparisonPtr m_data;
  int m_item = -1;
  QString m_path;
  bool m_whole = false;  // the whole picture was asked for
  std::vector<QString> m_ahead;
};

}  // namespace wordsight::ui
