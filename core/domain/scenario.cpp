#include "domain/scenario.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/utf8.h"
#include "domain/rationale_words.h"

namespace wordsight {

int indexOfLetter(char letter) {
  const int upper = std::toupper(static_cast<unsigned char>(letter));
  return upper >= 'A' && upper <= 'Z' ? upper - 'A' : -1;
}

std::string numberedOptions(const std::vector<std::string>& options) {
  std::string out;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i > 0) out += '\n';
    out += letterOf(static_cast<int>(i));
    out += ". " + options[i];
  }
  return out;
}

std::string withoutLetter(std::string_view option, int index) {
  option = trimmed(option);
  if (option.size() >= 2 && indexOfLetter(option[0]) == index &&
      std::isupper(static_cast<unsigned char>(option[0])) &&
      (option[1] == '.' || option[1] == ')' || option[1] == ':'))
    return std::string(trimmed(option.substr(2)));
  return std::string(option);
}

const char* toText(ReviewStatus status) {
  switch (status) {
    case ReviewStatus::Undecided:
      return "undecided";
    case ReviewStatus::Accepted:
      return "accepted";
    case ReviewStatus::Rejected:
      return "rejected";
  }
  return "undecided";
}

Result<ReviewStatus> reviewStatusFromText(std::string_view text) {
  for (const auto status :
       {ReviewStatus::Undecided, ReviewStatus::Accepted, ReviewStatus::Rejected})
    if (text == toText(status)) return status;
  return fail("Unknown review status \"" + std::string(text) +
              "\": use undecided, accepted or rejected.");
}

Json toJson(const ScenarioContent& content) {
  Json json;
  json["situation_description"] = content.situation;
  if (!content.question.empty()) json["question"] = content.question;
  Json options = Json::array();
  for (std::size_t i = 0; i < content.options.size(); ++i)
    options.push_back(std::string(1, letterOf(static_cast<int>(i))) + ". " + content.options[i]);
  json["action_list"] = std::move(options);
  if (content.key >= 0)
    json["answer"] = std::string(1, letterOf(content.key));
  else
    json["answer"] = nullptr;
  json["reason"] = content.rationale;
  if (!content.category.empty()) json["category"] = "[" + content.category + "]";
  if (content.nonIntervention >= 0)
    json["non_interven_action"] = std::string(1, letterOf(content.nonIntervention));
  return json;
}

namespace {

/// A text member under either of two names; null and absent are empty.
Status readText(const Json& json, const char* name, const char* shortName, const std::string& what,
                std::string& out) {
  for (const char* key : {name, shortName}) {
    const auto it = json.find(key);
    if (it == json.end() || it->is_null()) continue;
    if (!it->is_string()) return fail(what + ": \"" + key + "\" must be a text.");
    out = std::string(trimmed(it->get_ref<const std::string&>()));
    return {};
  }
  return {};
}

/// Whether nothing but the letter is named: "", ". Call for help", ") …", or further letters as
/// VIVA has them (",D").
bool endsLetter(std::string_view rest) {
  rest = trimmed(rest);
  if (rest.empty() || rest.front() == '.' || rest.front() == ')' || rest.front() == ':')
    return true;
  if (rest.front() != ',') return false;
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) { return c == ',' || c == ' ' || indexOfLetter(c) >= 0; });
}

/// A letter ("D", "(D)", "D. Call for help"; of "E,D" the first one counts), or -1 for null and
/// absent.
Result<int> readLetter(const Json& json, const char* name, const char* shortName,
                       const std::string& what) {
  std::string text;
  WORDSIGHT_CHECK(readText(json, name, shortName, what, text));
  if (text.empty()) return -1;
  const std::string_view letter = std::string_view(text).substr(text.front() == '(' ? 1 : 0);
  const int index = letter.empty() ? -1 : indexOfLetter(letter.front());
  if (index < 0 || !endsLetter(letter.substr(1)))
    return fail(what + ": \"" + (json.contains(name) ? name : shortName) +
                "\" must be a letter, but it is \"" + text.substr(0, 40) + "\".");
  return index;
}

}  // namespace

Result<ScenarioContent> scenarioContentFromJson(const Json& json, const std::string& what) {
  if (!json.is_object())
    return fail(what + ": a scenario must be a JSON object, but it is " + json.type_name() + ".");
  ScenarioContent content;
  WORDSIGHT_CHECK(readText(json, "situation_description", "situation", what, content.situation));
  WORDSIGHT_CHECK(readText(json, "question", "question", what, content.question));
  WORDSIGHT_CHECK(readText(json, "reason", "rationale", what, content.rationale));
  WORDSIGHT_CHECK(readText(json, "category", "category", what, content.category));
  if (content.category.size() >= 2 && content.category.front() == '[' &&
      content.category.back() == ']')
    content.category = content.category.substr(1, content.category.size() - 2);
  auto options = json.find("action_list");
  if (options == json.end()) options = json.find("options");
  if (options == json.end()) return fail(what + ": \"action_list\" (the options) is missing.");
  if (!options->is_array()) return fail(what + ": \"action_list\" must be a list of texts.");
  if (options->size() > std::size_t(kMaxOptions))
    return fail(what + ": \"action_list\" has " + std::to_string(options->size()) +
                " options; at most " + std::to_string(kMaxOptions) + " are possible.");
  for (const auto& option : *options) {
    if (!option.is_string())
      return fail(what + ": every option in \"action_list\" must be a text.");
    content.options.push_back(withoutLetter(option.get_ref<const std::string&>(),
                                            static_cast<int>(content.options.size())));
  }
  WORDSIGHT_TRY(content.key, readLetter(json, "answer", "key", what));
  WORDSIGHT_TRY(content.nonIntervention,
                readLetter(json, "non_interven_action", "non_intervention", what));
  return content;
}

std::string contentHash(const ScenarioContent& content) {
  Sha256 hash;
  const auto field =
      [&](std::string_view text) {  // with its length, so that fields cannot run into each other
        hash.add(std::to_string(text.size()) + ":");
        hash.add(text);
      };
  field(content.situation);
  field(content.question);
  for (const auto& option : content.options) field(option);
  field(std::to_string(content.key));
  field(content.rationale);
  return hash.hex();
}

ScenarioContent reordered(const ScenarioContent& content, const std::vector<std::size_t>& order) {
  ScenarioContent out = content;
  std::vector<int> newIndexOf(content.options.size(), -1);
  for (std::size_t i = 0; i < order.size() && i < content.options.size(); ++i) {
    out.options[i] = content.options[order[i]];
    newIndexOf[order[i]] = static_cast<int>(i);
  }
  const auto moved = [&](int index) {
    return index >= 0 && index < static_cast<int>(newIndexOf.size()) ? newIndexOf[index] : index;
  };
  out.key = moved(content.key);
  out.nonIntervention = moved(content.nonIntervention);
  // Letters in the rationale that name options must follow.
  for (const auto& word : wordsOf(content.rationale, static_cast<int>(newIndexOf.size())))
    if (word.use == LetterUse::Option) out.rationale[word.at] = letterOf(moved(*word.letter));
  return out;
}

}  // namespace wordsight
