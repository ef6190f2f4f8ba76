#include "curate/replace.h"

#include <algorithm>
#include <cctype>

#include "base/utf8.h"

namespace wordsight::curate {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool isWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}

bool standsAlone(std::string_view text, std::size_t at, std::size_t length) {
  const bool before = at > 0 && isWordByte(text[at - 1]) && isWordByte(text[at]);
  const std::size_t end = at + length;
  const bool after = end < text.size() && isWordByte(text[end]) && isWordByte(text[end - 1]);
  return !before && !after;
}

/// Bytes are compared: in UTF-8 a match always begins and ends between characters.
std::size_t findFrom(std::string_view text, const TextReplacement& rule, std::size_t from) {
  for (;; ++from) {
    if (rule.matchCase) {
      from = text.find(rule.find, from);
    } else {
      const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                     rule.find.begin(), rule.find.end(),
                                     [](char a, char b) { return lower(a) == lower(b); });
      from = found == text.end() ? std::string_view::npos
                                 : static_cast<std::size_t>(found - text.begin());
    }
    if (from == std::string_view::npos || !rule.wholeWords ||
        standsAlone(text, from, rule.find.size()))
      return from;
  }
}

std::size_t replaceIn(std::string& text, const TextReplacement& rule) {
  std::size_t at = findFrom(text, rule, 0);
  if (at == std::string::npos) return 0;
  std::string out;
  std::size_t done = 0, matches = 0;
  for (; at != std::string::npos; at = findFrom(text, rule, done)) {
    out.append(text, done, at - done).append(rule.with);
    done = at + rule.find.size();
    ++matches;
  }
  text = out.append(text, done);
  return matches;
}

}  // namespace

Status checkReplacement(const TextReplacement& rule) {
  if (rule.find.empty()) return fail("There is nothing to look for: say which text to replace.");
  for (const auto* text : {&rule.find, &rule.with})
    if (!isValidUtf8(*text) || text->find('\0') != std::string::npos)
      return fail("The text to replace, or its replacement, is not plain text: write it anew.");
  if (!rule.situation && !rule.question && !rule.options && !rule.rationale && !rule.category)
    return fail("No field is chosen to replace text in: choose at least one.");
  return {};
}

ScenarioContent replaced(const ScenarioContent& content, const TextReplacement& rule,
                         std::size_t* matches) {
  ScenarioContent out = content;
  std::size_t count = 0;
  if (rule.find.empty()) return out;
  if (rule.situation) count += replaceIn(out.situation, rule);
  if (rule.question) count += replaceIn(out.question, rule);
  if (rule.options)
    for (auto& option : out.options) count += replaceIn(option, rule);
  if (rule.rationale) count += replaceIn(out.rationale, rule);
  if (rule.category) count += replaceIn(out.category, rule);
  if (matches) *matches = count;
  return out;
}

}  // namespace wordsight::curate
