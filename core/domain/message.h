#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/json.h"

namespace wordsight {

/// A piece of a message: text, or a picture named by its path.
struct ContentPart {
  enum class Kind { Text, Image };
  Kind kind = Kind::Text;
  std::string value;  // the text, or the picture's path
  bool operator==(const ContentPart&) const = default;
};

/// One turn of a chat. Roles: system, user, assistant.
struct Message {
  std::string role;
  std::vector<ContentPart> parts;
  static Message text(std::string role, std::string text);
  /// All text parts joined.
  std::string plainText() const;
  bool operator==(const Message&) const = default;
};

Json toJson(const Message& message);
/// {"role": …, "content": "…" or [{"type":"text","text":…}, {"type":"image","image":PATH}]}
Result<Message> messageFromJson(const Json& json, const std::string& what);
Result<std::vector<Message>> messagesFromJson(const Json& json, const std::string& what);

}  // namespace wordsight
