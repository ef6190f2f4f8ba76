#pragma once
// Decoding as the functions of this layer share it. Inside vision only.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "vision/picture.h"

namespace wordsight::vision {

constexpr std::uint64_t kMostPictureBytes = std::uint64_t{1} << 29;

struct DecodedPicture {
  Picture picture;
  int naturalWidth = 0, naturalHeight = 0;  // upright, as the file has it
};

/// A picture whose longer side has at least `side` pixels, or all that the file has: no smaller,
/// and where the format allows no larger than need be. Errors do not name the file.
Result<DecodedPicture> decodedAtLeast(std::span<const std::byte> bytes, int side);

/// OpenCV's own messages repeat on standard error what our sentences say.
void silenceOpenCv();

}  // namespace wordsight::vision
