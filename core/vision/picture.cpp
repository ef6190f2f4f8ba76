#include "vision/picture.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "base/file.h"
#include "vision/picture_decode.h"
#include "vision/picture_header.h"

namespace wordsight::vision {
namespace {

/// The pixels in the order in which EXIF's orientation wants them seen.
Picture turned(const cv::Mat& bgr, int orientation) {
  if (orientation == 1) {  // almost always: straight to its place
    Picture upright;
    upright.width = bgr.cols;
    upright.height = bgr.rows;
    upright.rgb.resize(bgr.total() * 3);
    cv::Mat rgb(bgr.rows, bgr.cols, CV_8UC3, upright.rgb.data());
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    return upright;
  }
  cv::Mat seen;
  cv::cvtColor(bgr, seen, cv::COLOR_BGR2RGB);
  // 2 mirrored, 3 upside down, 4 both; 5 to 8 the same on the transposed picture.
  if (orientation >= 5) {
    cv::Mat across;
    cv::transpose(seen, across);
    seen = across;
  }
  constexpr int kNone = 2;
  constexpr int kFlips[9] = {kNone, kNone, 1, -1, 0, kNone, 1, -1, 0};
  if (kFlips[orientation] != kNone) {
    cv::Mat flipped;
    cv::flip(seen, flipped, kFlips[orientation]);
    seen = flipped;
  }
  Picture out;
  out.width = seen.cols;
  out.height = seen.rows;
  const std::size_t row = static_cast<std::size_t>(seen.cols) * 3;
  out.rgb.resize(row * static_cast<std::size_t>(seen.rows));
  for (int y = 0; y < seen.rows; ++y)
    std::copy_n(seen.ptr<std::uint8_t>(y), row,
                out.rgb.begin() + static_cast<std::ptrdiff_t>(row * static_cast<std::size_t>(y)));
  return out;
}

/// The largest of 8, 4, 2, 1 that leaves the longer side at least `side` long. JPEGs are decoded so
/// at a fraction of the cost, because the inverse cosine transform is done on smaller blocks.
int reductionFor(const PictureHeader& header, int side) {
  if (header.format != PictureFormat::Jpeg) return 1;
  const auto longer = std::max(header.width, header.height);
  for (const int by : {8, 4, 2})
    if (longer / by >= side) return by;
  return 1;
}

int flagsFor(int reduction) {
  const int colour = reduction == 8   ? cv::IMREAD_REDUCED_COLOR_8
                     : reduction == 4 ? cv::IMREAD_REDUCED_COLOR_4
                     : reduction == 2 ? cv::IMREAD_REDUCED_COLOR_2
                                      : cv::IMREAD_COLOR;
  return colour | cv::IMREAD_IGNORE_ORIENTATION;
}

}  // namespace

void silenceOpenCv() {
  static std::once_flag once;
  std::call_once(once,
                 [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

Result<DecodedPicture> decodedAtLeast(std::span<const std::byte> bytes, int side) {
  WORDSIGHT_TRY(const auto header, readPictureHeader(bytes));
  if (header.width > kMaxPixels / header.height)
    return fail("The picture has " + std::to_string(header.width) + " × " +
                    std::to_string(header.height) + " pixels, more than the " +
                    std::to_string(kMaxPixels / 1'000'000) +
                    " million that are read; make it smaller.",
                ErrorKind::Unsupported);
  std::string cleaned;
  auto data = bytes;
  if (header.format == PictureFormat::Png) {
    WORDSIGHT_TRY(cleaned, withoutSideChunks(bytes));
    data = std::as_bytes(std::span(cleaned));
  }
  if (data.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return fail("The file is too large for a picture.");
  silenceOpenCv();
  try {
    // OpenCV reads only; its interface lacks the const.
    const cv::Mat raw(1, static_cast<int>(data.size()), CV_8UC1,
                      const_cast<void*>(static_cast<const void*>(data.data())));
    const cv::Mat bgr = cv::imdecode(raw, flagsFor(reductionFor(header, side)));
    if (bgr.empty() || bgr.type() != CV_8UC3)
      return fail("The picture is damaged and cannot be decoded.");
    const int orientation = exifOrientation(bytes, header.format);
    DecodedPicture out{turned(bgr, orientation), static_cast<int>(header.width),
                       static_cast<int>(header.height)};
    if (orientation >= 5) std::swap(out.naturalWidth, out.naturalHeight);
    return out;
  } catch (const cv::Exception&) {
    return fail("The picture is damaged and cannot be decoded.");
  } catch (const std::bad_alloc&) {
    return fail("There is not enough memory to decode the picture.", ErrorKind::Io);
  }
}

Result<Picture> decodePictureBytes(std::span<const std::byte> bytes, const std::string& what) {
  auto decoded = decodedAtLeast(bytes, std::numeric_limits<int>::max());
  if (!decoded) return fail(inContext(what + ": ", std::move(decoded).error()));
  return std::move(decoded->picture);
}

Result<Picture> decodePicture(const std::filesystem::path& file) {
  WORDSIGHT_TRY(const auto text, readFile(file, kMostPictureBytes));
  return decodePictureBytes(std::as_bytes(std::span(text)), file.string());
}

}  // namespace wordsight::vision
