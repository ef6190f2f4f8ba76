#pragma once
// Added tokens: texts that are cut out before the model sees anything, with their flags.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/bpe.h"

namespace wordsight::text {

struct AddedToken {
  TokenId id = 0;
  std::string content;
  bool special = false;
  bool singleWord = false;  // only where no word character is beside it
  bool stripLeft = false;   // takes white space before it along
  bool stripRight = false;  // takes white space behind it along
  bool normalized = false;  // looked for after normalization, and its own text is normalized
};

/// Finds added tokens in a text: at each place the longest that begins there. Immutable; several
/// threads at once.
class AddedTokenFinder {
 public:
  /// `texts[i]` is what stands for `tokens[i]`; of equal texts the first counts. Empty texts are
  /// left out.
  AddedTokenFinder(std::vector<AddedToken> tokens, const std::vector<std::string>& texts);
  AddedTokenFinder() = default;

  /// Calls onPiece(piece, token) for every stretch in order; token is nullptr for text between
  /// tokens. As in the reference the search goes on behind a token's own text even when stripRight
  /// took more, so that tokens that begin with white space may overlap the stretch before.
  void split(std::string_view text,
             const std::function<void(std::string_view, const AddedToken*)>& onPiece) const;

 private:
  struct Entry {
    std::string text;
    std::uint32_t token;
  };
  const Entry* longestAt(std::string_view text, std::size_t at) const;

  std::vector<AddedToken> m_tokens;
  std::vector<Entry> m_entries;  // sorted by text
  std::array<bool, 256> m_mayBegin{};
};

}  // namespace wordsight::text
