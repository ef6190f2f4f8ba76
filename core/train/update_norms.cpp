#include "train/update_norms.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace wordsight::train {

namespace {

constexpr const char* kModules[] = {"q", "k", "v", "o", "gate", "up", "down"};
constexpr std::size_t kMostLayers = 4096;  // a number beyond it is no layer's

/// The decoder layer that a name belongs to: "layers.3" of "layers.3.mlp.up_proj".
std::string layerOf(const std::string& name) {
  const auto first = name.find("layers.");
  if (first == std::string::npos) return name;
  return name.substr(first, name.find('.', first + 7) - first);
}

/// 3 of "layers.3".
std::optional<std::size_t> numberOf(const std::string& layer) {
  constexpr std::string_view kFront = "layers.";
  std::size_t number = 0;
  if (!layer.starts_with(kFront)) return std::nullopt;
  const char* end = layer.data() + layer.size();
  const auto read = std::from_chars(layer.data() + kFront.size(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number >= kMostLayers) return std::nullopt;
  return number;
}

/// Five digits: a list of runs reads every run's summary, and nobody reads more.
double rounded(double value) {
  std::array<char, 32> text{};
  const auto wrote = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::scientific, 4);
  std::from_chars(text.data(), wrote.ptr, value);
  return value;
}

/// "up" of "layers.3.mlp.up_proj".
std::string moduleOf(const std::string& name) {
  auto last = name.substr(name.rfind('.') + 1);
  if (last.ends_with("_proj")) last.resize(last.size() - 5);
  return last;
}

}  // namespace

std::map<std::string, double> linearNorms(
    const std::vector<std::pair<std::string, torch::Tensor>>& parameters, double scale) {
  // |BA|² = trace(Aᵀ BᵀB A) = sum of (BᵀB) ∘ (AAᵀ).
  std::map<std::string, torch::Tensor> grams;
  std::map<std::string, double> norms;
  torch::NoGradGuard noGrad;
  for (const auto& [name, tensor] : parameters) {
    const bool isA = name.ends_with(".lora_A");
    if (!isA && !name.ends_with(".lora_B")) continue;
    const auto target = name.substr(0, name.size() - 7);
    const auto wide = tensor.to(torch::kFloat64);
    const auto gram = isA ? wide.mm(wide.t()) : wide.t().mm(wide);
    if (const auto other = grams.find(target); other != grams.end())
      norms[target] = scale * std::sqrt(std::max(0.0, (gram * other->second).sum().item<double>()));
    else
      grams[target] = gram;
  }
  return norms;
}

std::map<std::string, double> layerNorms(const std::map<std::string, double>& linear) {
  std::map<std::string, double> layers;
  for (const auto& [name, norm] : linear) layers[layerOf(name)] += norm * norm;
  for (auto& [layer, square] : layers) square = std::sqrt(square);
  return layers;
}

Json moduleNorms(const std::map<std::string, double>& linear) {
  Json modules = Json::array(), values = Json::array();
  std::map<std::string, std::vector<std::pair<std::size_t, double>>> found;  // by module
  std::size_t layers = 0;
  for (const auto& [name, norm] : linear) {
    const auto layer = numberOf(layerOf(name));
    if (!layer) continue;
    found[moduleOf(name)].emplace_back(*layer, norm);
    layers = std::max(layers, *layer + 1);
  }
  for (const char* module : kModules)
    if (found.contains(module)) modules.push_back(module);
  const Json none(std::vector<Json>(modules.size(), Json(nullptr)));
  for (std::size_t layer = 0; layer < layers; ++layer) values.push_back(none);
  for (std::size_t column = 0; column < modules.size(); ++column)
    for (const auto& [layer, norm] : found[modules[column].get<std::string>()])
      values[layer][column] = rounded(norm);
  return {{"modules", modules}, {"values", values}};
}

}  // namespace wordsight::train
