#pragma once
// tokenizer.json as it stands in the file, checked for its types but not for its meaning.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/json.h"
#include "text/bpe.h"

namespace wordsight::text {

/// The vocabulary and the merges, which are nearly all of the file, are kept in flat buffers; the
/// rest is a tree.
struct TokenizerFile {
  struct VocabularyEntry {
    std::uint32_t begin, length;  // in `texts`
    TokenId id;
  };
  struct MergeEntry {
    std::uint32_t begin, leftLength, rightLength;  // in `texts`: left, then right
  };
  std::string texts;
  std::vector<VocabularyEntry> vocabulary;  // in the file's order
  std::vector<MergeEntry> merges;           // by rank
  bool hasModel = false, hasVocabulary = false, hasMerges = false;
  nlohmann::json rest;  // everything else; "model" without "vocab" and "merges"

  std::string_view text(const VocabularyEntry& e) const {
    return std::string_view(texts).substr(e.begin, e.length);
  }
  std::string_view left(const MergeEntry& e) const {
    return std::string_view(texts).substr(e.begin, e.leftLength);
  }
  std::string_view right(const MergeEntry& e) const {
    return std::string_view(texts).substr(e.begin + e.leftLength, e.rightLength);
  }

  /// Reads at most 256 MiB. Errors name the file and the item.
  static Result<TokenizerFile> read(const std::filesystem::path& file);
};

/// A token for a message: quoted, and cut at a character when it is long.
std::string shownToken(std::string_view token);

}  // namespace wordsight::text
