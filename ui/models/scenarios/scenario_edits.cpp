#include "models/scenarios/scenario_edits.h"

#include <QUndoCommand>
#include <QUndoStack>
#include <memory>

#include "bridge/format.h"
#include "curate/checks.h"
#include "store/scenario_repository.h"

namespace wordsight::ui {

namespace {

constexpr const char* kPerson = "person";

/// Appends a revision, and with it what the checks say of its text, so that lists know at once.
Result<RevisionId> writeEdit(store::Connection& connection, ScenarioId id,
                             const ScenarioContent& content, const std::string& note,
                             RevisionId basedOn) {
  store::ScenarioRepository scenarios(connection);
  RevisionId revision;
  WORDSIGHT_CHECK(connection.transaction([&]() -> Status {
    WORDSIGHT_TRY(revision, scenarios.edit(id, content, kPerson, note, basedOn));
    std::vector<store::ScenarioIssue> issues;
    for (const auto& finding : curate::checkItem(content))
      issues.push_back({revision, finding.code, finding.message});
    return scenarios.setIssues(std::span(&revision, 1), issues);
  }));
  return revision;
}

}  // namespace

/// One decision or change for one or many. Its state is written and read in the writer's thread
/// only, which works in the order asked for.
class BulkCommand : public QUndoCommand {
 public:
  BulkCommand(ScenarioEdits* edits, jobs::BulkSpec spec)
      : m_edits(edits), m_session(edits->m_session), m_spec(std::move(spec)) {
    const auto n = static_cast<std::int64_t>(m_spec.ids.size());
    setText((n == 1 ? ScenarioEdits::tr("%1: %2 scenario") : ScenarioEdits::tr("%1: %2 scenarios"))
                .arg(toQt(jobs::nameOf(m_spec.operation)), formatCount(n)));
  }

  void redo() override {
    const auto* decision = std::get_if<jobs::BulkStatus>(&m_spec.operation);
    // Of many the list is read anew anyway; looking each of them up would hold the window.
    constexpr std::size_t kShownAtOnce = 1000;
    if (decision && m_spec.ids.size() <= kShownAtOnce)
      Q_EMIT m_edits->decided(m_spec.ids, decision->status);
    const bool quiet = decision && m_spec.ids.size() == 1;
    if (!quiet) m_edits->m_bulkStop = std::stop_source();
    if (!quiet) Q_EMIT m_edits->bulkRunning(text());
    m_session->database().write(
        m_edits,
        [edits = m_edits, state = m_state, spec = m_spec,
         stop = m_edits->m_bulkStop.get_token()](store::Connection& connection) {
          return state->done ? again(edits, connection, *state)
                             : apply(edits, connection, *state, spec, stop);
        },
        [edits = m_edits, quiet](Result<Outcome> outcome) {
          report(edits, outcome, quiet, false);
        });
  }

  void undo() override {
    const bool quiet = m_spec.ids.size() == 1;
    if (!quiet) Q_EMIT m_edits->bulkRunning(ScenarioEdits::tr("Undo: %1").arg(text()));
    m_session->database().write(
        m_edits,
        [edits = m_edits, state = m_state](store::Connection& connection) {
          return again(edits, connection, *state);
        },
        [edits = m_edits, quiet](Result<Outcome> outcome) { report(edits, outcome, quiet, true); });
  }

 private:
  struct State {
    bool done = false;  // what was never written cannot be taken back
    jobs::BulkUndo undo;
  };
  struct Outcome {
    int changed = 0, left = 0;  // left: changed by somebody else since
  };

  /// Tells the window from the writer's thread, which the edits outlive.
  static jobs::BulkProgress teller(ScenarioEdits* edits) {
    return [edits](std::int64_t done, std::int64_t total) {
      QMetaObject::invokeMethod(
          edits, [edits, done, total] { Q_EMIT edits->bulkProgress(done, total); },
          Qt::QueuedConnection);
    };
  }

  static Result<Outcome> apply(ScenarioEdits* edits, store::Connection& connection, State& state,
                               const jobs::BulkSpec& spec, const std::stop_token& stop) {
    WORDSIGHT_TRY(state.undo, jobs::applyBulk(connection, spec, kPerson, stop, teller(edits)));
    state.done = true;
    return Outcome{static_cast<int>(state.undo.items.size()), 0};
  }

