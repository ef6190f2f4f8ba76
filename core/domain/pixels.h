#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace wordsight {

/// A picture as a model's processor makes it: plain floats with a shape, and what goes with it, by
/// the tensor names that the reference processor uses ("pixel_values", "image_grid_thw", …).
struct PixelPack {
  std::vector<float> pixels;
  std::vector<std::int64_t> shape;  // e.g. [patches, channels*temporal*patch*patch] for Qwen2-VL
  std::int64_t gridT = 0, gridH = 0, gridW = 0;  // patches before merging; Qwen2-VL families
  std::int64_t height = 0, width = 0;  // of the picture as it was; LLaVA-OneVision unpads by it
  std::int64_t tiles = 0, arrangement = 0;  // Mllama: tiles in use, and which arrangement (from 1)
  std::int64_t placeholders = 0;            // how many picture tokens stand for it in the prompt
};

}  // namespace wordsight
