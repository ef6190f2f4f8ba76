#pragma once
#include <string>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "domain/json.h"
#include "support.h"

namespace wordsight::text {

using Ids = std::vector<std::int64_t>;

/// A JSON file that must be there; an empty object, and a failure, when it is not.
inline nlohmann::json readTree(const std::filesystem::path& file) {
  const auto text = readFile(file);
  if (!text) {
    ADD_FAILURE() << text.error().message;
    return nlohmann::json::object();
  }
  return nlohmann::json::parse(*text);
}

/// As tests/oracle/tokenizer_data.py writes it: the first 12 hex digits of sha256 over "1,2,3".
inline std::string digest(const Ids& ids) {
  std::string text;
  for (const auto id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
  return sha256Hex(text).substr(0, 12);
}

}  // namespace wordsight::text