  /// There and back again are the same.
  static Result<Outcome> again(ScenarioEdits* edits, store::Connection& connection, State& state) {
    if (!state.done || state.undo.items.empty()) return Outcome{};
    const auto before = static_cast<int>(state.undo.items.size());
    WORDSIGHT_TRY(state.undo, jobs::undoBulk(connection, state.undo, kPerson,
                                             jobs::ChangedSince::LeaveThem, teller(edits)));
    const auto changed = static_cast<int>(state.undo.items.size());
    return Outcome{changed, before - changed};
  }

  static void report(ScenarioEdits* edits, const Result<Outcome>& outcome, bool quiet,
                     bool undone) {
    const bool stopped = !outcome && outcome.error().kind == ErrorKind::Cancelled;
    if (!outcome && !stopped)
      Q_EMIT edits->failed(toQt(outcome.error().message));
    else if (outcome && outcome->left > 0)
      Q_EMIT edits->failed((outcome->left == 1
                                ? ScenarioEdits::tr("%1 scenario was changed by somebody else "
                                                    "since, and stays so.")
                                : ScenarioEdits::tr("%1 scenarios were changed by somebody else "
                                                    "since, and stay so."))
                               .arg(formatCount(outcome->left)));
    if (!quiet) Q_EMIT edits->bulkDone(outcome ? outcome->changed : 0, undone);
    edits->done();
  }

  ScenarioEdits* m_edits;
  Session* m_session;
  jobs::BulkSpec m_spec;
  std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// One edit of one scenario. As above, its state belongs to the writer's thread.
class EditCommand : public QUndoCommand {
 public:
  EditCommand(ScenarioEdits* edits, ScenarioEdits::Edit edit)
      : m_edits(edits), m_session(edits->m_session), m_edit(std::move(edit)) {
    setText(m_edit.title.isEmpty()
                ? ScenarioEdits::tr("Edit scenario %1").arg(formatCount(m_edit.id.value))
                : m_edit.title);
    m_state->basedOn = m_edit.basedOn;
  }

  void redo() override { write(m_edit.after, fromQt(m_edit.note), false); }
  void undo() override { write(m_edit.before, "undo", true); }

 private:
  struct State {
    RevisionId basedOn;
    bool written = false;  // what was never written cannot be taken back
  };

  void write(const ScenarioContent& content, const std::string& note, bool undoing) {
    m_session->database().write(
        m_edits,
        [state = m_state, id = m_edit.id, content, note,
         undoing](store::Connection& connection) -> Result<RevisionId> {
          if (undoing && !state->written) return RevisionId();
          WORDSIGHT_TRY(const auto revision,
                        writeEdit(connection, id, content, note, state->basedOn));
          state->basedOn = revision;
          state->written = true;
          return revision;
        },
        [edits = m_edits, edit = m_edit, undoing](Result<RevisionId> revision) {
          if (revision && *revision)
            Q_EMIT edits->saved(edit.id, *revision);
          else if (!revision && revision.error().kind == ErrorKind::Busy && !undoing)
            Q_EMIT edits->conflict(edit);
          else if (!revision) {
            if (!undoing) Q_EMIT edits->notWritten(edit);
            Q_EMIT edits->failed(toQt(revision.error().message));
          }
          edits->done();
        });
  }

  ScenarioEdits* m_edits;
  Session* m_session;
  ScenarioEdits::Edit m_edit;
  std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// A new scenario. Its number belongs to the writer's thread.
class AddCommand : public QUndoCommand {
 public:
  AddCommand(ScenarioEdits* edits, ScenarioContent content, Provenance from)
      : m_edits(edits),
        m_session(edits->m_session),
        m_content(std::move(content)),
        m_from(std::move(from)) {
    setText(ScenarioEdits::tr("Add a scenario"));
  }

  void redo() override {
    m_session->database().write(
        m_edits,
        [id = m_id, content = m_content, from = m_from](store::Connection& connection) {
          return *id ? decided(connection, *id, ReviewStatus::Undecided)
                     : add(connection, *id, content, from);
        },
        [edits = m_edits](Result<ScenarioId> id) {
          if (id)
            Q_EMIT edits->added(*id);
          else
            Q_EMIT edits->failed(toQt(id.error().message));
          edits->done();
        });
  }

