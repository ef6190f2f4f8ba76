#include "text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace wordsight::text {
namespace {

#include "text/unicode_tables.inc"

bool contains(std::span<const Range> ranges, char32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](char32_t value, const Range& r) { return value < r.low; });
  return after != ranges.begin() && c <= std::prev(after)->high;
}

/// Combining class as the reference's NFC has it.
int combiningClass(char32_t c) {
  if (c < 0x300 || contains(kInertInNfc, c)) return 0;
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class;
}

using Scalars = std::vector<utf8proc_int32_t>;

void decompose(char32_t c, Scalars& out) {
  // The longest canonical decomposition has 4 scalars (U+1F82 and its like).
  utf8proc_int32_t buffer[8];
  int lastBoundClass = 0;
  const auto n = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), buffer, std::size(buffer),
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), &lastBoundClass);
  if (n <= 0 || n > static_cast<utf8proc_ssize_t>(std::size(buffer)))
    out.push_back(static_cast<utf8proc_int32_t>(c));
  else
    out.insert(out.end(), buffer, buffer + n);
}

/// Canonical ordering: marks between two starters, by combining class, stable. utf8proc's own
/// ordering swaps neighbours and takes quadratic time on a long run of marks.
void orderMarks(Scalars& scalars) {
  std::vector<std::pair<int, utf8proc_int32_t>> run;
  for (std::size_t i = 0; i < scalars.size();) {
    run.clear();
    std::size_t end = i;
    for (; end < scalars.size(); ++end) {
      const int combining = combiningClass(static_cast<char32_t>(scalars[end]));
      if (combining == 0) break;
      run.emplace_back(combining, scalars[end]);
    }
    if (run.size() > 1) {
      std::stable_sort(run.begin(), run.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t k = 0; k < run.size(); ++k) scalars[i + k] = run[k].second;
    }
    i = end + 1;
  }
}

/// Orders and composes what was collected, and appends it as UTF-8.
void flush(Scalars& scalars, std::string& out) {
  if (scalars.empty()) return;
  orderMarks(scalars);
  const auto n =
      utf8proc_normalize_utf32(scalars.data(), static_cast<utf8proc_ssize_t>(scalars.size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::size_t length = n < 0 ? scalars.size() : static_cast<std::size_t>(n);
  for (std::size_t i = 0; i < length; ++i) appendUtf8(out, static_cast<char32_t>(scalars[i]));
  scalars.clear();
}

}  // namespace

char32_t characterAt(std::string_view text, std::size_t at, std::size_t* length) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    *length = 1;
    return first;
  }
  *length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t value = first & (0x7F >> *length);
  for (std::size_t i = 1; i < *length; ++i) value = value << 6 | (byte(i) & 0x3F);
  return value;
}

void appendUtf8(std::string& out, char32_t c) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      add(0xE0 | c >> 12);
    } else {
      add(0xF0 | c >> 18);
      add(0x80 | (c >> 12 & 0x3F));
    }
    add(0x80 | (c >> 6 & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

bool isSpace(char32_t c) { return contains(kSpace, c); }
bool isNumeric(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : contains(kNumeric, c); }
bool isWord(char32_t c) { return contains(kWord, c); }

std::span<const Range> spaceRanges() { return kSpace; }

std::optional<std::span<const Range>> laterRanges(std::string_view property) {
  for (const auto& known : kProperties)
    if (known.name == property) return known.later;
  return std::nullopt;
}

std::string toNfc(std::string_view text) {
  // Below U+0300 (first byte 0xCC) nothing composes with what comes before, moves or decomposes for
  // good.
  const auto mayChange = [](char c) { return static_cast<unsigned char>(c) >= 0xCC; };
  if (std::none_of(text.begin(), text.end(), mayChange)) return std::string(text);

  std::string out;
  out.reserve(text.size() + 16);
  Scalars scalars;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const char32_t c = characterAt(text, at, &length);
    // ASCII neither decomposes nor is the second half of a composition: a good place to cut, to
    // stay in the cache.
    const bool inert = c >= 0x300 && contains(kInertInNfc, c);
    if (inert || c < 0x80) flush(scalars, out);
    if (inert)
      out.append(text, at, length);
    else
      decompose(c, scalars);
    at += length;
  }
  flush(scalars, out);
  return out;
}

}  // namespace wordsight::text
