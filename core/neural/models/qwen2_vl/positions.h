#pragma once
// M-RoPE: the three position numbers (temporal, height, width) of each token of a Qwen2-VL prompt
// (arXiv 2409.12191, §2.1; the same numbers as transformers' get_rope_index).

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "domain/pixels.h"
#include "neural/model.h"

namespace wordsight::neural {

/// Whether the picture placeholders of `ids` (those equal to `imageToken`) are exactly those that
/// the pictures need: one run of gridT·gridH·gridW / merge² for each, in order.
Status checkPlaceholders(const std::vector<std::int64_t>& ids,
                         const std::vector<PixelPack>& pictures, std::int64_t imageToken,
                         std::int64_t merge);

/// positions int64 [3, T]. Text counts on in all three; a picture that starts at p has (p + t, p +
/// row, p + column) of its merged grid, and text goes on at p + max(rows, columns). `next` is where
/// the answer begins. The prompt must pass checkPlaceholders(): otherwise std::invalid_argument.
LanguageModel::Positions ropePositions(const std::vector<std::int64_t>& ids,
                                       const std::vector<PixelPack>& pictures,
                                       std::int64_t imageToken, std::int64_t merge);

}  // namespace wordsight::neural
