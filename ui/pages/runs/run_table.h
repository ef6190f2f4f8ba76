#pragma once
#include <QTreeView>

namespace wordsight::ui {

class RunTableModel;
class Settings;

/// The list of runs: rows of one height, curves in small, a star that a click or S toggles.
class RunTable : public QTreeView {
  Q_OBJECT
 public:
  explicit RunTable(RunTableModel* model, Settings& settings, QWidget* parent = nullptr);
  void toggleStar(const QModelIndex& index);
  /// Groups fill their row and stand open.
  void showGroups();

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  RunTableModel* m_runs;
};

}  // namespace wordsight::ui
