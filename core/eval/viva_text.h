#pragma once
// The small languages inside VIVA's text fields. Inside eval only.

#include <string>
#include <string_view>
#include <vector>

namespace wordsight::eval::viva {

/// What an `action_answer` says: the options, one a line, and the letter in its last line.
struct ActionAnswer {
  std::vector<std::string> options;  // A, B, … without letters
  int key = -1;
};
/// Reads "  A. Text\n  B Text\n … - Selected Action: D". The options must be lettered from A
/// without a gap ("A.", "A .", "A)", or a letter and a space); the last line must be words with
/// "action", "answer", "choice" or "option", a colon, and one letter.
ActionAnswer readActionAnswer(std::string_view text);

/// Takes "B. " (or "B) ", "B: ") off the text and returns its letter's index; -1 and the text as it
/// is when there is none.
int takeLetter(std::string& text);
/// "D", "D.", "(D)": the letter's index; -1 for anything else.
int soleLetter(std::string_view text);
/// Letters that a text begins with: "E,D", "D/E", "E.", "E. No action …", "Non-intervening Action:
/// B". Each once.
std::vector<int> leadingLetters(std::string_view text);
/// Alike after case, spaces and punctuation are taken away. Bytes outside ASCII count.
bool sameText(std::string_view first, std::string_view second);

}  // namespace wordsight::eval::viva
