#include "domain/scenario_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "domain/scenario.h"

namespace wordsight {
namespace {

/// Bytes of the white space that begins at `at`; 0 when there is none. ASCII, U+00A0,
/// U+2000…U+200B, U+202F, U+3000.
std::size_t spaceAt(std::string_view s, std::size_t at) {
  const unsigned char c = static_cast<unsigned char>(s[at]);
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (s.substr(at, 2) == "\xC2\xA0") return 2;
  const auto three = s.substr(at, 3);
  if (three == "\xE2\x80\xAF" || three == "\xE3\x80\x80") return 3;
  if (three.size() == 3 && three.starts_with("\xE2\x80")) {
    const auto last = static_cast<unsigned char>(three[2]);
    if (last >= 0x80 && last <= 0x8B) return 3;
  }
  return 0;
}

/// A word of a rationale, in lower case, with what stood around it.
struct Word {
  std::string text;
  std::optional<int> letter;  // it is one capital letter that may name an option
  bool bracketed = false;     // "(B)"
  bool endsClause = false;    // followed by . , ; : ! ? or the end
  bool endsSentence = false;
};

bool isWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '\'' || c == '-' || (c & 0x80);
}

std::vector<Word> wordsOf(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size();) {
    if (!isWordByte(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && isWordByte(text[end])) ++end;
    Word word;
    for (char c : text.substr(i, end - i))
      word.text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::size_t after = end;  // past closing brackets, quotes and markdown
    while (after < text.size() &&
           std::string_view(")]\"*_").find(text[after]) != std::string_view::npos)
      ++after;
    if (end - i == 1 && text[i] >= 'A' && text[i] <= 'Z') {
      word.letter = text[i] - 'A';
      word.bracketed = i > 0 && text[i - 1] == '(' && end < text.size() && text[end] == ')';
    }
    word.endsSentence = after == text.size() || text[after] == '.' || text[after] == '!' ||
                        text[after] == '?' || text[after] == '\n' || text[after] == ';';
    word.endsClause = word.endsSentence || text[after] == ',' || text[after] == ':';
    words.push_back(std::move(word));
    i = end;
  }
  return words;
}

template <std::size_t N>
bool oneOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 8> kPraise = {
    "best", "correct", "right", "appropriate", "suitable", "preferable", "ideal", "optimal"};
constexpr std::array<std::string_view, 5> kThing = {"answer", "choice", "option", "action",
                                                    "response"};
constexpr std::array<std::string_view, 4> kFiller = {"the", "most", "option", "clearly"};

/// 'A' and 'I' are also words: alone they name an option only in brackets, before a stop or a
/// reason, or after "option".
bool namesOption(const std::vector<Word>& words, std::size_t at) {
  static constexpr std::array<std::string_view, 6> kReason = {"because", "as",  "since",
                                                              "for",     "not", "which"};
  const Word& word = words[at];
  if (!word.letter) return false;
  if (*word.letter != 0 && *word.letter != 'I' - 'A') return true;
  return word.bracketed || word.endsClause || (at > 0 && oneOf(words[at - 1].text, kThing)) ||
         (at + 1 < words.size() && oneOf(words[at + 1].text, kReason));
}

/// "selected action B", "choosing option C": the letter after a word of choosing at `at`; or
/// nothing.
std::optional<int> chosenAfter(const std::vector<Word>& words, std::size_t at) {
  static constexpr std::array<std::string_view, 5> kChosen = {"selected", "selecting", "chosen",
                                                              "choosing", "picking"};
  if (!oneOf(words[at].text, kChosen)) return std::nullopt;
  for (const std::string_view before : {"not", "if", "instead", "than", "by", "avoid"})
    if (at > 0 && !words[at - 1].endsSentence && words[at - 1].text == before) return std::nullopt;
  std::size_t i = at + 1;
  if (i < words.size() && !words[at].endsSentence && oneOf(words[i].text, kThing)) ++i;
  if (i < words.size() && !words[i - 1].endsSentence && namesOption(words, i))
    return words[i].letter;
  return std::nullopt;
}

/// "B is (the most) appropriate": whether words after the letter at `at` call it right.
bool praisedAfter(const std::vector<Word>& words, std::size_t at) {
  std::size_t i = at + 1;
  if (words[at].endsClause || i >= words.size() || words[i].text != "is") return false;
  bool article = false;
  for (++i; i < words.size() && oneOf(words[i].text, kFiller); ++i) article = true;
  if (i >= words.size() || !oneOf(words[i].text, kPraise)) return false;
  // "B is right that …", "C is appropriate in general but": only with an article, or as the
  // clause's end, is it a verdict.
  return article || words[i].endsClause ||
         (i + 1 < words.size() && (words[i + 1].text == "because" || words[i + 1].text == "as"));
}

/// "the correct answer is B": the letter that a praised thing at `at` is said to be; or nothing.
std::optional<int> praisedBefore(const std::vector<Word>& words, std::size_t at) {
  if (!oneOf(words[at].text, kThing)) return std::nullopt;
  bool praised = words[at].text == "answer";
  for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
    if (words[at - back].endsSentence) break;
    praised = praised || oneOf(words[at - back].text, kPraise);
  }
  if (!praised) return std::nullopt;
  std::size_t i = at + 1;
  if (i < words.size() && !words[at].endsSentence &&
      (words[i].text == "is" || words[i].text == "here"))
    ++i;
  while (i < words.size() && !words[i - 1].endsSentence &&
         (words[i].text == "is" || words[i].text == "option" || words[i].text == "clearly" ||
          words[i].text == "therefore" || words[i].text == "to" || words[i].text == "choose"))
    ++i;
  if (i < words.size() && !words[i - 1].endsSentence && namesOption(words, i))
    return words[i].letter;
  return std::nullopt;
}

}  // namespace

std::string normalisedText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t n = spaceAt(text, i)) {
      space = true;
      i += n;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    const char c = text[i++];
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

std::string normalisedOption(std::string_view text) {
  std::string out = normalisedText(text);
  while (!out.empty() && std::string_view(" .!?;,").find(out.back()) != std::string_view::npos)
    out.pop_back();
  return out;
}

std::size_t characterCount(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<int> lettersClaimedRight(std::string_view rationale) {
  const auto words = wordsOf(rationale);
  std::vector<int> claimed;
  const auto claim = [&](int option) {
    if (std::find(claimed.begin(), claimed.end(), option) == claimed.end())
      claimed.push_back(option);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (namesOption(words, i) && praisedAfter(words, i)) claim(*words[i].letter);
    if (const auto letter = praisedBefore(words, i)) claim(*letter);
    if (const auto letter = chosenAfter(words, i)) claim(*letter);
  }
  std::sort(claimed.begin(), claimed.end());
  return claimed;
}

}  // namespace wordsight
