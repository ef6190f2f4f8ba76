#pragma once
// What a vision model's own image processor does to a picture: resize, normalise, cut into patches.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/pixels.h"
#include "vision/picture.h"

namespace wordsight::vision {

struct NumberTensor {
  std::string name;
  std::vector<std::int64_t> shape, values;
};

/// Immutable; all methods are const and may be called from several threads at once.
class PictureProcessor {
 public:
  virtual ~PictureProcessor() = default;
  /// The family's name: "qwen2_vl".
  virtual const char* family() const = 0;
  /// Pixel values in the order and shape of the reference processor. `together`: how many pictures
  /// the prompt has (LLaVA-OneVision cuts one alone into tiles, and none of several). Error: a
  /// picture that the processor refuses (aspect ratio over 200), as a sentence without the file's
  /// name.
  virtual Result<PixelPack> process(const Picture& picture, std::size_t together) const = 0;
  Result<PixelPack> process(const Picture& picture) const { return process(picture, 1); }
  /// decodePicture, then process; errors name the file.
  Result<PixelPack> processFile(const std::filesystem::path& file, std::size_t together = 1) const;
  /// The whole-number tensors that the reference processor gives beside "pixel_values".
  virtual std::vector<NumberTensor> numbersOf(const PixelPack& pack) const = 0;
};

/// The processor that preprocessor_config.json (or processor_config.json) in the model's folder
/// asks for. Errors: no such file (a model without vision), a kind or a setting that is not
/// supported.
Result<std::unique_ptr<const PictureProcessor>> processorFor(
    const std::filesystem::path& modelFolder);

}  // namespace wordsight::vision
