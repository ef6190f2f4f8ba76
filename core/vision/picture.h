#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace wordsight::vision {

/// A decoded picture: rows from the top, three bytes a pixel (red, green, blue), no padding.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

/// Refused before decoding: a header that promises more than this many pixels.
constexpr std::int64_t kMaxPixels = 100'000'000;

/// Decodes JPEG, PNG, WebP (first frame) or BMP into RGB. Alpha is dropped without blending and
/// palettes are looked up, as the reference processors' "convert RGB" does; 16-bit channels keep
/// their upper byte; grey becomes three equal channels. EXIF orientation of a JPEG is applied.
/// Errors name the file. Thread-safe.
Result<Picture> decodePicture(const std::filesystem::path& file);
/// The same from bytes; `what` names them in messages.
Result<Picture> decodePictureBytes(std::span<const std::byte> bytes, const std::string& what);

}  // namespace wordsight::vision
