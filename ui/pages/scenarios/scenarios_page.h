#pragma once
#include <QList>
#include <QTimer>
#include <functional>

#include "models/scenarios/scenario_edits.h"
#include "models/scenarios/scenario_facets.h"
#include "pages/common/page.h"

class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace wordsight::ui {

class BulkPanel;
class ChecksPanel;
class ChecksStrip;
class DatasetsPanel;
class ElidedLabel;
class EmptyState;
class ExportPanel;
class GeneratePanel;
class ScenarioFilterBar;
class HistoryPanel;
class ImportPanel;
class ItemPanel;
class MessageBar;
class ScenarioTable;
class ScenarioTableModel;
class TriageBar;

/// Curating by hand: all scenarios in one table, the chosen one beside it to read, decide and edit,
/// and panels for what concerns many.
class ScenariosPage : public Page {
  Q_OBJECT
 public:
  explicit ScenariosPage(Services services, QWidget* parent = nullptr);
  ~ScenariosPage() override;

  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override { return m_actions; }
  void shown() override;
  void hiddenAway() override;
  void flush() override;
  bool dropped(const QStringList& paths) override;

 protected:
  void sessionChanged() override;

 private:
  QWidget* buildLeft();
  void buildActions();
  QAction* add(const char* name, const char* iconName, const QString& text, const QString& tip,
               std::function<void()> work);
  void addTableActions();
  void connectTable();
  void connectChecks();
  void connectGenerate();
  void connectDatasets();
  void buildTabs();
  void connectSession();
  void connectEdits(ScenarioEdits* edits);
  void applyFilter();
  void listChanged();
  void currentChanged(ScenarioId id);
  void decide(const std::vector<ScenarioId>& ids, ReviewStatus status, bool goOn);
  void keyPressed(int key);
  void nextIssue();
  void addByHand();
  void askFacets();
  void takeFacets(ScenarioFacets facets);
  void contentChanged(Content content);
  void showFailure(const QString& sentence);
  QWidget* panelNamed(const QString& name) const;
  void saveLayout();
  bool writable();

  ScenarioTableModel* m_model;
  ScenarioFilterBar* m_filter;
  MessageBar* m_messages;
  ScenarioTable* m_table;
  QStackedWidget* m_left;
  EmptyState *m_nothing, *m_noMatch;
  BulkPanel* m_bulk;
  TriageBar* m_triage;
  ElidedLabel* m_hint;
  QSplitter* m_splitter;
  QTabWidget* m_tabs;
  ItemPanel* m_item;
  HistoryPanel* m_history;
  ChecksPanel* m_checks;
  ChecksStrip* m_checksLine;
  GeneratePanel* m_generate;
  QWidget* m_transfer;
  ImportPanel* m_import;
  ExportPanel* m_export;
  DatasetsPanel* m_datasets = nullptr;

  QList<QAction*> m_actions;
  ScenarioId m_goTo;  // to be shown as soon as it is in the list
  bool m_reshuffleNext = false;
  bool m_listFailed = false;  // the message is about the list, and goes when it is read again
  std::optional<ScenarioEdits::Edit> m_notWritten;
  std::int64_t m_total = -1;  // scenarios in the project; -1: not counted yet
  bool m_facetsRunning = false, m_facetsAgain = false;
  LatestQuery m_facetsQuery, m_nextQuery;
  QTimer m_facetsTimer;
};

}  // namespace wordsight::ui
