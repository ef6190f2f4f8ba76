#pragma once
#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "base/result.h"

namespace wordsight::neural {

struct MergeOptions {
  /// Of all float weights that are written; none: as they are in the checkpoint.
  std::optional<torch::ScalarType> dtype;
  /// Before each tensor: how many are done, of how many. False stops (Cancelled).
  std::function<bool(std::int64_t done, std::int64_t total)> onTensor;
};

/// mergeLora of neural/model.h with progress, a stop and another precision. One tensor at a time is
/// in memory. Cancelled or failed, `out` may hold some of the files: give it a folder that can be
/// thrown away.
Status mergeLora(const std::filesystem::path& base, const std::filesystem::path& adapter,
                 const std::filesystem::path& out, const MergeOptions& options);

}  // namespace wordsight::neural
