#pragma once
// What can be said of a scenario's texts without knowing where they came from: shared by generation
// and curation.

#include <string>
#include <string_view>
#include <vector>

namespace wordsight {

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

}  // namespace wordsight
