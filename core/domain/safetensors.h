#pragma once
// Reads and writes the safetensors format (huggingface/safetensors: 8 bytes header length, JSON
// header, data). The file is data from strangers: lengths, offsets, shapes and overlaps are checked
// before a byte of data is touched.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace wordsight {

enum class DType { F32, F16, BF16, F64, I64, I32, I16, I8, U8, Bool };
std::size_t sizeOf(DType type);
const char* toText(DType type);  // as in the file: "F32", "BF16", …

struct TensorView {
  DType type = DType::F32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;  // lives as long as the file it came from
};

/// One memory-mapped .safetensors file. Immutable after open; may be read from several threads.
class SafetensorsFile {
 public:
  static Result<SafetensorsFile> open(const std::filesystem::path& path);
  const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
  const std::map<std::string, std::string>& metadata() const { return m_metadata; }
  const std::filesystem::path& path() const { return m_file.path(); }

 private:
  MappedFile m_file;
  std::map<std::string, TensorView> m_tensors;
  std::map<std::string, std::string> m_metadata;
};

/// The weights of a model folder: model.safetensors, or the shards that
/// model.safetensors.index.json names. Nothing is read but headers.
class CheckpointFiles {
 public:
  static Result<CheckpointFiles> open(const std::filesystem::path& folder);
  const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
  const std::vector<SafetensorsFile>& files() const { return m_files; }

 private:
  std::vector<SafetensorsFile> m_files;
  std::map<std::string, TensorView> m_tensors;
};

struct TensorToWrite {
  std::string name;
  DType type = DType::F32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
};
/// Atomically: the file appears whole or not at all.
Status writeSafetensors(const std::filesystem::path& path,
                        const std::vector<TensorToWrite>& tensors,
                        const std::map<std::string, std::string>& metadata = {{"format", "pt"}});

}  // namespace wordsight
