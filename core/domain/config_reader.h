#pragma once
// config.json and its like for layers that do not know the JSON library (neural): typed reads by
// dotted path, in which every failure names the file and the key.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace wordsight {

/// Immutable; cheap to copy. Paths such as "text_config.rope_scaling.factor". A null value counts
/// as absent.
class ConfigReader {
 public:
  static Result<ConfigReader> fromFile(const std::filesystem::path& file);
  static Result<ConfigReader> fromText(const std::string& text, const std::string& what);

  bool has(const std::string& path) const;
  bool isObject(const std::string& path) const;
  Result<std::int64_t> integer(const std::string& path, std::int64_t least,
                               std::int64_t most) const;
  Result<double> number(const std::string& path) const;
  Result<std::string> text(const std::string& path) const;
  Result<bool> boolean(const std::string& path) const;
  Result<std::vector<std::int64_t>> integers(const std::string& path) const;
  Result<std::vector<std::pair<std::int64_t, std::int64_t>>> integerPairs(
      const std::string& path) const;
  Result<std::vector<double>> numbers(const std::string& path) const;
  Result<std::vector<std::string>> texts(const std::string& path) const;
  /// Keys of the object at `path` ("" is the root); empty when it is no object.
  std::vector<std::string> keys(const std::string& path = "") const;
  /// The part below `path` as a reader of its own; errors keep the whole path.
  Result<ConfigReader> section(const std::string& path) const;
  const std::string& what() const { return m_what; }

 private:
  struct Tree;
  std::shared_ptr<const Tree> m_tree;
  std::string m_what;
  std::string m_prefix;
};

}  // namespace wordsight
