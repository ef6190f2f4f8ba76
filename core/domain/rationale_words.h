#pragma once
// The one place that knows which letters in a text mean options: what a rationale claims, and what
// must move when options do, are both read from here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/scenario.h"

namespace wordsight {

/// What a letter that stands alone is.
enum class LetterUse {
  None,    // an article, "vitamin C", an initial, a letter beyond the options
  Unsure,  // it may be an option, or a range of them ("A-D"): nobody should change it
  Option,  // an option, whichever letter stands there
};

/// A word of a text, in lower case, with what stood around it.
struct Word {
  std::string text;           // "b" for "B's", too
  std::size_t at = 0;         // its first byte
  std::string_view gap;       // what stood between the word before and this one
  std::optional<int> letter;  // it is one capital letter, or its possessive
  LetterUse use = LetterUse::None;
  bool possessive = false;
  bool capital = false;  // begins with A-Z
  bool bracketed = false;
  bool endsClause = false;  // followed by . , ; : ! ? or the end
  bool endsSentence = false;
};

/// Words in order. Letters from the `options`-th on are no options. Views point into `text`.
std::vector<Word> wordsOf(std::string_view text, int options = kMaxOptions);

}  // namespace wordsight
