#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wordsight {

/// The whole file. `limit` guards against absurd sizes: a larger file is an error that says so.
Result<std::string> readFile(const std::filesystem::path& path,
                             std::uint64_t limit = std::uint64_t{1} << 31);

/// Writes to a temporary file beside `path`, syncs it, renames it over: readers see the old or the
/// new content, never half. A full or read-only disk is an error and leaves the old file as it was.
Status writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

/// The same for content that is made piece by piece: open, write …, commit. Without commit nothing
/// appears.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();
  Status open();
  Status write(std::string_view bytes);
  Status commit();

 private:
  std::filesystem::path m_path, m_temporary;
  int m_descriptor = -1;
};

/// Calls `onLine(line, number)` for each line (without its end, number from 1) of a text file,
/// streaming: memory does not grow with the file. A byte-order mark is skipped, "\r\n" counts as an
/// end. Stops at the first error that onLine returns.
Status forEachLine(const std::filesystem::path& path,
                   const std::function<Status(std::string_view line, std::size_t number)>& onLine);

/// A read-only memory map of a whole file; move-only. Pages are loaded when touched.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::span<const std::byte> bytes() const { return {m_data, m_size}; }
  const std::filesystem::path& path() const { return m_path; }

 private:
  const std::byte* m_data = nullptr;
  std::size_t m_size = 0;
  std::filesystem::path m_path;
};

/// Appends lines to a file; each append is flushed to the system (and with `sync`, to the disk)
/// before it returns.
class AppendFile {
 public:
  static Result<AppendFile> open(const std::filesystem::path& path);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();
  Status append(std::string_view bytes, bool sync = false);

 private:
  explicit AppendFile(int descriptor, std::filesystem::path path)
      : m_descriptor(descriptor), m_path(std::move(path)) {}
  int m_descriptor = -1;
  std::filesystem::path m_path;
};

/// Makes the folder and its parents; says which one could not be made.
Status makeFolder(const std::filesystem::path& path);

}  // namespace wordsight
