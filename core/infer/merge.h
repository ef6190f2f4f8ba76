#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "domain/train_spec.h"

namespace wordsight::infer {

struct MergeSpec {
  std::string model, adapter;          // folders
  std::string out;                     // a folder that is not there yet, or is empty
  std::optional<Precision> precision;  // of what is written; none: as the checkpoint is
};

/// The checkpoint with an adapter added into its weights, as a normal model folder, with a
/// wordsight.json that says what it was made from. Written beside `out` and renamed when complete:
/// stopped (an error of kind Cancelled) or failed, nothing is left of it. What exists is never
/// overwritten.
Status mergeAdapter(const MergeSpec& spec,
                    const std::function<void(std::int64_t done, std::int64_t total)>& onTensor = {},
                    std::stop_token stop = {});

}  // namespace wordsight::infer
