#pragma once
// readChoice's machinery. Inside eval only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/prediction.h"
#include "eval/choice_tokens.h"
#include "eval/choice_words.h"

namespace wordsight::eval {

struct Mention {
  std::size_t at = 0;
  int letter = -1;
  bool marked = false;  // stands out as a letter: "(C)", "option C", "**C**"
  bool phrase = false;  // a phrase says that this is the answer
  bool label = false;   // … as a label does: "Answer: C"
  bool negated = false;
  bool lineFirst = false;  // a line begins with it, with a mark
  bool listed = false;     // it is part of a copied list of options
  bool either = false;     // another letter stands beside it: "B or C"
  int textAfter = -1;      // the option whose whole text follows
};

/// Finds the letters in one answer, says of each how it stands there, and applies the rules of
/// choice.h in their order.
class ChoiceReader {
 public:
  ChoiceReader(std::string_view text, const std::vector<std::string>& options)
      : m_tokens(cutAnswer(text)) {
    for (const auto& option : options) m_options.push_back(wordsOf(option));
    m_count = static_cast<int>(options.size());
    for (std::size_t i = 0; i < m_tokens.size(); ++i) m_words += m_tokens[i].isWord();
  }

  Choice read() {
    if (m_words == 0) return {-1, "empty"};
    if (auto only = letterOnly()) return *only;
    collect();
    for (const auto step : {&ChoiceReader::answerPhrase, &ChoiceReader::letterFirst,
                            &ChoiceReader::optionText, &ChoiceReader::letterMention})
      if (auto choice = (this->*step)()) return *choice;
    return {-1, "none"};
  }

 private:
  using Found = std::optional<Choice>;

  const Token* at(std::size_t i) const { return i < m_tokens.size() ? &m_tokens[i] : nullptr; }
  bool endsAt(std::size_t i) const { return i >= m_tokens.size() || m_tokens[i].isLineEnd(); }
  bool isMarkAt(std::size_t i, std::string_view marks) const {
    return i < m_tokens.size() && m_tokens[i].kind == Token::Kind::Mark &&
           marks.find(m_tokens[i].text[0]) != marks.npos;
  }
  bool wordAt(std::size_t i, Words words) const {
    return i < m_tokens.size() && m_tokens[i].isWord() && isOneOf(m_tokens[i].text, words);
  }

  Found letterOnly() const;
  const Mention* opening() const;
  void collect();
  void describe(Mention& mention) const;
  void findLists();
  bool standsAsLetter(std::size_t i) const;
  bool looksLikeAbbreviation(std::size_t i) const;
  int optionAfter(std::size_t i) const;
  bool beginsLikeOption(std::size_t i, int option) const;
  bool isLineFirst(std::size_t i) const;
  bool isMarked(std::size_t i) const;
  bool isEither(std::size_t i, int letter) const;
  void lookBack(Mention& mention) const;
  void lookAhead(Mention& mention) const;
  bool isArticle(std::size_t i) const;
  bool keyBefore(std::size_t link, bool colon, bool& negated) const;
  bool isFinalSentence(std::size_t i) const;
  Choice settled(const Mention& mention, const char* rule) const;
  Found answerPhrase();
  Found letterFirst();
  Found optionText();
  Found letterMention();

  std::vector<Token> m_tokens;
  std::vector<std::vector<std::string>> m_options;
  std::vector<Mention> m_mentions;
  int m_count = 0;
  int m_words = 0;
};

}  // namespace wordsight::eval
