#pragma once
// What can be said of a scenario's texts without knowing where they came from: shared by generation
// and curation.

#include <string>
#include <string_view>
#include <vector>

namespace wordsight {

struct ScenarioContent;

/// ASCII letters lower, white space (no-break and typographic spaces too) runs as one space,
/// trimmed: what "the same text" means in checks for duplicates.
std::string normalisedText(std::string_view text);
/// As above, without full stops, exclamation marks and the like at the end: what "the same option"
/// means.
std::string normalisedOption(std::string_view text);

/// Characters (code points), not bytes: what a reader sees as length.
std::size_t characterCount(std::string_view text);

/// The options (0-based, ascending) that a rationale calls right by their letter: "the correct
/// answer is (B)", "Option D is the best", "choosing C". A letter that is only discussed ("(A)
/// would escalate"), or called wrong, is not among them.
std::vector<int> lettersClaimedRight(std::string_view rationale);

/// Whether reordered() can move all that names an option by its letter. False when the rationale
/// has a letter that may or may not be an option ("street B"), a range ("A-D") or a place ("the
/// first option"), or when an option names others ("both A and B", "none of the above"): then every
/// order but its own would make it wrong.
bool canReorder(const ScenarioContent& content);

}  // namespace wordsight
