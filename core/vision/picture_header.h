#pragma once
// What a picture file says about itself before anything is decoded. Inside vision only.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace wordsight::vision {

enum class PictureFormat { Jpeg, Png, WebP, Bmp };

struct PictureHeader {
  PictureFormat format = PictureFormat::Jpeg;
  std::int64_t width = 0, height = 0;  // as stored, before any orientation
};

/// Reads format and size from the first bytes. Error (a sentence without the file's name): another
/// format, a header that is cut off or absurd, a file that is visibly incomplete (a JPEG without
/// its end mark, a BMP with too few bytes).
Result<PictureHeader> readPictureHeader(std::span<const std::byte> bytes);

/// The PNG without the chunks that do not change its pixels: decoders complain about those on
/// standard error. Also checks the checksums of what is kept; a broken one is an error.
Result<std::string> withoutSideChunks(std::span<const std::byte> png);

/// EXIF orientation, 1 (upright) to 8, of a JPEG, PNG or WebP; 1 when it says nothing (valid).
int exifOrientation(std::span<const std::byte> bytes, PictureFormat format);

}  // namespace wordsight::vision
