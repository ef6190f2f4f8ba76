#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wordsight {

/// SHA-256 fed piece by piece. Not thread-safe; one per use.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  void add(std::span<const std::byte> bytes);
  /// 64 lower-case hex digits. Call once, at the end.
  std::string hex();

 private:
  void* m_context;
};

std::string sha256Hex(std::string_view bytes);
Result<std::string> sha256HexOfFile(const std::filesystem::path& path);

}  // namespace wordsight
