#include "curate/dialogue.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "base/utf8.h"
#include "domain/scenario_text.h"

namespace wordsight::curate {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const auto end = text.find('\n');
    lines.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

/// "A. text", "A) text", "A: text", "(A) text": the letter's index and the text.
std::optional<std::pair<int, std::string_view>> optionOf(std::string_view line) {
  const bool bracketed = line.starts_with('(');
  if (bracketed) line.remove_prefix(1);
  if (line.size() < 3 || line[0] < 'A' || line[0] > 'Z') return std::nullopt;
  const char mark = line[1];
  if (bracketed ? mark != ')' : mark != '.' && mark != ')' && mark != ':') return std::nullopt;
  if (!std::isspace(static_cast<unsigned char>(line[2]))) return std::nullopt;
  return std::pair(line[0] - 'A', trimmed(line.substr(2)));
}

/// A question's text cut at its list of options.
struct Parts {
  std::vector<std::string_view> before;  // lines
  std::vector<std::string> options;
};

Result<Parts> partsOf(std::string_view text, const std::string& where) {
  Parts parts;
  bool inList = false, ended = false;
  for (const auto line : linesOf(text)) {
    const auto option = optionOf(line);
    const int next = static_cast<int>(parts.options.size());
    if (option && !ended && option->first == next && (inList || next == 0)) {
      inList = true;
      parts.options.emplace_back(option->second);
    } else if (option && (inList || ended)) {
      return fail(where + ": the options are not one list A, B, C …: \"" +
                  std::string(line.substr(0, 40)) + "\" stands where option " +
                  std::string(1, letterOf(next)) + " was expected.");
    } else if (inList && !line.empty()) {
      inList = false;
      ended = true;
    } else if (!inList && !ended) {
      parts.before.push_back(line);
    }
  }
  if (parts.options.size() < 2)
    return fail(where +
                ": no list of options was found: lines \"A. …\" and \"B. …\" were expected.");
  return parts;
}

enum class Heading { None, Situation, Question, Options };

/// The heading that a line begins with, taken off it: "### Situation", "**Question:** What …?".
Heading takeHeading(std::string_view& line) {
  static constexpr std::array<std::pair<std::string_view, Heading>, 7> kHeadings = {
      {{"situation", Heading::Situation},
       {"scenario", Heading::Situation},
       {"context", Heading::Situation},
       {"question", Heading::Question},
       {"options", Heading::Options},
       {"actions", Heading::Options},
       {"choices", Heading::Options}}};
  std::string_view rest = line;
  const bool marked = rest.starts_with('#') || rest.starts_with("**");
  while (!rest.empty() && std::string_view("#* ").find(rest[0]) != std::string_view::npos)
    rest.remove_prefix(1);
  for (const auto& [name, heading] : kHeadings) {
    if (lowered(rest.substr(0, name.size())) != name) continue;
    auto after = rest.substr(name.size());
    bool colon = false;
    while (!after.empty() && (after[0] == ':' || after[0] == '*')) {
      colon = colon || after[0] == ':';
      after.remove_prefix(1);
    }
    if (!colon && !(marked && trimmed(after).empty())) continue;
    line = trimmed(after);
    return heading;
  }
  return Heading::None;
}

void addLine(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text += line;
}

/// Takes the last sentence off `text` when it is a question.
std::string takeQuestion(std::string& text) {
  const std::string whole(trimmed(text));
  if (!whole.ends_with('?')) return {};
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < whole.size(); ++i)
    if (whole[i] == '\n' || (std::isspace(static_cast<unsigned char>(whole[i + 1])) &&
                             std::string_view(".!?").find(whole[i]) != std::string_view::npos))
      begin = i + 1;
  text = std::string(trimmed(std::string_view(whole).substr(0, begin)));
  return std::string(trimmed(std::string_view(whole).substr(begin)));
}

