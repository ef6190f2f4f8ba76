#pragma once
// The step that cuts text into words: tokenizer.json's "pre_tokenizer".

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/json.h"
#include "text/pattern.h"

namespace wordsight::text {

/// A sequence of Split and Digits steps that ends in ByteLevel. Immutable; several threads at once.
class PreTokenizer {
 public:
  /// Errors say what is not supported, without the file's name.
  static Result<PreTokenizer> fromTree(const nlohmann::json& tree);

  /// Calls onWord for each word, as raw bytes, in order. Words are never empty.
  void run(std::string_view text, const std::function<void(std::string_view)>& onWord) const;

 private:
  struct Step {
    enum class Kind { Split, Digits, PrefixSpace } kind = Kind::Split;
    std::optional<Pattern> pattern;                // Split
    bool dropMatches = false, dropOthers = false;  // Split: "Removed", and "Removed" inverted
    bool eachDigit = true;                         // Digits: every digit a word of its own
  };
  Status addStep(const nlohmann::json& tree);
  Status addSplit(const nlohmann::json& tree);
  Status addByteLevel(const nlohmann::json& tree);

  std::vector<Step> m_steps;
  bool m_hasByteLevel = false;
};

}  // namespace wordsight::text
