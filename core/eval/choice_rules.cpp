// The rules of choice.h, each in a function of its own.

#include <algorithm>

#include "eval/choice_reader.h"

namespace wordsight::eval {

ChoiceReader::Found ChoiceReader::letterOnly() const {
  int letter = -1;
  for (const auto& token : m_tokens) {
    if (!token.isWord()) continue;
    if (letter < 0 && isOptionNoun(token.text) && token.text != "answer" && m_words == 2) continue;
    if (token.letter < 0 || letter >= 0) return {};
    letter = token.letter;
  }
  if (letter < 0) return {};
  if (m_words == 2 && isMarkAt(1, ":=")) return {};  // "Choice: C" is a phrase
  return letter < m_count ? Choice{letter, "letter-only"} : Choice{-1, "none"};
}

bool ChoiceReader::isFinalSentence(std::size_t i) const {
  for (std::size_t k = i, steps = 0; k > 0 && steps < 40; --k, ++steps) {
    if (isMarkAt(k - 1, ".!?")) return false;
    if (m_tokens[k - 1].isWord() && isFinality(m_tokens[k - 1].text)) return true;
  }
  return false;
}

// A letter followed by the whole text of another option says two things at once.
Choice ChoiceReader::settled(const Mention& mention, const char* rule) const {
  if (mention.either) return {-1, "ambiguous"};
  if (mention.textAfter >= 0 && mention.textAfter != mention.letter &&
      m_options[static_cast<std::size_t>(mention.textAfter)] !=
          m_options[static_cast<std::size_t>(mention.letter)] &&
      m_options[static_cast<std::size_t>(mention.textAfter)].size() > 1)
    return {-1, "ambiguous"};
  return {mention.letter, rule};
}

// "C. Shout at them. …": the answer opens with a letter and the whole text of its option.
const Mention* ChoiceReader::opening() const {
  if (m_mentions.empty()) return nullptr;
  const Mention& first = m_mentions.front();
  if (!first.lineFirst || first.listed || first.either || first.textAfter != first.letter)
    return nullptr;
  for (std::size_t k = 0; k < first.at; ++k)
    if (m_tokens[k].isLineEnd() || (m_tokens[k].isWord() && !isOptionNoun(m_tokens[k].text)))
      return nullptr;
  return &first;
}

ChoiceReader::Found ChoiceReader::answerPhrase() {
  const Mention* label = nullptr;  // the last of each kind
  const Mention* soft = nullptr;
  bool labelsDiffer = false, softDiffer = false;
  const Mention* const lead = opening();
  for (const auto& mention : m_mentions) {
    if (!mention.phrase || mention.negated || mention.listed) continue;
    const Mention*& last = mention.label ? label : soft;
    (mention.label ? labelsDiffer : softDiffer) |= last && last->letter != mention.letter;
    last = &mention;
  }
  const bool concludes = soft && isFinalSentence(soft->at);
  if (label) {
    // Phrases before a label are the way to it; a conclusion behind it that says otherwise is a
    // contradiction.
    const bool gainsaid = concludes && soft->at > label->at && soft->letter != label->letter;
    if (gainsaid || (labelsDiffer && !isFinalSentence(label->at))) return Choice{-1, "ambiguous"};
    return settled(*label, "answer-phrase");
  }
  if (lead) {
    // What follows such an opening is its reason, and reasons speak of other options too.
    if (concludes && soft->letter != lead->letter) return Choice{-1, "ambiguous"};
    return Choice{lead->letter, "letter-first"};
  }
  if (!soft) return {};
  if (softDiffer && !concludes) return Choice{-1, "ambiguous"};
  return settled(*soft, "answer-phrase");
}

ChoiceReader::Found ChoiceReader::letterFirst() {
  const Mention* first = nullptr;
  bool several = false;
  bool firstLine = false;
  bool restIsList = true;
  for (const auto& mention : m_mentions) {
    if (!mention.lineFirst) continue;
    if (!first) {
      first = &mention;
      firstLine = true;
      for (std::size_t k = 0; k < mention.at; ++k) firstLine &= !m_tokens[k].isLineEnd();
      continue;
    }
    several |= mention.letter != first->letter;
    restIsList &= mention.listed;
  }
  if (!first || first->negated) return {};
  // "C. Shout …" on the first line, then all options one by one: the first line is the answer.
  if (several && !(firstLine && restIsList && !first->listed)) return {};
  if (!several && first->listed) return {};
  return settled(*first, "letter-first");
}

ChoiceReader::Found ChoiceReader::optionText() {
  std::string text = " ";
  std::vector<std::size_t>
      sentenceStart;  // for each word's place in `text`: where its sentence begins
  std::size_t begin = 0;
  for (const auto& token : m_tokens) {
    if (token.isWord()) {
      sentenceStart.resize(text.size(), begin);
      text += token.text + " ";
    } else if (token.isLineEnd() ||
               std::string_view(".!?;").find(token.text[0]) != std::string_view::npos) {
      begin = text.size() - 1;
    }
  }
  sentenceStart.resize(text.size() + 1, begin);

  struct Hit {
    int option;
    std::size_t from, to;
  };
  std::vector<Hit> hits;
  for (int o = 0; o < m_count; ++o) {
    std::string wanted = " ";
    for (const auto& word : m_options[static_cast<std::size_t>(o)]) wanted += word + " ";
    const std::size_t words = m_options[static_cast<std::size_t>(o)].size();
    if (words == 0 || (words < 3 && text != wanted))
      continue;  // a word or two occur in prose by chance
    for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1)) {
      // "I would not X", "instead of X", "rather than X" in the four words before.
      const std::size_t start = std::min(at, sentenceStart[at]);
      std::string before = text.substr(start, at - start + 1);
      bool negated = false;
      for (int back = 0; back < 4 && before.size() > 1; ++back) {
        const auto space = before.find_last_of(' ', before.size() - 2);
        if (space == before.npos) break;
        negated |= isNegation(before.substr(space + 1, before.size() - space - 2));
        before.resize(space + 1);
      }
      if (!negated) hits.push_back({o, at, at + wanted.size()});
    }
  }
  int option = -1;
  for (const auto& hit : hits) {
    const bool inside = std::any_of(hits.begin(), hits.end(), [&](const Hit& other) {
      return other.option != hit.option && other.from <= hit.from && other.to >= hit.to &&
             other.to - other.from > hit.to - hit.from;
    });
    if (inside) continue;
    if (option >= 0 && option != hit.option) return {};  // several: rule 6 may still decide
    option = hit.option;
  }
  if (option < 0) return {};
  // A marked letter of another option contradicts the text.
  for (const auto& mention : m_mentions)
    if (mention.marked && !mention.negated && !mention.listed && mention.letter != option)
      return Choice{-1, "ambiguous"};
  return Choice{option, "option-text"};
}

ChoiceReader::Found ChoiceReader::letterMention() {
  const Mention* only = nullptr;
  bool several = false;
  bool lists = false;
  for (const auto& mention : m_mentions) {
    lists |= mention.lineFirst;
    lists |= mention.either && m_tokens[mention.at].upper;
    if (!mention.marked || mention.negated || mention.listed) continue;
    several |= only && only->letter != mention.letter;
    only = &mention;
  }
  // "Definitely C": hedges and a bare letter.
  if (!only && m_mentions.size() == 1 && m_words <= 3 && m_tokens[m_mentions[0].at].upper) {
    bool hedged = true;
    for (const auto& token : m_tokens)
      hedged &= !token.isWord() || token.letter >= 0 || isHedge(token.text);
    if (hedged) only = &m_mentions[0];
  }
  if (several || (!only && lists)) return Choice{-1, "ambiguous"};
  if (!only) return {};
  return settled(*only, "letter-mention");
}

}  // namespace wordsight::eval
