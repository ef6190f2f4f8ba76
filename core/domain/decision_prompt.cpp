#include "domain/decision_prompt.h"

#include "base/hash.h"

namespace wordsight {

const char* toText(Arm arm) {
  switch (arm) {
    case Arm::Image:
      return "image";
    case Arm::Caption:
      return "caption";
    case Arm::Blind:
      return "blind";
  }
  return "caption";
}

Result<Arm> armFromText(std::string_view text) {
  for (const Arm arm : {Arm::Image, Arm::Caption, Arm::Blind})
    if (text == toText(arm)) return arm;
  return fail("Unknown arm \"" + std::string(text) + "\": use image, caption or blind.");
}

Result<DecisionPrompt> decisionPromptFromJson(std::string_view text, const std::string& what) {
  WORDSIGHT_TRY(const auto json, parseJson(text, what));
  DecisionPrompt prompt;
  ObjectReader in(json, what);
  in.require("name", prompt.name)
      .read("system", prompt.system)
      .require("question", prompt.question)
      .require("caption", prompt.caption)
      .require("image", prompt.image)
      .require("blind", prompt.blind)
      .require("answer", prompt.answer)
      .read("answer_no_rationale", prompt.answerNoRationale);
  WORDSIGHT_CHECK(in.finish());
  if (prompt.image.find("{image}") == std::string::npos)
    return fail(what + ": \"image\" has no {image}: the picture would never be shown.");
  if (prompt.caption.find("{situation}") == std::string::npos)
    return fail(what + ": \"caption\" has no {situation}: the caption would never be shown.");
  for (const auto* arm : {&prompt.caption, &prompt.image, &prompt.blind})
    if (arm->find("{options}") == std::string::npos)
      return fail(what + ": every arm needs {options}.");
  if (!prompt.answer.starts_with("{letter}"))
    return fail(what +
                ": \"answer\" must begin with {letter}, because scoring reads the first token of "
                "the answer.");
  if (prompt.answerNoRationale.empty()) prompt.answerNoRationale = "{letter}. {option}";
  prompt.hash = sha256Hex(text);
  return prompt;
}

std::string fillTemplate(std::string_view pattern,
                         const std::vector<std::pair<std::string_view, std::string_view>>& values) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    out.append(pattern.substr(0, open));
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    const auto close = pattern.find('}');
    const auto name =
        close == std::string_view::npos ? std::string_view() : pattern.substr(1, close - 1);
    bool known = false;
    for (const auto& [key, value] : values) {
      if (key != name || close == std::string_view::npos) continue;
      out.append(value);
      pattern.remove_prefix(close + 1);
      known = true;
      break;
    }
    if (!known) {
      out += '{';
      pattern.remove_prefix(1);
    }
  }
  return out;
}

std::vector<Message> renderQuestion(const DecisionPrompt& prompt, const ScenarioContent& item,
                                    Arm arm, const std::string& imagePath) {
  const std::string options = numberedOptions(item.options);
  const std::string& question = item.question.empty() ? prompt.question : item.question;
  const std::string& pattern = arm == Arm::Image     ? prompt.image
                               : arm == Arm::Caption ? prompt.caption
                                                     : prompt.blind;
  const auto fill = [&](std::string_view part) {
    return fillTemplate(
        part, {{"situation", item.situation}, {"question", question}, {"options", options}});
  };
  std::vector<Message> messages;
  if (!prompt.system.empty()) messages.push_back(Message::text("system", prompt.system));
  Message user{"user", {}};
  static constexpr std::string_view kImage = "{image}";
  const auto at = arm == Arm::Image ? pattern.find(kImage) : std::string::npos;
  if (at == std::string::npos) {
    user.parts.push_back({ContentPart::Kind::Text, fill(pattern)});
  } else {
    if (at > 0)
      user.parts.push_back(
          {ContentPart::Kind::Text, fill(std::string_view(pattern).substr(0, at))});
    user.parts.push_back({ContentPart::Kind::Image, imagePath});
    user.parts.push_back(
        {ContentPart::Kind::Text, fill(std::string_view(pattern).substr(at + kImage.size()))});
  }
  messages.push_back(std::move(user));
  return messages;
}

std::string renderAnswer(const DecisionPrompt& prompt, const ScenarioContent& item) {
  if (item.key < 0 || item.key >= static_cast<int>(item.options.size())) return {};
  const std::string letter(1, letterOf(item.key));
  return fillTemplate(
      item.rationale.empty() ? prompt.answerNoRationale : prompt.answer,
      {{"letter", letter}, {"option", item.options[item.key]}, {"rationale", item.rationale}});
}

}  // namespace wordsight
