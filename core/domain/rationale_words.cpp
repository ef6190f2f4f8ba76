#include "domain/rationale_words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace wordsight {
namespace {

template <std::size_t N>
bool oneOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool hasOneOf(std::string_view text, std::string_view bytes) {
  return text.find_first_of(bytes) != std::string_view::npos;
}

constexpr std::string_view kApostrophe = "\xE2\x80\x99";

/// Bytes of the white space or punctuation beyond ASCII at `at`; 0 when there is none: U+00A0, «,
/// », U+2000…U+206F (dashes, quotes), U+3000…U+303F.
std::size_t wideSeparator(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0;
  };
  if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0xAB || byte(1) == 0xBB)) return 2;
  if (byte(0) == 0xE2 && (byte(1) == 0x80 || (byte(1) == 0x81 && byte(2) <= 0xAF)) && byte(2))
    return 3;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2)) return 3;
  return 0;
}

/// Bytes of a word's next character at `at`; 0 where the word ends.
std::size_t wordByte(std::string_view s, std::size_t at) {
  const unsigned char c = static_cast<unsigned char>(s[at]);
  if (std::isalnum(c) || c == '\'' || c == '-') return 1;
  if (s.substr(at, 3) == kApostrophe) return 3;
  return (c & 0x80) && !wideSeparator(s, at) ? 1 : 0;
}

/// Apostrophes and hyphens at a word's ends are quotes and dashes.
void trimWord(std::string_view text, std::size_t& begin, std::size_t& end) {
  for (bool again = true; again && begin < end;) {
    again = false;
    if (text[begin] == '\'' || text[begin] == '-') ++begin, again = true;
    if (begin < end && (text[end - 1] == '\'' || text[end - 1] == '-')) --end, again = true;
    if (end - begin >= 3 && text.substr(begin, 3) == kApostrophe) begin += 3, again = true;
    if (end - begin >= 3 && text.substr(end - 3, 3) == kApostrophe) end -= 3, again = true;
  }
}

/// Past closing brackets, quotes and markdown.
std::size_t pastClosing(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (std::string_view(")]\"'*_").find(text[at]) != std::string_view::npos)
      ++at;
    else if (text.substr(at, 3) == kApostrophe || text.substr(at, 3) == "\xE2\x80\x9D")
      at += 3;
    else
      break;
  }
  return at;
}

std::vector<Word> split(std::string_view text) {
  std::vector<Word> words;
  std::size_t gapFrom = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size()) {
      const std::size_t n = wordByte(text, end);
      if (n == 0) break;
      end += n;
    }
    if (end == i) {
      i += std::max<std::size_t>(1, wideSeparator(text, i));
      continue;
    }
    const std::size_t next = end;
    trimWord(text, i, end);
    if (i >= end) {
      i = next;
      continue;
    }
    Word word;
    word.at = i;
    word.gap = text.substr(gapFrom, i - gapFrom);
    for (const char c : text.substr(i, end - i))
      word.text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    word.capital = text[i] >= 'A' && text[i] <= 'Z';
    const auto rest = std::string_view(word.text).substr(1);
    word.possessive = rest == "'s" || rest == "\xE2\x80\x99s";
    if (word.capital && (rest.empty() || word.possessive)) {
      word.letter = text[i] - 'A';
      word.text.resize(1);
    }
    word.bracketed = i > 0 && text[i - 1] == '(' && end < text.size() && text[end] == ')';
    const std::size_t after = pastClosing(text, end);
    word.endsSentence = after >= text.size() || hasOneOf(text.substr(after, 1), ".!?\n;");
    word.endsClause = word.endsSentence || text[after] == ',' || text[after] == ':';
    words.push_back(std::move(word));
    gapFrom = end;
    i = next;
  }
  return words;
}

constexpr auto kThing = std::to_array<std::string_view>(
    {"option", "options", "action", "actions", "choice", "choices", "answer", "answers", "response",
     "responses", "letter", "letters", "selection", "alternatives", "approach", "approaches",
     "item", "alternative"});
