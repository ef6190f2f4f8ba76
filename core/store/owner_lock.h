#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace wordsight::store {

/// A file that is locked (flock) for as long as this object lives: proof that its owner lives. The
/// kernel releases the lock however the process ends; the file is removed when the object goes.
class OwnerLock {
 public:
  /// In `folder`, which is made when it is missing.
  static Result<std::unique_ptr<OwnerLock>> acquire(const std::filesystem::path& folder);
  ~OwnerLock();
  OwnerLock(const OwnerLock&) = delete;
  OwnerLock& operator=(const OwnerLock&) = delete;
  const std::string& token() const { return m_token; }

  /// Whether the owner lives. When that cannot be found out (no right to look), the answer is yes.
  static bool lives(const std::filesystem::path& folder, const std::string& token);
  /// Removes the lock files of owners that are gone.
  static void sweep(const std::filesystem::path& folder);

 private:
  OwnerLock(int descriptor, std::filesystem::path file, std::string token)
      : m_descriptor(descriptor), m_file(std::move(file)), m_token(std::move(token)) {}
  int m_descriptor;
  std::filesystem::path m_file;
  std::string m_token;
};

}  // namespace wordsight::store
