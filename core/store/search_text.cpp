#include "store/search_text.h"

#include <cstdint>

#include "base/utf8.h"

namespace wordsight::store {
namespace {

constexpr std::size_t kMostTerms = 64;

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; }

/// The code point that begins at `at` of well-formed UTF-8; moves `at` on.
std::uint32_t codePoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  std::uint32_t value = first & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) value = value << 6 | (byte(at++) & 0x3Fu);
  return value;
}

/// Whether the index can find the term: it has a letter or digit, and none of a script that is
/// written without spaces.
bool isIndexed(std::string_view term) {
  bool word = false;
  for (std::size_t at = 0; at < term.size();) {
    const std::uint32_t c = codePoint(term, at);
    const bool noSpaces = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                          (c >= 0x1780 && c <= 0x17FF) ||
                          (c >= 0x2E80 && c <= 0xABFF && !(c >= 0xA640 && c <= 0xA7FF)) ||
                          c >= 0xF900;
    if (noSpaces) return false;
    const bool symbol = c < 0x80
                            ? !((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
                            : c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF);
    // U+00AA, U+00B5 and U+00BA are letters below U+00C0
    word = word || !symbol || c == 0xAA || c == 0xB5 || c == 0xBA;
  }
  return word;
}

void addTerm(SearchText& out, std::string_view term, bool beginning) {
  if (!isIndexed(term)) {
    out.parts.emplace_back(term);
    return;
  }
  if (!out.match.empty()) out.match += ' ';
  out.match += '"';
  for (const char c : term) out.match += c == '"' ? std::string("\"\"") : std::string(1, c);
  out.match += beginning ? "\"*" : "\"";
}

}  // namespace

Result<SearchText> parseSearch(std::string_view typed) {
  const std::string clean = isValidUtf8(typed) ? std::string(typed) : toValidUtf8(typed);
  SearchText out;
  std::size_t terms = 0;
  for (std::size_t at = 0; at < clean.size();) {
    if (isSpace(clean[at])) {
      ++at;
      continue;
    }
    std::string_view term;
    bool beginning = false;
    if (clean[at] == '"') {  // up to the next quote, or to the end
      const auto end = clean.find('"', at + 1);
      term = std::string_view(clean).substr(at + 1, end == std::string::npos ? end : end - at - 1);
      beginning = end == std::string::npos;
      at = end == std::string::npos ? clean.size() : end + 1;
    } else {
      std::size_t end = at;
      while (end < clean.size() && !isSpace(clean[end]) && clean[end] != '"') ++end;
      term = std::string_view(clean).substr(at, end - at);
      beginning = end == clean.size();
      at = end;
    }
    std::string text(term.substr(0, term.find('\0')));
    if (trimmed(text).empty()) continue;
    if (++terms > kMostTerms)
      return fail("A search takes at most " + std::to_string(kMostTerms) +
                  " words: leave some out.");
    addTerm(out, trimmed(text), beginning);
  }
  return out;
}

}  // namespace wordsight::store
