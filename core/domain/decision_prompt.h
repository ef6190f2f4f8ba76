#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/message.h"
#include "domain/scenario.h"

namespace wordsight {

enum class Arm { Image, Caption, Blind };
const char* toText(Arm arm);
Result<Arm> armFromText(std::string_view text);

/// How a decision is put to a model: one wording for training, evaluation and preview. A data file
/// (resources/prompts/decision/NAME.json); its hash is kept with each run.
/// Placeholders: {situation} {question} {options} {image} in the three arms, {letter} {option}
/// {rationale} in the answer.
struct DecisionPrompt {
  std::string name;
  std::string system;    // empty: none of our own (the chat template may add its default)
  std::string question;  // used when an item has no question of its own
  std::string caption, image,
      blind;                      // the user's turn in each arm; {image} marks the picture's place
  std::string answer;             // "{letter}. {option} {rationale}"
  std::string answerNoRationale;  // used when the rationale is empty
  std::string hash;               // sha256 of the file's text
};

Result<DecisionPrompt> decisionPromptFromJson(std::string_view text, const std::string& what);

/// The user's turn (and the system's, when the prompt has one). `imagePath` is used by Arm::Image
/// only.
std::vector<Message> renderQuestion(const DecisionPrompt& prompt, const ScenarioContent& item,
                                    Arm arm, const std::string& imagePath = {});
/// The assistant's turn for training; the item must have a key.
std::string renderAnswer(const DecisionPrompt& prompt, const ScenarioContent& item);

/// Replaces {name} by its value in one pass: values are not searched for placeholders again.
/// Unknown names stay.
std::string fillTemplate(std::string_view pattern,
                         const std::vector<std::pair<std::string_view, std::string_view>>& values);

}  // namespace wordsight
