#pragma once
#include <QString>

#include "bridge/session.h"

namespace wordsight::ui {

/// Whether a run stopped before its end and can go on from where it was: trainings, evaluations and
/// syntheses that were interrupted, stopped or failed.
bool canResume(RunKind kind, RunStatus status);

/// Queues the rest of a run; its stored spec counts.
jobs::JobNumber resumeRun(Session& session, const Run& run);

}  // namespace wordsight::ui
