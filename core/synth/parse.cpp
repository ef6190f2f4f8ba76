#include "synth/parse.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <vector>

#include "base/utf8.h"
#include "domain/json.h"
#include "domain/scenario_text.h"

namespace wordsight::synth {
namespace {

constexpr std::size_t kMostText = 64 * 1024;  // a scenario takes about 2 KiB
constexpr int kMostTries = 64;                // places where an object may begin

std::string inQuotes(std::string_view text) {
  constexpr std::size_t kShown = 60;
  if (text.size() <= kShown) return "\"" + std::string(text) + "\"";
  return "\"" + toValidUtf8(text.substr(0, kShown - incompleteUtf8Tail(text.substr(0, kShown)))) +
         "…\"";
}

/// The end (one past the brace) of the object that begins at `at`; npos when the text ends first.
std::size_t objectEnd(std::string_view text, std::size_t at) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

/// What models get wrong and what cannot be meant otherwise: a comma before a closing bracket, and
/// line breaks and tabs left raw inside a text.
std::string repaired(std::string_view text) {
  std::string out;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\n')
        out += "\\n";
      else if (c == '\t')
        out += "\\t";
      else if (c != '\r')
        out += c;
      if (c == '\\' && i + 1 < text.size())
        out += text[++i];
      else if (c == '"')
        inString = false;
      continue;
    }
    inString = c == '"';
    if (c == ',') {
      const auto next = text.find_first_not_of(" \t\r\n", i + 1);
      if (next != std::string_view::npos && (text[next] == '}' || text[next] == ']')) continue;
    }
    out += c;
  }
  return out;
}

using Names = std::initializer_list<const char*>;
constexpr Names kSituation = {"situation", "situation_description", "scenario"};
constexpr Names kOptions = {"options", "choices", "action_list"};
constexpr Names kAnswer = {"answer", "correct_answer", "key"};
constexpr Names kRationale = {"rationale", "reason", "reasoning", "explanation"};

/// The member under one of its names, of which the first comes first; an error when two of them
/// disagree.
Result<const Json*> member(const Json& object, Names names) {
  const Json* found = nullptr;
  for (const char* name : names) {
    const auto it = object.find(name);
    if (it == object.end() || it->is_null()) continue;
    if (found && *found != *it)
      return fail("It has both \"" + std::string(*names.begin()) + "\" and \"" + name +
                  "\", and they differ.");
    found = &*it;
  }
  return found;
}

bool looksLikeScenario(const Json& json) {
  if (!json.is_object()) return false;
  const auto has = [&](Names names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const char* name) { return json.contains(name); });
  };
  return has(kOptions) || (has(kSituation) && has(kAnswer));
}

/// The one object in the text that looks like a scenario.
Result<Json> findObject(std::string_view text) {
  std::optional<Json> found;
  std::optional<Error> whyNot;
  bool cutOff = false;
  int tries = 0;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    if (++tries > kMostTries) break;
    const std::size_t end = objectEnd(text, at);
    if (end == std::string_view::npos) {
      cutOff = true;
      ++at;
      continue;
    }
    const std::string_view piece = text.substr(at, end - at);
    auto json = parseJson(piece, "The JSON object");
    if (!json) json = parseJson(repaired(piece), "The JSON object");
    if (json && looksLikeScenario(*json)) {
      if (found && *found != *json)
        return fail("It holds more than one scenario, so it is not clear which is meant.");
      found = std::move(*json);
      at = end;
      continue;
    }
    if (!json && !whyNot) whyNot = std::move(json).error();
    ++at;
  }
  if (found) return std::move(*found);
  if (whyNot) return fail(*whyNot);
  if (cutOff) return fail("The JSON object is cut off: let the model write more tokens.");
  return fail("No JSON object with a scenario was found.");
}