/// Situation and question out of the lines before the options.
void readBefore(const std::vector<std::string_view>& lines, ScenarioContent& content) {
  std::string plain, situation, question;
  bool headed = false, asked = false;
  Heading under = Heading::None;
  for (std::string_view line : lines) {
    if (const auto heading = takeHeading(line); heading != Heading::None) {
      under = heading;
      headed = headed || heading == Heading::Situation;
      asked = asked || heading == Heading::Question;
      if (line.empty()) continue;
    }
    switch (under) {
      case Heading::None:
        addLine(plain, line);
        break;
      case Heading::Situation:
        addLine(situation, line);
        break;
      case Heading::Question:
        addLine(question, line);
        break;
      case Heading::Options:
        break;
    }
  }
  if (!headed) situation = std::move(plain);  // otherwise it is wording
  content.question = asked ? std::string(trimmed(question)) : takeQuestion(situation);
  content.situation = std::string(trimmed(situation));
}

/// How many bytes at the start of `text` say the option, up to the end of a word; 0: it says
/// something else.
std::size_t optionAtStart(std::string_view text, std::string_view option) {
  if (option.empty() || !text.starts_with(option)) return 0;
  if (text.size() == option.size()) return option.size();
  const auto wordByte = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80);
  };
  return wordByte(text[option.size()]) && wordByte(option.back()) ? 0 : option.size();
}

/// "The best answer is", "Answer:" … taken off; then "option".
std::string_view withoutLeadIn(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kLeadIns = {
      "the answer is",         "the correct answer is", "the best answer is", "the right answer is",
      "the correct option is", "the best option is",    "the best action is", "answer:",
      "correct answer:",       "the answer:",           "**answer:**",        "option"};
  for (bool again = true; again;) {
    again = false;
    text = trimmed(text);
    for (const auto lead : kLeadIns) {
      if (lowered(text.substr(0, lead.size())) != lead) continue;
      auto rest = text.substr(lead.size());
      if (rest.empty() || (!std::isspace(static_cast<unsigned char>(rest[0])) && rest[0] != ':'))
        if (!lead.ends_with(':') && !lead.ends_with('*')) continue;
      while (rest.starts_with(':')) rest.remove_prefix(1);
      text = rest;
      again = true;
      break;
    }
  }
  return text;
}

/// The letter that an answer begins with, taken off it; -1: it begins otherwise.
int takeLetter(std::string_view& answer) {
  std::string_view text = withoutLeadIn(answer);
  while (text.starts_with('*')) text.remove_prefix(1);
  const bool bracketed = text.starts_with('(');
  if (bracketed) text.remove_prefix(1);
  if (text.empty() || text[0] < 'A' || text[0] > 'Z') return -1;
  const int letter = text[0] - 'A';
  text.remove_prefix(1);
  if (bracketed
          ? !text.starts_with(')')
          : !text.empty() && std::string_view(".):,*\n\r").find(text[0]) == std::string_view::npos)
    return -1;
  while (!text.empty() && std::string_view(".):,* \n\r\t").find(text[0]) != std::string_view::npos)
    text.remove_prefix(1);
  answer = text;
  return letter;
}

Status readAnswer(std::string_view answer, const std::string& where, ScenarioContent& content) {
  answer = trimmed(answer);
  if (answer.empty()) return fail(where + ": the answer is empty.");
  content.key = takeLetter(answer);
  if (content.key >= static_cast<int>(content.options.size()))
    return fail(where + ": the answer is " + std::string(1, letterOf(content.key)) +
                ", but there are only " + std::to_string(content.options.size()) + " options.");
  if (content.key < 0) {
    std::size_t longest = 0;  // "Call" and "Call the police": the longer one is meant
    for (std::size_t i = 0; i < content.options.size(); ++i)
      if (const auto said = optionAtStart(answer, content.options[i]); said > longest) {
        longest = said;
        content.key = static_cast<int>(i);
      }
    if (content.key < 0)
      return fail(where +
                  ": the answer begins neither with an option's letter nor with its text: \"" +
                  toValidUtf8(answer.substr(0, 40)) + "\".");
  }
  const auto& option = content.options[static_cast<std::size_t>(content.key)];
  if (const auto said = optionAtStart(answer, option)) {
    answer.remove_prefix(said);
    while (!answer.empty() && std::string_view(".,;:*").find(answer[0]) != std::string_view::npos)
      answer.remove_prefix(1);
  }
  content.rationale = std::string(trimmed(answer));
  return {};
}

