#include "models/compare/override_command.h"

#include "store/prediction_repository.h"

namespace wordsight::ui {

OverrideCommand::OverrideCommand(Session& session, std::vector<PredictionId> predictions,
                                 OverrideState before, OverrideState after, Done done,
                                 const QString& text)
    : QUndoCommand(text),
      m_session(&session),
      m_predictions(std::move(predictions)),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_done(std::move(done)) {}

void OverrideCommand::redo() { write(m_after); }
void OverrideCommand::undo() { write(m_before); }

void OverrideCommand::write(const OverrideState& state) {
  if (*m_failed || !m_session) {
    setObsolete(true);
    return;
  }
  Session* session = m_session;
  const auto append = [predictions = m_predictions,
                       state](store::Connection& connection) -> Status {
    store::PredictionRepository repository(connection);
    return connection.transaction([&]() -> Status {
      for (const auto id : predictions)
        WORDSIGHT_CHECK(state.inForce
                            ? repository.overrideChoice(id, state.option, state.person, state.note)
                            : repository.withdrawOverride(id, state.person, state.note));
      return {};
    });
  };
  session->database().write(session, append,
                            [session, done = m_done, failed = m_failed](Status status) {
                              if (!status) *failed = true;
                              if (done) done(status);
                              if (status) session->noteChange(Content::Predictions);
                            });
}

}  // namespace wordsight::ui
