#include "domain/scenario_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "domain/rationale_words.h"
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

template <std::size_t N>
bool oneOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 8> kPraise = {
    "best", "correct", "right", "appropriate", "suitable", "preferable", "ideal", "optimal"};
constexpr std::array<std::string_view, 5> kThing = {"answer", "choice", "option", "action",
                                                    "response"};
constexpr std::array<std::string_view, 4> kFiller = {"the", "most", "option", "clearly"};

bool namesOption(const std::vector<Word>& words, std::size_t at) {
  return words[at].use == LetterUse::Option;
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

namespace {

/// "the first option", "option 2", "all of the above": an option named by its place.
bool namesPlace(const std::vector<Word>& words, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kOrdinal = {"first", "second", "third", "fourth",
                                                               "fifth", "sixth",  "last"};
  static constexpr std::array<std::string_view, 8> kCounted = {
      "option", "options", "choice", "choices", "answer", "answers", "alternative", "alternatives"};
  if (at + 1 >= words.size() || words[at].endsClause) return false;
  const auto& next = words[at + 1].text;
  if (oneOf(words[at].text, kOrdinal)) return oneOf(next, kCounted);
  if (oneOf(words[at].text, kCounted)) return next.size() == 1 && next[0] >= '1' && next[0] <= '9';
  return words[at].text == "the" && (next == "above" || next == "below") && at > 0 &&
         words[at - 1].text == "of";
}

/// Where the options' letters stand; nothing when one of them is not sure.
std::optional<std::vector<std::size_t>> surePlaces(std::string_view text, int options) {
  std::vector<std::size_t> places;
  for (const auto& word : wordsOf(text, options)) {
    if (word.use == LetterUse::Unsure) return std::nullopt;
    if (word.use == LetterUse::Option) places.push_back(word.at);
  }
  return places;
}

}  // namespace

bool canReorder(const ScenarioContent& content) {
  const int n = static_cast<int>(content.options.size());
  for (const auto& option : content.options) {
    const auto words = wordsOf(option, n);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (words[i].use != LetterUse::None || namesPlace(words, i)) return false;
  }
  const auto words = wordsOf(content.rationale, n);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (namesPlace(words, i)) return false;
  const auto places = surePlaces(content.rationale, n);
  if (!places) return false;
  // A sentence that is clear of "D" may not be of "A": each place must be clear of each letter.
  std::string moved = content.rationale;
  for (int turn = 1; turn < n && !places->empty(); ++turn) {
    for (const std::size_t at : *places)
      moved[at] = letterOf((content.rationale[at] - 'A' + turn) % n);
    if (surePlaces(moved, n) != places) return false;
  }
  return true;
}

}  // namespace wordsight
