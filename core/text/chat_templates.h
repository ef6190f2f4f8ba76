#pragma once
// Recognises the chat templates that models are published with. A template is a program in a model
// folder; it is compared line by line with those that are known, and never run.

#include <optional>
#include <string>
#include <string_view>

namespace wordsight::text {

/// What the text of a template tells.
struct TemplateTraits {
  enum class Kind {
    Unknown,
    ChatMl,
    ChatMlPictures,
    Llama3,
    Llama3Dated,
    Llama3Pictures,      // Llama 3.2 Vision
    LlavaOneVision,      // as published: "<|im_start|>user <image>\nWhat?<|im_end|>"
    LlavaOneVisionLines  // as transformers' conversion writes it: turns as in ChatML
  };
  Kind kind = Kind::Unknown;
  bool known = false;               // every line is that of a published template
  std::string nearest;              // the published template that agrees longest: "Qwen2.5"
  std::size_t firstDifference = 0;  // line, from 1, where it differs from that; 0: known
  std::string differingLine;        // the template's own text there
  bool endsEarly = false;           // it has no such line
  std::optional<std::string>
      defaultSystem;        // ChatML: what is said when a chat has no system message
  std::string date;         // Llama3Dated, Llama3Pictures: "26 Jul 2024"
  bool datedToday = false;  // the template would write the current day
};

TemplateTraits readTemplate(std::string_view source);

}  // namespace wordsight::text
