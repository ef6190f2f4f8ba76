#pragma once
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace wordsight {

/// A file that is locked (flock) while this object lives: one owner at a time, in this process or
/// another. The kernel releases the lock however the process ends; the file goes with the object.
class FileLock {
 public:
  /// The file is made when it is missing, its folder is not. Nullptr: somebody holds the lock. On a
  /// file system without locks everybody gets one.
  static Result<std::unique_ptr<FileLock>> tryAcquire(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  FileLock(int descriptor, std::filesystem::path file)
      : m_descriptor(descriptor), m_file(std::move(file)) {}
  int m_descriptor;
  std::filesystem::path m_file;
};

}  // namespace wordsight