bool isPlaceholder(std::string_view text) {
  if (text.find_first_not_of(". ") == std::string_view::npos || text == "\xE2\x80\xA6") return true;
  const char first = text.front(), last = text.back();
  if ((first == '<' && last == '>') || (first == '{' && last == '}') ||
      (first == '[' && last == ']'))
    return true;
  const std::string lower = normalisedOption(text);
  if (lower.size() <= 1) return true;  // a letter instead of the option's text
  static constexpr std::array<std::string_view, 5> kWords = {"string", "text", "option", "n/a",
                                                             "none"};
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

/// A text member: required, trimmed, neither too short nor too long nor a placeholder.
Result<std::string> textMember(const Json& object, Names names, std::size_t least,
                               std::size_t most) {
  const std::string name = *names.begin();
  WORDSIGHT_TRY(const Json* json, member(object, names));
  if (!json) return fail("\"" + name + "\" is missing.");
  if (!json->is_string()) return fail("\"" + name + "\" must be a text.");
  std::string text(trimmed(json->get_ref<const std::string&>()));
  if (text.empty()) return fail("\"" + name + "\" is empty.");
  if (text.find('\0') != std::string::npos) return fail("\"" + name + "\" holds a zero byte.");
  if (isPlaceholder(text)) return fail("\"" + name + "\" is only a placeholder: " + inQuotes(text));
  if (text.size() < least)
    return fail("\"" + name + "\" is shorter than " + std::to_string(least) +
                " bytes: " + inQuotes(text));
  if (text.size() > most)
    return fail("\"" + name + "\" is longer than " + std::to_string(most) + " bytes.");
  return text;
}

/// "B) text" → letter 1 and "text"; also "(B) text", "B. text", "B: text" and "b) text".
std::optional<std::pair<int, std::string_view>> lettered(std::string_view option, int options) {
  std::size_t at = option.starts_with('(') ? 1 : 0;
  if (option.size() < at + 2) return std::nullopt;
  const char c = option[at];
  const int letter = c >= 'A' && c < 'A' + options   ? c - 'A'
                     : c >= 'a' && c < 'a' + options ? c - 'a'
                                                     : -1;
  const char mark = option[at + 1];
  if (letter < 0 || (at == 1 ? mark != ')' : mark != ')' && mark != '.' && mark != ':'))
    return std::nullopt;
  if (std::islower(static_cast<unsigned char>(c)) && mark != ')') return std::nullopt;
  if (option.size() > at + 2 && option[at + 2] != ' ' && option[at + 2] != '\t')
    return std::nullopt;
  return std::pair{letter, trimmed(option.substr(at + 2))};
}

/// The options' texts out of a list, or of an object {"A": …, "B": …} in order.
Result<std::vector<std::string>> rawOptions(const Json& json, int expected) {
  std::vector<std::string> out;
  if (!json.is_array() && !json.is_object()) return fail("\"options\" must be a list of texts.");
  if (json.size() != static_cast<std::size_t>(expected))
    return fail("There are " + std::to_string(json.size()) + " options instead of " +
                std::to_string(expected) + ".");
  int index = 0;
  for (const auto& [name, value] : json.items()) {
    if (!value.is_string()) return fail("Every option must be a text.");
    if (json.is_object() && (name.size() != 1 || indexOfLetter(name[0]) != index))
      return fail("The options' names are not the letters in order.");
    out.emplace_back(trimmed(value.get_ref<const std::string&>()));
    ++index;
  }
  return out;
}

Result<std::vector<std::string>> readOptions(const Json& object, const ParseLimits& limits) {
  WORDSIGHT_TRY(const Json* json, member(object, kOptions));
  if (!json) return fail("\"options\" is missing.");
  WORDSIGHT_TRY(auto options, rawOptions(*json, limits.options));
  bool numbered = true;  // "1. …", "2. …" on every option
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string mark = std::to_string(i + 1);
    numbered =
        numbered && (options[i].starts_with(mark + ". ") || options[i].starts_with(mark + ") "));
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::string& option = options[i];
    const std::string name = std::string("Option ") + letterOf(static_cast<int>(i));
    if (numbered) option = std::string(trimmed(option.substr(std::to_string(i + 1).size() + 1)));
    if (const auto found = lettered(option, limits.options)) {
      if (found->first != static_cast<int>(i))
        return fail(name + " is lettered " + letterOf(found->first) +
                    ": the letters are not in order.");
      option = std::string(found->second);
    }
    if (option.empty()) return fail(name + " is empty.");
    if (option.find('\0') != std::string::npos) return fail(name + " holds a zero byte.");
    if (isPlaceholder(option)) return fail(name + " is only a placeholder: " + inQuotes(option));
    if (option.size() > limits.mostOption)
      return fail(name + " is longer than " + std::to_string(limits.mostOption) + " bytes.");
    for (std::size_t j = 0; j < i; ++j)
      if (normalisedOption(options[j]) == normalisedOption(option))
        return fail("Options " + std::string(1, letterOf(static_cast<int>(j))) + " and " +
                    letterOf(static_cast<int>(i)) + " say the same: " + inQuotes(option));
  }
  return options;
}

