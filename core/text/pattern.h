#pragma once
// Regular expressions of tokenizer.json. They are written for Oniguruma with Ruby's syntax; PCRE2
// runs them. The two mean the same by most patterns and different things by some, so only a common
// subset is accepted, and rewritten.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wordsight::text {

/// The same pattern for PCRE2 (UTF mode): \s, \d and \p{…} become classes of exactly the
/// reference's characters. Constructs that the two libraries read differently, or that this program
/// does not know, are an error that names them.
Result<std::string> translatePattern(std::string_view pattern);

/// A pattern that stands for exactly this text.
std::string literalPattern(std::string_view text);

/// A compiled pattern. Immutable; find() may be called from several threads at once.
class Pattern {
 public:
  /// `pattern` as translatePattern gives it.
  static Result<Pattern> compile(const std::string& pattern);

  /// Calls onPiece(piece, isMatch) for every match and for every stretch between matches, in order;
  /// the pieces put together are `text` (well-formed UTF-8). A match that exceeds PCRE2's limits
  /// (10 million steps, 64 MiB; never the case with the known patterns) ends the matching there:
  /// the rest is one stretch, and a warning is logged.
  void split(std::string_view text,
             const std::function<void(std::string_view piece, bool isMatch)>& onPiece) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> m_compiled;
};

}  // namespace wordsight::text
