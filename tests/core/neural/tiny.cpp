#include "tiny.h"

#include <torch/torch.h>

#include <stdexcept>

#include "base/random.h"

namespace wordsight::neural::test {
namespace fs = std::filesystem;

TinyFolder::TinyFolder(const std::string& model) {
  const auto source = wordsight::test::data("models/" + model);
  for (const auto& entry : fs::directory_iterator(source))
    if (entry.path().filename() == "config.json" ||
        entry.path().filename().string().starts_with("model"))
      fs::copy_file(entry.path(), path() / entry.path().filename());
}

void TinyFolder::editConfig(const std::function<void(Json&)>& edit) const {
  auto config = readJsonFile(path() / "config.json");
  if (!config) throw std::runtime_error(config.error().message);
  edit(*config);
  m_folder.write("config.json", dumpJsonPretty(*config));
}

void TinyFolder::editTensors(
    const std::function<void(std::map<std::string, TensorToWrite>&)>& edit) const {
  std::vector<TensorToWrite> list;
  {
    auto file = SafetensorsFile::open(path() / "model.safetensors");
    if (!file) throw std::runtime_error(file.error().message);
    std::map<std::string, TensorToWrite> tensors;
    for (const auto& [name, view] : file->tensors())
      tensors[name] = {name, view.type, view.shape, view.bytes};
    edit(tensors);
    for (auto& [name, tensor] : tensors) {
      tensor.name = name;
      list.push_back(tensor);
    }
    const auto written = writeSafetensors(path() / "new.safetensors", list);
    if (!written) throw std::runtime_error(written.error().message);
  }
  fs::rename(path() / "new.safetensors", path() / "model.safetensors");
}

std::string TinyFolder::loadError(bool vision) const {
  const auto model = LanguageModel::load(path(), {torch::kFloat32, vision});
  return model ? std::string() : model.error().message;
}

std::unique_ptr<LanguageModel> TinyFolder::load(torch::ScalarType dtype, bool vision) const {
  auto model = LanguageModel::load(path(), {dtype, vision});
  if (!model) throw std::runtime_error(model.error().message);
  return std::move(*model);
}

Batch randomBatch(const LanguageModel& model, const std::vector<std::int64_t>& lengths,
                  std::uint64_t seed) {
  Random random(seed);
  std::vector<std::int64_t> ids;
  std::vector<torch::Tensor> positions;
  for (const std::int64_t length : lengths) {
    for (std::int64_t i = 0; i < length; ++i)
      ids.push_back(static_cast<std::int64_t>(random.below(256)));
    positions.push_back(torch::arange(length, torch::kInt64));
  }
  (void)model;
  return {torch::tensor(ids, torch::kInt64), {torch::cat(positions), lengths}};
}

torch::Tensor hiddenOf(const LanguageModel& model, const Batch& batch,
                       const torch::Tensor& wanted) {
  const torch::NoGradGuard noGrad;
  return model.forward(model.embed(batch.ids_T), batch.layout, nullptr, false, wanted);
}

void randomizeAdapter(const LanguageModel& model, std::uint64_t seed) {
  const torch::NoGradGuard noGrad;
  Random random(seed);
  for (const auto& [name, tensor] : model.loraParameters()) {
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
      values[i] = static_cast<float>(0.1 * random.normal());
  }
}

}  // namespace wordsight::neural::test