/// After these a letter is something else: "vitamin C", "plan B", "person A", "Mr. D".
constexpr auto kOther = std::to_array<std::string_view>(
    {"vitamin", "vitamins", "plan",   "plans",    "hepatitis", "type",  "types",
     "grade",   "grades",   "room",   "building", "gate",      "exit",  "terminal",
     "size",    "platform", "person", "persons",  "point",     "team",  "group",
     "mr",      "mrs",      "ms",     "dr",       "prof",      "serie", "influenza"});
/// Words after which a bare capital letter is an option: they take no letter as a name.
constexpr auto kBefore = std::to_array<std::string_view>(
    {"a",           "about",      "above",   "although", "and",       "are",       "as",
     "because",     "below",      "between", "both",     "but",       "by",        "choose",
     "chooses",     "choosing",   "chose",   "chosen",   "compared",  "consider",  "considering",
     "contrast",    "conversely", "despite", "does",     "either",    "except",    "favor",
     "favoring",    "favour",     "finally", "follow",   "following", "for",       "from",
     "furthermore", "hence",      "here",    "however",  "if",        "in",        "instead",
     "is",          "like",       "made",    "make",     "makes",     "making",    "meanwhile",
     "moreover",    "neither",    "nor",     "not",      "of",        "on",        "only",
     "or",          "over",       "overall", "pick",     "picking",   "picks",     "prefer",
     "preferring",  "rejecting",  "rather",  "select",   "selected",  "selecting", "selects",
     "similarly",   "since",      "so",      "taking",   "than",      "that",      "therefore",
     "though",      "through",    "thus",    "to",       "unlike",    "using",     "versus",
     "vs",          "when",       "where",   "whereas",  "while",     "with"});
/// What cannot follow an article: before these a capital A is an option.
constexpr auto kNotNoun = std::to_array<std::string_view>(
    {"also",    "am",     "and",     "are",     "as",     "at",       "be",      "because",
     "but",     "by",     "cannot",  "can't",   "could",  "couldn't", "despite", "did",
     "didn't",  "do",     "does",    "doesn't", "due",    "either",   "for",     "from",
     "had",     "has",    "hasn't",  "have",    "he",     "here",     "if",      "in",
     "instead", "is",     "isn't",   "it",      "its",    "may",      "might",   "must",
     "nor",     "not",    "of",      "on",      "or",     "over",     "rather",  "shall",
     "she",     "should", "since",   "than",    "that",   "the",      "their",   "these",
     "they",    "this",   "to",      "was",     "wasn't", "we",       "were",    "when",
     "which",   "while",  "whereas", "who",     "with",   "without",  "would",   "wouldn't"});

/// "ignores", "addresses": after an article no noun ends so, but for a few.
bool looksLikeVerb(std::string_view word) {
  static constexpr auto kNouns = std::to_array<std::string_view>(
      {"gas", "lens", "means", "series", "species", "always", "news", "canvas", "christmas"});
  if (word.size() < 4 || word.back() != 's' || oneOf(word, kNouns)) return false;
  const char before = word[word.size() - 2];
  return before != 's' && before != 'u' && before != 'i' && before != '\'' && !(before & 0x80);
}

class Reader {
 public:
  Reader(std::string_view text, std::vector<Word>& words, int options)
      : m_text(text), m_words(words), m_options(options) {}

  void run() {
    std::vector<bool> other(m_words.size(), false);
    for (std::size_t i = 0; i < m_words.size(); ++i) {
      auto& word = m_words[i];
      if (!word.letter || *word.letter >= m_options) {
        if (mayBeLetter(i)) word.use = LetterUse::Unsure;
        continue;
      }
      other[i] = isOther(i);
      // "vitamins B and C": what is no option makes none of those listed with it.
      if (const auto from = listedBefore(i); from && other[*from]) other[i] = true;
      word.use = other[i] ? LetterUse::None : useOf(i);
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) link(i, other);
    for (std::size_t i = m_words.size(); i-- > 0;) link(i, other);
  }

