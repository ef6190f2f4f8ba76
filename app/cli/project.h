#pragma once
#include <memory>
#include <string>

#include "jobs/job.h"
#include "session.h"
#include "store/project.h"

namespace wordsight::cli {

/// Opens for work: marks runs of dead processes as interrupted and says so.
Result<store::Project> openForWriting(Session& session, const std::string& path);
Result<store::Project> openForReading(const std::string& path);
/// For work that reads, and leaves a run where it may: for writing, or else (a read-only place) for
/// reading.
Result<store::Project> openForRecord(Session& session, const std::string& path);
/// The context that jobs get on the command line.
jobs::JobContext contextOf(Session& session, const store::Project& project);
/// "4", or an error sentence that says what was expected.
Result<RunId> runIdFromText(const std::string& text);
/// The beginning of a text for one line of a list: 90 bytes at most, cut between characters.
std::string firstLine(std::string text);
/// A job's end as the verb's result: cancelled becomes an error of that kind with a hint how to go
/// on.
Result<Json> resultOf(const Result<jobs::JobOutcome>& outcome, const std::string& resumeHint = {});

}  // namespace wordsight::cli
