#pragma once
// Qwen2-VL's and Qwen2.5-VL's image processing (Wang et al. 2024, arXiv 2409.12191 §2.1, "naive
// dynamic resolution").

#include <array>
#include <cstdint>

#include "domain/config_reader.h"
#include "vision/processor.h"

namespace wordsight::vision {

struct Qwen2VlSettings {
  int patchSize = 14, temporalPatchSize = 2, mergeSize = 2;
  std::int64_t minPixels = 56 * 56, maxPixels = 28 * 28 * 1280;
  bool resize = true, rescale = true, normalize = true;
  double rescaleFactor = 1.0 / 255;
  std::array<double, 3> mean{0.48145466, 0.4578275, 0.40821073},
      std{0.26862954, 0.26130258, 0.27577711};
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
  Result<PixelPack> process(const Picture& picture) const override;
  const Qwen2VlSettings& settings() const { return m_settings; }

 private:
  Qwen2VlSettings m_settings;
};

}  // namespace wordsight::vision