 private:
  char byteAt(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }
  char before(std::size_t i) const { return m_words[i].at > 0 ? m_text[m_words[i].at - 1] : '\0'; }
  char after(std::size_t i) const { return byteAt(m_words[i].at + 1); }
  bool spacesOnly(std::string_view gap) const {
    return gap.find_first_not_of(" \t\r\n") == std::string_view::npos;
  }
  bool startsSentence(std::size_t i) const { return i == 0 || m_words[i - 1].endsSentence; }

  /// Of lower case ("option b", "(b)") or a range in one word ("A-D"): left to people.
  bool mayBeLetter(std::size_t i) const {
    const Word& word = m_words[i];
    const auto within = [&](char c) { return c >= 'a' && c < 'a' + m_options; };
    if (word.letter || word.text.empty()) return false;
    if (word.text.size() == 3 && word.capital && word.text[1] == '-')
      return within(word.text[0]) && within(word.text[2]) &&
             std::isupper(static_cast<unsigned char>(byteAt(word.at + 2)));
    if (word.text.size() != 1 || !within(word.text[0])) return false;
    return word.bracketed || (i > 0 && word.text[0] != 'a' && oneOf(m_words[i - 1].text, kThing) &&
                              spacesOnly(word.gap));
  }

  /// What stands on the other side of "&" is no other option.
  bool isNoPartner(const Word& word, char other) const {
    return other < 'A' || other >= 'A' + m_options || other - 'A' == *word.letter;
  }

  bool isOther(std::size_t i) const {
    const Word& word = m_words[i];
    const char next = after(i);
    if (next == '+' || next == '#') return true;
    if (next == '.' && std::isalnum(static_cast<unsigned char>(byteAt(word.at + 2)))) return true;
    if (word.gap == "." && i > 0 && m_words[i - 1].text.size() == 1) return true;  // "D.C."
    if (next == '&' && isNoPartner(word, byteAt(word.at + 2))) return true;        // "B&B", "R&D"
    if (word.gap == "&" && isNoPartner(word, m_text[word.at - 2])) return true;
    if (i + 1 < m_words.size() && m_words[i + 1].text == "coli") return true;
    if (i == 0) return false;
    const Word& former = m_words[i - 1];
    const bool title = former.text == "mr" || former.text == "mrs" || former.text == "ms" ||
                       former.text == "dr" || former.text == "prof";
    if (title && (word.gap == ". " || word.gap == " ")) return true;
    if (!spacesOnly(word.gap) || former.endsSentence) return false;
    return oneOf(former.text, kOther) || std::isdigit(static_cast<unsigned char>(former.text[0]));
  }

  /// The letter that this one is listed with: "B, C", "A/B", "B and C", "B, or C".
  std::optional<std::size_t> listedBefore(std::size_t i) const {
    if (i == 0) return {};
    const auto joins = [&](std::string_view gap) {
      return !hasOneOf(gap, ".;:!?()\n") && gap.size() <= 3;
    };
    if (!joins(m_words[i].gap)) return {};
    if (m_words[i - 1].letter) return i - 1;
    static constexpr auto kJoin = std::to_array<std::string_view>({"and", "or", "nor", "plus"});
    if (i < 2 || !oneOf(m_words[i - 1].text, kJoin) || !m_words[i - 2].letter) return {};
    return joins(m_words[i - 1].gap) ? std::optional(i - 2) : std::nullopt;
  }

  bool isRange(std::size_t i) const {
    static constexpr auto kThrough = std::to_array<std::string_view>({"to", "through", "thru"});
    const auto between = [&](std::size_t first, std::size_t second) {
      if (second >= m_words.size() || !m_words[first].letter || !m_words[second].letter)
        return false;
      if (second == first + 1)
        return m_words[second].gap == "\xE2\x80\x93" || m_words[second].gap == "\xE2\x80\x94" ||
               m_words[second].gap == " - " || m_words[second].gap == " \xE2\x80\x93 ";
      return spacesOnly(m_words[second].gap) && oneOf(m_words[first + 1].text, kThrough) &&
             spacesOnly(m_words[first + 1].gap);
    };
    return between(i, i + 1) || between(i, i + 2) || (i > 0 && between(i - 1, i)) ||
           (i > 1 && between(i - 2, i));
  }

