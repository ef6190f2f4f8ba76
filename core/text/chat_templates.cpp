#include "text/chat_templates.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace wordsight::text {
namespace {

constexpr std::string_view kSystemStart = "<|im_start|>system";
constexpr std::string_view kTurnEnd = "<|im_end|>";
constexpr std::string_view kDateStart = "set date_string = \"";
constexpr std::size_t kLongestDefault = 4096;
constexpr char kMask =
    '\x01';  // stands for the default system message and the date, which vary between models

struct Published {
  std::string_view name;
  TemplateTraits::Kind kind;
  std::span<const std::uint32_t> lines;  // FNV-1a of each line
};

#include "text/chat_template_lines.inc"

std::uint32_t hashOf(std::string_view line) {
  std::uint32_t hash = 0x811C9DC5;
  for (const unsigned char c : line) hash = (hash ^ c) * 0x01000193;
  return hash;
}

std::string replaceAll(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (std::size_t at = 0;;) {
    const auto next = text.find(what, at);
    out.append(text.substr(at, next - at));
    if (next == std::string_view::npos) return out;
    out += by;
    at = next + what.size();
  }
}

/// The default system message as it stands in the source, or nothing. Both ways of writing it are
/// in use: inside a quoted string of the template's language ("\n" is two characters there) and as
/// plain text.
struct DefaultSystem {
  std::string_view raw;
  bool quoted = false;
};
std::optional<DefaultSystem> findDefaultSystem(std::string_view source) {
  std::size_t end = 0;
  for (std::size_t at = source.find(kSystemStart); at != std::string_view::npos;
       at = source.find(kSystemStart, at + 1)) {
    const char before = at > 0 ? source[at - 1] : '\0';
    const bool quoted = before == '\'' || before == '"';
    std::size_t begin = at + kSystemStart.size();
    if (source.substr(begin).starts_with("\n"))
      begin += 1;
    else if (quoted && source.substr(begin).starts_with("\\n"))
      begin += 2;
    else
      continue;
    if (end < begin) end = source.find(kTurnEnd, begin);
    if (end == std::string_view::npos) return std::nullopt;
    if (end - begin > kLongestDefault) continue;
    const auto raw = source.substr(begin, end - begin);
    bool plain = raw.find('{') == std::string_view::npos;
    for (std::size_t i = 0; quoted && i < raw.size(); ++i) {
      if (raw[i] == '\\')
        ++i;
      else if (raw[i] == before)
        plain = false;  // the string ends: something else is joined to it
    }
    if (plain) return DefaultSystem{raw, quoted};
  }
  return std::nullopt;
}

std::string unescaped(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return out;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  if (text.ends_with('\n'))
    text.remove_suffix(1);  // the template's language drops one line break at the end
  std::vector<std::string_view> lines;
  for (std::size_t at = 0;;) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return lines;
    at = end + 1;
  }
}

void compare(std::string_view masked, std::string_view defaultSystem, TemplateTraits& out) {
  const auto lines = linesOf(masked);
  std::size_t longest = 0;
  for (const auto& published : kPublished) {
    std::size_t same = 0;
    while (same < lines.size() && same < published.lines.size() &&
           hashOf(lines[same]) == published.lines[same])
      ++same;
    if (same == lines.size() && same == published.lines.size()) {
      out.known = true;
      out.kind = published.kind;
      out.nearest = published.name;
      out.firstDifference = 0;
      return;
    }
    if (out.nearest.empty() || same > longest) {
      longest = same;
      out.nearest = published.name;
    }
  }
  out.firstDifference = longest + 1;
  out.endsEarly = longest >= lines.size();
  if (!out.endsEarly)
    out.differingLine = replaceAll(lines[longest], std::string(1, kMask), defaultSystem);
}

TemplateTraits::Kind guessKind(std::string_view source) {
  const auto has = [&](std::string_view text) {
    return source.find(text) != std::string_view::npos;
  };
  if (has("<|im_start|>") && has(kTurnEnd) && has("<image>"))
    return has("+ ' '}}") ? TemplateTraits::Kind::LlavaOneVision
                          : TemplateTraits::Kind::LlavaOneVisionLines;
  if (has("<|im_start|>") && has(kTurnEnd))
    return has("<|image_pad|>") ? TemplateTraits::Kind::ChatMlPictures
                                : TemplateTraits::Kind::ChatMl;
  if (has("<|start_header_id|>") && has("<|eot_id|>") && has("<|image|>"))
    return TemplateTraits::Kind::Llama3Pictures;
  if (has("<|start_header_id|>") && has("<|eot_id|>"))
    return has("Today Date") ? TemplateTraits::Kind::Llama3Dated : TemplateTraits::Kind::Llama3;
  return TemplateTraits::Kind::Unknown;
}

}  // namespace

TemplateTraits readTemplate(std::string_view source) {
  TemplateTraits traits;
  std::string masked = replaceAll(source, "\r\n", "\n");
  const std::string text = masked;
  std::string rawDefault;
  if (const auto found = findDefaultSystem(text)) {
    rawDefault = found->raw;
    traits.defaultSystem = found->quoted ? unescaped(found->raw) : rawDefault;
    if (!rawDefault.empty()) masked = replaceAll(masked, rawDefault, std::string(1, kMask));
  }
  if (const auto at = text.find(kDateStart); at != std::string::npos) {
    const auto begin = at + kDateStart.size();
    const auto end = text.find('"', begin);
    if (end != std::string::npos && end - begin <= 40) {
      traits.date = text.substr(begin, end - begin);
      masked = replaceAll(masked, std::string(kDateStart) + traits.date + "\"",
                          std::string(kDateStart) + kMask + "\"");
    }
  }
  traits.datedToday = text.find("strftime_now") != std::string::npos;
  traits.kind = guessKind(text);
  compare(masked, rawDefault, traits);
  return traits;
}

}  // namespace wordsight::text
