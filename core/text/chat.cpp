#include "text/chat.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "text/chat_templates.h"
#include "text/unicode.h"

namespace wordsight::text {
namespace {

using Kind = TemplateTraits::Kind;

constexpr std::uint64_t kMaxTemplate = std::uint64_t{1} << 20;  // published ones have some 10 KB
constexpr std::uint64_t kMaxConfigFile = std::uint64_t{32}
                                         << 20;  // tokenizer_config.json lists added tokens, too
constexpr std::int64_t kMostPlaceholders = 1 << 20;  // a picture of Qwen2-VL takes at most 16,384

constexpr std::string_view kLlamaDate = "26 Jul 2024";  // where a template names no other
constexpr std::string_view kQwenSystem = "You are a helpful assistant.";

/// What the reference's "trim" takes off both ends of well-formed UTF-8: white space, and the four
/// separators U+001C to U+001F.
std::string_view stripped(std::string_view text) {
  const auto isBlank = [](char32_t c) { return isSpace(c) || (c >= 0x1C && c <= 0x1F); };
  std::size_t begin = 0, end = 0, length = 0;
  bool found = false;
  for (std::size_t at = 0; at < text.size(); at += length) {
    const char32_t c = characterAt(text, at, &length);
    if (isBlank(c)) continue;
    if (!found) begin = at;
    found = true;
    end = at + length;
  }
  return text.substr(begin, end - begin);
}

Result<std::optional<Json>> readIfThere(const std::filesystem::path& file) {
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return std::optional<Json>();
  WORDSIGHT_TRY(auto json, readJsonFile(file, kMaxConfigFile));
  return std::optional<Json>(std::move(json));
}

/// The template in a member "chat_template": a text, or a list of named ones of which "default" is
/// taken.
std::optional<std::string> templateIn(const std::optional<Json>& json) {
  if (!json || !json->is_object()) return std::nullopt;
  const auto it = json->find("chat_template");
  if (it == json->end()) return std::nullopt;
  if (it->is_string()) return it->get<std::string>();
  if (it->is_array())
    for (const auto& named : *it)
      if (named.is_object() && named.value("name", Json()) == "default" &&
          named.value("template", Json()).is_string())
        return named["template"].get<std::string>();
  return std::nullopt;
}

/// A token's text in tokenizer_config.json: "…" or {"content": "…"}.
std::optional<std::string> tokenText(const Json& config, const char* key) {
  const auto it = config.is_object() ? config.find(key) : config.end();
  if (it == config.end()) return std::nullopt;
  if (it->is_string()) return it->get<std::string>();
  if (it->is_object() && it->value("content", Json()).is_string())
    return (*it)["content"].get<std::string>();
  return std::nullopt;
}

std::string familyOf(const std::optional<Json>& config) {
  if (!config || !config->is_object()) return {};
  const auto type = config->value("model_type", Json());
  return type.is_string() ? type.get<std::string>() : std::string();
}

struct Sources {
  std::optional<std::string> source;  // the template, if any
  std::string family;
  std::optional<Json> tokenizerConfig;
};

/// transformers looks in this order, too.
Result<Sources> findSources(const std::filesystem::path& folder) {
  Sources out;
  std::error_code code;
  if (!std::filesystem::is_directory(folder, code))
    return fail("There is no model folder " + folder.string() + "; check the path.",
                ErrorKind::NotFound);
  WORDSIGHT_TRY(const auto config, readIfThere(folder / "config.json"));
  out.family = familyOf(config);
  WORDSIGHT_TRY(out.tokenizerConfig, readIfThere(folder / "tokenizer_config.json"));
  const auto jinja = folder / "chat_template.jinja";
  if (std::filesystem::exists(jinja, code)) {
    WORDSIGHT_TRY(const auto bytes, readFile(jinja, kMaxTemplate));
    out.source = toValidUtf8(bytes);
    return out;
  }
  WORDSIGHT_TRY(const auto own, readIfThere(folder / "chat_template.json"));
  out.source = templateIn(own);
  if (!out.source) out.source = templateIn(out.tokenizerConfig);
  if (out.source && out.source->size() > kMaxTemplate)
    return fail("The chat template in " + folder.string() +
                " is larger than 1 MiB; get it again from where the model came from.");
  return out;
}

/// What a family's chat models use when a folder has no template. Nothing: the family has no style
/// of its own.
std::optional<TemplateTraits> familyTraits(const std::string& family) {
  TemplateTraits traits;
  traits.defaultSystem = kQwenSystem;
  if (family == "qwen2")
    traits.kind = Kind::ChatMl;
  else if (family == "qwen2_vl" || family == "qwen2_5_vl")
    traits.kind = Kind::ChatMlPictures;
  else if (family == "llava_onevision")
    traits.kind = Kind::LlavaOneVision;
  else if (family == "mllama")
    traits.kind = Kind::Llama3Pictures;
  else
    return std::nullopt;
  return traits;
}

std::string shortened(std::string_view line) {
  constexpr std::size_t kMost = 80;
  if (line.size() <= kMost) return std::string(line);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return std::string(line.substr(0, end)) + "…";
}

const char* nameOf(Kind kind) {
  switch (kind) {
    case Kind::ChatMl:
      return "ChatML";
    case Kind::ChatMlPictures:
      return "Qwen2-VL";
    case Kind::Llama3:
      return "Llama 3";
    case Kind::Llama3Dated:
      return "Llama 3.1";
    case Kind::Llama3Pictures:
      return "Llama 3.2 Vision";
    case Kind::LlavaOneVision:
    case Kind::LlavaOneVisionLines:
      return "LLaVA-OneVision";
    case Kind::Unknown:
      break;
  }
  return "unknown";
}

std::string unknownTemplateWarning(const std::filesystem::path& folder,
                                   const TemplateTraits& traits) {
  std::string where = "it differs from that of " + traits.nearest + " first in line " +
                      std::to_string(traits.firstDifference);
  where += traits.endsEarly ? ", where it ends" : " (\"" + shortened(traits.differingLine) + "\")";
  return "The chat template in " + folder.string() + " is not one that Wordsight knows: " + where +
         "; the " + nameOf(traits.kind) +
         " style is used, so compare a prompt with the model's own before you trust results.";
}

}  // namespace

Result<ChatTemplate> ChatTemplate::load(const std::filesystem::path& folder) {
  WORDSIGHT_TRY(const auto sources, findSources(folder));
  TemplateTraits traits;
  std::string warning;
  if (sources.source) traits = readTemplate(*sources.source);
  if (traits.kind == Kind::Unknown) {
    auto family = familyTraits(sources.family);
    if (!family)
      return fail((sources.source ? "The chat template in " + folder.string() +
                                        " is of a kind that Wordsight does not know"
                                  : "The folder " + folder.string() + " has no chat template") +
                      (sources.family.empty() ? std::string()
                                              : ", and the family \"" + sources.family +
                                                    "\" has no style of its own") +
                      "; use an instruct model of the Qwen2, Llama 3, LLaVA-OneVision or SmolLM2 "
                      "kind, with its "
                      "chat_template.jinja or "
                      "tokenizer_config.json.",
                  ErrorKind::Unsupported);
    warning =
        sources.source
            ? "The chat template in " + folder.string() +
                  " is of a kind that Wordsight does not know; the style of \"" + sources.family +
                  "\" is used, so compare a prompt with the model's own before you trust results."
            : "The folder " + folder.string() + " has no chat template; the style of \"" +
                  sources.family + "\" is used.";
    traits = *family;
  } else if (!traits.known) {
    warning = unknownTemplateWarning(folder, traits);
  }

  ChatTemplate made;
  made.m_warning = std::move(warning);
  made.m_name = nameOf(traits.kind);
  switch (traits.kind) {
    case Kind::Llama3:
    case Kind::Llama3Dated:
    case Kind::Llama3Pictures:
      made.becomeLlama(traits, sources.tokenizerConfig
                                   ? tokenText(*sources.tokenizerConfig, "bos_token").value_or("")
                                   : "<|begin_of_text|>");
      if (traits.datedToday && made.m_warning.empty())
        made.m_warning = "The chat template in " + folder.string() +
                         " writes the current day; Wordsight writes " + made.m_dateString +
                         " unless it is told another, so that a run can be repeated.";
      break;
    default:
      made.becomeChatMl(traits);
  }
  return made;
}

void ChatTemplate::becomeLlama(const TemplateTraits& traits, const std::string& begin) {
  m_style = Style::Llama3;
  m_stopTokens = {"<|eot_id|>"};
  m_begin = begin;
  if (traits.kind != Kind::Llama3)
    m_dateString = traits.date.empty() ? std::string(kLlamaDate) : traits.date;
  if (traits.kind == Kind::Llama3Pictures)
    m_imagePlaceholder = "<|image|>";
  else
    m_trimmed = true;
}

void ChatTemplate::becomeChatMl(const TemplateTraits& traits) {
  m_style = Style::ChatML;
  m_stopTokens = {"<|im_end|>"};
  if (traits.kind == Kind::LlavaOneVision) {
    m_imagePlaceholder = "<image>";
    m_picturesFirst = true;
    m_afterRole = " ";
    m_beforeText = "\n";
    return;
  }
  m_afterTurn = "\n";
  if (traits.kind == Kind::LlavaOneVisionLines) {
    m_imagePlaceholder = "<image>";
    m_picturesFirst = true;
    m_afterPicture = "\n";
    return;
  }
  m_defaultSystem = traits.defaultSystem;
  if (traits.kind != Kind::ChatMlPictures) return;
  m_imagePlaceholder = "<|image_pad|>";
  m_beforePicture = "<|vision_start|>";
  m_afterPicture = "<|vision_end|>";
}

void ChatTemplate::setDate(const std::string& date) {
  if (!m_dateString.empty() && !date.empty()) m_dateString = date;
}

std::string ChatTemplate::contentOf(const Message& message) const {
  std::string pictures, out;
  for (const auto& part : message.parts) {
    if (part.kind == ContentPart::Kind::Text)
      out += m_beforeText + part.value;
    else if (!m_imagePlaceholder.empty())
      (m_picturesFirst ? pictures : out) += m_beforePicture + m_imagePlaceholder + m_afterPicture;
  }
  out.insert(0, pictures);
  if (!isValidUtf8(out)) out = toValidUtf8(out);
  if (m_trimmed) return std::string(stripped(out));
  return out;
}

std::string ChatTemplate::head(const std::vector<Message>& messages) const {
  const Message& first = messages.front();
  const bool system = first.role == "system";
  if (m_style == Style::ChatML) {
    if (system || !m_defaultSystem) return {};
    return "<|im_start|>system\n" + *m_defaultSystem + "<|im_end|>\n";
  }
  if (m_dateString.empty()) return m_begin;
  const std::string said(system ? stripped(contentOf(first)) : std::string_view());
  const auto hasPicture = [](const Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(), [](const ContentPart& part) {
      return part.kind == ContentPart::Kind::Image;
    });
  };
  // Llama 3.2 Vision: a chat with pictures has no system header of its own.
  if (!m_imagePlaceholder.empty() && said.empty() &&
      std::any_of(messages.begin() + (system ? 1 : 0), messages.end(), hasPicture))
    return m_begin;
  return m_begin +
         "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December "
         "2023\nToday Date: " +
         m_dateString + "\n\n" + said + "<|eot_id|>";
}

