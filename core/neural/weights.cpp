#include "neural/weights.h"

#include <sys/mman.h>
#include <torch/torch.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace wordsight::neural {

torch::ScalarType scalarTypeOf(DType type) {
  switch (type) {
    case DType::F32:
      return torch::kFloat32;
    case DType::F16:
      return torch::kFloat16;
    case DType::BF16:
      return torch::kBFloat16;
    case DType::F64:
      return torch::kFloat64;
    case DType::I64:
      return torch::kInt64;
    case DType::I32:
      return torch::kInt32;
    case DType::I16:
      return torch::kInt16;
    case DType::I8:
      return torch::kInt8;
    case DType::U8:
      return torch::kUInt8;
    case DType::Bool:
      return torch::kBool;
  }
  throw std::logic_error("scalarTypeOf: unknown dtype");
}

DType dtypeOf(torch::ScalarType type) {
  switch (type) {
    case torch::kFloat32:
      return DType::F32;
    case torch::kFloat16:
      return DType::F16;
    case torch::kBFloat16:
      return DType::BF16;
    case torch::kFloat64:
      return DType::F64;
    case torch::kInt64:
      return DType::I64;
    case torch::kInt32:
      return DType::I32;
    case torch::kInt16:
      return DType::I16;
    case torch::kInt8:
      return DType::I8;
    case torch::kUInt8:
      return DType::U8;
    case torch::kBool:
      return DType::Bool;
    default:
      throw std::invalid_argument("dtypeOf: this dtype has no place in a safetensors file");
  }
}

torch::Tensor tensorOver(const TensorView& view, std::shared_ptr<const void> owner) {
  const auto options = torch::TensorOptions().dtype(scalarTypeOf(view.type));
  if (view.bytes.empty()) return torch::empty(view.shape, options);
  const auto address = reinterpret_cast<std::uintptr_t>(view.bytes.data());
  if (address % sizeOf(view.type) != 0) {
    auto copy = torch::empty(view.shape, options);
    std::memcpy(copy.data_ptr(), view.bytes.data(), view.bytes.size());
    return copy;
  }
  // from_blob wants a mutable pointer; nothing in this layer writes through it (the map would
  // fault).
  void* data = const_cast<std::byte*>(view.bytes.data());
  return torch::from_blob(
      data, view.shape, [owner = std::move(owner)](void*) {}, options);
}

