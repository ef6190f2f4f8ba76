#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/scenario.h"
#include "store/connection.h"

namespace wordsight::store {

struct NewScenario {
  ScenarioContent content;
  Provenance provenance;
  std::string author;  // of revision 1: "import", "run 12"; empty: the provenance's generator
};

struct ScenarioFilter {
  /// Words that must all occur, in any order, anywhere in situation, question, options, rationale
  /// or category; the last one may be the beginning of a word (unless white space follows it);
  /// "words in quotes" stand next to each other. Case and accents do not count. Any text is safe.
  std::string text;
  std::optional<ReviewStatus> status;
  std::optional<std::string> strategy, generator, category;
  std::optional<std::string> issue;  // a code that a check gave; "*": any issue at all
  std::optional<RunId> run;          // made by this run
  std::optional<int> key;            // 0-based; -1: those without one

  enum class Sort {
    Created,
    Changed,
    Situation,
    Key,
    Status,
    Strategy,
    Generator,
    Category,
    Issues
  };
  Sort sort = Sort::Created;  // ties in order of creation
  bool descending = false;
  std::int64_t limit = -1;  // -1: all
  std::int64_t offset = 0;
};

/// A decision, as made: the history keeps all of them.
struct StatusChange {
  ScenarioId scenario;
  RevisionId revision;  // the one that was current
  ReviewStatus status = ReviewStatus::Undecided;
  std::string author, note;
  UnixMillis createdAt = 0;
};

/// A scenario as a list shows it.
struct ScenarioRow {
  Scenario scenario;
  int issues = 0;
  std::vector<std::string> issueCodes;  // in the order in which the checks gave them
};

/// What can change about a scenario, by number: whoever wants to know whether somebody decided or
/// edited in between compares two of these.
struct ScenarioHead {
  ScenarioId id;
  RevisionId revision;
  ReviewStatus status = ReviewStatus::Undecided;
  std::int64_t decision = 0;  // row of the newest decision; 0: none was made
  bool operator==(const ScenarioHead&) const = default;
};

struct ScenarioHistory {
  Provenance provenance;
  std::vector<Revision> revisions;      // oldest first
  std::vector<StatusChange> decisions;  // oldest first
};

/// Something that a check found in a revision. Replaced whenever the check runs again.
struct ScenarioIssue {
  RevisionId revision;
  std::string code;  // "key-missing", "options-alike", "duplicate", …
  std::string text;  // for a person
};

struct ValueCount {
  std::string value;
  std::int64_t count = 0;
};

/// Scenarios, their revisions and decisions. Uses the connection's thread.
class ScenarioRepository {
 public:
  explicit ScenarioRepository(Connection& connection) : m_connection(connection) {}

  Result<ScenarioId> add(const NewScenario& scenario);
  /// All of them or none. 100,000 take some seconds, during which other writers wait.
  Result<std::vector<ScenarioId>> addMany(std::span<const NewScenario> scenarios);
  /// Appends a revision. `basedOn` is the revision that the author saw: when another one came in
  /// between, the edit is refused (Busy) so that nobody's text is overwritten unseen; an empty id
  /// skips that check. Content equal to the current one appends nothing and returns the current
  /// revision.
  Result<RevisionId> edit(ScenarioId id, const ScenarioContent& content, const std::string& author,
                          const std::string& note = {}, RevisionId basedOn = {});
  struct Edit {
    ScenarioId id;
    ScenarioContent content;
    RevisionId basedOn = {};  // as in edit()
  };
  /// Many edits in one go (reshuffle, replace): all or none. What is current afterwards, in the
  /// order of the edits.
  Result<std::vector<RevisionId>> editMany(std::span<const Edit> edits, const std::string& author,
                                           const std::string& note = {});
  Status setStatus(std::span<const ScenarioId> ids, ReviewStatus status, const std::string& author,
                   const std::string& note = {});
  Status setStatus(ScenarioId id, ReviewStatus status, const std::string& author,
                   const std::string& note = {}) {
    return setStatus(std::span(&id, 1), status, author, note);
  }

  Result<Scenario> get(ScenarioId id);
  /// In the order asked for; unknown ids are an error.
  Result<std::vector<Scenario>> getMany(std::span<const ScenarioId> ids);
  /// For lists that show a part of many: in the order asked for, ids that are not there are left
  /// out.
  Result<std::vector<ScenarioRow>> rowsOf(std::span<const ScenarioId> ids);
  /// In the order asked for; unknown ids are an error.
  Result<std::vector<ReviewStatus>> statusesOf(std::span<const ScenarioId> ids);
  Result<std::vector<ScenarioHead>> headsOf(std::span<const ScenarioId> ids);
  Result<Revision> revision(RevisionId id);
  /// What revisions say, in the order asked for; unknown ids are an error.
  Result<std::vector<ScenarioContent>> contentsOf(std::span<const RevisionId> ids);
  Result<ScenarioHistory> history(ScenarioId id);

  Result<std::vector<Scenario>> list(const ScenarioFilter& filter);
  /// How many match; limit and offset do not count.
  Result<std::int64_t> count(const ScenarioFilter& filter);
  Result<std::vector<ScenarioId>> ids(const ScenarioFilter& filter);
  /// The first one after `after` in the filter's order that has an issue (the filter's, or any);
  /// past the end it goes on from the start, `after` itself comes last. An `after` that does not
  /// match (or is empty) begins at the start. Limit and offset do not count.
  Result<std::optional<ScenarioId>> nextWithIssue(ScenarioFilter filter, ScenarioId after);
  /// Streams what matches, one at a time, from one state of the file. `callback` may use this
  /// connection for reading and writing; its first error ends the walk and is returned.
  Status forEach(const ScenarioFilter& filter,
                 const std::function<Status(const Scenario&)>& callback);
  /// Scenarios whose current revision says exactly this (contentHash of domain/scenario.h).
  Result<std::vector<ScenarioId>> findByContentHash(const std::string& hash);
  /// All current content hashes that occur, for skipping duplicates at import.
  Result<std::vector<std::pair<std::string, ScenarioId>>> contentHashes();

  enum class Field { Status, Strategy, Generator, Category, Key, Issue };
  /// What values occur and how often, most frequent first: for filters' menus and the bar of
  /// letters.
  Result<std::vector<ValueCount>> valueCounts(Field field, const ScenarioFilter& filter = {});

  /// Replaces all issues of the given revisions by `issues`.
  Status setIssues(std::span<const RevisionId> checked, std::span<const ScenarioIssue> issues);
  Result<std::vector<ScenarioIssue>> issues(RevisionId revision);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
