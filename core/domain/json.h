#pragma once
// The one place that turns text into JSON and back. Layers that must not know the library use
// ConfigReader instead.

#include <filesystem>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wordsight {

using Json = nlohmann::ordered_json;

/// Strict JSON; the message says line and column. `what` names the source ("items.jsonl line 3").
/// Nesting deeper than 200 levels is refused.
Result<Json> parseJson(std::string_view text, const std::string& what);
/// As above, but bare NaN, Infinity and -Infinity (which Python writes) are read as null;
/// `*replaced` counts them.
Result<Json> parseJsonWithNaN(std::string_view text, const std::string& what, int* replaced);
Result<Json> readJsonFile(const std::filesystem::path& path,
                          std::uint64_t limit = std::uint64_t{1} << 28);
/// Compact, one line; ill-formed UTF-8 becomes U+FFFD instead of an exception.
std::string dumpJson(const Json& json);
/// With line breaks, two spaces an indent, a line break at the end.
std::string dumpJsonPretty(const Json& json);

/// Reads members of one JSON object and remembers the first thing that was wrong, with its path:
///   ObjectReader in(json, "lora"); in.read("rank", spec.rank, 1, 1024);
///   WORDSIGHT_CHECK(in.finish());
/// Members are optional unless `require` is used; finish() refuses members that nobody asked for.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string what);

  ObjectReader& read(const char* key, std::string& out);
  ObjectReader& read(const char* key, bool& out);
  ObjectReader& read(const char* key, int& out, std::int64_t least, std::int64_t most);
  ObjectReader& read(const char* key, std::int64_t& out, std::int64_t least, std::int64_t most);
  ObjectReader& read(const char* key, std::uint64_t& out);
  ObjectReader& read(const char* key, double& out, double least, double most);
  ObjectReader& read(const char* key, std::vector<std::string>& out);
  ObjectReader& readOneOf(const char* key, std::string& out,
                          std::initializer_list<const char*> allowed);
  ObjectReader& require(const char* key, std::string& out);
  /// The member as it is, or nullptr; counts as asked for.
  const Json* member(const char* key);
  void ignore(const char* key) { m_known.emplace_back(key); }
  void setError(std::string message);

  /// Error if something was wrong, or (unless `allowUnknown`) if there is an unknown key: it names
  /// the key and the nearest known one.
  Status finish(bool allowUnknown = false);

 private:
  const Json* find(const char* key);
  const Json& m_object;
  std::string m_what;
  std::vector<std::string> m_known;
  std::optional<Error> m_error;
};

/// The nearest of `known` to a misspelt word, or empty when none is near.
std::string nearestWord(std::string_view word, const std::vector<std::string>& known);

}  // namespace wordsight
