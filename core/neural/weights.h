#pragma once
#include <torch/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/safetensors.h"
#include "neural/names.h"

namespace wordsight::neural {

/// A tensor over the bytes of a mapped file, kept alive by `owner`; a copy only when the bytes are
/// not aligned for their type. Never write to it: the map is read-only.
torch::Tensor tensorOver(const TensorView& view, std::shared_ptr<const void> owner);
torch::ScalarType scalarTypeOf(DType type);
DType dtypeOf(torch::ScalarType type);
/// The bytes of a contiguous CPU tensor.
std::span<const std::byte> bytesOf(const torch::Tensor& tensor);
/// "[3, 4]"
std::string shapeText(const std::vector<std::int64_t>& shape);

/// The weights of a model folder by our own names. take() hands out tensors in the dtype of
/// computation: straight from the map when the file has that dtype, converted otherwise. What is
/// missing, misshapen or left over is collected, and finish() says it in one sentence, so that a
/// caller sees all of it at once.
class WeightSource {
 public:
  static Result<WeightSource> open(const std::filesystem::path& folder, const NameTable& names,
                                   torch::ScalarType dtype);

  bool has(const std::string& name) const { return m_views.contains(name); }
  /// Undefined when missing or misshapen; finish() then fails.
  torch::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape);
  /// Matrices of one width laid one below the other: over the map when they lie so in the file,
  /// else a copy.
  torch::Tensor takeStacked(const std::vector<std::string>& names,
                            const std::vector<std::int64_t>& rows, std::int64_t width);
  /// The same for vectors.
  torch::Tensor takeStacked(const std::vector<std::string>& names,
                            const std::vector<std::int64_t>& sizes);
  /// As take(), for callers that stop at the first error.
  Result<torch::Tensor> require(const std::string& name, const std::vector<std::int64_t>& shape);
  /// Tensors under this prefix are not to be read and are no surprise.
  void skip(const std::string& prefix);
  /// Whether two tensors hold the same bytes.
  bool sameBytes(const std::string& a, const std::string& b) const;
  Status finish() const;

  const std::filesystem::path& folder() const { return m_folder; }
  torch::ScalarType dtype() const { return m_dtype; }

 private:
  const TensorView* viewOf(const std::string& name, const std::vector<std::int64_t>& shape);
  std::filesystem::path m_folder;
  torch::ScalarType m_dtype = torch::kFloat32;
  std::shared_ptr<const CheckpointFiles> m_files;
  std::map<std::string, const TensorView*> m_views;  // by our names
  std::vector<std::string> m_unknown;                // file names that no layout has
  std::vector<std::string> m_skipped;                // prefixes
  std::vector<std::string> m_missing, m_misshapen;
  std::set<std::string> m_taken;
};

}  // namespace wordsight::neural
