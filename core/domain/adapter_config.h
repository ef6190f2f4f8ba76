#pragma once
// adapter_config.json of a LoRA folder in PEFT's format, for layers that do not know the JSON
// library.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace wordsight {

struct AdapterConfig {
  int rank = 8;
  double alpha = 8;
  bool rslora = false;
  double dropout = 0;
  std::vector<std::string>
      targets;                // module names or their ends; when empty, `targetPattern` holds
  std::string targetPattern;  // a regular expression over whole module names
  std::vector<std::pair<std::string, int>> rankPattern;      // modules that differ from `rank`
  std::vector<std::pair<std::string, double>> alphaPattern;  // modules that differ from `alpha`
  std::string baseModel;
  std::string taskType = "CAUSAL_LM";

  /// Rank and alpha of a module by its whole name: the first pattern that matches it, or its end
  /// after a dot, holds.
  int rankOf(const std::string& module) const;
  double alphaOf(const std::string& module) const;
};

/// Reads a plain LoRA configuration. Whatever would change the result and is not handled (DoRA,
/// trained biases, PiSSA starts, replicated layers …) is refused by name.
Result<AdapterConfig> readAdapterConfig(const std::filesystem::path& file);
/// Writes what PEFT 0.21 reads.
Status writeAdapterConfig(const std::filesystem::path& file, const AdapterConfig& config);

/// Whether `pattern` matches the whole of `text`, or its end after a dot. Letters, digits and "_"
/// stand for themselves;
/// ".", "\." and "\d" with "*" or "+" after them work as in regular expressions; "^" at the start
/// and "$" at the end are allowed. nullopt-like: anything else in a pattern makes `isModulePattern`
/// false.
bool matchesModule(const std::string& pattern, const std::string& text);
bool isModulePattern(const std::string& pattern);

}  // namespace wordsight
