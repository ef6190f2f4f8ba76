#pragma once
#include <QHash>
#include <optional>
#include <vector>

#include "models/evaluations/benchmark_view.h"
#include "pages/common/page.h"

class QComboBox;
class QSplitter;
class QStackedLayout;
class QTabWidget;

namespace wordsight::jobs {
struct BenchmarkSpec;
struct RecordedSpec;
}  // namespace wordsight::jobs

namespace wordsight::ui {

class BenchmarkImport;
class BenchmarkReportPanel;
class CellsPanel;
class CommandPanel;
class ElidedLabel;
class EvaluateForm;
class EvaluationFeed;
class EvaluationTable;
class EvaluationWatch;
class PromptPanel;
class RecordedPanel;

/// Asks models about a benchmark: which one, which model and how at the left; the experiment's
/// cells and what runs now at the right; below it all evaluations, the benchmark's report, prompt,
/// commands and recorded answers.
class EvaluatePage : public Page {
  Q_OBJECT
 public:
  explicit EvaluatePage(Services services, QWidget* parent = nullptr);
  ~EvaluatePage() override;

  /// {"adapter": folder, "model": folder}: chooses them and ticks what was not asked yet.
  /// {"run": id}: that evaluation. {"benchmark": name}: that benchmark.
  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override { return m_actions; }
  void shown() override;
  bool dropped(const QStringList& paths) override;

  EvaluateForm& form() const { return *m_form; }
  BenchmarkImport& importForm() const { return *m_import; }
  BenchmarkReportPanel& report() const { return *m_report; }

 protected:
  void sessionChanged() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum class Purpose { Import, Join, Recorded };
  void buildEmptyStates();
  void buildContent();
  /// Beside the cells the live plot has room in a wide window only; else it is a tab.
  void placeWatch(bool narrow);
  QWidget* buildTop();
  QWidget* buildBenchmarkTab();
  void buildActions();
  QAction* addPageAction(const QString& name, const QString& iconName, const QString& text,
                         const QString& tip);
  void connectParts();
  void reloadBenchmarks(const QString& choose = {});
  void takeBenchmarks(std::vector<BenchmarkView> views, const QString& choose);
  void showBenchmark();
  const BenchmarkView* benchmark() const;
  void showImport(bool open);
  void showContent();
  void startImport(const jobs::BenchmarkSpec& spec);
  void startDemo();
  void startJoin(const QString& folder);
  void startRecorded(jobs::RecordedSpec spec);
  void jobEnded(quint64 number, RunStatus status, const QString& error);
  void firstEvaluations();
  void suggestModel();
  void refreshTexts();
  void useSpec(const QString& text);
  void compare(const std::vector<RunId>& runs);

  QStackedLayout* m_stack;
  QWidget *m_noProject, *m_noBenchmark, *m_content;
  QComboBox* m_choice;
  ElidedLabel* m_summary;
  EvaluationFeed* m_feed;
  EvaluateForm* m_form;
  CellsPanel* m_cells;
  EvaluationWatch* m_watch;
  QSplitter* m_upper;
  QTabWidget* m_tabs;
  EvaluationTable* m_table;
  QWidget* m_benchmarkTab;
  QStackedLayout* m_benchmarkStack;
  BenchmarkImport* m_import;
  BenchmarkReportPanel* m_report;
  PromptPanel* m_prompt;
  CommandPanel* m_commands;
  RecordedPanel* m_recorded;
  QAction *m_importAction, *m_demoAction;
  QList<QAction*> m_actions;
  std::vector<BenchmarkView> m_benchmarks;
  bool m_benchmarksLoaded = false, m_wantsImport = false, m_formFilled = false;
  QHash<quint64, std::pair<Purpose, QString>> m_jobs;  // and the benchmark's name
  LatestQuery m_query;
};

}  // namespace wordsight::ui
