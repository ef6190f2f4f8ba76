#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wordsight::store {

/// What a person typed into a search field, as the file can look for it.
///
/// Words go to the full-text index (whole words, the last one as a beginning). The index cuts text
/// into words at spaces and punctuation, which finds nothing inside the runs of Chinese, Japanese,
/// Thai … nor punctuation itself: such terms are looked for in the text directly.
struct SearchText {
  std::string match;               // FTS5 expression, every term quoted; empty: none
  std::vector<std::string> parts;  // to be found in the text as they are
  bool empty() const { return match.empty() && parts.empty(); }
};

/// Any bytes are safe. More than 64 terms are an error.
Result<SearchText> parseSearch(std::string_view typed);

}  // namespace wordsight::store
