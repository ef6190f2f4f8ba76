#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "bridge/session.h"
#include "store/scenario_repository.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableWidget;
class QVBoxLayout;

namespace wordsight::ui {

class CommandLine;
class GenerateForm;
class MessageBar;
class ModelCatalog;
class PromptView;
class RejectTray;
class Settings;

/// Lets a model or the demo's grammar write scenarios, and shows what comes while it comes. Each
/// valid one is kept at once; stopping keeps what came.
class GeneratePanel : public QWidget {
  Q_OBJECT
 public:
  GeneratePanel(ModelCatalog& models, Settings& settings, QWidget* parent = nullptr);
  void setSession(Session* session);
  GenerateForm* form() const { return m_form; }

 Q_SIGNALS:
  void scenarioChosen(wordsight::ScenarioId id);
  void runChosen(wordsight::RunId run);

 private:
  struct Tail {
    std::vector<store::ScenarioRow> newest;
    std::int64_t arrived = 0, rejected = 0;
  };
  void buildRun(QVBoxLayout* column);
  void start();
  void adopt();
  void jobEvent(quint64 number, const Event& event);
  void progressed(quint64 number);
  void ended(quint64 number, RunStatus status, const QString& error);
  void loadTail();
  void takeTail(Tail tail);
  void describe();
  void describeProgress();

  QPointer<Session> m_session;
  quint64 m_job = 0;
  RunId m_run;  // of the newest job, also after its end
  std::int64_t m_arrived = 0, m_rejected = 0;
  LatestQuery m_tailQuery;
  QTimer m_timer;

  GenerateForm* m_form;
  CommandLine* m_command;
  PromptView* m_prompt;
  QPushButton *m_start, *m_stop, *m_showRun;
  QLabel *m_problem, *m_state;
  QProgressBar* m_progress;
  MessageBar* m_messages;
  QTabWidget* m_tabs;
  QTableWidget* m_arrivedList;
  RejectTray* m_tray;
};

}  // namespace wordsight::ui
