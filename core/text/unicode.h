#pragma once
// What the reference tokenizer library takes for white space, digits, word characters and NFC. Its
// parts carry Unicode versions of their own, and so do PCRE2 and utf8proc: tables probed from the
// reference settle the differences (tests/oracle/unicode_tables.py), so that ids do not depend on
// what is installed.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wordsight::text {

/// Code points from `low` to `high`, both included.
struct Range {
  char32_t low, high;
};

/// The character at `at` of well-formed UTF-8, and how many bytes it takes.
char32_t characterAt(std::string_view text, std::size_t at, std::size_t* length);
void appendUtf8(std::string& out, char32_t character);

bool isSpace(char32_t character);    // \s of the reference's regular expressions
bool isNumeric(char32_t character);  // what its Digits pre-tokenizer cuts out
bool isWord(char32_t character);     // \w beside an added token with single_word

/// White space, as ranges for a character class.
std::span<const Range> spaceRanges();
/// Ranges that the reference's \p{name} has beyond those of PCRE2 10.42 (Unicode 14). Nothing: a
/// property that cannot be translated.
std::optional<std::span<const Range>> laterRanges(std::string_view property);

/// Normal form C of well-formed UTF-8. O(n log n), however long a run of combining marks is.
std::string toNfc(std::string_view text);

}  // namespace wordsight::text
