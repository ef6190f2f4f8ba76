#pragma once
// Reads the chosen option out of what a model wrote. One reader for training probes, evaluation,
// recorded answers and preview. It never guesses: an answer that the rules cannot read is "none" or
// "ambiguous" and counts as wrong.

#include <string>
#include <string_view>
#include <vector>

#include "domain/prediction.h"

namespace wordsight::eval {

/// Rules, in this order; the first that decides is recorded in Choice::rule. Only letters up to the
/// last option's are read. What stands before "</think>" and special tokens ("<|im_end|>") are no
/// part of the answer.
///
///  1. "empty"          Nothing but white space and marks. No option.
///  2. "letter-only"    The whole answer is one letter, however dressed: C  c.  (C)  **C**  [C]
///  3. "answer-phrase"  A label ("Answer: C", "Selected Action: D", "\boxed{C}") or a phrase ("the
///                      best action would be C", "I choose C", "C is the best choice") says that a
///                      letter is the answer. Labels beat phrases. Where two of a kind name
///                      different letters, the last counts if its sentence is a conclusion (final,
///                      therefore, so, however …); otherwise "ambiguous". An answer that opens with
///                      a letter and the whole text of its option ("C. Shout at them …") is
///                      "letter-first": what follows is its reason, and only a label overrules it.
///  4. "letter-first"   A line begins with a letter and a mark, or with a letter and that option's
///                      text ("C. Shout", "(C) …", "C: …"), and no other line with another letter.
///                      Lines A, B, … are a copy of the question and no answer; after a first line
///                      "C. …" such a list does not matter.
///  5. "option-text"    Exactly one option's text (of three words or more, or the whole answer)
///                      occurs word for word, case and punctuation aside; one that contains
///                      another's beats it.
///  6. "letter-mention" Exactly one letter stands out: "(C)", "option C", "**C**", "definitely C".
///  7. "ambiguous"      Several options are named and nothing decides. No option.
///  8. "none"           Nothing was named; refusals land here. No option.
///
/// Not counted: negated letters ("not B", "rather than B", "B is wrong", "the worst choice is B"),
/// conditions ("if the answer is B"), parts of words and abbreviations (C'mon, E-mail, D.C.). "A"
/// is an article far more often than a choice: a bare A (and a bare I) counts only where a mark,
/// the line's end, a word like "because" or option A's own text follows. Two letters side by side
/// ("B or C"), and a letter followed by the whole text of another option, are "ambiguous".
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
