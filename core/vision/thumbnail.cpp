#include "vision/thumbnail.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <system_error>

#include "base/file.h"
#include "base/hash.h"
#include "vision/picture_decode.h"

namespace wordsight::vision {
namespace {

namespace fs = std::filesystem;

/// Shrinks so that the longer side is at most `maxSide`, in the proportions of a picture of
/// `width` × `height`; sides are rounded, and at least one pixel.
Picture fitted(const Picture& picture, int width, int height, int maxSide) {
  const int longer = std::max(width, height);
  const auto side = [&](int value) {
    return std::max(
        1, static_cast<int>((static_cast<std::int64_t>(value) * maxSide + longer / 2) / longer));
  };
  Picture out;
  out.width = side(width);
  out.height = side(height);
  out.rgb.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
  const cv::Mat from(picture.height, picture.width, CV_8UC3,
                     const_cast<std::uint8_t*>(picture.rgb.data()));
  cv::Mat to(out.height, out.width, CV_8UC3, out.rgb.data());
  cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
  return out;
}

Result<std::string> encoded(const Picture& picture, int quality) {
  silenceOpenCv();
  try {
    const cv::Mat rgb(picture.height, picture.width, CV_8UC3,
                      const_cast<std::uint8_t*>(picture.rgb.data()));
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

Result<DisplayPicture> displayed(std::span<const std::byte> bytes, int maxSide,
                                 const std::string& what) {
  if (maxSide <= 0) return fail("A thumbnail needs at least one pixel.");
  auto decoded = decodedAtLeast(bytes, maxSide);
  if (!decoded) return fail(inContext(what + ": ", std::move(decoded).error()));
  const int width = decoded->naturalWidth, height = decoded->naturalHeight;
  if (std::max(width, height) > maxSide)
    decoded->picture = fitted(decoded->picture, width, height, maxSide);
  return DisplayPicture{std::move(decoded->picture), width, height};
}

std::vector<std::byte> bytesOf(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Result<DisplayPicture> decodeForDisplay(const fs::path& file, int maxSide) {
  WORDSIGHT_TRY(const auto text, readFile(file, kMostPictureBytes));
  return displayed(std::as_bytes(std::span(text)), maxSide, file.string());
}

Result<std::string> thumbnailOf(const Picture& picture, int maxSide, int quality) {
  if (picture.width <= 0 || picture.height <= 0 || maxSide <= 0)
    return fail("An empty picture has no thumbnail.");
  if (std::max(picture.width, picture.height) <= maxSide) return encoded(picture, quality);
  return encoded(fitted(picture, picture.width, picture.height, maxSide), quality);
}

Result<std::string> thumbnail(const fs::path& file, int maxSide, int quality) {
  WORDSIGHT_TRY(const auto shown, decodeForDisplay(file, maxSide));
  return encoded(shown.picture, quality);
}

Result<std::vector<std::byte>> thumbnailJpeg(const fs::path& file, int maxSide, int quality) {
  WORDSIGHT_TRY(const auto text, thumbnail(file, maxSide, quality));
  return bytesOf(text);
}

namespace {

// An entry: a mark, 64 digits of sha256 over the rest, the picture's own size, the JPEG.
constexpr std::string_view kMark = "wordsight thumbnail 1\n";
constexpr const char* kEnding = ".thumb";
constexpr std::size_t kDigits = 64, kSizes = 8;
constexpr std::uint64_t kMostEntry = std::uint64_t{1} << 26;
constexpr int kQuality = 82;
constexpr auto kUsedAgain = std::chrono::hours(24);  // a newer use than that is noted

std::string sizeBytes(int width, int height) {
  std::string out(kSizes, '\0');
  const std::int32_t sizes[2] = {width, height};
  std::memcpy(out.data(), sizes, kSizes);
  return out;
}

bool isEntry(const fs::path& path) { return path.extension() == kEnding; }

}  // namespace

ThumbnailCache::ThumbnailCache(fs::path folder, std::uint64_t limit)
    : m_folder(std::move(folder)), m_limit(limit) {}

Result<std::vector<std::byte>> ThumbnailCache::jpeg(const fs::path& file, int maxSide) {
  WORDSIGHT_TRY(const auto got, get(file, maxSide));
  return bytesOf(got.jpeg);
}

Result<DisplayPicture> ThumbnailCache::picture(const fs::path& file, int maxSide) {
  WORDSIGHT_TRY(const auto got, get(file, maxSide));
  WORDSIGHT_TRY(auto shown, displayed(std::as_bytes(std::span(got.jpeg)), maxSide, file.string()));
  shown.naturalWidth = got.naturalWidth;
  shown.naturalHeight = got.naturalHeight;
  return shown;
}

Result<ThumbnailCache::Thumbnail> ThumbnailCache::get(const fs::path& file, int maxSide) {
  std::error_code code;
  const auto size = fs::file_size(file, code);
  const auto time = code ? fs::file_time_type() : fs::last_write_time(file, code);
  if (code)
    return fail(file.string() + " cannot be read: " + code.message() +
                    "; join the folder of pictures anew.",
                ErrorKind::Io);
  const auto absolute = fs::absolute(file, code).lexically_normal();
  const auto entry = m_folder / (sha256Hex(absolute.string() + "\n" + std::to_string(size) + "\n" +
                                           std::to_string(time.time_since_epoch().count()) + "\n" +
                                           std::to_string(maxSide))
                                     .substr(0, 40) +
                                 kEnding);
  if (fs::exists(entry, code)) {
    const auto text = readFile(entry, kMostEntry);
    const auto head = kMark.size() + kDigits;
    if (text && text->size() > head + kSizes && text->starts_with(kMark)) {
      const auto rest = std::string_view(*text).substr(head);
      if (sha256Hex(rest) == text->substr(kMark.size(), kDigits)) {
        std::int32_t sizes[2];
        std::memcpy(sizes, rest.data(), kSizes);
        const auto now = fs::file_time_type::clock::now();
        if (fs::last_write_time(entry, code) < now - kUsedAgain)
          fs::last_write_time(entry, now, code);
        return Thumbnail{std::string(rest.substr(kSizes)), sizes[0], sizes[1]};
      }
    }
  }
  WORDSIGHT_TRY(const auto shown, decodeForDisplay(file, maxSide));
  WORDSIGHT_TRY(auto bytes, encoded(shown.picture, kQuality));
  Thumbnail made{std::move(bytes), shown.naturalWidth, shown.naturalHeight};
  keep(entry, made);
  return made;
}

/// Without waiting for the disk: a power cut may leave an entry half written, and its checksum
/// tells.
void ThumbnailCache::keep(const fs::path& entry, const Thumbnail& thumbnail) {
  const std::string rest =
      sizeBytes(thumbnail.naturalWidth, thumbnail.naturalHeight) + thumbnail.jpeg;
  const auto bytes = kMark.size() + kDigits + rest.size();
  if (bytes > m_limit) return;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(m_mutex);
    number = m_written++;
  }
  std::error_code code;
  fs::create_directories(m_folder, code);
  const auto unfinished = fs::path(entry).replace_extension("." + std::to_string(::getpid()) + "-" +
                                                            std::to_string(number) + ".part");
  {
    std::ofstream out(unfinished, std::ios::binary);
    out << kMark << sha256Hex(rest) << rest;
    out.flush();
    if (!out) {
      fs::remove(unfinished, code);
      return;
    }
  }
  fs::rename(unfinished, entry, code);
  if (code) {
    fs::remove(unfinished, code);
    return;
  }
  const std::lock_guard lock(m_mutex);
  m_bytes += bytes;
  if (!m_counted || m_bytes > m_limit) makeRoom();
}

/// Counts what is there; over the limit, removes the longest unused down to nine tenths of it, and
/// what a killed program left behind. Under the lock.
void ThumbnailCache::makeRoom() {
  struct Found {
    fs::path path;
    fs::file_time_type used;
    std::uint64_t bytes = 0;
  };
  std::vector<Found> found;
  std::error_code code;
  m_bytes = 0;
  m_counted = true;
  const auto hourAgo = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (fs::directory_iterator it(m_folder, code), end; !code && it != end; it.increment(code)) {
    std::error_code gone;
    const auto used = it->last_write_time(gone);
    if (gone) continue;
    if (it->path().extension() == ".part" && used < hourAgo) fs::remove(it->path(), gone);
    if (!isEntry(it->path())) continue;
    const auto bytes = it->file_size(gone);
    if (gone) continue;
    found.push_back({it->path(), used, bytes});
    m_bytes += bytes;
  }
  if (m_bytes <= m_limit) return;
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.used < b.used; });
  for (const auto& each : found) {
    if (m_bytes <= m_limit / 10 * 9) return;
    if (fs::remove(each.path, code)) m_bytes -= std::min(m_bytes, each.bytes);
  }
}

}  // namespace wordsight::vision
