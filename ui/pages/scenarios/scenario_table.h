#pragma once
#include <QPointer>
#include <QTableView>
#include <set>
#include <unordered_set>
#include <vector>

#include "domain/scenario.h"

namespace wordsight::ui {

class ScenarioTableModel;
class Settings;

/// The table of scenarios: keyboard triage, and a place that is not lost when the list changes
/// under it (current scenario, selection and the rows in sight stay where they are).
class ScenarioTable : public QTableView {
  Q_OBJECT
 public:
  explicit ScenarioTable(QWidget* parent = nullptr);

  void setScenarios(ScenarioTableModel* model);
  ScenarioTableModel* scenarios() const { return m_model; }
  ScenarioId currentId() const;
  /// Chosen rows, in the list's order; without a selection the current one.
  std::vector<ScenarioId> selectedIds() const;
  int selectedCount() const;
  /// Makes it current and brings it into sight; false: it is not in the list.
  bool setCurrentId(ScenarioId id);
  /// The row after the current one (or the selection).
  void goOn();
  /// While the list changes, current rows move without anybody having chosen them.
  bool changing() const { return m_changing; }

  void saveLayout(Settings& settings) const;
  void restoreLayout(const Settings& settings);

 Q_SIGNALS:
  void currentScenarioChanged(wordsight::ScenarioId id);
  void selectionCountChanged(int count);
  void decideAsked(wordsight::ReviewStatus status);
  void keyAsked(int key);
  void editAsked();
  void nextIssueAsked();
  void undoAsked();
  void redoAsked();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitColumns();
  bool triageKey(const QKeyEvent& event);
  void beforeChange();
  void afterChange();
  int visibleRows() const;
  void restoreSelection();
  void columnsMenu(const QPoint& place);

  ScenarioTableModel* m_model = nullptr;
  std::vector<int> m_widths;           // of columns, hidden ones too
  std::set<int> m_unwanted, m_noRoom;  // columns hidden by hand, and for want of room
  bool m_changing = false;
  // What beforeChange() remembers.
  ScenarioId m_current;
  std::vector<ScenarioId> m_near;  // from the anchor on, then before it
  int m_anchorOffset = 0;          // rows between the top and the anchor
  bool m_allSelected = false;
  std::unordered_set<ScenarioId> m_selected;
};

}  // namespace wordsight::ui
