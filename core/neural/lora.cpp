#include "neural/lora.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "domain/adapter_config.h"
#include "neural/weights.h"

namespace wordsight::neural {
namespace {

constexpr const char* kTargets[] = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                    "gate_proj", "up_proj", "down_proj"};
constexpr const char* kWeightsFile = "adapter_model.safetensors";
constexpr const char* kConfigFile = "adapter_config.json";

std::string lastOf(const std::string& name) { return name.substr(name.rfind('.') + 1); }

double scaleOf(double alpha, std::int64_t rank, bool rslora) {
  return alpha / (rslora ? std::sqrt(static_cast<double>(rank)) : static_cast<double>(rank));
}

Status checkSpec(const LoraSpec& spec) {
  if (spec.rank < 1 || spec.rank > 4096)
    return fail("lora.rank must lie between 1 and 4096, but is " + std::to_string(spec.rank) + ".");
  if (!(spec.alpha > 0) || !std::isfinite(spec.alpha))
    return fail("lora.alpha must be a positive number.");
  if (!(spec.dropout >= 0 && spec.dropout < 1))
    return fail("lora.dropout must be at least 0 and below 1.");
  if (spec.targets.empty())
    return fail("lora.targets is empty; name at least one of q_proj … down_proj.");
  for (const auto& target : spec.targets)
    if (std::find(std::begin(kTargets), std::end(kTargets), target) == std::end(kTargets))
      return fail(
          "lora.targets names \"" + target +
          "\", which is not one of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj.");
  return {};
}

/// "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight" → module, and which of the two.
struct AdapterName {
  std::string module;
  bool isA = false;
};
std::optional<AdapterName> partsOf(const std::string& fileName, const NameTable& names) {
  std::string_view rest = fileName;
  constexpr std::string_view kFront = "base_model.model.";
  if (rest.starts_with(kFront)) rest.remove_prefix(kFront.size());
  // PEFT leaves the adapter's name out when it saves; a state dict saved by hand has it.
  for (const char* end : {".weight", ".default"})
    if (rest.ends_with(end)) rest.remove_suffix(std::string_view(end).size());
  const bool isA = rest.ends_with(".lora_A");
  if (!isA && !rest.ends_with(".lora_B")) return std::nullopt;
  rest.remove_suffix(7);
  const std::string module = names.ours(rest);
  if (!module.starts_with("language.layers.")) return std::nullopt;
  return AdapterName{module, isA};
}

torch::Tensor floatCopy(const TensorView& view) {
  return tensorOver(view, nullptr).to(torch::kFloat32).clone();
}

bool isFloating(DType type) {
  return type == DType::F32 || type == DType::F16 || type == DType::BF16 || type == DType::F64;
}

/// Rank and alpha of a module. Patterns hold the names of whatever layout the adapter was trained
/// on.
struct RankAndAlpha {
  int rank;
  double alpha;
};
RankAndAlpha meantFor(const std::string& module, const AdapterConfig& config,
                      const NameTable& names) {
  RankAndAlpha out{config.rank, config.alpha};
  for (const auto& name : names.inAnyLayout(module)) {
    if (out.rank == config.rank) out.rank = config.rankOf(name);
    if (out.alpha == config.alpha) out.alpha = config.alphaOf(name);
  }
  return out;
}

Status checkPair(const AdapterTensors& pair, int rankOfConfig, const std::string& what) {
  if (!pair.a.defined() || !pair.b.defined())
    return fail(what + ": " + pair.module +
                " has only one of lora_A and lora_B; export the adapter again.");
  const std::int64_t rank = pair.a.dim() == 2 ? pair.a.size(0) : 0;
  if (rank < 1 || pair.b.dim() != 2 || pair.b.size(1) != rank)
    return fail(what + ": lora_A and lora_B of " + pair.module + " do not fit each other (" +
                shapeText(pair.a.sizes().vec()) + " and " + shapeText(pair.b.sizes().vec()) + ").");
  if (rank != rankOfConfig)
    return fail(what + ": " + pair.module + " has rank " + std::to_string(rank) + ", but " +
                kConfigFile + " says " + std::to_string(rankOfConfig) +
                "; the two files belong to different adapters.");
  return {};
}

/// Which modules an adapter covers, as PEFT must be told: by their ends when every layer has the
/// same ones and no other part of the model has modules of those names; by a pattern or by whole
/// names otherwise.
void describeTargets(const Adapter& adapter, const NameTable& names, const Decoder& decoder,
                     AdapterConfig& config) {
  std::map<std::string, std::size_t> counts;
  std::vector<std::string> wholeNames;
  constexpr std::size_t kFront = std::string_view("base_model.model.").size();
  for (const auto& pair : adapter.pairs) {
    ++counts[lastOf(pair->name)];
    wholeNames.push_back(names.inAdapter("language." + pair->name).substr(kFront));
  }
  const auto layers = static_cast<std::size_t>(decoder.config().layers);
  const bool everywhere = std::all_of(counts.begin(), counts.end(),
                                      [&](const auto& count) { return count.second == layers; });
  const bool onlyText = std::none_of(names.read.begin(), names.read.end(),
                                     [](const NameRule& rule) { return rule.ours == "vision."; });
  if (!everywhere || !decoder.config().otherLayers.empty()) {
    config.targets = wholeNames;
    return;
  }
  std::vector<std::string> ends;
  for (const char* target : kTargets)
    if (counts.contains(target)) ends.emplace_back(target);
  if (onlyText) {
    config.targets = ends;
    return;
  }
  // By suffix PEFT would also match a tower's modules of the same names (gate_proj in Qwen2.5-VL).
  std::string front;
  for (const char c : names.adapter.front().file)
    front += c == '.' ? std::string("\\.") : std::string(1, c);
  std::string attention, mlp;
  for (const auto& end : ends) {
    std::string& list =
        end == "gate_proj" || end == "up_proj" || end == "down_proj" ? mlp : attention;
    list += (list.empty() ? "" : "|") + end;
  }
  std::string modules;
  if (!attention.empty()) modules += "self_attn\\.(" + attention + ")";
  if (!mlp.empty()) modules += (modules.empty() ? "mlp\\.(" : "|mlp\\.(") + mlp + ")";
  config.targetPattern = front + "layers\\.\\d+\\.(" + modules + ")";
}

}  // namespace

