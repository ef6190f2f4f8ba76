#include "vision/picture.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "base/file.h"
#include "vision/picture_header.h"
#include "vision/resample.h"

namespace wordsight::vision {
namespace {

/// OpenCV's own messages repeat on standard error what our sentences say.
void silenceOpenCv() {
  static std::once_flag once;
  std::call_once(once,
                 [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

/// The pixels in the order in which EXIF's orientation wants them seen.
Picture turned(const cv::Mat& bgr, int orientation) {
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

Result<Picture> decoded(std::span<const std::byte> bytes) {
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
    const cv::Mat bgr = cv::imdecode(raw, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    if (bgr.empty() || bgr.type() != CV_8UC3)
      return fail("The picture is damaged and cannot be decoded.");
    return turned(bgr, exifOrientation(bytes, header.format));
  } catch (const cv::Exception&) {
    return fail("The picture is damaged and cannot be decoded.");
  } catch (const std::bad_alloc&) {
    return fail("There is not enough memory to decode the picture.", ErrorKind::Io);
  }
}

}  // namespace

Result<Picture> decodePictureBytes(std::span<const std::byte> bytes, const std::string& what) {
  auto picture = decoded(bytes);
  if (!picture) return fail(inContext(what + ": ", std::move(picture).error()));
  return picture;
}

Result<Picture> decodePicture(const std::filesystem::path& file) {
  WORDSIGHT_TRY(const auto text, readFile(file, std::uint64_t{1} << 29));
  return decodePictureBytes(std::as_bytes(std::span(text)), file.string());
}

Result<std::string> thumbnailOf(const Picture& picture, int maxSide, int quality) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= 0 || maxSide <= 0) return fail("An empty picture has no thumbnail.");
  Picture small;
  const Picture* from = &picture;
  if (longer > maxSide) {
    const auto side = [&](int value) {
      return std::max(
          1, static_cast<int>((static_cast<std::int64_t>(value) * maxSide + longer / 2) / longer));
    };
    small = resizedBicubic(picture, side(picture.width), side(picture.height));
    from = &small;
  }
  silenceOpenCv();
  try {
    const cv::Mat rgb(from->height, from->width, CV_8UC3,
                      const_cast<std::uint8_t*>(from->rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> out;
    if (!cv::imencode(".jpg", bgr, out, {cv::IMWRITE_JPEG_QUALITY, std::clamp(quality, 1, 100)}))
      return fail("The thumbnail could not be encoded.", ErrorKind::Internal);
    return std::string(out.begin(), out.end());
  } catch (const cv::Exception& error) {
    return fail("The thumbnail could not be encoded: " + std::string(error.what()),
                ErrorKind::Internal);
  }
}

Result<std::string> thumbnail(const std::filesystem::path& file, int maxSide, int quality) {
  WORDSIGHT_TRY(const auto picture, decodePicture(file));
  return thumbnailOf(picture, maxSide, quality);
}

}  // namespace wordsight::vision
