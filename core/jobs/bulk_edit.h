#pragma once
// One decision or one change for many scenarios, and exactly back again. Nothing is overwritten:
// each way appends revisions or decisions. Uses the connection's thread; 100,000 scenarios take
// some seconds, so not the window's.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "curate/checks.h"
#include "curate/replace.h"
#include "domain/scenario.h"
#include "store/connection.h"

namespace wordsight::jobs {

struct BulkStatus {
  ReviewStatus status = ReviewStatus::Accepted;
};
/// New orders of the options that make the keys' letters even among the chosen scenarios.
struct BulkReshuffle {
  std::uint64_t seed = 1;
};
using BulkOperation = std::variant<BulkStatus, BulkReshuffle, curate::TextReplacement>;

struct BulkSpec {
  std::vector<ScenarioId> ids;  // one that is named twice counts once; unknown ones are an error
  BulkOperation operation;
  std::string note;  // kept with each revision or decision; empty: what was done
};

/// What would become of one scenario.
struct BulkChange {
  Scenario before;
  ScenarioContent content;  // afterwards
  ReviewStatus status = ReviewStatus::Undecided;
  std::vector<curate::Finding> errors;  // that it would have, and has not now; when it would be
                                        // accepted: those that it has
};

struct BulkPreview {
  std::int64_t chosen = 0, changed = 0;
  std::int64_t matches = 0;             // of a text replacement
  std::int64_t leftInOrder = 0;         // of a reshuffle: those that canReorder() keeps as they are
  std::vector<ScenarioId> invalid;      // would have new errors, or be accepted with errors
  std::vector<BulkChange> changes;      // the first `limit` that would change
  std::vector<BulkChange> invalidOnes;  // the first `limit` of `invalid`
};
/// Changes nothing. Stopped: an error of kind Cancelled.
Result<BulkPreview> previewBulk(store::Connection& connection, const BulkSpec& spec,
                                std::size_t limit, std::stop_token stop = {});

/// What undoBulk() needs: for each scenario what it was before, and what it must still be.
struct BulkUndo {
  struct Item {
    ScenarioId id;
    RevisionId revision, former;  // content: what stands now, and what is to come back
    std::int64_t decision = 0;    // status: the row that stands now, and what is to come back
    ReviewStatus formerStatus = ReviewStatus::Undecided;
  };
  bool ofContent = false;        // revisions; otherwise decisions
  bool redo = false;             // it is the undoing that would be taken back
  std::string what;              // "accept 500 scenarios"
  std::int64_t leftInOrder = 0;  // of a reshuffle
  std::vector<Item> items;
};

/// "accept", "reshuffle", "replace \"dog\" by \"cat\"" …, for menus and notes.
std::string nameOf(const BulkOperation& operation);

/// How many of how many scenarios are written; told from the thread that writes, some times.
using BulkProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// All or nothing, in one transaction. Findings of each new revision are stored with it (besides
/// duplicates, which only a check of all can tell). Scenarios that are so already stay untouched.
/// The result takes it back.
Result<BulkUndo> applyBulk(store::Connection& connection, const BulkSpec& spec,
                           const std::string& author, std::stop_token stop = {},
                           const BulkProgress& progress = {});

/// What to do with scenarios that somebody changed since.
enum class ChangedSince { Refuse, LeaveThem };

/// Appends what was before, in one transaction. The result undoes the undoing: redo is undoBulk()
/// of it. When somebody edited (or decided about) any of the scenarios since: an error of kind Busy
/// that says how many, and nothing is done; with LeaveThem all others are brought back.
Result<BulkUndo> undoBulk(store::Connection& connection, const BulkUndo& undo,
                          const std::string& author, ChangedSince changed = ChangedSince::Refuse,
                          const BulkProgress& progress = {});

}  // namespace wordsight::jobs