  /// Whether the words after a capital A say that it is no article.
  bool noArticle(std::size_t i) const {
    const Word& word = m_words[i];
    if (word.endsClause || word.possessive || i + 1 >= m_words.size()) return true;
    const Word& next = m_words[i + 1];
    if (hasOneOf(next.gap, "(/&=-") || next.gap.find("\xE2\x80") != std::string_view::npos)
      return true;  // "A (calling)", "A - calling", "A — calling"
    if (next.letter && *next.letter < m_options) return true;
    if (oneOf(next.text, kNotNoun) || looksLikeVerb(next.text)) return true;
    const std::string_view then = i + 2 < m_words.size() ? m_words[i + 2].text : "";
    if (next.text == "can" || next.text == "will")
      return !next.endsClause && then != "of" && then != "to" && !oneOf(then, kNotNoun);
    return next.text.ends_with("ly") && looksLikeVerb(then) && !next.endsClause;
  }

  LetterUse useOf(std::size_t i) const {
    const Word& word = m_words[i];
    if (isRange(i)) return LetterUse::Unsure;
    const bool afterThing =
        i > 0 && !m_words[i - 1].endsSentence && oneOf(m_words[i - 1].text, kThing);
    if (word.bracketed || (afterThing && word.gap == " ")) return LetterUse::Option;
    const bool opened = hasOneOf(std::string_view(&m_text[word.at - (word.at > 0)], 1), "([\"'") ||
                        word.gap.ends_with("\xE2\x80\x9C") || word.gap.ends_with("\xE2\x80\x98");
    if (word.at > 0 && opened &&
        hasOneOf(std::string_view(m_text).substr(word.at + 1, 1), ")]\"'.,:;/"))
      return LetterUse::Option;
    if (*word.letter == 'I' - 'A') return LetterUse::None;  // a list may say more
    // Between two words of which the first takes no letter as a name, or after a stop.
    const bool free = startsSentence(i) || !spacesOnly(word.gap) || afterThing ||
                      oneOf(m_words[i - 1].text, kBefore) || m_words[i - 1].endsClause ||
                      m_words[i - 1].letter;
    if (*word.letter == 0 && !noArticle(i)) {
      const bool mayBegin = startsSentence(i) || hasOneOf(word.gap, ":\"'([") ||
                            word.gap.find("\xE2\x80") != std::string_view::npos;
      return mayBegin ? LetterUse::None : LetterUse::Unsure;
    }
    const bool named = i + 1 < m_words.size() && m_words[i + 1].capital && !word.endsClause &&
                       !m_words[i + 1].letter && spacesOnly(m_words[i + 1].gap);  // "D Street"
    return free && !named ? LetterUse::Option : LetterUse::Unsure;
  }

  /// What is listed with an option is one.
  void link(std::size_t i, const std::vector<bool>& other) {
    const auto from = listedBefore(i);
    if (!from || !m_words[i].letter || *m_words[i].letter >= m_options || other[i] ||
        *m_words[*from].letter >= m_options || other[*from] || isRange(i) || isRange(*from))
      return;
    auto &a = m_words[*from].use, &b = m_words[i].use;
    const auto raise = [&](LetterUse& use, int letter) {
      if (use == LetterUse::Unsure || letter == 'I' - 'A') use = LetterUse::Option;
    };
    if (a == LetterUse::Option) raise(b, *m_words[i].letter);
    if (b == LetterUse::Option) raise(a, *m_words[*from].letter);
  }

  std::string_view m_text;
  std::vector<Word>& m_words;
  const int m_options;
};

}  // namespace

std::vector<Word> wordsOf(std::string_view text, int options) {
  auto words = split(text);
  Reader(text, words, options).run();
  return words;
}

}  // namespace wordsight
