#pragma once
#include <QPointer>
#include <QString>
#include <QUndoCommand>
#include <functional>
#include <string>
#include <vector>

#include "bridge/session.h"
#include "domain/prediction.h"

namespace wordsight::ui {

/// A person's reading of an answer: an option (-1: says none), or nothing, so that the rule's
/// holds.
struct OverrideState {
  bool inForce = false;
  int option = -1;
  std::string person, note;
};

/// Overrides (or lets go of) one item's answer in one run. Redo and undo append rows; what the
/// model answered and what was decided before stay in the file. Writing happens in the database's
/// thread; `done` is called on the window's thread afterwards, also after an error: then the
/// command has changed nothing and steps out of the stack at its next turn.
class OverrideCommand : public QUndoCommand {
 public:
  using Done = std::function<void(const Status& status)>;

  /// `predictions`: those of all shifts of the item.
  OverrideCommand(Session& session, std::vector<PredictionId> predictions, OverrideState before,
                  OverrideState after, Done done, const QString& text);
  void redo() override;
  void undo() override;

 private:
  void write(const OverrideState& state);
  QPointer<Session> m_session;
  std::vector<PredictionId> m_predictions;
  OverrideState m_before, m_after;
  Done m_done;
  std::shared_ptr<bool> m_failed = std::make_shared<bool>(false);
};

}  // namespace wordsight::ui
