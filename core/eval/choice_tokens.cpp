#include "eval/choice_tokens.h"

#include <array>
#include <utility>

namespace wordsight::eval {
namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isWordByte(char c) {
  return isLetter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// What models and people write instead of ASCII.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kFolds{{
    {"\u2018", "'"},   {"\u2019", "'"}, {"\u201c", "\""}, {"\u201d", "\""}, {"\u2013", " - "},
    {"\u2014", " - "}, {"\u2212", "-"}, {"\u2022", "-"},  {"\u25cf", "-"},  {"\u00b7", "-"},
    {"\u00a0", " "},   {"\u202f", " "}, {"\u3000", " "},  {"\uff08", "("},  {"\uff09", ")"},
    {"\uff1a", ":"},   {"\uff0e", "."}, {"\u3002", "."},  {"\uff0c", ","},  {"\u3001", ","},
    {"\u2192", "="},   {"\u21d2", "="}, {"\u2026", "."},  {"\u300c", "\""}, {"\u300d", "\""},
    {"\u2705", " "},   {"\ufeff", " "},
}};

// "<|im_end|>", "</s>", "[/INST]" and the like end an answer or open it; they say nothing about the
// choice.
constexpr std::array<std::string_view, 5> kSpecials{"</s>", "<s>", "[INST]", "[/INST]", "<bos>"};

std::string folded(std::string_view text) {
  // Reasoning models close their thoughts by </think>: what follows is the answer.
  if (const auto at = text.rfind("</think>"); at != text.npos) text.remove_prefix(at + 8);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("<|")) {
      const auto end = rest.substr(0, 64).find("|>");
      if (end != rest.npos) {
        out += ' ';
        i += end + 2;
        continue;
      }
    }
    bool replaced = false;
    for (const auto special : kSpecials) {
      if (rest[0] == special[0] && rest.starts_with(special)) {
        out += ' ';
        i += special.size();
        replaced = true;
        break;
      }
    }
    if (replaced) continue;
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      for (const auto& [from, to] : kFolds) {
        if (rest.starts_with(from)) {
          out += to;
          i += from.size();
          replaced = true;
          break;
        }
      }
      // Full-width letters A-Z: U+FF21 is EF BC A1.
      if (!replaced && rest.size() >= 3 && rest.starts_with("\xef\xbc")) {
        const int code = static_cast<unsigned char>(rest[2]);
        if (code >= 0xa1 && code <= 0xba) {
          out += static_cast<char>('A' + code - 0xa1);
          i += 3;
          replaced = true;
        }
      }
      if (replaced) continue;
    }
    out += text[i++];
  }
  return out;
}

}  // namespace

std::vector<Token> cutAnswer(std::string_view raw) {
  const std::string text = folded(raw);
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      if (!tokens.empty() && !tokens.back().isLineEnd()) {
        tokens.back().spaceAfter = true;
        tokens.push_back({Token::Kind::LineEnd, "\n", -1, false, true});
      }
      ++i;
    } else if (static_cast<unsigned char>(c) <= ' ') {
      if (!tokens.empty()) tokens.back().spaceAfter = true;
      ++i;
    } else if (isWordByte(c)) {
      std::size_t end = i + 1;
      while (end < text.size() &&
             (isWordByte(text[end]) || ((text[end] == '\'' || text[end] == '-') &&
                                        end + 1 < text.size() && isWordByte(text[end + 1]))))
        ++end;
      Token token{Token::Kind::Word, text.substr(i, end - i), -1, false, false};
      if (end - i == 1 && isLetter(c)) {
        token.upper = c <= 'Z';
        token.letter = token.upper ? c - 'A' : c - 'a';
      }
      for (char& each : token.text)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
      tokens.push_back(std::move(token));
      i = end;
    } else {
      tokens.push_back({Token::Kind::Mark, std::string(1, c), -1, false, false});
      ++i;
    }
  }
  while (!tokens.empty() && tokens.back().isLineEnd()) tokens.pop_back();
  return tokens;
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : cutAnswer(text))
    if (token.isWord()) words.push_back(std::move(token.text));
  return words;
}

}  // namespace wordsight::eval
