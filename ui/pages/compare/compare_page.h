#pragma once
#include <memory>
#include <optional>

#include "bridge/picture_loader.h"
#include "models/compare/compare_item_model.h"
#include "models/compare/override_command.h"
#include "pages/common/page.h"

class QLabel;
class QSplitter;
class QStackedWidget;

namespace wordsight::ui {

class CellsBar;
class CompareExport;
class EmptyState;
class EvaluationChooser;
class ItemFilterBar;
class ItemList;
class ItemView;
class MessageBar;
class StatisticsPanel;

/// Answers side by side, item by item: which evaluations, which items, one item whole, and what may
/// be said of all of them. Wires its parts; comparing happens in the database's threads, pictures
/// are decoded in the loader's.
class ComparePage : public Page {
  Q_OBJECT
 public:
  explicit ComparePage(Services services, QWidget* parent = nullptr);
  ~ComparePage() override;

  /// {"runs": [3, 4, …]}: these side by side.
  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override { return m_actions; }
  void shown() override;

  // What tests and benchmarks look at.
  const ComparisonPtr& comparison() const { return m_items->comparison(); }
  int currentItem() const;
  PictureLoader* loader() const { return m_loader.get(); }
  CompareExport* exporter() const { return m_export; }

 protected:
  void sessionChanged() override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void makeLayout();
  QWidget* makeListSide();
  void makeRemarks();
  void makeActions();
  void connectParts();
  void addWalk(const QString& text, const char* name, const QList<QKeySequence>& keys,
               const std::function<void()>& walk);
  void keepLayout();

  void contentChanged(Content content);
  void refreshRuns();
  void applyRuns(std::vector<CandidateCell> entries, const std::vector<RunId>& latest);
  void compare();
  void addIntervals();
  void stopComparing();
  void apply(ComparisonPtr data);
  void showEmpty();
  void showRemarks();
  void showError(const QString& sentence);
  void showSaved(const QString& file);

  void choosePair(std::size_t first, std::size_t second);
  void restorePair();
  void filterChanged(const ComparisonFilter& filter);
  void showRows();
  void step(int rows);
  void goTo(int row);
  void currentChanged();
  void overrideAnswer(std::size_t cell, OverrideState after);

  QStackedWidget* m_stack;
  EmptyState* m_empty;
  QWidget* m_content;
  MessageBar *m_message, *m_remarks;
  CellsBar* m_cells;
  ItemFilterBar* m_filter;
  ItemList* m_list;
  ItemView* m_view;
  StatisticsPanel* m_statistics;
  EvaluationChooser* m_chooser;
  CompareExport* m_export;
  QLabel *m_nothing, *m_waiting;
  QSplitter *m_across, *m_down;
  QAction *m_goEvaluate, *m_openSaved;
  QList<QAction*> m_actions;

  CompareItemModel* m_items;
  std::unique_ptr<PictureLoader> m_loader;
  std::vector<CandidateCell> m_entries;
  std::vector<RunId> m_shown, m_checked;
  bool m_picked = false;  // a person chose the cells: newer evaluations don't replace them
  bool m_stale = true, m_answersStale = true;
  RunId m_pairFirst, m_pairSecond;
  ItemId m_current;
  QString m_remarksRead;  // closed by a person: not shown again
  int m_direction = 1;
  LatestQuery m_runsQuery, m_compareQuery, m_intervalsQuery;
  std::stop_source m_stopIntervals;
};

}  // namespace wordsight::ui
