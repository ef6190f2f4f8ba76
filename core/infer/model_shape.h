#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace wordsight::infer {

/// The sizes of a model's language part, read from config.json alone.
struct ModelShape {
  std::string family;
  std::int64_t vocabulary = 0, width = 0, inner = 0, layers = 0, heads = 0, kvHeads = 0,
               headSize = 0, maxPositions = 0;
  // Mllama: layers that only pictures reach, and rows of the embedding that the head does not have.
  std::int64_t pictureLayers = 0, extraEmbeddings = 0;
  bool tied = false;       // the output head is the embedding
  bool biases = false;     // on q, k and v
  bool hasVision = false;  // the checkpoint has a vision part beside it

  /// Weights of the language part: what text-only training holds in memory.
  std::int64_t languageParameters() const;
  /// Trained weights of an adapter of this rank; a target that is unknown counts nothing.
  std::int64_t adapterParameters(int rank, const std::vector<std::string>& targets) const;
};

/// Gives the errors that loading would give: no config.json, broken JSON, an unsupported family or
/// setting. No weight is looked at.
Result<ModelShape> readModelShape(const std::filesystem::path& folder);

}  // namespace wordsight::infer