/// Takes `front` off, whatever its case.
bool takeFront(std::string_view& text, std::string_view front) {
  if (text.size() < front.size()) return false;
  for (std::size_t i = 0; i < front.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(text[i])) != front[i]) return false;
  text = trimmed(text.substr(front.size()));
  return true;
}

/// The option that an answer names: a letter, a letter with the option's text, or the text itself.
Result<int> readAnswer(const Json& object, const std::vector<std::string>& options) {
  WORDSIGHT_TRY(const Json* json, member(object, kAnswer));
  if (!json) return fail("\"answer\" is missing.");
  if (json->is_array() && json->size() == 1) json = &(*json)[0];
  if (!json->is_string())
    return fail("\"answer\" must be one letter, but it is " + inQuotes(dumpJson(*json)));
  const std::string whole(trimmed(json->get_ref<const std::string&>()));
  for (std::size_t i = 0; i < options.size(); ++i)
    if (normalisedOption(whole) == normalisedOption(options[i])) return static_cast<int>(i);

  std::string_view text = whole;
  (void)(takeFront(text, "option ") || takeFront(text, "answer:"));
  const bool bracket = text.starts_with('(');
  if (bracket) text.remove_prefix(1);
  const int letter = text.empty() ? -1 : indexOfLetter(text[0]);
  const auto unclear = [&] {
    return fail("\"answer\" names no single option: " + inQuotes(whole));
  };
  if (letter < 0) return unclear();
  text.remove_prefix(1);
  if (!text.empty() && std::isalnum(static_cast<unsigned char>(text[0]))) return unclear();
  if (bracket && !text.starts_with(')')) return unclear();
  if (letter >= static_cast<int>(options.size()))
    return fail("\"answer\" is " + std::string(1, letterOf(letter)) + ", but there are only " +
                std::to_string(options.size()) + " options.");
  while (!text.empty() && std::string_view(").:- \t").find(text[0]) != std::string_view::npos)
    text.remove_prefix(1);
  if (text.empty()) return letter;
  // More than a letter: it must be that option's text, or there are two answers in one.
  if (normalisedOption(text) != normalisedOption(options[static_cast<std::size_t>(letter)]))
    return unclear();
  return letter;
}

}  // namespace

Result<ScenarioContent> parseScenario(std::string_view modelText, const ParseLimits& limits) {
  if (trimmed(modelText).empty()) return fail("The model wrote nothing.");
  if (modelText.size() > kMostText)
    return fail("The model wrote more than 64 KiB: that is no single scenario.");
  WORDSIGHT_TRY(const Json object, findObject(toValidUtf8(modelText)));
  ScenarioContent content;
  WORDSIGHT_TRY(content.situation,
                textMember(object, kSituation, limits.leastSituation, limits.mostSituation));
  WORDSIGHT_TRY(content.question, textMember(object, {"question"}, 1, limits.mostQuestion));
  WORDSIGHT_TRY(content.options, readOptions(object, limits));
  WORDSIGHT_TRY(content.key, readAnswer(object, content.options));
  WORDSIGHT_TRY(content.rationale, textMember(object, kRationale, 1, limits.mostRationale));
  for (const int letter : lettersClaimedRight(content.rationale))
    if (letter != content.key)
      return fail("The rationale calls " + std::string(1, letterOf(letter)) +
                  " right, but the answer is " + letterOf(content.key) + ".");
  return content;
}

}  // namespace wordsight::synth