Result<Adapter> freshAdapter(const LoraSpec& spec, std::uint64_t seed, const Decoder& decoder) {
  WORDSIGHT_CHECK(checkSpec(spec));
  Adapter adapter;
  adapter.spec = spec;
  Random random(seed, "lora");
  for (const auto* part : decoder.parts()) {
    if (part->pictureOnly || std::find(spec.targets.begin(), spec.targets.end(),
                                       lastOf(part->name)) == spec.targets.end())
      continue;
    const std::int64_t inputs = decoder.inputsOf(*part);
    auto pair = std::make_shared<LoraPair>();
    pair->name = part->name;
    pair->scale = scaleOf(spec.alpha, spec.rank, spec.rslora);
    pair->alpha = spec.alpha;
    pair->a = torch::empty({spec.rank, inputs}, torch::kFloat32);
    float* values = pair->a.data_ptr<float>();
    const double bound = 1.0 / std::sqrt(static_cast<double>(inputs));
    for (std::int64_t i = 0; i < pair->a.numel(); ++i)
      values[i] = static_cast<float>((2 * random.uniform() - 1) * bound);
    pair->b = torch::zeros({part->size, spec.rank}, torch::kFloat32);
    pair->a.requires_grad_(true);
    pair->b.requires_grad_(true);
    adapter.pairs.push_back(std::move(pair));
  }
  return adapter;
}

Result<std::vector<AdapterTensors>> readAdapterTensors(const std::filesystem::path& folder,
                                                       const NameTable& names, LoraSpec* spec) {
  std::error_code code;
  if (!std::filesystem::exists(folder / kWeightsFile, code) &&
      std::filesystem::exists(folder / "adapter_model.bin", code))
    return fail(folder.string() +
                    " has its weights only as adapter_model.bin, a pickle, which is never opened "
                    "here; save "
                    "the adapter as safetensors.",
                ErrorKind::Unsupported);
  WORDSIGHT_TRY(const auto config, readAdapterConfig(folder / kConfigFile));
  WORDSIGHT_TRY(const auto file, SafetensorsFile::open(folder / kWeightsFile));
  const std::string what = (folder / kWeightsFile).string();
  std::map<std::string, AdapterTensors> byModule;
  std::vector<std::string> unknown;
  for (const auto& [fileName, view] : file.tensors()) {
    const auto parts = partsOf(fileName, names);
    if (!parts) {
      unknown.push_back(fileName);
      continue;
    }
    if (!isFloating(view.type))
      return fail(what + ": " + fileName + " is stored as " + toText(view.type) +
                  " instead of floating point.");
    AdapterTensors& pair = byModule[parts->module];
    pair.module = parts->module;
    torch::Tensor& tensor = parts->isA ? pair.a : pair.b;
    if (tensor.defined())
      return fail(what + ": " + parts->module + " is there twice, once as " + fileName + ".");
    tensor = floatCopy(view);
  }
  if (!unknown.empty())
    return fail(what + ": " + std::to_string(unknown.size()) +
                    " tensor(s) are no LoRA weights of the language part: " + listOf(unknown) +
                    "; adapters of other parts are not supported.",
                ErrorKind::Unsupported);
  if (byModule.empty()) return fail(what + " holds no LoRA weights.");
  std::vector<AdapterTensors> pairs;
  for (auto& [module, pair] : byModule) {
    const auto meant = meantFor(module, config, names);
    WORDSIGHT_CHECK(checkPair(pair, meant.rank, what));
    pair.alpha = meant.alpha;
    pair.scale = scaleOf(pair.alpha, pair.a.size(0), config.rslora);
    pairs.push_back(std::move(pair));
  }
  if (spec) {
    spec->rank = config.rank;
    spec->alpha = config.alpha;
    spec->rslora = config.rslora;
    spec->dropout = config.dropout;
  }
  return pairs;
}

