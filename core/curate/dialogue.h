#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/json.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// A scenario out of training data as others lay it out, by strict rules: what does not fit them is
/// an error that says which one, so that nothing is guessed.
///  - One question and one answer (after a system text, which is wording and left out); no picture.
///  - The options stand on lines of their own, "A. …", "B) …" or "(C) …", without a gap from A on,
///  in
///    one list of two or more.
///  - What stands before the list is the situation. Headings "Situation" and "Question" (with '#',
///    '*' or a colon) divide it; without them its last sentence is the question when it ends with
///    '?'. What stands after the list is wording and left out.
///  - The answer begins with the key's letter ("B", "(B)", "B. …", "Answer: B", "The answer is B.")
///  or
///    with the key's whole text. What follows, without the option's text, is the rationale.
struct Dialogue {
  std::string question, answer;
};
Result<ScenarioContent> scenarioFromDialogue(const Dialogue& dialogue, const std::string& where);

/// {"conversations":[{"from":"human","value":…},{"from":"gpt","value":…}]}
bool isShareGpt(const Json& json);
Result<Dialogue> dialogueFromShareGpt(const Json& json, const std::string& where);
/// {"instruction":…,"input":…,"output":…}: the input is read before the instruction.
bool isAlpaca(const Json& json);
Result<Dialogue> dialogueFromAlpaca(const Json& json, const std::string& where);

}  // namespace wordsight::curate