Result<std::string> textMember(const Json& json, const char* name, const std::string& where) {
  const auto it = json.find(name);
  if (it == json.end() || it->is_null()) return std::string();
  if (!it->is_string()) return fail(where + ": \"" + name + "\" must be a text.");
  return it->get<std::string>();
}

Status checkNoPicture(const Json& json, const std::string& text, const std::string& where) {
  for (const char* name : {"image", "images", "video", "videos"})
    if (const auto it = json.find(name); it != json.end() && !it->empty())
      return fail(where + ": it holds a picture, and a scenario is told in words.");
  if (text.find("<image>") != std::string::npos || text.find("<video>") != std::string::npos)
    return fail(where + ": it refers to a picture, and a scenario is told in words.");
  return {};
}

}  // namespace

Result<ScenarioContent> scenarioFromDialogue(const Dialogue& dialogue, const std::string& where) {
  WORDSIGHT_TRY(auto parts, partsOf(dialogue.question, where));
  ScenarioContent content;
  content.options = std::move(parts.options);
  readBefore(parts.before, content);
  if (content.situation.empty())
    return fail(where + ": no situation stands before the options" +
                (content.question.empty() ? "." : ", only the question."));
  WORDSIGHT_CHECK(readAnswer(dialogue.answer, where, content));
  return content;
}

bool isShareGpt(const Json& json) { return json.is_object() && json.contains("conversations"); }

Result<Dialogue> dialogueFromShareGpt(const Json& json, const std::string& where) {
  const Json& turns = json.at("conversations");
  if (!turns.is_array()) return fail(where + ": \"conversations\" must be a list of turns.");
  Dialogue dialogue;
  std::size_t count = 0;
  for (const auto& turn : turns) {
    if (!turn.is_object()) return fail(where + ": a turn must be a JSON object.");
    WORDSIGHT_TRY(std::string from, textMember(turn, "from", where));
    WORDSIGHT_TRY(std::string value, textMember(turn, "value", where));
    if (from == "system" && count == 0) continue;
    const bool human = from == "human" || from == "user";
    if (!human && from != "gpt" && from != "assistant")
      return fail(where + ": a turn is from \"" + toValidUtf8(from.substr(0, 40)) +
                  "\"; human and gpt were expected.");
    if (count > 1 || human != (count == 0))
      return fail(where + ": it holds more than one question and its answer.");
    (human ? dialogue.question : dialogue.answer) = std::move(value);
    ++count;
  }
  if (count < 2) return fail(where + ": a question and its answer were expected.");
  WORDSIGHT_CHECK(checkNoPicture(json, dialogue.question, where));
  return dialogue;
}

bool isAlpaca(const Json& json) {
  return json.is_object() && json.contains("instruction") && json.contains("output");
}

Result<Dialogue> dialogueFromAlpaca(const Json& json, const std::string& where) {
  if (const auto history = json.find("history"); history != json.end() && !history->empty())
    return fail(where + ": it holds more than one question and its answer.");
  WORDSIGHT_TRY(const auto instruction, textMember(json, "instruction", where));
  WORDSIGHT_TRY(const auto input, textMember(json, "input", where));
  Dialogue dialogue;
  WORDSIGHT_TRY(dialogue.answer, textMember(json, "output", where));
  if (trimmed(input).empty()) {
    dialogue.question = instruction;
  } else if (const auto parts = partsOf(input, where)) {
    // The item is in the input; the instruction is its question, or wording.
    ScenarioContent content;
    readBefore(parts->before, content);
    const std::string asked(trimmed(instruction));
    const bool isQuestion = asked.ends_with('?') && asked.find('\n') == std::string::npos;
    dialogue.question = content.question.empty() && isQuestion
                            ? "Situation: " + content.situation + "\nQuestion: " + asked + "\n" +
                                  numberedOptions(parts->options)
                            : input;
  } else {
    dialogue.question = input + "\n" + instruction;
  }
  WORDSIGHT_CHECK(checkNoPicture(json, dialogue.question, where));
  return dialogue;
}

}  // namespace wordsight::curate
