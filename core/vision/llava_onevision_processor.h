#pragma once
// LLaVA-OneVision's picture processing (arXiv 2408.03326, "AnyRes"): a picture alone becomes tiles
// of the best of several resolutions, and the whole beside them; one of several becomes a padded
// square.

#include <vector>

#include "domain/any_resolution.h"
#include "domain/config_reader.h"
#include "vision/colours.h"
#include "vision/processor.h"

namespace wordsight::vision {

struct LlavaOnevisionSettings {
  int side = 384;                     // of a tile, in pixels
  std::vector<GridSize> resolutions;  // multiples of `side`
  Filter filter = Filter::Bicubic;
  ColourSettings colours{true, true, 1.0 / 255, kClipMean, kClipStd};
  std::int64_t featureSide = 27;  // features along a tile's edge
  std::int64_t mostTiles = 9;     // more features than these many tiles have are shrunk
};
/// `config`: preprocessor_config.json or its part of processor_config.json. How many features a
/// tile gives stands in the folder's processor_config.json (num_image_tokens), or follows from
/// config.json.
Result<LlavaOnevisionSettings> llavaOnevisionSettings(const ConfigReader& config,
                                                      const std::filesystem::path& folder);

class LlavaOnevisionProcessor final : public PictureProcessor {
 public:
  explicit LlavaOnevisionProcessor(LlavaOnevisionSettings settings)
      : m_settings(std::move(settings)), m_table(colourTable(m_settings.colours)) {}
  const char* family() const override { return "llava_onevision"; }
  /// pixels [1, tiles, 3, side, side], the whole picture first.
  Result<PixelPack> process(const Picture& picture, std::size_t together) const override;
  using PictureProcessor::process;
  std::vector<NumberTensor> numbersOf(const PixelPack& pack) const override;
  const LlavaOnevisionSettings& settings() const { return m_settings; }

 private:
  LlavaOnevisionSettings m_settings;
  ColourTable m_table;
};

}  // namespace wordsight::vision
