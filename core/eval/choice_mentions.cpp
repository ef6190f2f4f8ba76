// How each letter stands in the answer: marked, in a phrase, first in its line, negated.

#include <algorithm>
#include <cctype>

#include "eval/choice_reader.h"

namespace wordsight::eval {

// "D.C.", "U.S.", "e.g.": a letter, a full stop, and a letter directly behind it that is a word of
// its own too.
bool ChoiceReader::looksLikeAbbreviation(std::size_t i) const {
  if (isMarkAt(i + 1, ".") && !m_tokens[i].spaceAfter && !m_tokens[i + 1].spaceAfter && at(i + 2) &&
      at(i + 2)->letter >= 0 && isMarkAt(i + 3, "."))
    return true;
  return i >= 2 && isMarkAt(i - 1, ".") && !m_tokens[i - 1].spaceAfter &&
         m_tokens[i - 2].letter >= 0 && !m_tokens[i - 2].spaceAfter;
}

int ChoiceReader::optionAfter(std::size_t i) const {
  int best = -1;
  std::size_t longest = 0;
  for (int o = 0; o < m_count; ++o) {
    const auto& words = m_options[static_cast<std::size_t>(o)];
    std::size_t k = i, n = 0;
    for (; n < words.size(); ++k) {
      while (at(k) && !at(k)->isWord()) ++k;
      if (!at(k) || at(k)->text != words[n]) break;
      ++n;
    }
    if (!words.empty() && n == words.size() && n > longest) {
      longest = n;
      best = o;
    }
  }
  return best;
}

bool ChoiceReader::beginsLikeOption(std::size_t i, int option) const {
  const auto& words = m_options[static_cast<std::size_t>(option)];
  const std::size_t wanted = std::min<std::size_t>(3, words.size());
  std::size_t n = 0;
  for (std::size_t k = i; n < wanted && at(k); ++k) {
    if (!at(k)->isWord()) continue;
    if (at(k)->text != words[n]) return false;
    ++n;
  }
  return wanted > 0 && n == wanted;
}

// A word that may be an article or a pronoun: "a", "A", "I". Then only a mark, the end, or a word
// that goes on after a choice makes it a letter.
bool ChoiceReader::isArticle(std::size_t i) const {
  const Token& token = m_tokens[i];
  if (token.letter != 0 && token.letter != 8) return false;
  if (endsAt(i + 1)) return false;
  const Token& next = m_tokens[i + 1];
  if (next.kind == Token::Kind::Mark && !isOpening(next)) return false;
  if (isDecoration(next) && !token.spaceAfter) return false;
  if (token.upper && token.letter == 0 &&
      wordAt(i + 1, {"because", "since", "as", "is", "would", "seems", "rather", "over", "instead",
                     "due", "given", "or", "and", "but", "which", "appears", "remains"}))
    return false;
  return !(token.upper && beginsLikeOption(i + 1, token.letter));
}

bool ChoiceReader::standsAsLetter(std::size_t i) const {
  const Token& token = m_tokens[i];
  return token.letter >= 0 && token.letter < m_count && !looksLikeAbbreviation(i);
}

bool ChoiceReader::isLineFirst(std::size_t i) const {
  std::size_t k = i;
  while (k > 0) {
    const Token& before = m_tokens[k - 1];
    if (before.isLineEnd()) break;
    const bool listMark = before.kind == Token::Kind::Mark &&
                          std::string_view("-+>.#").find(before.text[0]) != std::string_view::npos;
    const bool number = before.isWord() && before.text.size() <= 2 &&
                        std::isdigit(static_cast<unsigned char>(before.text[0]));
    if (!isOpening(before) && !listMark && !number &&
        !(before.isWord() && isOptionNoun(before.text)))
      return false;
    --k;
  }
  const Token& letter = m_tokens[i];
  std::size_t next = i + 1;
  while (isMarkAt(next, "*_`\"'")) ++next;
  if (endsAt(next)) return true;
  if (next > i + 1 && letter.upper && !isMarkAt(next, "?")) return true;  // **C** Shout
  if (isMarkAt(next, ":") && letter.letter == 0)  // "A:" may label an answer
    return endsAt(next + 1) || beginsLikeOption(next + 1, 0);
  if (isMarkAt(next, ".)]:}")) return letter.upper || m_tokens[next].spaceAfter || endsAt(next + 1);
  if (isMarkAt(next, ",-=")) return letter.upper;
  return letter.upper && beginsLikeOption(next, letter.letter);
}

bool ChoiceReader::isMarked(std::size_t i) const {
  const Token& token = m_tokens[i];
  const Token* before = i > 0 ? &m_tokens[i - 1] : nullptr;
  if (before && before->kind == Token::Kind::Mark) {
    const char open = before->text[0];
    const std::string_view close = open == '('   ? ")"
                                   : open == '[' ? "]"
                                   : open == '{' ? "}"
                                   : open == '<' ? ">"
                                                 : "";
    if (!close.empty() && isMarkAt(i + 1, close)) return true;
    if (isDecoration(*before) && isMarkAt(i + 1, std::string_view(&open, 1))) return true;
    if (isDecoration(*before) && isMarkAt(i + 1, ".:)") && token.upper)
      return true;  // **C. Shout**
  }
  if (before && before->isWord() && isOptionNoun(before->text))
    return (token.upper && !(token.letter == 8 && !endsAt(i + 1))) || !isArticle(i);
  if (token.upper && isMarkAt(i + 1, ".):") && optionAfter(i + 2) == token.letter) return true;
  // Alone between marks: "In this situation, C."
  return token.upper && before && isMarkAt(i - 1, ",:;-") &&
         (endsAt(i + 1) || isMarkAt(i + 1, ".!")) &&
         (endsAt(i + 1) || m_tokens[i + 1].spaceAfter || endsAt(i + 2));
}

// "B or C", "B and C", "B/C", "B, C", behind the letter at i.
bool ChoiceReader::isEither(std::size_t i, int letter) const {
  std::size_t k = i + 1;
  bool joined = false;
  while (k < m_tokens.size() && k < i + 6) {
    const Token& token = m_tokens[k];
    if (wordAt(k, {"or", "and"}) || isMarkAt(k, "/,&")) {
      joined = true;
    } else if (token.letter >= 0 && token.letter < m_count && token.upper &&
               token.letter != letter) {
      return joined && !isArticle(k);
    } else if (token.isLineEnd() || !(isDecoration(token) || isMarkAt(k, "()[]") ||
                                      wordAt(k, {"option", "possibly", "maybe", "perhaps"}))) {
      return false;
    }
    ++k;
  }
  return false;
}

// Whether the words before a link ("is", ":") in the same sentence speak of the answer.
bool ChoiceReader::keyBefore(std::size_t link, bool colon, bool& negated) const {
  constexpr std::size_t kReach = 40;
  bool found = false;
  bool conditional = false;
  std::size_t sinceKey = 0;
  for (std::size_t k = link, steps = 0; k > 0 && steps < kReach; --k, ++steps) {
    const Token& token = m_tokens[k - 1];
    if (token.isLineEnd() || isMarkAt(k - 1, ".!?;")) break;
    if (!token.isWord()) continue;
    if (isKeyWord(token.text)) {
      found = true;
      sinceKey = 0;
      continue;
    }
    // "Selected action: C", "Option: C"; and "it is C".
    const bool near = steps <= 1;
    if (near && colon && isOptionNoun(token.text)) found = true;
    if (near && !colon &&
        isOneOf(token.text, {"it", "that", "this", "it's", "that's", "choose", "i'd", "i'll"}))
      found = true;
    if (isNegation(token.text) && ((found && sinceKey < 4) || steps <= 1)) negated = true;
    if (found && isOneOf(token.text, {"if", "whether", "unless", "which", "what", "why"}) &&
        sinceKey < 4)
      conditional = true;
    if (found) ++sinceKey;
  }
  return found && !conditional;
}

// From the letter backwards over fillers to a link or a verb of choosing.
void ChoiceReader::lookBack(Mention& mention) const {
  const std::size_t i = mention.at;
  bool fillerBetween = false;
  for (std::size_t k = i, steps = 0; k > 0 && steps < 12; --k, ++steps) {
    const std::size_t b = k - 1;
    const Token& token = m_tokens[b];
    if (token.isLineEnd()) continue;
    if (token.kind == Token::Kind::Mark) {
      if (token.text[0] == ':' || token.text[0] == '=') {
        mention.phrase = mention.label = keyBefore(b, true, mention.negated);
        return;
      }
      if (token.text[0] == '-' && b > 0) {  // "Answer - C"; but "Best options:\n- C"
        if (m_tokens[b - 1].isWord() && isKeyWord(m_tokens[b - 1].text))
          mention.phrase = mention.label = true;
        if (m_tokens[b - 1].isWord()) return;
        continue;
      }
      if ((token.text[0] == '>' || token.text[0] == '{') && b > 0 && m_tokens[b - 1].isWord() &&
          isOneOf(m_tokens[b - 1].text, {"answer", "choice", "boxed"})) {
        mention.phrase = mention.label = true;
        return;
      }
      if (isOpening(token) || token.text[0] == '\\' || token.text[0] == '}') continue;
      return;
    }
    if (isNegation(token.text)) {
      mention.negated = true;
      return;
    }
    if (isLink(token.text)) {
      mention.phrase = keyBefore(b + 1, false, mention.negated);
      return;
    }
    if (isChoosingVerb(token.text)) {
      // "I would not choose C", "choosing B would be wrong": the words before decide.
      for (std::size_t n = b, seen = 0; n > 0 && seen < 4 && m_tokens[n - 1].isWord(); --n, ++seen)
        if (const std::string& word = m_tokens[n - 1].text;
            isNegation(word) || isOneOf(word, {"if", "to", "between"})) {
          mention.negated = isNegation(word);
          // "The best course is to choose C"; but "it is hard to choose C".
          if (word == "to" && n > 1 && m_tokens[n - 2].isWord() && isLink(m_tokens[n - 2].text))
            mention.phrase = keyBefore(n - 1, false, mention.negated);
          return;
        }
      mention.phrase =
          !isOneOf(token.text, {"choosing", "selecting", "picking", "opting", "take", "going"});
      return;
    }
    // "Final answer\n\nC": the phrase on a line of its own.
    if (isOneOf(token.text, {"answer", "choice", "selection", "decision"}) && !fillerBetween) {
      bool lineBetween = false;
      for (std::size_t n = b + 1; n < i; ++n) lineBetween |= m_tokens[n].isLineEnd();
      if (lineBetween) {
        mention.phrase = mention.label = keyBefore(b + 1, false, mention.negated);
        return;
      }
    }
    if (isOneOf(token.text, {"but", "rather"}) && b > 0 &&
        m_tokens[b - 1].letter >= 0) {  // "not B but C"
      Mention other;
      other.at = b - 1;
      lookBack(other);
      mention.phrase = other.negated;
      return;
    }
    if (!isFiller(token.text)) return;
    fillerBetween = true;
  }
}

// "C is the best choice", "C (shout) would be right", "B is not appropriate".
void ChoiceReader::lookAhead(Mention& mention) const {
  std::size_t k = mention.at + 1;
  while (isMarkAt(k, ")]*_`\"'}")) ++k;
  if (isMarkAt(k, "(")) {
    std::size_t n = k;
    while (!endsAt(n) && n < k + 40 && !isMarkAt(n, ")")) ++n;
    if (isMarkAt(n, ")")) k = n + 1;
  } else if (isMarkAt(k, ".:") && mention.textAfter >= 0) {
    std::size_t left = m_options[static_cast<std::size_t>(mention.textAfter)].size();
    for (++k; left > 0 && at(k); ++k) left -= at(k)->isWord();
    while (isMarkAt(k, ".*\"'")) ++k;
  }
  bool linked = false;
  for (std::size_t steps = 0; steps < 8 && at(k) && at(k)->isWord(); ++k, ++steps) {
    const std::string& word = at(k)->text;
    if (!linked) {
      if (isOneOf(word, {"is", "was", "would", "should", "seems", "appears", "remains", "will",
                         "must", "isn't", "wouldn't", "wasn't"})) {
        linked = true;
        mention.negated |= isNegation(word);
        continue;
      }
      return;
    }
    if (isNegation(word)) {
      mention.negated = true;
      return;
    }
    if (isKeyWord(word)) {
      mention.phrase = true;
      return;
    }
  }
}

void ChoiceReader::describe(Mention& mention) const {
  const std::size_t i = mention.at;
  std::size_t after = i + 1;
  while (isMarkAt(after, ".):]*_`\"'-,}>=")) ++after;
  mention.textAfter = optionAfter(after);
  mention.lineFirst = isLineFirst(i);
  mention.marked = isMarked(i);
  mention.either = isEither(i, mention.letter);
  if (!isArticle(i)) lookBack(mention);
  // A lower-case letter in a phrase needs the end or a mark behind it.
  const Token& token = m_tokens[i];
  if (mention.phrase && !token.upper && !endsAt(i + 1) && m_tokens[i + 1].isWord())
    mention.phrase = false;
  if (!mention.phrase && (token.upper || mention.marked)) lookAhead(mention);
}

// Consecutive lines A, B, … are a copy of the question's list, not an answer.
void ChoiceReader::findLists() {
  std::vector<std::size_t> first;
  for (std::size_t m = 0; m < m_mentions.size(); ++m)
    if (m_mentions[m].lineFirst) first.push_back(m);
  for (std::size_t a = 0; a < first.size();) {
    std::size_t b = a;
    while (b + 1 < first.size() &&
           m_mentions[first[b + 1]].letter == m_mentions[first[b]].letter + 1)
      ++b;
    if (b > a && m_mentions[first[a]].letter == 0)
      for (std::size_t k = a; k <= b; ++k) m_mentions[first[k]].listed = true;
    a = b + 1;
  }
}

void ChoiceReader::collect() {
  for (std::size_t i = 0; i < m_tokens.size(); ++i) {
    if (!standsAsLetter(i)) continue;
    // "A:" before a letter labels an answer, as in "Q: … A: C".
    if (m_tokens[i].letter == 0 && isMarkAt(i + 1, ":") && at(i + 2) && at(i + 2)->letter > 0 &&
        (endsAt(i + 3) || isMarkAt(i + 3, ".)"))) {
      Mention labelled;
      labelled.at = i + 2;
      labelled.letter = at(i + 2)->letter;
      if (labelled.letter < m_count) {
        describe(labelled);
        labelled.phrase = labelled.label = true;
        m_mentions.push_back(labelled);
      }
      i += 2;
      continue;
    }
    Mention mention;
    mention.at = i;
    mention.letter = m_tokens[i].letter;
    describe(mention);
    m_mentions.push_back(mention);
  }
  findLists();
}

}  // namespace wordsight::eval
