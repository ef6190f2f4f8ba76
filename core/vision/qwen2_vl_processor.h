#pragma once
// Qwen2-VL's and Qwen2.5-VL's image processing (Wang et al. 2024, arXiv 2409.12191 §2.1, "naive
// dynamic resolution").

#include <cstdint>

#include "domain/config_reader.h"
#include "vision/colours.h"
#include "vision/processor.h"

namespace wordsight::vision {

struct Qwen2VlSettings {
  int patchSize = 14, temporalPatchSize = 2, mergeSize = 2;
  std::int64_t minPixels = 56 * 56, maxPixels = 28 * 28 * 1280;
  bool resize = true;
  Filter filter = Filter::Bicubic;
  ColourSettings colours{true, true, 1.0 / 255, kClipMean, kClipStd};
};
/// Reads old keys (min_pixels, max_pixels) and new ones (size.shortest_edge, size.longest_edge).
Result<Qwen2VlSettings> qwen2VlSettings(const ConfigReader& config);

struct Size {
  int height = 0, width = 0;
};
/// The nearest size whose sides are multiples of `factor`, whose area lies in minPixels … maxPixels
/// and whose shape is about the same. Halves round to even, as in the reference. Error: aspect
/// ratio over 200.
Result<Size> smartResize(Size size, int factor, std::int64_t minPixels, std::int64_t maxPixels);

class Qwen2VlProcessor final : public PictureProcessor {
 public:
  explicit Qwen2VlProcessor(Qwen2VlSettings settings) : m_settings(settings) {}
  const char* family() const override { return "qwen2_vl"; }
  /// pixels [patches, 3 * temporal * patch * patch]; patches in blocks of merge × merge, as the
  /// merger wants them.
  Result<PixelPack> process(const Picture& picture, std::size_t together) const override;
  using PictureProcessor::process;
  std::vector<NumberTensor> numbersOf(const PixelPack& pack) const override;
  const Qwen2VlSettings& settings() const { return m_settings; }

 private:
  Qwen2VlSettings m_settings;
};

}  // namespace wordsight::vision
