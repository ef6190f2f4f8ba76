#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/json.h"

namespace wordsight {

/// Letters of options: index 0 is 'A'. Items have 2 to 26 options; VIVA's have five.
constexpr int kMaxOptions = 26;
constexpr char letterOf(int index) { return static_cast<char>('A' + index); }
/// 0-based index, or -1 when it is no letter A-Z (lower case counts).
int indexOfLetter(char letter);
/// "A. text", one a line, no line break at the end.
std::string numberedOptions(const std::vector<std::string>& options);
/// "B. Shout" → "Shout"; text without a letter in front is left as it is. `index` is the option's
/// place.
std::string withoutLetter(std::string_view option, int index);

/// What a scenario says. Options carry no letters; the key is an index into them.
struct ScenarioContent {
  std::string situation;
  std::string question;
  std::vector<std::string> options;
  int key = -1;  // 0-based; -1: none yet
  std::string rationale;
  std::string category;      // without brackets; may be empty
  int nonIntervention = -1;  // option that means "do nothing"; -1: unknown
  bool operator==(const ScenarioContent&) const = default;
};

enum class ReviewStatus { Undecided, Accepted, Rejected };
const char* toText(ReviewStatus status);
Result<ReviewStatus> reviewStatusFromText(std::string_view text);

/// Where a scenario came from; written once, never changed.
struct Provenance {
  std::string strategy;    // complexity, context, challenge, reverse; "imported"
  std::string generator;   // "demo", "local:DIR", "file:NAME", "person"
  std::string promptHash;  // sha256 of the prompt that asked for it; empty when there was none
  std::uint64_t seed = 0;
  RunId run;           // the run that made it
  std::string source;  // "FILE:LINE" for imports
  bool operator==(const Provenance&) const = default;
};

/// A scenario as listed: its newest revision, and what a person decided.
struct Scenario {
  ScenarioId id;
  RevisionId revision;
  int revisionNumber = 1;
  ScenarioContent content;
  Provenance provenance;
  ReviewStatus status = ReviewStatus::Undecided;
  UnixMillis createdAt = 0;
  UnixMillis changedAt = 0;
};

/// An immutable version of a scenario: edits append, never overwrite.
struct Revision {
  RevisionId id;
  ScenarioId scenario;
  int number = 1;
  ScenarioContent content;
  std::string author;  // "person", "import", "reshuffle", "run 12"
  std::string note;
  UnixMillis createdAt = 0;
};

/// JSON in VIVA's own form, so that files travel both ways: situation_description, question
/// (optional), action_list
/// ("A. …"), answer (letter), reason, category ("[…]"), non_interven_action. The reader also takes
/// the short names situation, options, key, rationale.
Json toJson(const ScenarioContent& content);
Result<ScenarioContent> scenarioContentFromJson(const Json& json, const std::string& what);

/// sha256 over what the scenario says (situation, question, options in order, key, rationale).
std::string contentHash(const ScenarioContent& content);

/// Options in the order `order` (order[i] is the old index of the new i-th); the key and
/// nonIntervention follow, and so do references to letters in the rationale of the forms "(D)" and
/// "option D".
ScenarioContent reordered(const ScenarioContent& content, const std::vector<std::size_t>& order);

}  // namespace wordsight
