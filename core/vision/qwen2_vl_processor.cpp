#include "vision/qwen2_vl_processor.h"

#include <algorithm>
#include <cmath>

namespace wordsight::vision {

Result<Qwen2VlSettings> qwen2VlSettings(const ConfigReader& config) {
  constexpr std::int64_t kMost = std::int64_t{1} << 30;
  Qwen2VlSettings out;
  WORDSIGHT_CHECK(readInt(config, "patch_size", 1, 256, out.patchSize));
  WORDSIGHT_CHECK(readInt(config, "temporal_patch_size", 1, 16, out.temporalPatchSize));
  WORDSIGHT_CHECK(readInt(config, "merge_size", 1, 16, out.mergeSize));
  WORDSIGHT_CHECK(readInt(config, "size.shortest_edge", 1, kMost, out.minPixels));
  WORDSIGHT_CHECK(readInt(config, "size.longest_edge", 1, kMost, out.maxPixels));
  // The older keys win where both stand, as in the reference.
  WORDSIGHT_CHECK(readInt(config, "min_pixels", 1, kMost, out.minPixels));
  WORDSIGHT_CHECK(readInt(config, "max_pixels", 1, kMost, out.maxPixels));
  if (out.minPixels > out.maxPixels)
    return fail(config.what() + ": the least number of pixels (" + std::to_string(out.minPixels) +
                ") is above the most (" + std::to_string(out.maxPixels) + ").");
  WORDSIGHT_CHECK(readBool(config, "do_resize", out.resize));
  WORDSIGHT_TRY(out.colours, colourSettings(config, out.colours));
  WORDSIGHT_CHECK(readFilter(config, out.filter));
  return out;
}

Result<Size> smartResize(Size size, int factor, std::int64_t minPixels, std::int64_t maxPixels) {
  const double height = size.height, width = size.width, step = factor;
  if (size.height <= 0 || size.width <= 0) return fail("The picture is empty.");
  if (std::max(height, width) / std::min(height, width) > 200)
    return fail("The picture is " + std::to_string(size.width) + " × " +
                std::to_string(size.height) +
                " pixels: one side is more than 200 times the other, which this model does not "
                "take; crop it.");
  // nearbyint rounds halves to even in the default mode, as Python's round does.
  double h = std::nearbyint(height / step) * step;
  double w = std::nearbyint(width / step) * step;
  if (h * w > static_cast<double>(maxPixels)) {
    const double beta = std::sqrt(height * width / static_cast<double>(maxPixels));
    h = std::max(step, std::floor(height / beta / step) * step);
    w = std::max(step, std::floor(width / beta / step) * step);
  } else if (h * w < static_cast<double>(minPixels)) {
    const double beta = std::sqrt(static_cast<double>(minPixels) / (height * width));
    h = std::ceil(height * beta / step) * step;
    w = std::ceil(width * beta / step) * step;
  }
  return Size{static_cast<int>(h), static_cast<int>(w)};
}

Result<PixelPack> Qwen2VlProcessor::process(const Picture& picture, std::size_t) const {
  const int factor = m_settings.patchSize * m_settings.mergeSize;
  Size size{picture.height, picture.width};
  if (m_settings.resize) {
    WORDSIGHT_TRY(size, smartResize(size, factor, m_settings.minPixels, m_settings.maxPixels));
    if (static_cast<std::int64_t>(size.height) * size.width > kMaxPixels)
      return fail("The model's settings would enlarge the picture to " +
                  std::to_string(size.width) + " × " + std::to_string(size.height) +
                  " pixels; lower max_pixels.");
  } else if (size.height <= 0 || size.width <= 0 || size.height % factor != 0 ||
             size.width % factor != 0) {
    return fail(
        "The picture is " + std::to_string(size.width) + " × " + std::to_string(size.height) +
        " pixels, and this model's processor does not resize: both sides must be multiples of " +
        std::to_string(factor) + ".");
  }
  const bool same = size.height == picture.height && size.width == picture.width;
  const Picture scaled =
      same ? Picture{} : resized(picture, size.width, size.height, m_settings.filter);
  const Picture& from = same ? picture : scaled;

  const ColourTable values = colourTable(m_settings.colours);
  const auto patch = static_cast<std::size_t>(m_settings.patchSize),
             merge = static_cast<std::size_t>(m_settings.mergeSize);
  const auto frames = static_cast<std::size_t>(m_settings.temporalPatchSize);
  const auto width = static_cast<std::size_t>(size.width);
  const std::size_t gridH = static_cast<std::size_t>(size.height) / patch, gridW = width / patch;
  PixelPack pack;
  pack.gridT = 1;
  pack.gridH = static_cast<std::int64_t>(gridH);
  pack.gridW = static_cast<std::int64_t>(gridW);
  pack.placeholders = static_cast<std::int64_t>(gridH * gridW / (merge * merge));
  const std::size_t channelSize = patch * patch, depth = 3 * frames * channelSize;
  pack.shape = {static_cast<std::int64_t>(gridH * gridW), static_cast<std::int64_t>(depth)};
  pack.pixels.resize(gridH * gridW * depth);

  // [gridH / merge, gridW / merge, merge, merge, colour, frame, patch, patch]; a still picture
  // fills all frames.
  float* out = pack.pixels.data();
  for (std::size_t by = 0; by < gridH; by += merge)
    for (std::size_t bx = 0; bx < gridW; bx += merge)
      for (std::size_t my = 0; my < merge; ++my)
        for (std::size_t mx = 0; mx < merge; ++mx)
          for (std::size_t c = 0; c < 3; ++c) {
            const float* const value = values[c].data();
            const std::uint8_t* row =
                &from.rgb[(((by + my) * patch) * width + (bx + mx) * patch) * 3 + c];
            float* to = out;
            for (std::size_t y = 0; y < patch; ++y, row += width * 3)
              for (std::size_t x = 0; x < patch; ++x) *to++ = value[row[x * 3]];
            for (std::size_t t = 1; t < frames; ++t)
              std::copy_n(out, channelSize, out + t * channelSize);
            out += frames * channelSize;
          }
  return pack;
}

std::vector<NumberTensor> Qwen2VlProcessor::numbersOf(const PixelPack& pack) const {
  return {{"image_grid_thw", {1, 3}, {pack.gridT, pack.gridH, pack.gridW}}};
}

}  // namespace wordsight::vision
