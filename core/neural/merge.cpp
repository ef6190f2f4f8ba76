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

/// W + scale · B A, summed in float32, in the dtype that the checkpoint has.
torch::Tensor merged(const TensorView& view, const AdapterTensors& pair) {
  const auto weight = tensorOver(view, nullptr);
  auto sum = weight.to(torch::kFloat32).clone();
  sum.add_(torch::mm(pair.b, pair.a), pair.scale);
  return sum.to(weight.scalar_type()).contiguous();
}

Status mergeFile(const SafetensorsFile& file, const NameTable& names, const fs::path& out,
                 const Pairs& pairs) {
  std::vector<torch::Tensor> kept;
  std::vector<TensorToWrite> tensors;
  for (const auto& [fileName, view] : file.tensors()) {
    const std::string name = names.ours(fileName);
    const auto pair =
        name.ends_with(".weight") ? pairs.find(name.substr(0, name.size() - 7)) : pairs.end();
    TensorToWrite tensor{fileName, view.type, view.shape, view.bytes};
    if (pair != pairs.end()) {
      kept.push_back(merged(view, *pair->second));
      tensor.bytes = bytesOf(kept.back());
    }
    tensors.push_back(std::move(tensor));
  }
  return writeSafetensors(out / file.path().filename(), tensors, file.metadata());
}

}  // namespace

Status mergeLora(const fs::path& base, const fs::path& adapter, const fs::path& out) {
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
  for (const auto& file : files.files())
    WORDSIGHT_CHECK(mergeFile(file, *family.names, out, pairs));
  return copyOthers(base, out);
}

}  // namespace wordsight::neural
