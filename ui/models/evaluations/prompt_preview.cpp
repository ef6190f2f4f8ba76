#include "models/evaluations/prompt_preview.h"

#include <algorithm>

#include "domain/scenario.h"
#include "eval/choice.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "text/chat.h"

namespace wordsight::ui {

namespace {

/// Without a model: who says what.
std::string turnByTurn(const std::vector<Message>& messages) {
  std::string text;
  for (const auto& message : messages) {
    text += (text.empty() ? "" : "\n\n") + std::string("[") + message.role + "]\n";
    for (const auto& part : message.parts)
      text += part.kind == ContentPart::Kind::Image ? std::string("[picture]\n") : part.value;
  }
  return text;
}

}  // namespace

Result<PromptPreview> loadPreview(store::Connection& connection, const PreviewRequest& request) {
  WORDSIGHT_TRY(const auto prompt, jobs::decisionPrompt(request.prompt));
  store::BenchmarkRepository repository(connection);
  WORDSIGHT_TRY(const auto record, repository.find(request.benchmark));
  WORDSIGHT_TRY(auto items, repository.items(record.id));
  std::erase_if(items, [](const auto& item) { return !item.unusable.empty(); });
  if (items.empty())
    return fail("No item of the benchmark \"" + request.benchmark + "\" can be scored.");
  PromptPreview preview;
  preview.count = static_cast<int>(items.size());
  preview.index = std::clamp(request.index, 0, preview.count - 1);
  const auto& item = items[static_cast<std::size_t>(preview.index)];
  ScenarioContent shown = item.content;
  const int options = static_cast<int>(shown.options.size());
  shown.options = eval::shiftedOptions(shown.options, request.shift);
  preview.item = item.index;
  preview.key = letterOf((item.content.key + request.shift) % std::max(1, options));
  if (request.arm == Arm::Image) preview.picture = item.picture;
  const auto messages = renderQuestion(prompt, shown, request.arm, item.picture);
  if (!request.model.empty()) {
    if (const auto chat = text::ChatTemplate::load(request.model)) {
      preview.text = chat->render(messages, true);
      preview.note = chat->warning();
      preview.asModel = true;
      return preview;
    } else {
      preview.note = chat.error().message;
    }
  }
  preview.text = turnByTurn(messages);
  return preview;
}

}  // namespace wordsight::ui