std::string ChatTemplate::turnStart(const std::string& role) const {
  if (m_style == Style::ChatML) return "<|im_start|>" + role + m_afterRole;
  return "<|start_header_id|>" + role + "<|end_header_id|>\n\n";
}

std::string ChatTemplate::answerStart() const {
  return m_style == Style::ChatML ? "<|im_start|>assistant\n" : turnStart("assistant");
}

std::string ChatTemplate::renderFirst(const std::vector<Message>& messages,
                                      std::size_t count) const {
  if (messages.empty()) return {};
  std::string out = head(messages);
  // Where the head holds the system message, the turns begin behind it.
  const bool inHead = !m_dateString.empty() && messages.front().role == "system";
  for (std::size_t i = inHead ? 1 : 0; i < count; ++i)
    out += turnStart(messages[i].role) + contentOf(messages[i]) + turnEnd() + m_afterTurn;
  return out;
}

std::string ChatTemplate::render(const std::vector<Message>& messages,
                                 bool addGenerationPrompt) const {
  std::string out = renderFirst(messages, messages.size());
  if (addGenerationPrompt) out += answerStart();
  return out;
}

Result<ChatTemplate::Split> ChatTemplate::splitAnswer(const std::vector<Message>& messages) const {
  if (messages.empty() || messages.back().role != "assistant")
    return fail(
        "An example to learn from must end with an assistant's turn; add the answer as its last "
        "message.");
  Split split;
  split.before = renderFirst(messages, messages.size() - 1) + answerStart();
  split.answer = contentOf(messages.back()) + turnEnd();
  // What stands before a text is what the question ends with.
  if (split.answer.starts_with(m_beforeText)) split.answer.erase(0, m_beforeText.size());
  split.after = m_afterTurn;
  return split;
}

