#include "oracle.h"

#include <limits>
#include <stdexcept>

#include "domain/safetensors.h"
#include "neural/weights.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

template <class T>
T orThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace

Prompt OracleCase::prompt(std::size_t i) const {
  Prompt prompt{ids(i, "ids"), {}};
  const Json& json = cases["prompts"][i];
  if (json.contains("pictures"))
    for (const auto& at : json["pictures"])
      prompt.pictures.push_back(picture(at.get<std::size_t>()));
  return prompt;
}

std::vector<std::int64_t> OracleCase::ids(std::size_t prompt, const char* key) const {
  return cases["prompts"][prompt][key].get<std::vector<std::int64_t>>();
}

PixelPack OracleCase::picture(std::size_t i) const {
  const Json& facts = cases["pictures"][i];
  const auto pixels = expected.at("pixels." + std::to_string(i)).to(torch::kFloat32).contiguous();
  PixelPack pack;
  pack.pixels.assign(pixels.const_data_ptr<float>(),
                     pixels.const_data_ptr<float>() + pixels.numel());
  pack.shape = pixels.sizes().vec();
  if (!facts.contains("grid")) {  // LLaVA-OneVision's and Mllama's
    const auto number = [&](const char* key) { return facts.value(key, std::int64_t{0}); };
    pack.height = number("height");
    pack.width = number("width");
    pack.tiles = number("tiles");
    pack.arrangement = number("arrangement");
    pack.placeholders = number("placeholders");
    return pack;
  }
  const auto grid = facts["grid"].get<std::vector<std::int64_t>>();
  pack.gridT = grid[0];
  pack.gridH = grid[1];
  pack.gridW = grid[2];
  pack.placeholders = grid[0] * grid[1] * grid[2] / 4;
  return pack;
}

std::map<std::string, torch::Tensor> loadTensors(const std::filesystem::path& file) {
  const SafetensorsFile opened = orThrow(SafetensorsFile::open(file));
  std::map<std::string, torch::Tensor> out;
  for (const auto& [name, view] : opened.tensors()) out[name] = tensorOver(view, nullptr).clone();
  return out;
}

OracleCase loadCase(const std::string& name) {
  OracleCase out;
  out.folder = wordsight::test::data("models/" + name);
  out.cases = orThrow(readJsonFile(out.folder / "cases.json"));
  out.expected = loadTensors(out.folder / "expected.safetensors");
  return out;
}

std::unique_ptr<LanguageModel> loadModel(const std::string& name, torch::ScalarType dtype,
                                         bool vision) {
  return orThrow(LanguageModel::load(wordsight::test::data("models/" + name), {dtype, vision}));
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
  if (!a.defined() || !b.defined() || a.sizes() != b.sizes())
    return std::numeric_limits<double>::infinity();
  const auto x = a.to(torch::kFloat64), y = b.to(torch::kFloat64);
  if (!torch::isfinite(x).all().item<bool>()) return std::numeric_limits<double>::infinity();
  return ((x - y).abs() / y.abs().clamp_min(1)).max().item<double>();
}

torch::Tensor answerLoss(const LanguageModel& model, const Json& samples,
                         const std::vector<int>& chosen, bool recompute) {
  std::vector<std::int64_t> ids, lengths, rows, targets;
  std::vector<torch::Tensor> positions;
  for (const int i : chosen) {
    const auto sample = samples[i]["ids"].get<std::vector<std::int64_t>>();
    const auto counted = samples[i]["counted"].get<std::vector<std::int64_t>>();
    const auto start = static_cast<std::int64_t>(ids.size());
    for (std::int64_t at = counted[0]; at < counted[1]; ++at) {
      rows.push_back(start + at - 1);  // the row before a token predicts it
      targets.push_back(sample[static_cast<std::size_t>(at)]);
    }
    positions.push_back(model.positionsOf(sample, {}).positions);
    ids.insert(ids.end(), sample.begin(), sample.end());
    lengths.push_back(static_cast<std::int64_t>(sample.size()));
  }
  const Layout layout{torch::cat(positions, -1), lengths};
  const auto hidden = model.forward(model.embed(torch::tensor(ids, torch::kInt64)), layout, nullptr,
                                    recompute, torch::tensor(rows, torch::kInt64));
  return torch::nn::functional::cross_entropy(model.head(hidden).to(torch::kFloat32),
                                              torch::tensor(targets, torch::kInt64));
}

}  // namespace wordsight::neural::test
