#include "domain/message.h"

namespace wordsight {

Message Message::text(std::string role, std::string text) {
  return Message{std::move(role), {ContentPart{ContentPart::Kind::Text, std::move(text)}}};
}

std::string Message::plainText() const {
  std::string out;
  for (const auto& part : parts)
    if (part.kind == ContentPart::Kind::Text) out += part.value;
  return out;
}

Json toJson(const Message& message) {
  Json json;
  json["role"] = message.role;
  if (message.parts.size() == 1 && message.parts[0].kind == ContentPart::Kind::Text) {
    json["content"] = message.parts[0].value;
    return json;
  }
  Json parts = Json::array();
  for (const auto& part : message.parts) {
    if (part.kind == ContentPart::Kind::Text)
      parts.push_back(Json{{"type", "text"}, {"text", part.value}});
    else
      parts.push_back(Json{{"type", "image"}, {"image", part.value}});
  }
  json["content"] = std::move(parts);
  return json;
}

Result<Message> messageFromJson(const Json& json, const std::string& what) {
  if (!json.is_object())
    return fail(what + ": a message must be an object with \"role\" and \"content\".");
  Message message;
  const auto role = json.find("role");
  if (role == json.end() || !role->is_string()) return fail(what + ": a message has no \"role\".");
  message.role = role->get<std::string>();
  if (message.role != "system" && message.role != "user" && message.role != "assistant")
    return fail(what + ": unknown role \"" + message.role + "\"; use system, user or assistant.");
  const auto content = json.find("content");
  if (content == json.end()) return fail(what + ": a message has no \"content\".");
  if (content->is_string()) {
    message.parts.push_back({ContentPart::Kind::Text, content->get<std::string>()});
    return message;
  }
  if (!content->is_array()) return fail(what + ": \"content\" must be a text or a list of parts.");
  for (const auto& part : *content) {
    const auto member = [&](const char* key) -> const std::string* {
      if (!part.is_object()) return nullptr;
      const auto it = part.find(key);
      return it != part.end() && it->is_string() ? &it->get_ref<const std::string&>() : nullptr;
    };
    const auto* type = member("type");
    if (type && *type == "text" && member("text"))
      message.parts.push_back({ContentPart::Kind::Text, *member("text")});
    else if (type && *type == "image" && member("image"))
      message.parts.push_back({ContentPart::Kind::Image, *member("image")});
    else
      return fail(what +
                  ": a part of \"content\" must be {\"type\":\"text\",\"text\":…} or "
                  "{\"type\":\"image\",\"image\":PATH}.");
  }
  return message;
}

Result<std::vector<Message>> messagesFromJson(const Json& json, const std::string& what) {
  if (!json.is_array() || json.empty())
    return fail(what + ": \"messages\" must be a list with at least one message.");
  std::vector<Message> messages;
  for (const auto& one : json) {
    WORDSIGHT_TRY(auto message, messageFromJson(one, what));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace wordsight