Result<std::vector<std::int64_t>> encodePrompt(const Tokenizer& tokenizer, const ChatTemplate& chat,
                                               const std::string& rendered,
                                               const std::vector<std::int64_t>& counts) {
  const auto ids = tokenizer.encode(rendered, !chat.textHasSpecialTokens());
  const std::string& name = chat.imagePlaceholder();
  if (name.empty()) {
    if (!counts.empty())
      return fail("The prompt comes with " + std::to_string(counts.size()) +
                      " pictures, but this model's chat has no place for pictures; use captions or "
                      "a vision model.",
                  ErrorKind::Unsupported);
    return ids;
  }
  const std::int64_t placeholder = tokenizer.idOf(name);
  if (placeholder < 0) {
    if (counts.empty()) return ids;
    return fail(
        "The tokenizer has no token " + name +
        " to stand for a picture; its tokenizer.json does not belong to this chat template.");
  }
  const auto places = static_cast<std::size_t>(std::count(ids.begin(), ids.end(), placeholder));
  if (places != counts.size())
    return fail("The prompt has " + std::to_string(places) + " places for pictures (" + name +
                "), but " + std::to_string(counts.size()) +
                " pictures come with it; give one picture a place.");
  std::vector<std::int64_t> out;
  out.reserve(ids.size());
  std::size_t picture = 0;
  for (const std::int64_t id : ids) {
    if (id != placeholder) {
      out.push_back(id);
      continue;
    }
    const std::int64_t count = counts[picture++];
    if (count < 1 || count > kMostPlaceholders)
      return fail("Picture " + std::to_string(picture) + " would take " + std::to_string(count) +
                  " tokens, but 1 to " + std::to_string(kMostPlaceholders) +
                  " are possible; check the preprocessor's sizes.");
    out.insert(out.end(), static_cast<std::size_t>(count), placeholder);
  }
  return out;
}

EncodedExample encodeSplit(const Tokenizer& tokenizer, const ChatTemplate& chat,
                           const ChatTemplate::Split& split) {
  EncodedExample out;
  const bool special = !chat.textHasSpecialTokens();
  out.ids = tokenizer.encode(split.before, special);
  out.answerBegin = out.ids.size();
  const auto answer = tokenizer.encode(split.answer, false);
  out.ids.insert(out.ids.end(), answer.begin(), answer.end());
  out.answerEnd = out.ids.size();
  const auto after = tokenizer.encode(split.after, false);
  out.ids.insert(out.ids.end(), after.begin(), after.end());
  return out;
}

}  // namespace wordsight::text
