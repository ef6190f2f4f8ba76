#pragma once
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "models/evaluations/benchmark_view.h"
#include "models/evaluations/evaluation_feed.h"
#include "pages/evaluate/cell_matrix.h"

class QAction;
class QLabel;
class QPushButton;

namespace wordsight::ui {

class EvaluateForm;
class MessageBar;

/// The experiment's cells with their latest results, ticked and run from here; failures and
/// evaluations that can go on are said below.
class CellsPanel : public QWidget {
  Q_OBJECT
 public:
  CellsPanel(EvaluationFeed& feed, EvaluateForm& form, QWidget* parent = nullptr);
  void setSession(Session* session);
  void setBenchmark(const std::optional<BenchmarkView>& view);

  CellMatrix& matrix() const { return *m_matrix; }
  /// What "run" would queue, with their commands.
  std::vector<jobs::EvaluationSpec> tickedSpecs() const;
  void run();
  /// Ticks captions and pictures of both rows where nothing was asked yet, now and as soon as the
  /// model has been read.
  void tickOpen();
  void resume(RunId run);
  /// Newest results of the cells that are shown.
  std::vector<RunId> shownRuns() const;
  QPushButton& runButton() const { return *m_run; }

 Q_SIGNALS:
  void ticksChanged();
  void chosen(wordsight::RunId run);
  void compareAsked(const std::vector<wordsight::RunId>& runs);

 private:
  void build();
  void refresh();
  void refreshButtons();
  void offerResume();
  void ended(quint64 number, RunStatus status, const QString& error);
  jobs::EvaluationSpec specOf(CellPlace place) const;
  CellState stateOf(CellPlace place) const;
  /// Why nothing at all can be asked, or why this cell cannot.
  QString obstacle() const;
  QString obstacle(CellPlace place) const;
  QString labelOf(const jobs::EvaluationSpec& spec) const;

  EvaluationFeed& m_feed;
  EvaluateForm& m_form;
  QPointer<Session> m_session;
  std::optional<BenchmarkView> m_view;
  CellMatrix* m_matrix;
  QPushButton *m_run, *m_compare;
  QLabel* m_hint;
  MessageBar *m_failure, *m_offer;
  QAction* m_resumeAction;
  QTimer m_refresh;          // many signals, one repaint
  QSet<quint64> m_mine;      // jobs queued here
  QSet<qint64> m_dismissed;  // stopped runs that are not to be offered again
  std::vector<RunId> m_offered;
  bool m_tickOpen = false;  // once the models are known
};

}  // namespace wordsight::ui
