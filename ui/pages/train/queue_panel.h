#pragma once
#include <QPointer>
#include <QWidget>

#include "bridge/session.h"

class QListView;
class QToolButton;

namespace wordsight::ui {

class QueueModel;

/// What computes with a model now and what comes next: the order can be changed by dragging or with
/// the buttons, a job paused, stopped or taken out. Hidden while nothing runs or waits.
class QueuePanel : public QWidget {
  Q_OBJECT
 public:
  explicit QueuePanel(QWidget* parent = nullptr);
  void setSession(Session* session);
  QueueModel& model() const { return *m_model; }

 Q_SIGNALS:
  /// The person wants to see what a job does.
  void runChosen(wordsight::RunId run);

 private:
  void build();
  void refresh();
  void move(int by);
  int current() const;

  QPointer<Session> m_session;
  QueueModel* m_model;
  QListView* m_list;
  QToolButton *m_up, *m_down, *m_pause, *m_stop;
  jobs::JobNumber m_chosen = 0;  // kept when the model starts anew
};

}  // namespace wordsight::ui
