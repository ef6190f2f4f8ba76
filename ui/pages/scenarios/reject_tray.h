#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "bridge/session.h"
#include "domain/scenario.h"
#include "models/scenarios/reject_model.h"

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace wordsight::ui {

class MessageBar;

/// What generators wrote that did not become a scenario: why, the raw text, and a way to mend it by
/// hand into a scenario that says where it came from.
class RejectTray : public QWidget {
  Q_OBJECT
 public:
  explicit RejectTray(QWidget* parent = nullptr);
  void setSession(Session* session);
  /// The run whose rejects are meant by "this run".
  void setRun(std::optional<RunId> run);
  void refresh();
  RejectModel* model() const { return m_model; }

 private:
  void buildText();
  void choose(int row);
  void check();
  void takeCheck(Result<ScenarioContent> content);
  void keep();
  void applyRun();

  QPointer<Session> m_session;
  std::optional<RunId> m_run;
  RejectModel* m_model;
  std::optional<store::Reject> m_chosen;
  std::optional<ScenarioContent> m_content;  // what the text says now, when it can be kept
  LatestQuery m_checkQuery;
  QTimer m_timer;
  QTableView* m_list;
  QCheckBox* m_thisRun;
  QLabel *m_count, *m_verdict;
  QPlainTextEdit* m_text;
  QPushButton *m_copy, *m_keep;
  MessageBar* m_messages;
};

}  // namespace wordsight::ui
