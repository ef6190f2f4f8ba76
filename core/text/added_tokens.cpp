#include "text/added_tokens.h"

#include <algorithm>

#include "text/unicode.h"

namespace wordsight::text {
namespace {

/// Where the last character of text[0, end) begins; end > 0.
std::size_t previousCharacter(std::string_view text, std::size_t end) {
  do --end;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return end;
}

bool wordEndsAt(std::string_view text, std::size_t end) {
  std::size_t length = 0;
  return end > 0 && isWord(characterAt(text, previousCharacter(text, end), &length));
}

bool wordBeginsAt(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  return at < text.size() && isWord(characterAt(text, at, &length));
}

std::size_t spaceBefore(std::string_view text, std::size_t end) {
  std::size_t length = 0;
  while (end > 0) {
    const std::size_t at = previousCharacter(text, end);
    if (!isSpace(characterAt(text, at, &length))) break;
    end = at;
  }
  return end;
}

std::size_t spaceBehind(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (at < text.size() && isSpace(characterAt(text, at, &length))) at += length;
  return at;
}

}  // namespace

AddedTokenFinder::AddedTokenFinder(std::vector<AddedToken> tokens,
                                   const std::vector<std::string>& texts)
    : m_tokens(std::move(tokens)) {
  for (std::size_t i = 0; i < m_tokens.size(); ++i)
    if (!texts[i].empty()) m_entries.push_back({texts[i], static_cast<std::uint32_t>(i)});
  const auto byText = [](const Entry& a, const Entry& b) { return a.text < b.text; };
  const auto sameText = [](const Entry& a, const Entry& b) { return a.text == b.text; };
  std::stable_sort(m_entries.begin(), m_entries.end(), byText);
  m_entries.erase(std::unique(m_entries.begin(), m_entries.end(), sameText), m_entries.end());
  for (const auto& entry : m_entries) m_mayBegin[static_cast<unsigned char>(entry.text[0])] = true;
}

const AddedTokenFinder::Entry* AddedTokenFinder::longestAt(std::string_view text,
                                                           std::size_t at) const {
  // Entries that agree with the text so far are neighbours: narrow [low, high) byte by byte.
  const Entry* best = nullptr;
  auto low = m_entries.begin(), high = m_entries.end();
  for (std::size_t depth = 0; low != high && at + depth < text.size(); ++depth) {
    const auto byte = static_cast<unsigned char>(text[at + depth]);
    const auto byteOf = [depth](const Entry& e) {
      return e.text.size() > depth ? static_cast<int>(static_cast<unsigned char>(e.text[depth]))
                                   : -1;
    };
    low = std::partition_point(low, high, [&](const Entry& e) { return byteOf(e) < byte; });
    high = std::partition_point(low, high, [&](const Entry& e) { return byteOf(e) <= byte; });
    if (low != high && low->text.size() == depth + 1) best = &*low;
  }
  return best;
}

void AddedTokenFinder::split(
    std::string_view text,
    const std::function<void(std::string_view, const AddedToken*)>& onPiece) const {
  std::size_t done = 0;
  if (!m_entries.empty())
    for (std::size_t at = 0; at < text.size();) {
      const Entry* entry =
          m_mayBegin[static_cast<unsigned char>(text[at])] ? longestAt(text, at) : nullptr;
      if (!entry) {
        ++at;
        continue;
      }
      const AddedToken& token = m_tokens[entry->token];
      std::size_t begin = at, end = at + entry->text.size();
      at = end;
      if (token.singleWord && (wordEndsAt(text, begin) || wordBeginsAt(text, end))) continue;
      if (token.stripLeft) begin = std::max(spaceBefore(text, begin), done);
      if (token.stripRight) end = spaceBehind(text, end);
      if (done < begin) onPiece(text.substr(done, begin - done), nullptr);
      onPiece(text.substr(begin, end - begin), &token);
      done = end;
    }
  if (done < text.size()) onPiece(text.substr(done), nullptr);
}

}  // namespace wordsight::text
