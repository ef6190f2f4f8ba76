#pragma once
// Small pictures for lists, pages and reports.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "vision/picture.h"

namespace wordsight::vision {

/// A picture scaled down for a screen. `natural…` is its size in the file, upright.
struct DisplayPicture {
  Picture picture;
  int naturalWidth = 0, naturalHeight = 0;
};

/// The picture with its longer side at most `maxSide` (never enlarged), upright; all checks of
/// decodePicture. Large JPEGs are decoded at a half, a quarter or an eighth of their size, which
/// takes a fraction of the time. Scaled by areas: for eyes, not for models. Thread-safe.
Result<DisplayPicture> decodeForDisplay(const std::filesystem::path& file, int maxSide);

/// The same as a JPEG.
Result<std::vector<std::byte>> thumbnailJpeg(const std::filesystem::path& file, int maxSide,
                                             int quality = 82);
/// The same as text, for reports.
Result<std::string> thumbnail(const std::filesystem::path& file, int maxSide, int quality = 82);
Result<std::string> thumbnailOf(const Picture& picture, int maxSide, int quality = 82);

/// Thumbnails kept in a folder, which may be emptied or deleted at any time. An entry belongs to a
/// picture's path, size and time of change, so that a changed picture gets a new one. Entries are
/// written whole or not at all and carry a checksum: a damaged one is made anew. When the folder
/// grows over its limit, those go that were not used for longest. A folder that cannot be written
/// costs time, not thumbnails.
///
/// Thread-safe; several programs may share a folder.
class ThumbnailCache {
 public:
  static constexpr std::uint64_t kLimit = std::uint64_t{256} << 20;

  explicit ThumbnailCache(std::filesystem::path folder, std::uint64_t limit = kLimit);

  /// The JPEG, from the folder or made now.
  Result<std::vector<std::byte>> jpeg(const std::filesystem::path& file, int maxSide);
  /// The same, decoded; with the size of the picture in its file.
  Result<DisplayPicture> picture(const std::filesystem::path& file, int maxSide);

 private:
  struct Thumbnail {
    std::string jpeg;
    int naturalWidth = 0, naturalHeight = 0;
  };
  Result<Thumbnail> get(const std::filesystem::path& file, int maxSide);
  void keep(const std::filesystem::path& entry, const Thumbnail& thumbnail);
  void makeRoom();

  const std::filesystem::path m_folder;
  const std::uint64_t m_limit;
  std::mutex m_mutex;           // of what follows
  bool m_counted = false;       // whether m_bytes is known
  std::uint64_t m_bytes = 0;    // in the folder, about: other programs may write as well
  std::uint64_t m_written = 0;  // names of unfinished files
};

}  // namespace wordsight::vision
