#pragma once
// Byte-level byte-pair encoding (Sennrich et al. 2016; on bytes as in GPT-2): a word's bytes become
// tokens, then the pair of neighbours with the lowest rank is merged, the leftmost first, until no
// pair has a rank.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wordsight::text {

using TokenId = std::uint32_t;
inline constexpr TokenId kNoToken = 0xFFFFFFFF;
inline constexpr TokenId kMaxTokenId =
    (TokenId{1} << 24) - 1;  // the largest vocabularies in use have 2^18 entries

/// The letter that stands for a byte in tokenizer.json (GPT-2's table: printable bytes for
/// themselves, the others moved to U+0100 and up), and back: the bytes of a token's text, or false
/// when a character stands for no byte.
std::string byteLetter(unsigned char byte);
bool bytesOfLetters(std::string_view letters, std::string& bytes);

/// Text to number, open addressing; the texts live in one buffer. Texts are not checked for being
/// unique: insert says.
class TextIndex {
 public:
  explicit TextIndex(std::size_t expected = 0);
  /// False, and nothing changed, when the text is there already.
  bool insert(std::string_view text, TokenId value);
  TokenId find(std::string_view text) const;  // kNoToken when it is not there

 private:
  struct Slot {
    std::uint32_t begin = 0, length = 0, hash = 0;
    TokenId value = kNoToken;
  };
  void grow();
  std::size_t slotOf(std::string_view text, std::uint32_t hash) const;
  std::vector<Slot> m_slots;
  std::string m_text;
  std::size_t m_used = 0;
};

/// Pair of tokens to its rank and what it becomes.
class MergeTable {
 public:
  struct Merge {
    std::uint32_t rank = 0xFFFFFFFF;
    TokenId result = kNoToken;
    explicit operator bool() const { return result != kNoToken; }
  };
  explicit MergeTable(std::size_t expected = 0);
  /// Of a pair that is listed twice the later rank holds, as in the reference.
  void set(TokenId left, TokenId right, Merge merge);
  Merge find(TokenId left, TokenId right) const {
    for (std::size_t i = slotOf(left, right);; i = (i + 1) & m_mask) {
      const Slot& slot = m_slots[i];
      if (slot.left == left && slot.right == right) return slot.merge;
      if (slot.left == kNoToken) return {};
    }
  }

 private:
  struct Slot {
    TokenId left = kNoToken, right = kNoToken;
    Merge merge;
  };
  std::size_t slotOf(TokenId left, TokenId right) const {
    const std::uint64_t key = std::uint64_t{left} << 32 | right;
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> m_shift);
  }
  std::vector<Slot> m_slots;
  std::size_t m_mask = 0;
  int m_shift = 0;
};

/// Ids of short words that were met before: 16 parts of 1024 slots, each with a lock, 1.2 MiB in
/// all. A new word takes the place of the one in its slot. Several threads at once.
class WordCache {
 public:
  WordCache();
  /// Appends the word's ids; false when it is not there.
  bool find(std::string_view word, std::vector<std::int64_t>& ids) const;
  void keep(std::string_view word, std::span<const std::int64_t> ids);

 private:
  static constexpr std::size_t kParts = 16, kSlots = 1024, kLongest = 30, kMostIds = 8;
  struct Slot {
    std::uint8_t length = 0, count = 0;
    std::array<char, kLongest> word{};
    std::array<TokenId, kMostIds> ids{};
  };
  struct Part {
    mutable std::mutex mutex;
    std::array<Slot, kSlots> slots;
  };
  struct Place {
    Part& part;
    Slot& slot;
  };
  Place placeOf(std::string_view word) const;
  std::unique_ptr<std::array<Part, kParts>> m_parts;
};

/// The model part of a tokenizer. Immutable after it is made, but for the cache; several threads at
/// once.
class Bpe {
 public:
  struct Parts {
    std::array<TokenId, 256> ofByte{};  // kNoToken: the vocabulary has no token for this byte
    std::array<std::array<TokenId, 2>, 256>
        fallback{};              // what stands for such a byte instead; first kNoToken: nothing
    TokenId unknown = kNoToken;  // stands for a byte without a token and without fallback
    bool fuseUnknown = false;    // one for a run of such bytes
    bool wholeWords = false;     // "ignore_merges": a word that is a token is not looked into
    TextIndex words;             // raw bytes to id
    MergeTable merges;
  };
  explicit Bpe(Parts parts) : m_parts(std::move(parts)) {}

  /// Appends the ids of one word (raw bytes).
  void encode(std::string_view word, std::vector<std::int64_t>& ids) const;
  TokenId find(std::string_view bytes) const { return m_parts.words.find(bytes); }

 private:
  void firstTokens(std::string_view word, std::vector<TokenId>& tokens) const;
  void mergeShort(std::vector<TokenId>& tokens) const;
  void mergeLong(std::vector<TokenId>& tokens) const;

  Parts m_parts;
  mutable WordCache m_cache;
};

}  // namespace wordsight::text
