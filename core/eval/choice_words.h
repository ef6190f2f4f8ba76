#pragma once
// The words that readChoice looks for. Inside eval only.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "eval/choice_tokens.h"

namespace wordsight::eval {

using Words = std::initializer_list<std::string_view>;

inline bool isOneOf(const std::string& word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Nouns that name the answer itself, and adjectives that single an option out.
inline bool isKeyWord(const std::string& w) {
  return isOneOf(
      w, {"answer",   "choice", "selection", "decision",   "pick",        "conclusion", "verdict",
          "response", "best",   "correct",   "right",      "appropriate", "suitable",   "selected",
          "chosen",   "choose", "preferred", "preferable", "recommended", "optimal",    "ideal",
          "wisest",   "safest", "proper",    "sensible",   "better",      "boxed"});
}
inline bool isOptionNoun(const std::string& w) {
  return isOneOf(w, {"option", "choice", "action", "letter", "answer", "alternative", "selection"});
}
inline bool isChoosingVerb(const std::string& w) {
  return isOneOf(
      w, {"choose",  "chose",     "choosing", "select",  "selected", "selecting", "pick", "picked",
          "picking", "recommend", "prefer",   "suggest", "take",     "vote",      "say",  "think",
          "believe", "opt",       "go",       "going",   "opting",   "went"});
}
inline bool isLink(const std::string& w) {
  return isOneOf(w, {"is", "are", "was", "be", "being", "it's", "that's", "remain", "remains",
                     "becomes", "seems", "appears", "i'd", "i'll", "means"});
}
inline bool isNegation(const std::string& w) {
  return isOneOf(w, {"not",   "never",  "neither", "nor",       "than",    "without",
                     "avoid", "unlike", "except",  "cannot",    "instead", "against",
                     "worst", "wrong",  "least",   "incorrect", "second",  "inappropriate",
                     "poor",  "bad",    "worse",   "unsuitable"}) ||
         w.ends_with("n't");
}
// May stand between the phrase and its letter.
inline bool isFiller(const std::string& w) {
  return isOneOf(w, {"the",        "to",        "that",     "with",   "for",       "clearly",
                     "definitely", "likely",    "probably", "most",   "of",        "my",
                     "simply",     "therefore", "thus",     "would",  "will",      "should",
                     "indeed",     "perhaps",   "letter",   "number", "just",      "also",
                     "you",        "we",        "i",        "one",    "obviously", "certainly"}) ||
         isOptionNoun(w);
}
inline bool isFinality(const std::string& w) {
  return isOneOf(w, {"final", "finally", "therefore", "thus", "so", "hence", "ultimately",
                     "overall", "conclusion", "actually", "however", "summary"});
}
inline bool isHedge(const std::string& w) {
  return isOneOf(
      w, {"probably", "definitely", "clearly", "likely", "certainly", "obviously", "surely"});
}
inline bool isOpening(const Token& t) {
  return t.kind == Token::Kind::Mark &&
         std::string_view("([{\"'*_`<#$").find(t.text[0]) != std::string_view::npos;
}
inline bool isDecoration(const Token& t) {
  return t.kind == Token::Kind::Mark &&
         std::string_view("\"'*_`$").find(t.text[0]) != std::string_view::npos;
}

}  // namespace wordsight::eval
