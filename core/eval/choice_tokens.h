#pragma once
// An answer cut into words, marks and line ends, for readChoice. Inside eval only.

#include <string>
#include <string_view>
#include <vector>

namespace wordsight::eval {

struct Token {
  enum class Kind { Word, Mark, LineEnd };
  Kind kind = Kind::Word;
  std::string text;    // words in lower case; marks as one ASCII character
  int letter = -1;     // a word of one ASCII letter: its place in the alphabet
  bool upper = false;  // that letter was upper case
  bool spaceAfter = false;

  bool isWord() const { return kind == Kind::Word; }
  bool isMark(char mark) const { return kind == Kind::Mark && text[0] == mark; }
  bool isLineEnd() const { return kind == Kind::LineEnd; }
};

/// Leaves out what is no part of the answer (a reasoning section closed by </think>, special tokens
/// such as <|im_end|>), folds typographic quotes, dashes, full-width marks and no-break spaces to
/// ASCII, and cuts. Words keep inner apostrophes and hyphens ("don't", "e-mail"); every byte
/// outside ASCII counts as part of a word.
std::vector<Token> cutAnswer(std::string_view text);

/// The words of an option's text, as cutAnswer makes them, without marks.
std::vector<std::string> wordsOf(std::string_view text);

}  // namespace wordsight::eval
