#include "text/bpe.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <queue>

#include "text/unicode.h"

namespace wordsight::text {
namespace {

// Up to this many tokens a scan for the lowest rank beats a heap (measured: they meet near 100).
constexpr std::size_t kShortWord = 64;

std::uint32_t hashOf(std::string_view text) {
  const auto hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

struct ByteLetters {
  std::array<char32_t, 256> letter{};
  std::array<std::int16_t, 0x150> byte{};  // by letter; -1: none
  ByteLetters() {
    byte.fill(-1);
    char32_t next = 0x100;
    for (int b = 0; b < 256; ++b) {
      const bool printable =
          (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
      letter[b] = printable ? static_cast<char32_t>(b) : next++;
      byte[letter[b]] = static_cast<std::int16_t>(b);
    }
  }
};

const ByteLetters& byteLetters() {
  static const ByteLetters table;
  return table;
}

}  // namespace

std::string byteLetter(unsigned char byte) {
  std::string out;
  appendUtf8(out, byteLetters().letter[byte]);
  return out;
}

bool bytesOfLetters(std::string_view letters, std::string& bytes) {
  const auto& table = byteLetters().byte;
  bytes.clear();
  for (std::size_t at = 0; at < letters.size();) {
    std::size_t length = 0;
    const char32_t c = characterAt(letters, at, &length);
    if (c >= table.size() || table[c] < 0) return false;
    bytes += static_cast<char>(table[c]);
    at += length;
  }
  return true;
}

// ---- TextIndex

TextIndex::TextIndex(std::size_t expected)
    : m_slots(std::bit_ceil(std::max<std::size_t>(16, expected * 2))) {}

std::size_t TextIndex::slotOf(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = m_slots.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = m_slots[i];
    if (slot.value == kNoToken) return i;
    if (slot.hash == hash && slot.length == text.size() &&
        std::memcmp(m_text.data() + slot.begin, text.data(), text.size()) == 0)
      return i;
  }
}

bool TextIndex::insert(std::string_view text, TokenId value) {
  if ((m_used + 1) * 2 > m_slots.size()) grow();
  const std::uint32_t hash = hashOf(text);
  Slot& slot = m_slots[slotOf(text, hash)];
  if (slot.value != kNoToken) return false;
  slot = {static_cast<std::uint32_t>(m_text.size()), static_cast<std::uint32_t>(text.size()), hash,
          value};
  m_text += text;
  ++m_used;
  return true;
}

TokenId TextIndex::find(std::string_view text) const {
  return m_slots[slotOf(text, hashOf(text))].value;
}

void TextIndex::grow() {
  std::vector<Slot> old(m_slots.size() * 2);
  old.swap(m_slots);
  const std::size_t mask = m_slots.size() - 1;
  for (const Slot& slot : old) {
    if (slot.value == kNoToken) continue;
    std::size_t i = slot.hash & mask;
    while (m_slots[i].value != kNoToken) i = (i + 1) & mask;
    m_slots[i] = slot;
  }
}

// ---- MergeTable

MergeTable::MergeTable(std::size_t expected)
    : m_slots(std::bit_ceil(std::max<std::size_t>(16, expected + expected / 2 + 1))),
      m_mask(m_slots.size() - 1),
      m_shift(64 - std::countr_zero(m_slots.size())) {}

void MergeTable::set(TokenId left, TokenId right, Merge merge) {
  std::size_t i = slotOf(left, right);
  while (m_slots[i].left != kNoToken && (m_slots[i].left != left || m_slots[i].right != right))
    i = (i + 1) & m_mask;
  m_slots[i] = {left, right, merge};
}

// ---- WordCache

WordCache::WordCache() : m_parts(std::make_unique<std::array<Part, kParts>>()) {}

WordCache::Place WordCache::placeOf(std::string_view word) const {
  const std::uint32_t hash = hashOf(word);
  Part& part = (*m_parts)[hash % kParts];
  return {part, part.slots[hash / kParts % kSlots]};
}

bool WordCache::find(std::string_view word, std::vector<std::int64_t>& ids) const {
  if (word.empty() || word.size() > kLongest) return false;
  const auto [part, slot] = placeOf(word);
  const std::lock_guard lock(part.mutex);
  if (slot.length != word.size() || std::memcmp(slot.word.data(), word.data(), word.size()) != 0)
    return false;
  ids.insert(ids.end(), slot.ids.begin(), slot.ids.begin() + slot.count);
  return true;
}

void WordCache::keep(std::string_view word, std::span<const std::int64_t> ids) {
  if (word.empty() || word.size() > kLongest || ids.size() > kMostIds) return;
  const auto [part, slot] = placeOf(word);
  const std::lock_guard lock(part.mutex);
  slot.length = static_cast<std::uint8_t>(word.size());
  slot.count = static_cast<std::uint8_t>(ids.size());
  std::memcpy(slot.word.data(), word.data(), word.size());
  std::transform(ids.begin(), ids.end(), slot.ids.begin(),
                 [](std::int64_t id) { return static_cast<TokenId>(id); });
}

// ---- Bpe

void Bpe::encode(std::string_view word, std::vector<std::int64_t>& ids) const {
  if (m_cache.find(word, ids)) return;
  const std::size_t before = ids.size();
  const TokenId whole = m_parts.wholeWords ? m_parts.words.find(word) : kNoToken;
  if (whole != kNoToken) {
    ids.push_back(whole);
  } else {
    std::vector<TokenId> tokens;
    firstTokens(word, tokens);
    if (tokens.size() <= kShortWord)
      mergeShort(tokens);
    else
      mergeLong(tokens);
    ids.insert(ids.end(), tokens.begin(), tokens.end());
  }
  m_cache.keep(word, std::span(ids).subspan(before));
}

void Bpe::firstTokens(std::string_view word, std::vector<TokenId>& tokens) const {
  tokens.reserve(word.size());
  bool pendingUnknown = false;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (const TokenId id = m_parts.ofByte[byte]; id != kNoToken) {
      if (pendingUnknown) tokens.push_back(m_parts.unknown);
      pendingUnknown = false;
      tokens.push_back(id);
    } else if (const auto& instead = m_parts.fallback[byte]; instead[0] != kNoToken) {
      // An unknown token still waiting goes behind these: an oddity of the reference that is kept.
      for (const TokenId part : instead)
        if (part != kNoToken) tokens.push_back(part);
    } else if (m_parts.unknown != kNoToken) {
      if (pendingUnknown && !m_parts.fuseUnknown) tokens.push_back(m_parts.unknown);
      pendingUnknown = true;
    }
  }
  if (pendingUnknown) tokens.push_back(m_parts.unknown);
}

void Bpe::mergeShort(std::vector<TokenId>& tokens) const {
  if (tokens.size() < 2) return;
  std::array<MergeTable::Merge, kShortWord> merges;  // merges[i]: of tokens i and i + 1
  std::size_t pairs = tokens.size() - 1;
  for (std::size_t i = 0; i < pairs; ++i) merges[i] = m_parts.merges.find(tokens[i], tokens[i + 1]);
  while (pairs > 0) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < pairs; ++i)
      if (merges[i].rank < merges[best].rank) best = i;
    if (!merges[best]) break;
    tokens[best] = merges[best].result;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    std::move(merges.begin() + best + 1, merges.begin() + pairs, merges.begin() + best);
    --pairs;
    if (best > 0) merges[best - 1] = m_parts.merges.find(tokens[best - 1], tokens[best]);
    if (best < pairs) merges[best] = m_parts.merges.find(tokens[best], tokens[best + 1]);
  }
}

