#pragma once
#include <QObject>
#include <QPointer>
#include <QString>
#include <stop_token>
#include <vector>

#include "bridge/session.h"
#include "domain/scenario.h"
#include "jobs/bulk_edit.h"

namespace wordsight::ui {

/// What a person decides and writes about scenarios, each a step of the project's undo stack that
/// appends rows and overwrites none. One a session, owned by it, on the window's thread; the file
/// is written in the writer's thread.
class ScenarioEdits : public QObject {
  Q_OBJECT
 public:
  /// The session's own; made at the first use.
  static ScenarioEdits* of(Session* session);

  struct Edit {
    ScenarioId id;
    RevisionId basedOn;  // what the person saw
    ScenarioContent before, after;
    QString note;   // kept with the revision
    QString title;  // of the step; empty: "Edit scenario 12"
  };

  void decide(std::vector<ScenarioId> ids, ReviewStatus status);
  /// One step for many scenarios: a decision, new orders, replaced text.
  void apply(jobs::BulkSpec spec);
  /// Stops the step that is being written; nothing of it is kept.
  void stopBulk() { m_bulkStop.request_stop(); }
  /// Nothing happens when nothing changed.
  void edit(Edit edit);
  /// The key alone, of a scenario whose text is not at hand.
  void setKey(ScenarioId id, int key);
  /// A new scenario by hand, with its provenance. Rows stay, so taking it back rejects it.
  void add(const ScenarioContent& content, const Provenance& provenance);
  /// After conflict(): both versions into the history, the wanted one newest.
  void settle(const Edit& edit, bool keepMine);

 Q_SIGNALS:
  /// At once, before the file has it.
  void decided(const std::vector<wordsight::ScenarioId>& ids, wordsight::ReviewStatus status);
  /// The file has it.
  void saved(wordsight::ScenarioId id, wordsight::RevisionId revision);
  void added(wordsight::ScenarioId id);
  /// A step for many is being written (they take seconds), is so far, and has been: how many it
  /// changed, and whether it was one that took another back.
  void bulkRunning(const QString& what);
  void bulkProgress(qint64 done, qint64 total);
  void bulkDone(int changed, bool undone);
  /// Somebody else edited the scenario in between: nothing was written, `edit` is theirs to settle.
  void conflict(const wordsight::ui::ScenarioEdits::Edit& edit);
  /// The file could not be written; failed() follows with the reason. Nothing of it is lost: edit()
  /// again when there is room.
  void notWritten(const wordsight::ui::ScenarioEdits::Edit& edit);
  void failed(const QString& sentence);

 private:
  friend class AddCommand;
  friend class BulkCommand;
  friend class EditCommand;
  explicit ScenarioEdits(Session* session);
  void done();
  Session* m_session;
  std::stop_source m_bulkStop;
};

}  // namespace wordsight::ui
