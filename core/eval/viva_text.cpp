#include "eval/viva_text.h"

#include <algorithm>
#include <cctype>

#include "base/utf8.h"
#include "domain/scenario.h"

namespace wordsight::eval::viva {
namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isAlnum(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view withoutBullet(std::string_view line) {
  line = trimmed(line);
  while (!line.empty() && (line[0] == '-' || line[0] == '*')) line = trimmed(line.substr(1));
  return line;
}

/// The text behind "B. ", "B.", "B ." or "B " when the line is option `letter`; empty otherwise.
std::string_view optionLine(std::string_view line, int letter) {
  line = withoutBullet(line);
  if (line.size() < 3 || line[0] != letterOf(letter)) return {};
  std::string_view rest = line.substr(1);
  const bool space = rest[0] == ' ';
  rest = trimmed(rest);
  const bool mark = !rest.empty() && (rest[0] == '.' || rest[0] == ')' || rest[0] == ':');
  if (mark) rest = trimmed(rest.substr(1));
  return mark || space ? rest : std::string_view{};
}

int selectedLetter(std::string_view line) {
  line = withoutBullet(line);
  const auto colon = line.rfind(':');
  if (colon == line.npos) return -1;
  std::string before;
  for (const char c : line.substr(0, colon))
    before += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto names = {"action", "answer", "choice", "option"};
  if (std::none_of(names.begin(), names.end(),
                   [&](const char* word) { return before.find(word) != before.npos; }))
    return -1;
  return soleLetter(line.substr(colon + 1));
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (isAlnum(c)) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

ActionAnswer readActionAnswer(std::string_view text) {
  ActionAnswer out;
  std::string_view last;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trimmed(line).empty()) continue;
    last = line;
    const int next = static_cast<int>(out.options.size());
    if (next >= kMaxOptions) continue;
    if (const auto option = optionLine(line, next); !option.empty())
      out.options.emplace_back(option);
  }
  out.key = selectedLetter(last);
  return out;
}

int takeLetter(std::string& text) {
  if (text.size() < 2 || !isUpper(text[0]) || (text[1] != '.' && text[1] != ')' && text[1] != ':'))
    return -1;
  const int letter = indexOfLetter(text[0]);
  text = std::string(trimmed(std::string_view(text).substr(2)));
  return letter;
}

int soleLetter(std::string_view text) {
  char letter = 0;
  for (const char c : text) {
    if (!isAlnum(c)) continue;
    if (letter || !isUpper(c)) return -1;
    letter = c;
  }
  return letter ? indexOfLetter(letter) : -1;
}

std::vector<int> leadingLetters(std::string_view text) {
  if (const auto colon = text.rfind(':'); colon != text.npos && colon > 1)
    text.remove_prefix(colon + 1);
  std::vector<int> letters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!isAlnum(text[i])) continue;
    if (!isUpper(text[i]) || (i + 1 < text.size() && isAlnum(text[i + 1]))) break;
    const int letter = indexOfLetter(text[i]);
    if (std::find(letters.begin(), letters.end(), letter) == letters.end())
      letters.push_back(letter);
    // "E. A man should …": after a letter with a full stop and a text there are no more letters.
    if (i + 3 < text.size() && text[i + 1] == '.' && text[i + 2] == ' ') break;
  }
  return letters;
}

bool sameText(std::string_view first, std::string_view second) {
  return folded(first) == folded(second);
}

}  // namespace wordsight::eval::viva