void Bpe::mergeLong(std::vector<TokenId>& tokens) const {
  constexpr std::uint32_t kEnd = 0xFFFFFFFF;
  struct Symbol {
    TokenId id;
    std::uint32_t previous, next;
  };
  struct Candidate {
    std::uint32_t rank, at;
    TokenId left, right, result;
    bool operator>(const Candidate& o) const { return rank != o.rank ? rank > o.rank : at > o.at; }
  };
  std::vector<Symbol> symbols(tokens.size());
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  const auto consider = [&](std::uint32_t left) {
    const std::uint32_t right = symbols[left].next;
    if (right == kEnd) return;
    if (const auto merge = m_parts.merges.find(symbols[left].id, symbols[right].id))
      queue.push({merge.rank, left, symbols[left].id, symbols[right].id, merge.result});
  };
  for (std::uint32_t i = 0; i < symbols.size(); ++i)
    symbols[i] = {tokens[i], i == 0 ? kEnd : i - 1, i + 1 == symbols.size() ? kEnd : i + 1};
  for (std::uint32_t i = 0; i < symbols.size(); ++i) consider(i);
  while (!queue.empty()) {
    const Candidate best = queue.top();
    queue.pop();
    Symbol& left = symbols[best.at];
    if (left.id != best.left || left.next == kEnd || symbols[left.next].id != best.right)
      continue;  // out of date
    Symbol& right = symbols[left.next];
    left.id = best.result;
    left.next = right.next;
    right.id = kNoToken;
    if (left.next != kEnd) symbols[left.next].previous = best.at;
    if (left.previous != kEnd) consider(left.previous);
    consider(best.at);
  }
  tokens.clear();
  for (std::uint32_t i = 0; i != kEnd; i = symbols[i].next) tokens.push_back(symbols[i].id);
}

}  // namespace wordsight::text