std::span<const std::byte> bytesOf(const torch::Tensor& tensor) {
  if (!tensor.is_contiguous() || !tensor.device().is_cpu())
    throw std::invalid_argument("bytesOf: the tensor is not contiguous in main memory");
  return {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()};
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

namespace {

/// Bytes of a mapped file that were copied need not stay in memory beside the copy; looked at again
/// they come from the file. The map is read-only, so nothing is lost.
void leaveInFile(std::span<const std::byte> bytes) {
  static const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto first = reinterpret_cast<std::uintptr_t>(bytes.data());
  const auto begin = (first + page - 1) / page * page;
  const auto end = (first + bytes.size()) / page * page;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace

Result<WeightSource> WeightSource::open(const std::filesystem::path& folder, const NameTable& names,
                                        torch::ScalarType dtype) {
  namespace fs = std::filesystem;
  std::error_code code;
  if (!fs::exists(folder / "model.safetensors", code) &&
      !fs::exists(folder / "model.safetensors.index.json", code))
    for (const char* pickle :
         {"pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.00.pth"})
      if (fs::exists(folder / pickle, code))
        return fail(folder.string() + " has its weights only as " + pickle +
                        ", a pickle, which can run code when it is opened and is never read here; "
                        "save the model as "
                        "safetensors first (save_pretrained does so).",
                    ErrorKind::Unsupported);
  WORDSIGHT_TRY(auto files, CheckpointFiles::open(folder));
  WeightSource source;
  source.m_folder = folder;
  source.m_dtype = dtype;
  source.m_files = std::make_shared<const CheckpointFiles>(std::move(files));
  for (const auto& [fileName, view] : source.m_files->tensors()) {
    // Some old checkpoints store the rotary frequencies, which follow from config.json.
    if (fileName.ends_with("rotary_emb.inv_freq")) continue;
    const std::string name = names.ours(fileName);
    if (name.empty())
      source.m_unknown.push_back(fileName);
    else if (!source.m_views.emplace(name, &view).second)
      return fail(folder.string() + " holds the tensor " + name + " twice, once as " + fileName +
                  "; remove one of the files it was saved in.");
  }
  return source;
}

const TensorView* WeightSource::viewOf(const std::string& name,
                                       const std::vector<std::int64_t>& shape) {
  const auto found = m_views.find(name);
  if (found == m_views.end()) {
    m_missing.push_back(name);
    return nullptr;
  }
  const TensorView& view = *found->second;
  if (view.shape != shape) {
    m_misshapen.push_back(name + " is " + shapeText(view.shape) + " instead of " +
                          shapeText(shape));
    return nullptr;
  }
  if (view.type != DType::F32 && view.type != DType::F16 && view.type != DType::BF16 &&
      view.type != DType::F64) {
    m_misshapen.push_back(name + " is stored as " + toText(view.type) +
                          " instead of floating point");
    return nullptr;
  }
  m_taken.insert(name);
  return &view;
}

torch::Tensor WeightSource::take(const std::string& name, const std::vector<std::int64_t>& shape) {
  const TensorView* view = viewOf(name, shape);
  if (!view) return {};
  const auto stored = tensorOver(*view, m_files);
  const auto taken = stored.to(m_dtype);
  if (taken.const_data_ptr() != stored.const_data_ptr()) leaveInFile(view->bytes);
  return taken;
}

torch::Tensor WeightSource::takeStacked(const std::vector<std::string>& names,
                                        const std::vector<std::int64_t>& rows, std::int64_t width) {
  std::vector<const TensorView*> views;
  bool adjacent = true, complete = true;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    views.push_back(viewOf(names[i], {rows[i], width}));
    if (!views.back()) {
      complete = false;
      continue;
    }
    total += rows[i];
    adjacent =
        adjacent && scalarTypeOf(views[i]->type) == m_dtype &&
        (i == 0 || (views[i - 1] && views[i - 1]->bytes.data() + views[i - 1]->bytes.size() ==
                                        views[i]->bytes.data()));
  }
  if (!complete) return {};
  if (adjacent) {
    TensorView all{views[0]->type, {total, width}, {}};
    all.bytes = {views.front()->bytes.data(),
                 views.back()->bytes.data() + views.back()->bytes.size()};
    return tensorOver(all, m_files);
  }
  auto stacked = torch::empty({total, width}, m_dtype);
  std::int64_t at = 0;
  for (std::size_t i = 0; i < views.size(); at += rows[i], ++i) {
    stacked.narrow(0, at, rows[i]).copy_(tensorOver(*views[i], m_files));
    leaveInFile(views[i]->bytes);
  }
  return stacked;
}

torch::Tensor WeightSource::takeStacked(const std::vector<std::string>& names,
                                        const std::vector<std::int64_t>& sizes) {
  std::vector<torch::Tensor> parts;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (auto part = take(names[i], {sizes[i]}); part.defined()) parts.push_back(part);
  return parts.size() == names.size() ? torch::cat(parts) : torch::Tensor();
}

Result<torch::Tensor> WeightSource::require(const std::string& name,
                                            const std::vector<std::int64_t>& shape) {
  if (auto tensor = take(name, shape); tensor.defined()) return tensor;
  const auto status = finish();
  return status ? fail(name + " could not be read", ErrorKind::Internal) : fail(status.error());
}

void WeightSource::skip(const std::string& prefix) { m_skipped.push_back(prefix); }

bool WeightSource::sameBytes(const std::string& a, const std::string& b) const {
  const TensorView &x = *m_views.at(a), &y = *m_views.at(b);
  return x.type == y.type && x.shape == y.shape && x.bytes.size() == y.bytes.size() &&
         std::memcmp(x.bytes.data(), y.bytes.data(), x.bytes.size()) == 0;
}

Status WeightSource::finish() const {
  const std::string where = m_folder.string() + ": ";
  if (!m_missing.empty())
    return fail(where + std::to_string(m_missing.size()) +
                " tensor(s) that config.json calls for are missing: " + listOf(m_missing) +
                "; download the model again, or correct its config.json.");
  if (!m_misshapen.empty())
    return fail(where + std::to_string(m_misshapen.size()) + " tensor(s) do not fit config.json: " +
                listOf(m_misshapen) + "; weights and config.json belong to different models.");
  std::vector<std::string> unexpected = m_unknown;
  for (const auto& [name, view] : m_views) {
    const auto isSkipped = [&name = name](const std::string& prefix) {
      return name.starts_with(prefix);
    };
    if (!m_taken.contains(name) && std::none_of(m_skipped.begin(), m_skipped.end(), isSkipped))
      unexpected.push_back(name);
  }
  if (!unexpected.empty())
    return fail(where + std::to_string(unexpected.size()) +
                    " tensor(s) have no place in the model that config.json " + "describes: " +
                    listOf(unexpected) + "; weights and config.json belong to different models.",
                ErrorKind::Unsupported);
  return {};
}

}  // namespace wordsight::neural