  void undo() override {
    m_session->database().write(
        m_edits,
        [id = m_id](store::Connection& connection) -> Result<ScenarioId> {
          if (!*id) return ScenarioId();
          return decided(connection, *id, ReviewStatus::Rejected);
        },
        [edits = m_edits](Result<ScenarioId> id) {
          if (!id) Q_EMIT edits->failed(toQt(id.error().message));
          edits->done();
        });
  }

 private:
  static Result<ScenarioId> decided(store::Connection& connection, ScenarioId id,
                                    ReviewStatus status) {
    WORDSIGHT_CHECK(store::ScenarioRepository(connection).setStatus(id, status, kPerson, "undo"));
    return id;
  }

  static Result<ScenarioId> add(store::Connection& connection, ScenarioId& id,
                                const ScenarioContent& content, const Provenance& from) {
    store::ScenarioRepository scenarios(connection);
    ScenarioId fresh;
    WORDSIGHT_CHECK(connection.transaction([&]() -> Status {
      WORDSIGHT_TRY(fresh, scenarios.add({content, from, kPerson}));
      WORDSIGHT_TRY(const auto scenario, scenarios.get(fresh));
      std::vector<store::ScenarioIssue> issues;
      for (const auto& finding : curate::checkItem(content))
        issues.push_back({scenario.revision, finding.code, finding.message});
      return scenarios.setIssues(std::span(&scenario.revision, 1), issues);
    }));
    id = fresh;
    return id;
  }

  ScenarioEdits* m_edits;
  Session* m_session;
  ScenarioContent m_content;
  Provenance m_from;
  std::shared_ptr<ScenarioId> m_id = std::make_shared<ScenarioId>();
};

ScenarioEdits::ScenarioEdits(Session* session) : QObject(session), m_session(session) {}

ScenarioEdits* ScenarioEdits::of(Session* session) {
  if (!session) return nullptr;
  if (auto* edits = session->findChild<ScenarioEdits*>({}, Qt::FindDirectChildrenOnly))
    return edits;
  return new ScenarioEdits(session);
}

void ScenarioEdits::decide(std::vector<ScenarioId> ids, ReviewStatus status) {
  apply({std::move(ids), jobs::BulkStatus{status}, {}});
}

void ScenarioEdits::apply(jobs::BulkSpec spec) {
  if (!spec.ids.empty()) m_session->undoStack().push(new BulkCommand(this, std::move(spec)));
}

void ScenarioEdits::edit(Edit edit) {
  if (edit.before != edit.after)
    m_session->undoStack().push(new EditCommand(this, std::move(edit)));
}

void ScenarioEdits::setKey(ScenarioId id, int key) {
  m_session->database().read(
      this,
      [id](store::Connection& connection) { return store::ScenarioRepository(connection).get(id); },
      [this, id, key](Result<Scenario> scenario) {
        if (!scenario) {
          Q_EMIT failed(toQt(scenario.error().message));
          return;
        }
        if (key >= static_cast<int>(scenario->content.options.size())) return;
        ScenarioContent after = scenario->content;
        after.key = key;
        edit({id, scenario->revision, scenario->content, std::move(after), {}, {}});
      });
}

void ScenarioEdits::add(const ScenarioContent& content, const Provenance& provenance) {
  m_session->undoStack().push(new AddCommand(this, content, provenance));
}

void ScenarioEdits::settle(const Edit& edit, bool keepMine) {
  m_session->database().write(
      this,
      [edit, keepMine](store::Connection& connection) -> Result<RevisionId> {
        store::ScenarioRepository scenarios(connection);
        RevisionId revision;
        WORDSIGHT_CHECK(connection.transaction([&]() -> Status {
          WORDSIGHT_TRY(const auto theirs, scenarios.get(edit.id));
          WORDSIGHT_TRY(revision, writeEdit(connection, edit.id, edit.after, fromQt(edit.note),
                                            theirs.revision));
          if (keepMine) return {};
          WORDSIGHT_TRY(revision, writeEdit(connection, edit.id, theirs.content,
                                            "kept over an edit at the same time", revision));
          return {};
        }));
        return revision;
      },
      [this, id = edit.id](Result<RevisionId> revision) {
        if (revision)
          Q_EMIT saved(id, *revision);
        else
          Q_EMIT failed(toQt(revision.error().message));
        done();
      });
}

void ScenarioEdits::done() { m_session->noteChange(Content::Scenarios); }

}  // namespace wordsight::ui
