#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "bridge/session.h"
#include "models/scenarios/check_report.h"

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QTableWidget;
class QVBoxLayout;

namespace wordsight::ui {

class BarPlot;
class EmptyState;
class MessageBar;
class WordDiff;

/// What can be said of all scenarios together: letters of keys, lengths, findings, duplicates. The
/// check runs in the background when somebody asks for it; an old result says that it is old.
class ChecksPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ChecksPanel(QWidget* parent = nullptr);
  void setSession(Session* session);
  /// Scenarios or runs changed.
  void contentChanged();
  void start();

 Q_SIGNALS:
  void issueChosen(const QString& code);
  void letterChosen(int option);
  void groupChosen(const std::vector<wordsight::ScenarioId>& ids, const QString& label);
  void reshuffleAsked();
  void reportChanged(const std::optional<wordsight::ui::CheckReport>& report);

 private:
  void buildHead(QVBoxLayout* column);
  void buildCharts(QVBoxLayout* column);
  void buildLists(QVBoxLayout* column);
  void load();
  void take(std::optional<CheckReport> report);
  void showLetters();
  void showLengths();
  void showFindings();
  void showGroups();
  void groupSelected(int row);
  void compareGroup(const CheckReport::Group& group);
  void progressed(quint64 number);
  void ended(quint64 number, RunStatus status, const QString& error);
  void describe();

  QPointer<Session> m_session;
  std::optional<CheckReport> m_report;
  quint64 m_job = 0;  // the running check
  LatestQuery m_query, m_groupQuery;
  QTimer m_timer;

  MessageBar* m_messages;
  EmptyState* m_empty;
  QScrollArea* m_scroll;
  QWidget* m_body;
  QLabel *m_state, *m_letterText, *m_lengthText, *m_findingsTitle, *m_groupsTitle;
  QPushButton *m_start, *m_stop, *m_reshuffle;
  QProgressBar* m_progress;
  BarPlot *m_letters, *m_lengths;
  QHBoxLayout* m_letterButtons;
  QTableWidget *m_findings, *m_groups;
  WordDiff* m_compare;
};

}  // namespace wordsight::ui
