#include "neural/merge.h"

#include <torch/torch.h>

#include <map>
#include <set>

#include "domain/safetensors_writer.h"
#include "neural/language_model.h"
#include "neural/lora.h"
#include "neural/weights.h"

namespace wordsight::neural {
namespace {

namespace fs = std::filesystem;

/// The same weights in another form: merged weights must not lie beside unmerged ones.
bool holdsWeights(const fs::path& file) {
  static const std::set<std::string> kEndings = {
      ".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".gguf", ".msgpack", ".onnx", ".h5", ".ot"};
  return kEndings.contains(file.extension().string()) ||
         file.filename().string().find(".bin.index.json") != std::string::npos;
}

/// Everything beside the weights: config, tokenizer, chat template, index of shards.
Status copyOthers(const fs::path& base, const fs::path& out) {
  std::error_code code;
  for (fs::directory_iterator it(base, code), end; !code && it != end; it.increment(code)) {
    if (!it->is_regular_file(code) || holdsWeights(it->path())) continue;
    fs::copy_file(it->path(), out / it->path().filename(), fs::copy_options::overwrite_existing,
                  code);
    if (code)
      return fail("Cannot copy " + it->path().string() + " to " + out.string() + ": " +
                      code.message() + ".",
                  ErrorKind::Io);
  }
  if (code)
    return fail("Cannot read the folder " + base.string() + ": " + code.message() + ".",
                ErrorKind::Io);
  return {};
}

using Pairs = std::map<std::string, const AdapterTensors*>;

/// Every module that the adapter changes must be there in the right shape: looked at before
/// anything is written.
Status checkModules(const CheckpointFiles& files, const NameTable& names, const Pairs& pairs,
                    const fs::path& adapter) {
  std::map<std::string, const TensorView*> weights;
  for (const auto& [fileName, view] : files.tensors()) weights[names.ours(fileName)] = &view;
  for (const auto& [module, pair] : pairs) {
    const auto found = weights.find(module + ".weight");
    if (found == weights.end())
      return fail(adapter.string() + ": the model has no module " + module +
                  "; take the adapter that belongs to this model.");
    const auto& shape = found->second->shape;
    if (shape != std::vector<std::int64_t>{pair->b.size(0), pair->a.size(1)})
      return fail(adapter.string() + ": " + module + " is made for " +
                  shapeText({pair->b.size(0), pair->a.size(1)}) + ", but the model has " +
                  shapeText(shape) + "; take the adapter that belongs to this model.");
  }
  return {};
}

bool isFloat(DType type) {
  return type == DType::F32 || type == DType::F16 || type == DType::BF16 || type == DType::F64;
}

/// The tensor as it is to be written: W + scale · B A, summed in float32, where the adapter has a
/// pair for it. Undefined when the file's own bytes will do.
torch::Tensor merged(const TensorView& view, const AdapterTensors* pair, torch::ScalarType type) {
  const auto weight = tensorOver(view, nullptr);
  if (!pair) return weight.scalar_type() == type ? torch::Tensor() : weight.to(type).contiguous();
  auto sum = weight.to(torch::kFloat32, false, true);
  sum.add_(torch::mm(pair->b, pair->a), pair->scale);
  return sum.to(type).contiguous();
}

/// One file of weights after another, one tensor in memory at a time.
class Merger {
 public:
  Merger(const NameTable& names, const Pairs& pairs, const MergeOptions& options,
         std::int64_t total)
      : m_names(names), m_pairs(pairs), m_options(options), m_total(total) {}

  Status file(const SafetensorsFile& file, const fs::path& out) {
    std::vector<SafetensorsWriter::Entry> entries;
    for (const auto& [name, view] : file.tensors())
      entries.push_back({name, typeOf(view), view.shape});
    SafetensorsWriter writer(out / file.path().filename());
    WORDSIGHT_CHECK(writer.open(entries, file.metadata()));
    for (const auto& [fileName, view] : file.tensors()) {
      if (m_options.onTensor && !m_options.onTensor(m_done, m_total))
        return fail("Stopped.", ErrorKind::Cancelled);
      const auto tensor = merged(view, pairOf(fileName), scalarTypeOf(typeOf(view)));
      WORDSIGHT_CHECK(writer.add(tensor.defined() ? bytesOf(tensor) : view.bytes));
      ++m_done;
    }
    return writer.commit();
  }

 private:
  DType typeOf(const TensorView& view) const {
    return m_options.dtype && isFloat(view.type) ? dtypeOf(*m_options.dtype) : view.type;
  }
  const AdapterTensors* pairOf(const std::string& fileName) const {
    const std::string name = m_names.ours(fileName);
    if (!name.ends_with(".weight")) return nullptr;
    const auto found = m_pairs.find(name.substr(0, name.size() - 7));
    return found == m_pairs.end() ? nullptr : found->second;
  }
  const NameTable& m_names;
  const Pairs& m_pairs;
  const MergeOptions& m_options;
  std::int64_t m_done = 0, m_total;
};

}  // namespace

Status mergeLora(const fs::path& base, const fs::path& adapter, const fs::path& out) {
  return mergeLora(base, adapter, out, MergeOptions());
}

Status mergeLora(const fs::path& base, const fs::path& adapter, const fs::path& out,
                 const MergeOptions& options) {
  std::error_code code;
  if (fs::exists(out, code) && fs::equivalent(base, out, code))
    return fail("The merged model cannot be written over its own base " + base.string() +
                "; name another folder.");
  WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(base / "config.json"));
  WORDSIGHT_TRY(const auto modelType, config.text("model_type"));
  WORDSIGHT_TRY(const Family family, familyOf(modelType, config.what()));
  WORDSIGHT_TRY(const auto files, CheckpointFiles::open(base));
  WORDSIGHT_TRY(const auto tensors, readAdapterTensors(adapter, *family.names, nullptr));
  Pairs pairs;
  for (const auto& pair : tensors) pairs[pair.module] = &pair;
  WORDSIGHT_CHECK(checkModules(files, *family.names, pairs, adapter));
  WORDSIGHT_CHECK(makeFolder(out));
  const torch::NoGradGuard noGrad;
  Merger merger(*family.names, pairs, options, static_cast<std::int64_t>(files.tensors().size()));
  for (const auto& file : files.files()) WORDSIGHT_CHECK(merger.file(file, out));
  return copyOthers(base, out);
}

}  // namespace wordsight::neural
