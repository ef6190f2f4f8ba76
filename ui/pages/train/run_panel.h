#pragma once
#include <QList>
#include <QPointer>
#include <QWidget>
#include <memory>
#include <vector>

#include "bridge/session.h"
#include "pages/train/curve_feed.h"
#include "pages/train/training_record.h"
#include "widgets/message_bar.h"

class QAction;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QTabWidget;
class QToolButton;

namespace wordsight::ui {

class AnswersPanel;
class CurveGroup;
class ElidedLabel;
class ResultPanel;
class Settings;

/// What can be done with a training just now; the page's actions follow it.
struct TrainingControls {
  bool canPause = false, canGoOn = false, canStop = false, canResume = false;
  QString whyNotResume;
};

/// One training: how it goes, its curves beside those of others, its answers, what came of it, and
/// its log. Everything is read in the background; a running one is followed by its events.
class RunPanel : public QWidget {
  Q_OBJECT
 public:
  RunPanel(Settings& settings, QWidget* parent = nullptr);

  void setSession(Session* session);
  /// No run: an empty panel.
  void showRun(RunId run, const QString& title);
  RunId run() const { return m_run; }
  /// Earlier runs whose curves are laid over.
  void setOverlays(const std::vector<CurveFeed::Shown>& overlays);
  CurveFeed& feed() const { return *m_feed; }
  CurveGroup& curves() const { return *m_curves; }
  const TrainingRecord* record() const { return m_record.get(); }
  TrainingControls controls() const;
  /// A run that waits in the queue to be resumed.
  void setWaitingToResume(bool waiting);
  /// Its tabs and what can be done with its adapter, for the command palette.
  QList<QAction*> panelActions() const;
  /// The buttons in the header.
  void setActions(QAction* pause, QAction* stop, QAction* resume);
  void showLog();
  void showResult();
  /// Asks for a file and writes the shown curves to it.
  void saveCurves();
  void say(MessageBar::Kind kind, const QString& sentence);

 Q_SIGNALS:
  /// controls() changed.
  void controlsChanged();
  void evaluateWanted(const QString& model, const QString& adapter);
  void compareWanted(const QString& model, const QString& adapter);
  void mergeWanted(const QString& model, const QString& adapter);
  /// The form is to be filled with this training's settings.
  void settingsWanted(const wordsight::Json& spec);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QWidget* buildHeader();
  void buildTabs();
  void addTabActions();
  void makePlots();
  void reload();
  void arrived(Result<std::shared_ptr<TrainingRecord>> record);
  void hear(quint64 number, const Event& event);
  void showProgress();
  void showState();
  void showOutcome();
  QString outcomeText(RunStatus status) const;
  void showRuns();
  void loadLog();
  void appendLog(const QString& line, bool warning);
  const JobView* job() const;

  Settings& m_settings;
  QPointer<Session> m_session;
  RunId m_run;
  QString m_title;
  std::vector<CurveFeed::Shown> m_overlays;
  std::shared_ptr<TrainingRecord> m_record;
  std::vector<Sample> m_liveSamples;  // told since the run was chosen or started
  LatestQuery m_recordQuery, m_logQuery;
  bool m_waitingToResume = false, m_logLoaded = false, m_outcomeShown = false, m_plotsMade = false;
  QString m_problem;  // of reading, not of the run

  ElidedLabel* m_name;
  QLabel* m_statusIcon;
  ElidedLabel* m_status;
  QProgressBar* m_progress;
  QToolButton *m_pause, *m_stop, *m_resume;
  MessageBar* m_message;
  QTabWidget* m_tabs;
  CurveGroup* m_curves;
  CurveFeed* m_feed;
  AnswersPanel* m_answers;
  ResultPanel* m_result;
  QPlainTextEdit* m_log;
  QList<QAction*> m_tabActions;
  QAction *m_showLogAction, *m_resumeAction = nullptr;
};

}  // namespace wordsight::ui
