#pragma once
#include <QTimer>
#include <map>

#include "jobs/model_jobs.h"
#include "pages/common/page.h"

class QAction;
class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;
class QStackedWidget;
class QTabWidget;

namespace wordsight::ui {

class MessageBar;
class PreviewPanel;
class QueuePanel;
class RunPanel;
class TrainForm;
class TrainingsPanel;

/// Trains adapters: the form with its preview on one side, the trainings with their curves, answers
/// and outcomes on the other. Starting, resuming and stopping are jobs of the session's model lane.
/// open(): {"run": N} shows a training, {"runs": [N, …]} lays several over each other; {"dataset":
/// name}, {"model": folder}, {"adapter": folder} and {"spec": JSON} fill the form.
class TrainPage : public Page {
  Q_OBJECT
 public:
  explicit TrainPage(Services services, QWidget* parent = nullptr);
  ~TrainPage() override;

  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override;
  void shown() override;
  void flush() override;
  bool dropped(const QStringList& paths) override;

 protected:
  void sessionChanged() override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeActions();
  QWidget* buildForm();
  QWidget* buildTrainings();
  void buildRight();
  void connectPanels();
  void connectNextSteps();
  void compare(const QString& model, const QString& adapter);
  void start();
  void resumeRun();
  void pauseOrGoOn();
  void stopRun();
  void exportCurves();
  void askDatasets();
  void formChanged();
  void updatePreview();
  void updateControls();
  void showSide();
  void hear(quint64 number, const Event& event);
  void ended(quint64 number, RunStatus status, const QString& error);
  void useSettings(const Json& spec);
  void keepForm();
  QVariant swatch(RunId run) const;
  void showTrainings();

  QStackedLayout* m_stack;
  QSplitter* m_splitter;
  QTabWidget* m_sides;
  QStackedWidget* m_right;
  QWidget *m_formSide = nullptr, *m_trainingsSide = nullptr, *m_noTraining = nullptr;
  QScrollArea* m_formScroll;
  TrainForm* m_form;
  QLabel* m_formProblem;
  QPushButton* m_startButton;
  MessageBar* m_message;
  PreviewPanel* m_preview;
  TrainingsPanel* m_trainings;
  QueuePanel* m_queue;
  RunPanel* m_run;
  QSplitter* m_lists;
  QAction *m_start, *m_pause, *m_stop, *m_resume, *m_export, *m_new, *m_list, *m_untick;
  LatestQuery m_datasets, m_evaluations;
  QTimer m_previewTimer;
  jobs::JobNumber m_followed = 0;  // its run is shown as soon as it has one
  std::map<jobs::JobNumber, RunId> m_resuming;
};

}  // namespace wordsight::ui
