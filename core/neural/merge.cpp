#include <torch/torch.h>

#include <map>

#include "neural/language_model.h"
#include "neural/lora.h"
#include "neural/weights.h"

namespace wordsight::neural {
namespace {

namespace fs = std::filesystem;

/// Everything beside the weights: config, tokenizer, chat template, index of shards.
Status copyOthers(const fs::path& base, const fs::path& out) {
  std::error_code code;
  for (fs::directory_iterator it(base, code), end; !code && it != end; it.increment(code)) {
    if (!it->is_regular_file(code) || it->path().extension() == ".safetensors") continue;
    fs::copy_file(it->path(), out / it->path().filename(), fs::copy_options::overwrite_existing, code);
    if (code)
      return fail("Cannot copy " + it->path().string() + " to " + out.string() + ": " + code.message() + ".",
                  ErrorKind::Io);
  }
  if (code) return fail("Cannot read the folder " + base.string() + ": " + code.message() + ".", ErrorKind::Io);
  return {};
}

/// W + scale · B A, summed in float32, in the dtype that the checkpoint has.
Result<torch::Tensor> merged(const TensorView& view, const AdapterTensors& pair, const std::string& what) {
  if (view.shape != std::vector<std::int64_t>{pair.b.size(0), pair.a.size(1)})
    return fail(what + ": " + pair.module + " is " + shapeText(view.shape) + ", but the adapter is made for " +
                shapeText({pair.b.size(0), pair.a.size(1)}) + "; take the adapter that belongs to this model.");
  const auto weight = tensorOver(view, nullptr);
  auto sum = weight.to(torch::kFloat32).clone();
  sum.add_(torch::mm(pair.b, pair.a), pair.scale);
  return sum.to(weight.scalar_type()).contiguous();
}

Status mergeFile(const SafetensorsFile& file, const NameTable& names, const fs::path& out,
                 std::map<std::string, const AdapterTensors*>& pairs) {
  std::vector<torch::Tensor> kept;
  std::vector<TensorToWrite> tensors;
  for (const auto& [fileName, view] : file.tensors()) {
    const std::string name = names.ours(fileName);
    const auto pair = name.ends_with(".weight") ? pairs.find(name.substr(0, name.size() - 7)) : pairs.end();
    TensorToWrite tensor{fileName, view.type, view.shape, view.bytes};
    if (pair != pairs.end()) {
      WORDSIGHT_TRY(auto sum, merged(view, *pair->second, file.path().string()));
      kept.push_back(std::move(sum));
      tensor.bytes = bytesOf(kept.back());
      pairs.erase(pair);
    }
    tensors.push_back(std::move(tensor));
  }
  return writeSafetensors(out / file.path().filename(), tensors, file.metadata());
}

}  // namespace

Status mergeLora(const fs::path& base, const fs::path& adapter, const fs::path& out) {
  std::error_code code;
  if (fs::exists(out, code) && fs::equivalent(base, out, code))
    return fail("The merged model cannot be written over its own base " + base.string() + "; name another folder.");
  WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(base / "config.json"));
  WORDSIGHT_TRY(const auto modelType, config.text("model_type"));
  WORDSIGHT_TRY(const Family family, familyOf(modelType, config.what()));
  WORDSIGHT_TRY(const auto files, CheckpointFiles::open(base));
  WORDSIGHT_TRY(const auto tensors, readAdapterTensors(adapter, *family.names, nullptr));
  std::map<std::string, const AdapterTensors*> pairs;
  for (const auto& pair : tensors) pairs[pair.module] = &pair;
  WORDSIGHT_CHECK(makeFolder(out));
  const torch::NoGradGuard noGrad;
  for (const auto& file : files.files()) WORDSIGHT_CHECK(mergeFile(file, *family.names, out, pairs));
  if (!pairs.empty())
    return fail(base.string() + " has no module " + pairs.begin()->first + ", which the adapter " + adapter.string() +
                " changes; take the adapter that belongs to this model.");
  return copyOthers(base, out);
}

}  // namespace wordsight::neural