Result<Adapter> readAdapter(const std::filesystem::path& folder, const NameTable& names,
                            const Decoder& decoder) {
  Adapter adapter;
  WORDSIGHT_TRY(auto tensors, readAdapterTensors(folder, names, &adapter.spec));
  std::map<std::string, AdapterTensors*> byModule;
  for (auto& pair : tensors) byModule[pair.module] = &pair;
  std::set<std::string> targets;
  for (const auto* part : decoder.parts()) {
    const auto found = byModule.find("language." + part->name);
    if (found == byModule.end()) continue;
    const AdapterTensors& from = *found->second;
    const std::int64_t inputs = decoder.inputsOf(*part);
    if (from.a.size(1) != inputs || from.b.size(0) != part->size)
      return fail((folder / kWeightsFile).string() + ": " + part->name + " is made for " +
                  std::to_string(from.a.size(1)) + " inputs and " + std::to_string(from.b.size(0)) +
                  " outputs, but the model has " + std::to_string(inputs) + " and " +
                  std::to_string(part->size) + "; take the adapter that belongs to this model.");
    auto pair = std::make_shared<LoraPair>();
    pair->name = part->name;
    pair->a = from.a.requires_grad_(true);
    pair->b = from.b.contiguous().requires_grad_(true);
    pair->scale = from.scale;
    pair->alpha = from.alpha;
    adapter.pairs.push_back(std::move(pair));
    targets.insert(lastOf(part->name));
    byModule.erase(found);
  }
  std::vector<std::string> left;
  for (const auto& [module, pair] : byModule) left.push_back(module);
  if (!left.empty())
    return fail((folder / kWeightsFile).string() + ": the model has no module " + listOf(left) +
                "; take the adapter that belongs to this model.");
  for (const char* target : kTargets)
    if (targets.contains(target)) adapter.spec.targets.emplace_back(target);
  return adapter;
}

Status writeAdapter(const std::filesystem::path& folder, const Adapter& adapter,
                    const NameTable& names, const Decoder& decoder, const std::string& baseModel) {
  WORDSIGHT_CHECK(makeFolder(folder));
  AdapterConfig config;
  config.rank = adapter.spec.rank;
  config.alpha = adapter.spec.alpha;
  config.rslora = adapter.spec.rslora;
  config.dropout = adapter.spec.dropout;
  config.baseModel = baseModel;
  describeTargets(adapter, names, decoder, config);
  std::vector<torch::Tensor> kept;  // what the views below look at
  std::vector<TensorToWrite> tensors;
  constexpr std::size_t kFront = std::string_view("base_model.model.").size();
  for (const auto& pair : adapter.pairs) {
    const std::string name = names.inAdapter("language." + pair->name);
    if (pair->a.size(0) != config.rank)
      config.rankPattern.emplace_back(name.substr(kFront), static_cast<int>(pair->a.size(0)));
    if (pair->alpha != config.alpha)
      config.alphaPattern.emplace_back(name.substr(kFront), pair->alpha);
    for (const bool isA : {true, false}) {
      kept.push_back((isA ? pair->a : pair->b).detach().contiguous());
      tensors.push_back({name + (isA ? ".lora_A.weight" : ".lora_B.weight"), DType::F32,
                         kept.back().sizes().vec(), bytesOf(kept.back())});
    }
  }
  WORDSIGHT_CHECK(writeSafetensors(folder / kWeightsFile, tensors));
  return writeAdapterConfig(folder / kConfigFile, config);
}

}  // namespace wordsight::neural
