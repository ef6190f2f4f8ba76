#pragma once
#include <QPointer>
#include <QWidget>

#include "bridge/session.h"

class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace wordsight::ui {

class ElidedLabel;

/// One running job: what it is, how far, how fast, how long still; pause and stop.
class JobRow : public QWidget {
  Q_OBJECT
 public:
  explicit JobRow(quint64 number, QWidget* parent = nullptr);
  quint64 number() const { return m_number; }
  void display(const JobView& job);

 Q_SIGNALS:
  void pauseClicked(quint64 number, bool pause);
  void stopClicked(quint64 number);

 private:
  quint64 m_number;
  bool m_paused = false, m_stopping = false;
  ElidedLabel *m_label, *m_detail;
  QProgressBar* m_bar;
  QToolButton *m_pause, *m_stop;
};

/// The strip at the window's bottom: a row for each job that runs, how many wait, and what ended
/// last (a failure stays with its sentence until it is closed).
class JobStrip : public QWidget {
  Q_OBJECT
 public:
  explicit JobStrip(QWidget* parent = nullptr);
  void setSession(Session* session);

 Q_SIGNALS:
  /// "Show" beside a job that ended.
  void runRequested(wordsight::RunId run);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void reload();
  void progressed(quint64 number);
  void ended(quint64 number, RunStatus status, const QString& error);
  QPointer<Session> m_session;
  QVBoxLayout* m_rows;
  QList<JobRow*> m_running;
  ElidedLabel* m_last;
  QLabel *m_lastIcon, *m_waiting;
  QToolButton *m_show, *m_dismiss;
  RunId m_lastRun;
  bool m_lastFailed = false;
};

}  // namespace wordsight::ui
