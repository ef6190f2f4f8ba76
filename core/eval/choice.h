#pragma once
// Reads the chosen option out of what a model wrote. One reader for training probes, evaluation,
// recorded answers and preview. It never guesses: an answer that the rules cannot read is "none" or
// "ambiguous" and counts as wrong.

#include <string>
#include <string_view>
#include <vector>

#include "domain/prediction.h"

namespace wordsight::eval {

/// Rules, in this order; the first that decides is recorded in Choice::rule. Letters count only up
/// to the last option's.
///
///  1. "empty"          nothing but white space and marks. No option.
///  2. "letter-only"    the whole answer is one letter, however it is dressed: C  C.  (c)  **C**
///  [C]  "C"  Option C.
///  3. "final-phrase"   a phrase that says "my answer is" followed by one letter: Answer: C,
///  Selected Action: C, the best
///                      action would be: C, I choose option C, so C is the best choice. When it
///                      occurs more than once, the last one counts, unless letters contradict each
///                      other without a word of finality (final, therefore, so, thus …) at the
///                      last: "ambiguous".
///  4. "letter-first"   the answer (or a line of it) begins with a letter and a mark ("C. Shout",
///  "C) …", "(C) …", "C: …"),
///                      and no other line begins with another letter. A list of all options is no
///                      answer.
///  5. "option-text"    exactly one option's text occurs in the answer, word for word after folding
///  case, quotes, spaces
///                      and punctuation; an option whose text contains another's beats the shorter
///                      one.
///  6. "letter-mention" exactly one letter is mentioned in a marked form ("(C)", "option C",
///  "action C", "**C**").
///
/// "A" is an article far more often than a choice: a bare A counts only with a mark ("A.", "(A)",
/// "A:"), alone on its line, or after a phrase that ends in punctuation or "option". "I" is never
/// read bare for the same reason. A letter that is negated ("not B", "rather than B", "instead of
/// B", "B is wrong") is not counted.
///  7. "ambiguous"      several options are named and nothing decides. No option.
///  8. "none"           nothing was named; refusals land here. No option.
Choice readChoice(std::string_view rawText, const std::vector<std::string>& options);

/// The most probable letter: rule "logprob". Values are per option as shown; a NaN or an exact tie
/// for the first place is "ambiguous", an empty list "none". `shift` as in Prediction: the result
/// is an index into the options' original order.
Choice choiceFromLogProbs(const std::vector<double>& letterLogProbs, int shift = 0);

/// Options moved on cyclically by `shift` places: option i is shown at place (i + shift) mod n. And
/// the way back.
std::vector<std::string> shiftedOptions(const std::vector<std::string>& options, int shift);
int originalOption(int shownAt, int shift, int optionCount);
/// Probability of each option in the original order: softmax over the letters shown. Empty when any
/// value is NaN.
std::vector<double> optionProbabilities(const std::vector<double>& letterLogProbs, int shift = 0);

}  // namespace wordsight::eval
