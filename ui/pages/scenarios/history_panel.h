#pragma once
#include <QPointer>
#include <QWidget>

#include "bridge/session.h"
#include "models/scenarios/history_model.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace wordsight::ui {

class EmptyState;
class MessageBar;
class WordDiff;

/// Who made what of a scenario: its revisions and decisions, any two revisions compared word by
/// word, and the way back to an older one. Asks the file only while it is visible.
class HistoryPanel : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryPanel(QWidget* parent = nullptr);
  void setSession(Session* session);
  void show(ScenarioId id);
  void reload();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildCompare();
  void load();
  void take(store::ScenarioHistory history);
  void rowChosen();
  void compare();
  void restore();
  const Revision* chosen(const QComboBox* menu) const;

  QPointer<Session> m_session;
  ScenarioId m_id, m_shown;
  bool m_stale = true;
  LatestQuery m_query;
  HistoryModel* m_model;
  EmptyState* m_empty;
  QWidget* m_body;
  MessageBar* m_messages;
  QLabel* m_origin;
  QTableView* m_list;
  QComboBox *m_before, *m_after;
  QCheckBox* m_onlyChanges;
  QPushButton* m_restore;
  WordDiff* m_diff;
};

}  // namespace wordsight::ui
