#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "bridge/session.h"
#include "curate/checks.h"
#include "models/scenarios/scenario_edits.h"
#include "store/scenario_repository.h"

class QButtonGroup;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace wordsight::ui {

class ElidedLabel;
class EmptyState;
class FindingsList;
class ItemForm;
class MessageBar;

/// One scenario to be read, decided and edited. What is typed is kept as a revision when the
/// scenario is left, after a pause, or by Ctrl+S; each is a step of the undo stack.
class ItemPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ItemPanel(QWidget* parent = nullptr);

  void setSession(Session* session);
  /// Shows a scenario (none: an empty id) after keeping what was typed into the one before.
  void show(ScenarioId id);
  ScenarioId id() const { return m_id; }
  bool loaded() const { return m_loaded.has_value() && m_loaded->id == m_id; }
  bool dirty() const { return m_dirty; }
  /// Keeps what was typed now.
  void save();
  /// Looks whether the file says something newer.
  void reload();
  /// As from the keyboard in the table; kept at once.
  void setKey(int key);
  void focusText();
  bool hasFocusInside() const;
  void setCategories(const QStringList& categories);
  /// The list does not show this scenario any more (it was edited or decided away).
  void setOutsideList(bool outside);

 Q_SIGNALS:
  void decideAsked(wordsight::ReviewStatus status);
  void historyAsked();
  void left();  // Esc: back to the table
  void showIssue(const QString& code);

 private:
  struct Loaded {
    Scenario scenario;
    std::vector<store::ScenarioIssue> issues;
    std::string author;
  };
  void buildHead();
  void buildFoot();
  void load();
  void take(Loaded loaded);
  void edited();
  void runChecks();
  void takeFindings(const ScenarioContent& content, std::vector<curate::Finding> findings);
  void fix(int line);
  void saved(ScenarioId id, RevisionId revision);
  void conflict(const ScenarioEdits::Edit& edit);
  void notWritten(const ScenarioEdits::Edit& edit);
  void settle(bool keepMine);
  void revert();
  void describe();
  void updateState();
  void enable();

  QPointer<Session> m_session;
  ScenarioEdits* m_edits = nullptr;
  ScenarioId m_id;
  std::optional<Scenario> m_loaded;  // as in the file, or as last handed over to it
  std::string m_author;
  std::vector<store::ScenarioIssue> m_issues;  // of the set's checks
  std::vector<curate::Finding> m_findings;
  ScenarioContent m_checked;
  bool m_dirty = false;
  int m_saving = 0;  // edits on their way into the file
  std::optional<ScenarioEdits::Edit> m_conflict;
  std::optional<int> m_pendingKey;
  LatestQuery m_loadQuery, m_checkQuery;
  QTimer m_saveTimer, m_checkTimer;

  ElidedLabel *m_title, *m_origin, *m_state;
  QButtonGroup* m_decisions;
  MessageBar* m_messages;
  QScrollArea* m_scroll;
  ItemForm* m_form;
  FindingsList* m_list;
  QLineEdit* m_note;
  QToolButton *m_revert, *m_history;
  EmptyState* m_empty;
  QWidget* m_body;
};

}  // namespace wordsight::ui
