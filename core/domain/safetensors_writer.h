#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "domain/safetensors.h"

namespace wordsight {

/// A safetensors file written tensor by tensor, so that a checkpoint need not be in memory: open
/// with all names, types and shapes, add the bytes in that order, commit. Without commit nothing
/// appears. One thread.
class SafetensorsWriter {
 public:
  struct Entry {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
  };
  explicit SafetensorsWriter(std::filesystem::path path) : m_out(std::move(path)) {}

  Status open(const std::vector<Entry>& entries,
              const std::map<std::string, std::string>& metadata = {{"format", "pt"}});
  /// The bytes of the next entry; they must be as many as its shape needs.
  Status add(std::span<const std::byte> bytes);
  Status commit();

 private:
  struct Due {
    std::string name;
    std::uint64_t bytes = 0;
  };
  AtomicFile m_out;
  std::vector<Due> m_due;
  std::size_t m_next = 0;
};

}  // namespace wordsight
