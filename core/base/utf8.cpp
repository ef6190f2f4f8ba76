#include "base/utf8.h"

#include <cstdint>

namespace wordsight {
namespace {

/// Length of the well-formed character at `at`, or 0. On 0, `*bad` is how many bytes belong to the
/// ill-formed part (the maximal subpart, as Unicode recommends for U+FFFD).
std::size_t characterAt(std::string_view s, std::size_t at, std::size_t* bad) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
  const std::uint8_t first = byte(at);
  *bad = 1;
  if (first < 0x80) return 1;
  std::size_t need = 0;
  std::uint8_t low = 0x80, high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF)
    need = 1;
  else if (first >= 0xE0 && first <= 0xEF) {
    need = 2;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    need = 3;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i <= need; ++i) {
    if (at + i >= s.size() || byte(at + i) < low || byte(at + i) > high) {
      *bad = i;
      return 0;
    }
    low = 0x80;
    high = 0xBF;
  }
  return need + 1;
}

}  // namespace

bool isValidUtf8(std::string_view bytes) {
  std::size_t bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = characterAt(bytes, i, &bad);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

std::string toValidUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    if (const std::size_t n = characterAt(bytes, i, &bad)) {
      out.append(bytes.substr(i, n));
      i += n;
    } else {
      out += "\xEF\xBF\xBD";
      i += bad;
    }
  }
  return out;
}

std::size_t incompleteUtf8Tail(std::string_view bytes) {
  std::size_t bad = 0;
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const std::size_t at = bytes.size() - back;
    const auto byte = static_cast<std::uint8_t>(bytes[at]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;  // a continuation: look further back
    return characterAt(bytes, at, &bad) == 0 && bad == back && byte >= 0xC2 && byte <= 0xF4 ? back
                                                                                            : 0;
  }
  return 0;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace wordsight
