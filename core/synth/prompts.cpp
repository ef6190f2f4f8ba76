#include "synth/prompts.h"

#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "base/utf8.h"
#include "domain/decision_prompt.h"

namespace wordsight::synth {
namespace {

constexpr int kLetters = 5;

/// The lines of a list file: trimmed, without blank ones and comments.
std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = trimmed(text.substr(0, end));
    if (!line.empty() && line[0] != '#') lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

Result<std::vector<std::string>> listFile(std::string_view text, const std::string& name) {
  if (!isValidUtf8(text)) return fail(name + " is not UTF-8 text.");
  std::vector<std::string> out;
  for (const auto line : linesOf(text)) {
    if (line.size() > 300) return fail(name + ": a line is longer than 300 bytes.");
    out.emplace_back(line);
  }
  if (out.empty()) return fail(name + " has no entries: one a line is needed.");
  return out;
}

/// The example with its right option at `letter`, the others in a new order.
ScenarioContent withKeyAt(const ScenarioContent& content, int letter, Random& random) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < content.options.size(); ++i)
    if (static_cast<int>(i) != content.key) order.push_back(i);
  random.shuffle(order);
  order.insert(order.begin() + letter, static_cast<std::size_t>(content.key));
  return reordered(content, order);
}

}  // namespace

Json answerForm(const ScenarioContent& content) {
  Json json;
  json["situation"] = content.situation;
  json["question"] = content.question;
  json["options"] = content.options;
  json["answer"] = content.key < 0 ? std::string() : std::string(1, letterOf(content.key));
  json["rationale"] = content.rationale;
  return json;
}

Result<PromptSet> readPromptSet(
    const std::function<Result<std::string>(const std::string& name)>& read) {
  PromptSet set;
  for (const Strategy strategy : kStrategies) {
    const std::string name = std::string(toText(strategy)) + ".txt";
    WORDSIGHT_TRY(std::string text, read(name));
    if (!isValidUtf8(text) || trimmed(text).empty())
      return fail("The prompt " + name + " is empty or not UTF-8 text.");
    for (const char* needed : {"{seed_topic}", "{letter}"})
      if (text.find(needed) == std::string::npos)
        return fail("The prompt " + name + " has no " + needed +
                    ": without it all items would be alike.");
    auto& prompt = set.prompts[static_cast<std::size_t>(strategy)];
    prompt.hash = sha256Hex(text);
    prompt.text = std::string(trimmed(text));
  }
  WORDSIGHT_TRY(const std::string topics, read("topics.txt"));
  WORDSIGHT_TRY(set.topics, listFile(topics, "topics.txt"));
  WORDSIGHT_TRY(const std::string settings, read("settings.txt"));
  WORDSIGHT_TRY(set.settings, listFile(settings, "settings.txt"));
  WORDSIGHT_TRY(const std::string examples, read("examples.jsonl"));
  for (const auto line : linesOf(examples)) {
    const std::string where = "examples.jsonl, entry " + std::to_string(set.examples.size() + 1);
    WORDSIGHT_TRY(const auto json, parseJson(line, where));
    WORDSIGHT_TRY(auto content, scenarioContentFromJson(json, where));
    if (content.options.size() != kLetters || content.key < 0 || content.key >= kLetters ||
        content.situation.empty() || content.question.empty() || content.rationale.empty())
      return fail(where + ": an example needs all its texts, five options and a key.");
    set.examples.push_back(std::move(content));
  }
  if (set.examples.empty()) return fail("examples.jsonl has no entries.");
  return set;
}

std::vector<Message> renderPrompt(const PromptSet& prompts, Strategy strategy, std::uint64_t seed) {
  Random random(seed, "prompt");
  const std::string& topic = random.pick(prompts.topics);
  const std::string& setting = random.pick(prompts.settings);
  const int letter = static_cast<int>(random.below(kLetters));
  const int other = static_cast<int>(random.below(kLetters));  // the example's: drawn for itself
  const std::string example =
      dumpJson(answerForm(withKeyAt(random.pick(prompts.examples), other, random)));
  const std::string letterText(1, letterOf(letter));
  return {Message::text("user", fillTemplate(prompts.of(strategy).text, {{"seed_topic", topic},
                                                                         {"setting", setting},
                                                                         {"example", example},
                                                                         {"letter", letterText}}))};
}

}  // namespace wordsight::synth
