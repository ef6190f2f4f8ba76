#pragma once
// What a Tokenizer holds once it is loaded. For tokenizer.cpp (use) and tokenizer_load.cpp (making)
// only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/added_tokens.h"
#include "text/bpe.h"
#include "text/pretokenizer.h"
#include "text/tokenizer.h"

namespace wordsight::text {

struct Tokenizer::Impl {
  bool nfc = false;
  AddedTokenFinder rawTokens, normalizedTokens;  // looked for before and after normalization
  TextIndex addedByContent;
  PreTokenizer preTokenizer;
  std::optional<Bpe> bpe;
  std::vector<std::int64_t> before, after;  // what the post-processor puts around a text

  std::string bytes;                  // of all tokens, one behind the other
  std::vector<std::uint32_t> begins;  // by id, and one more; a number without a token has no bytes
  std::vector<bool> special;          // by id

  std::string_view bytesOf(std::int64_t id) const {
    if (id < 0 || id >= static_cast<std::int64_t>(special.size())) return {};
    const auto i = static_cast<std::size_t>(id);
    return std::string_view(bytes).substr(begins[i], begins[i + 1] - begins[i]);
  }
};

}  // namespace wordsight::text
