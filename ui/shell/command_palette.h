#pragma once
#include <QFrame>
#include <QList>

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;

namespace wordsight::ui {

class CommandFilter;
class CommandListModel;

/// Ctrl+K: every page and action by a few letters of its name. Letters may be far apart ("trn"
/// finds "Train"); Enter runs the first match, Esc closes. Says so when nothing matches.
class CommandPalette : public QFrame {
  Q_OBJECT
 public:
  explicit CommandPalette(QWidget* window);
  /// Shows it over the window with these actions; disabled ones are left out.
  void popUp(const QList<QAction*>& actions);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void run(const QModelIndex& index);
  void choose(int step);
  void typed(const QString& text);
  QLineEdit* m_input;
  QListView* m_list;
  QLabel* m_none;
  CommandListModel* m_model;
  CommandFilter* m_filter;
};

}  // namespace wordsight::ui
