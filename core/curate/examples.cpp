#include "curate/examples.h"

#include <algorithm>

#include "base/file.h"
#include "base/utf8.h"
#include "curate/import.h"
#include "domain/json.h"

namespace wordsight::curate {
namespace {

constexpr std::size_t kMostLine = std::size_t{64} << 20;
constexpr std::size_t kShownBadLines = 3;

/// The last turn is the assistant's and says something, the others are user's and assistant's in
/// turn after an optional system message, and there is no picture: training is on text only.
Status checkMessages(const std::vector<Message>& messages, const std::string& where) {
  std::size_t first = messages.front().role == "system" ? 1 : 0;
  if (messages.size() < first + 2 || messages.back().role != "assistant")
    return fail(where + ": \"messages\" must end with an assistant's turn that follows a user's.");
  for (std::size_t i = first; i < messages.size(); ++i) {
    const char* expected = (i - first) % 2 == 0 ? "user" : "assistant";
    if (messages[i].role != expected)
      return fail(where + ": message " + std::to_string(i + 1) + " is the " + messages[i].role +
                  "'s, but a turn of the " + expected + " was expected.");
  }
  for (const auto& message : messages)
    for (const auto& part : message.parts)
      if (part.kind == ContentPart::Kind::Image)
        return fail(where + ": it holds a picture, but training is on text only.");
  if (trimmed(messages.back().plainText()).empty())
    return fail(where + ": the assistant's turn is empty, so there is nothing to learn.");
  return {};
}

Result<TrainingExample> exampleFromLine(std::string_view line, const std::string& where,
                                        const DecisionPrompt* prompt) {
  if (line.size() > kMostLine) return fail(where + ": the line is longer than 64 MiB.");
  WORDSIGHT_TRY(const auto json, parseJson(line, where));
  if (json.is_object() && json.contains("messages")) {
    TrainingExample example;
    example.id = where;
    WORDSIGHT_TRY(example.messages, messagesFromJson(json["messages"], where));
    WORDSIGHT_CHECK(checkMessages(example.messages, where));
    return example;
  }
  if (json.is_object() && !json.contains("action_list") && !json.contains("options"))
    return fail(where + ": \"messages\" is missing.");
  WORDSIGHT_TRY(auto scenario, scenarioFromLine(line, where));
  if (!prompt)
    return fail(where + ": this is a scenario, and a decision prompt is needed to train on it.");
  return toExample(scenario.content, *prompt, where);
}

}  // namespace

Result<TrainingExample> toExample(const ScenarioContent& content, const DecisionPrompt& prompt,
                                  std::string id) {
  if (content.key < 0 || content.key >= static_cast<int>(content.options.size()))
    return fail(id + " has no key among its options, so there is nothing to learn from it: " +
                "choose its key or leave it out.");
  TrainingExample example;
  example.messages = renderQuestion(prompt, content, Arm::Caption);
  example.messages.push_back(Message::text("assistant", renderAnswer(prompt, content)));
  example.scenario = content;
  example.id = std::move(id);
  return example;
}

Result<std::vector<TrainingExample>> readExamples(const std::filesystem::path& file,
                                                  const DecisionPrompt* prompt) {
  std::vector<TrainingExample> examples;
  std::string bad;
  std::size_t badLines = 0;
  const std::string name = file.filename().string();
  WORDSIGHT_CHECK(forEachLine(file, [&](std::string_view line, std::size_t number) -> Status {
    if (trimmed(line).empty()) return {};
    auto example = exampleFromLine(line, name + ":" + std::to_string(number), prompt);
    if (example) {
      if (badLines == 0) examples.push_back(std::move(*example));
    } else if (++badLines <= kShownBadLines) {
      bad += (bad.empty() ? "" : " ") + example.error().message;
    }
    return {};
  }));
  if (badLines > 0)
    return fail(file.string() + " has " + std::to_string(badLines) +
                (badLines == 1 ? " bad line: " : " bad lines: ") + bad +
                (badLines > kShownBadLines ? " …" : "") + " Correct them and start again.");
  if (examples.empty())
    return fail(file.string() + " holds no training data: one JSON object a line was expected.");
  return examples;
}

}  // namespace wordsight::curate
